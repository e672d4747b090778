import EbbClients
import EbbEngine
import EbbStatistics
import EbbTable
import Foundation
import Testing

@testable import EbbSegments

/// Figures: Tests/golden/segments.py.
@Suite struct SegmentsTests {
  /// Clients of one kind: products, city, age, active, how many, how many of them left.
  typealias Cell = (products: String, city: String, age: Int, active: Int, n: Int, left: Int)

  static let cells: [Cell] = [
    ("1", "A", 25, 0, 40, 9), ("1", "A", 25, 1, 55, 6), ("1", "A", 45, 0, 30, 15), ("1", "A", 45, 1, 25, 8),
    ("1", "B", 25, 0, 20, 7), ("1", "B", 25, 1, 15, 2), ("1", "B", 45, 0, 60, 41), ("1", "B", 45, 1, 35, 17),
    ("2", "A", 25, 0, 50, 4), ("2", "A", 25, 1, 80, 3), ("2", "A", 45, 0, 20, 5), ("2", "A", 45, 1, 10, 1),
    ("2", "B", 25, 0, 10, 2), ("2", "B", 25, 1, 30, 1), ("2", "B", 45, 0, 25, 9), ("2", "B", 45, 1, 20, 4),
    ("3", "A", 45, 0, 12, 10), ("3", "B", 45, 0, 18, 16), ("3", "B", 45, 1, 6, 4),
  ]
  /// Kidney stones by treatment and size (C. R. Charig et al., BMJ 292 (1986) 879–882).
  static let treatments: [Cell] = [
    ("1", "small", 40, 1, 87, 81), ("1", "large", 40, 1, 263, 192), ("2", "small", 40, 1, 270, 234),
    ("2", "large", 40, 1, 80, 55),
  ]

  static func rows(_ cells: [Cell]) -> [String] {
    var rows: [String] = []
    for cell in cells {
      for index in 0..<cell.n {
        let id = rows.count
        let balance = id % 3 == 0 ? "" : "\(1000 + id * 7 % 501).5"
        rows.append(
          "\(id + 1),\(cell.products),\(cell.city),\(cell.age),\(cell.active),\(balance),\(20000 + id * 13 % 997),\(index < cell.left ? 1 : 0)"
        )
      }
    }
    return rows
  }

  static let heading = "userid,products,city,age,active,balance,income,churn"

  static func chapter(_ heading: String, _ rows: [String], threshold: Int = 5) async throws -> Segments? {
    let path = NSTemporaryDirectory() + "segments-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data((heading + "\n" + rows.joined(separator: "\n") + "\n").utf8)
      .write(to: URL(fileURLWithPath: path))
    let (clients, quality) = try await ReferenceFiguresTests.clients(path: path)
    let questions = Segments.questions(for: clients.schema, data: quality)
    let answers = try await MemoryEngine(clients).answer(questions)
    let chapter = Segments(answers: answers, schema: clients.schema, data: quality, threshold: threshold)
    // Throws on a number that is not finite.
    if let chapter { #expect(try !JSONEncoder().encode(chapter).isEmpty) }
    return chapter
  }

  @Test func groupsAdjustedForComposition() async throws {
    let chapter = try #require(try await Self.chapter(Self.heading, Self.rows(Self.cells)))
    #expect(chapter.lacks.isEmpty)
    let expected = [
      (0.34525700087197414, 1), (0.1569385026737968, 1), (0.8136676499508357, 0.4028520499108734),
    ]
    #expect(chapter.adjustedProducts.map(\.value) == ["1", "2", "3"])
    for (group, (rate, coverage)) in zip(chapter.adjustedProducts, expected) {
      #expect(isClose(group.adjusted.estimate, rate, 1e-12), "\(group.value)")
      #expect(isClose(group.adjusted.coverage, coverage, 1e-12), "\(group.value)")
      #expect(group.by.map(\.role) == [.age, .city, .activity])
      #expect(isClose(group.adjusted.crude, group.raw.estimate ?? -1, 1e-15))
      let interval = try #require(group.adjusted.interval)
      #expect(interval.low < rate && rate < interval.high)
    }
    let cities = chapter.adjustedCities
    #expect(isClose(cities[0].adjusted.estimate, 0.24056101556101553, 1e-12))
    #expect(isClose(cities[0].adjusted.coverage, 0.9893048128342246, 1e-12))
    #expect(isClose(cities[1].adjusted.estimate, 0.33780663780663783, 1e-12))
    #expect(
      cities.map { $0.by.map(\.role) } == [[.age, .products, .activity], [.age, .products, .activity]])
  }

  @Test func cityDifferenceIsRateAndMix() async throws {
    let chapter = try #require(try await Self.chapter(Self.heading, Self.rows(Self.cells)))
    let pair = try #require(chapter.cityDifferences.first { $0.first == "A" && $0.second == "B" })
    #expect(isClose(pair.rate, -0.09502661906213193, 1e-12))
    #expect(isClose(pair.mix, -0.14649473024528248, 1e-12))
    #expect(isClose(pair.difference.estimate, -0.24152134930741445, 1e-12))
    // 561 clients, of whom the six of (3, 45, active) live in B alone.
    #expect(isClose(pair.overlap, 555.0 / 561, 1e-12))
    // With two cities the rest is the other one.
    let rest = try #require(chapter.cityDifferences.first { $0.first == "A" && $0.second == nil })
    #expect(rest.rate == pair.rate && rest.mix == pair.mix)
  }

  @Test func reversalOfTheKidneyStones() async throws {
    let chapter = try #require(try await Self.chapter(Self.heading, Self.rows(Self.treatments)))
    let reversal = try #require(chapter.reversals.first { $0.attribute.role == .products })
    #expect(reversal.within.role == .city)
    #expect(reversal.first == "1" && reversal.second == "2")
    #expect(isClose(reversal.raw, -0.04571428571428571, 1e-12))
    #expect(isClose(reversal.adjusted, 0.8325462173856037 - 0.778875, 1e-11))
    #expect(reversal.strata == 2 && reversal.reversedStrata == 2)
    #expect(reversal.levels.map(\.value) == ["large", "small"])
    #expect(reversal.levels.map(\.first.successes) == [192, 81])
    // 273 of 350 against 289 of 350 could be chance.
    #expect(!reversal.isEstablished)
    #expect(try await Self.chapter(Self.heading, Self.rows(Self.cells))?.reversals.isEmpty == true)
  }

  @Test func segmentsAddUp() async throws {
    let chapter = try #require(try await Self.chapter(Self.heading, Self.rows(Self.cells)))
    let n = Self.cells.reduce(0) { $0 + $1.n }
    let left = Self.cells.reduce(0) { $0 + $1.left }
    for cut in [chapter.byChurn, chapter.byProducts, chapter.byProductsAndChurn] {
      #expect(cut.reduce(0) { $0 + $1.n } == n)
      #expect(cut.reduce(0) { $0 + $1.churned } == left)
      #expect(abs(cut.reduce(0) { $0 + $1.share } - 1) < 1e-12)
      #expect(abs(cut.reduce(0) { $0 + ($1.balance?.share ?? 0) } - 1) < 1e-12)
      for segment in cut {
        #expect(!segment.isSuppressed && segment.groups == 1)
        let balance = try #require(segment.number(.balance))
        #expect(balance.n + balance.missing == segment.n)
        for category in segment.categories {
          #expect(category.levels.reduce(0) { $0 + $1.share.having } == segment.n)
        }
      }
    }
    let stability = try #require(chapter.stability)
    #expect(stability.most == "2" && stability.least == "3")
    #expect(stability.intervalsSeparate && stability.groupsJudged == 3)
    #expect(isClose(stability.pValueBonferroni, 3 * (stability.test.pValue ?? 0), 1e-12))
  }

  @Test func withoutProductsOrCity() async throws {
    let rows = Self.rows(Self.cells).map { row in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      return "\(fields[0]),\(fields[3]),\(fields[7])"
    }
    let chapter = try #require(try await Self.chapter("userid,age,churn", rows))
    #expect(chapter.lacks == [.products, .city])
    #expect(chapter.byChurn.count == 2 && chapter.byProducts.isEmpty && chapter.stability == nil)
    #expect(chapter.adjustedProducts.isEmpty && chapter.cityDifferences.isEmpty)
  }

  @Test func poorTables() async throws {
    // One product group.
    let one = Self.cells.filter { $0.products == "1" }
    let single = try #require(try await Self.chapter(Self.heading, Self.rows(one)))
    #expect(single.stability == nil && single.byProducts.count == 1)
    // All balances missing.
    let bare = Self.rows(Self.cells).map { row in
      var fields = row.split(separator: ",", omittingEmptySubsequences: false)
      fields[5] = ""
      return fields.joined(separator: ",")
    }
    let poor = try #require(try await Self.chapter(Self.heading, bare))
    #expect(poor.byChurn.allSatisfy { $0.balance == nil })
    // Groups of one rate: none is the more stable.
    let even: [Cell] = [("1", "A", 30, 1, 40, 10), ("2", "A", 30, 1, 80, 20)]
    #expect(try await Self.chapter(Self.heading, Self.rows(even))?.stability == nil)
  }

  @Test func clientsWithoutProductsAreNotJudged() async throws {
    let cells: [Cell] = Self.cells + [("", "A", 30, 1, 50, 50)]
    let chapter = try #require(try await Self.chapter(Self.heading, Self.rows(cells)))
    let missing = try #require(chapter.byProducts.first { $0.isMissing })
    #expect(missing.n == 50 && missing.values == ["missing"])
    #expect(chapter.stability?.least == "3")
    #expect(!chapter.adjustedProducts.contains { $0.value == "missing" })
  }

  @Test func smallGroupsArePooled() async throws {
    let cells: [Cell] = Self.cells + [("4", "A", 30, 1, 3, 3)]
    let chapter = try #require(try await Self.chapter(Self.heading, Self.rows(cells)))
    let pooled = try #require(chapter.byProducts.first { $0.values == ["pooled"] })
    // Three clients alone could be subtracted: group 3 joins them.
    #expect(pooled.n == 39 && pooled.groups == 2 && pooled.isSuppressed && pooled.numbers.isEmpty)
    let all = chapter.byChurn + chapter.byProducts + chapter.byProductsAndChurn
    #expect(all.allSatisfy { $0.n >= 5 })
    #expect(chapter.byProductsAndChurn.reduce(0) { $0 + $1.n } == 564)
  }

  @Test func citiesBeyondNumber() async throws {
    let rows = (0..<3000).map { index in
      "\(index),\(index % 3 + 1),c\(index % 2 == 0 ? index % 90 : index % 1000),\(20 + index % 50),1,,\(index),\(index % 7 == 0 ? 1 : 0)"
    }
    let chapter = try #require(try await Self.chapter(Self.heading, rows))
    let cities = try #require(chapter.byChurn[0].categories.first { $0.attribute.role == .city })
    #expect(cities.levels.count == SegmentContents.levelLimit)
    let other = try #require(cities.other)
    #expect(other.levels == 500 + 45 - 30)
    let shown = cities.levels.reduce(0) { $0 + $1.share.having }
    #expect(shown + other.share.having == chapter.byChurn[0].n)
    #expect(chapter.adjustedCities.count == 45)
    #expect(chapter.cityDifferences.count == 45)
  }
}
