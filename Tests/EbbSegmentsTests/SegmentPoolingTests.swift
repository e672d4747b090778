import EbbStatistics
import Testing

@testable import EbbSegments

@Suite struct SegmentPoolingTests {
  /// Whatever the counts: every client is in one part, no part is small, and what a row or a column leaves undescribed is
  /// nothing or enough.
  @Test(arguments: 1...300) func nothingCanBeSubtracted(seed: Int) {
    var random = Generator(state: UInt64(seed))
    let rows = Int.random(in: 1...30, using: &random)
    let top = [3, 12, 200].randomElement(using: &random)!
    let n = (0..<rows * 2).map { _ in Int.random(in: 0...top, using: &random) }
    let total = n.reduce(0, +)
    let plan = SegmentPooling(rowsOf: n, columns: 2, threshold: 5)
    let cells = plan.parts.flatMap(\.cells)
    #expect(Set(cells).count == cells.count)
    #expect(Set(cells) == Set(n.indices.filter { n[$0] > 0 }))
    for part in plan.parts where total >= 5 {
      #expect(part.cells.reduce(0) { $0 + n[$1] } >= 5)
      #expect(!part.isDescribed || part.cells.count == 1)
    }
    let described = Set(plan.parts.filter(\.isDescribed).flatMap(\.cells))
    if described.isEmpty { return }
    for column in 0..<2 {
      let hidden = n.indices.filter { $0 % 2 == column && !described.contains($0) }.reduce(0) { $0 + n[$1] }
      #expect(!(1..<5).contains(hidden))
    }
    let byRow = SegmentPooling((0..<rows).map { n[2 * $0] + n[2 * $0 + 1] }, threshold: 5)
    for row in byRow.parts where row.isDescribed {
      let hidden = [0, 1].map { 2 * row.cells[0] + $0 }.filter { !described.contains($0) }
        .reduce(0) { $0 + n[$1] }
      #expect(!(1..<5).contains(hidden))
    }
    let pooled = byRow.parts.filter { !$0.isDescribed }.flatMap(\.cells)
    let hidden = pooled.reduce(0) { $0 + n[2 * $1] + n[2 * $1 + 1] }
    #expect(hidden == 0 || hidden >= 5)
  }

  @Test func largestAreShown() {
    let pooling = PrivacyPooling([9, 50, 7, 30, 2, 30], threshold: 5, limit: 2)
    #expect(pooling.shown == [1, 3])
    #expect(pooling.pooled == [0, 2, 4, 5])
  }

  /// Kitagawa's two parts make the raw difference, and a group of everybody's composition is not shifted.
  @Test(arguments: 1...100) func partsMakeTheDifference(seed: Int) throws {
    var random = Generator(state: UInt64(seed) &* 977)
    func side() -> [(successes: Int, n: Int)] {
      (0..<12).map { _ in
        let n = Bool.random(using: &random) ? Int.random(in: 0...400, using: &random) : 0
        return (Int.random(in: 0...n, using: &random), n)
      }
    }
    let (a, b) = (side(), side())
    guard a.contains(where: { $0.n > 0 }), b.contains(where: { $0.n > 0 }) else { return }
    let split = try #require(rateMixDecomposition(first: a, second: b))
    #expect(abs(split.rate + split.mix - split.difference) < 1e-13)
    let back = try #require(rateMixDecomposition(first: b, second: a))
    #expect(abs(back.rate + split.rate) < 1e-13 && abs(back.mix + split.mix) < 1e-13)
    let same = standardizedRate(a.map { Stratum(successes: $0.successes, n: $0.n, weight: Double(3 * $0.n)) })
    #expect(abs((same.estimate ?? -1) - (same.crude ?? -2)) < 1e-13)
    #expect(same.coverage == 1)
    let other = standardizedRate(
      zip(a, b).map { Stratum(successes: $0.successes, n: $0.n, weight: Double($0.n + $1.n)) })
    #expect(0...1 ~= other.coverage && 0...1 ~= (other.estimate ?? 0))
  }
}
