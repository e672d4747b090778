import Testing

@testable import EbbStatistics

/// Figures of Sato's formula in exact fractions come with the experiments of EbbRetentionTests.
@Suite("Mantel-Haenszel difference of shares")
struct MantelHaenszelDifferenceTests {
  @Test("one stratum gives the plain difference")
  func oneStratum() {
    let difference = mantelHaenszelRiskDifference([[[30, 70], [20, 180]]])
    expectClose(difference.estimate, 0.2)
    #expect(difference.interval?.contains(0.2) == true)
  }

  @Test("a stratum with an empty row changes nothing; swapped rows turn the sign")
  func invariance() {
    let tables = [[[30, 70], [20, 180]], [[5, 15], [9, 41]]]
    let plain = mantelHaenszelRiskDifference(tables)
    #expect(mantelHaenszelRiskDifference(tables + [[[0, 0], [7, 3]]]) == plain)
    let turned = mantelHaenszelRiskDifference(tables.map { [$0[1], $0[0]] })
    expectClose(turned.estimate, plain.estimate.map { -$0 })
    expectClose(turned.interval?.low, plain.interval.map { -$0.high })
  }

  @Test("the interval covers the truth about as often as it says")
  func coverage() {
    var generator = Steps(state: 5)
    func draw(_ n: Int, _ p: Double) -> [Int] {
      let left = (0..<n).count { _ in Double.random(in: 0..<1, using: &generator) < p }
      return [left, n - left]
    }
    let runs = 2000
    let covered = (0..<runs).count { _ in
      let tables = (0..<8).map { stratum -> [[Int]] in
        let base = 0.2 + 0.05 * Double(stratum)
        return [draw(20 + 5 * stratum, base), draw(60, base - 0.1)]
      }
      return mantelHaenszelRiskDifference(tables).interval?.contains(0.1) == true
    }
    #expect((0.935...0.965).contains(Double(covered) / Double(runs)), "\(covered)")
  }

  @Test("undefined without strata")
  func undefined() {
    #expect(mantelHaenszelRiskDifference([]).estimate == nil)
    #expect(mantelHaenszelRiskDifference([[[1, 2], [0, 0]]]).estimate == nil)
    #expect(mantelHaenszelRiskDifference([[[1, -2], [3, 4]]]).estimate == nil)
  }
}

private struct Steps: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var x = state
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }
}
