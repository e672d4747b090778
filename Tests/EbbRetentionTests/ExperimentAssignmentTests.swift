import EbbRetention
import Testing

@Suite("Who is held out")
struct ExperimentAssignmentTests {
  private static func clients(_ count: Int, seed: UInt64) -> (strata: [Int], identity: [UInt64]) {
    var generator = Steps(seed)
    let identity = (0..<count).map { _ in generator.next() }
    // Strata of very different sizes, singletons among them.
    return (
      identity.map {
        let size = $0 % 97
        return size < 90 ? Int(size % 3) : 100 + Int($0 % 1000)
      }, identity
    )
  }

  @Test(
    "each stratum gets its share, rounded down or up, and so do all together",
    arguments: [0.1, 0.25, 0.5, 1.0 / 3])
  func proportions(share: Double) {
    for seed in UInt64(1)...20 {
      let (strata, identity) = Self.clients(1234, seed: seed)
      let control = ExperimentAssignment.draw(
        strata: strata, identity: identity, controlShare: share, seed: seed)
      var sizes: [Int: (all: Int, held: Int)] = [:]
      for row in strata.indices {
        sizes[strata[row], default: (0, 0)].all += 1
        if control[row] { sizes[strata[row]]?.held += 1 }
      }
      for (all, held) in sizes.values {
        #expect(abs(Double(held) - share * Double(all)) < 1)
      }
      #expect(abs(Double(control.count { $0 }) - share * 1234) < 1)
    }
  }

  @Test("the order of rows and the numbers of strata do not matter; the seed does")
  func follows() {
    let (strata, identity) = Self.clients(500, seed: 3)
    let first = ExperimentAssignment.draw(strata: strata, identity: identity, controlShare: 0.2, seed: 9)
    let turned = ExperimentAssignment.draw(
      strata: strata.reversed().map { 7 * $0 + 1 }, identity: identity.reversed(), controlShare: 0.2, seed: 9)
    #expect(Array(turned.reversed()) == first)
    #expect(
      ExperimentAssignment.draw(strata: strata, identity: identity, controlShare: 0.2, seed: 10) != first)
  }

  @Test("clients of small strata have the same chance as all others")
  func fair() {
    // One stratum of 9, one of 3, eight of 1.
    let strata = [Int](repeating: 0, count: 9) + [Int](repeating: 1, count: 3) + Array(2..<10)
    let identity = (0..<20).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    var held = [Int](repeating: 0, count: 20)
    let draws = 4000
    for seed in 0..<UInt64(draws) {
      let control = ExperimentAssignment.draw(
        strata: strata, identity: identity, controlShare: 0.2, seed: seed)
      for row in control.indices where control[row] { held[row] += 1 }
    }
    // Four and a half standard deviations.
    let bound = 4.5 * (0.2 * 0.8 * Double(draws)).squareRoot()
    for count in held { #expect(abs(Double(count) - 0.2 * Double(draws)) < bound, "\(held)") }
  }

  @Test("shares of 0, 1 and nonsense, and no clients")
  func edges() {
    func count(_ share: Double) -> Int {
      ExperimentAssignment.draw(strata: [0, 0, 1], identity: [1, 2, 3], controlShare: share, seed: 1).count {
        $0
      }
    }
    #expect(count(0) == 0 && count(1) == 3 && count(.nan) == 0 && count(7) == 3)
    #expect(ExperimentAssignment.draw(strata: [], identity: [], controlShare: 0.5, seed: 1).isEmpty)
  }
}

private struct Steps: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var x = state
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }
}
