import EbbTable
import Testing

@testable import EbbClients
@testable import EbbForecast

struct TrainingSampleTests {
  /// `n` clients with few different values: many are alike.
  private static func clients(_ order: [Int]) throws -> (ClientTable, [Bool]) {
    func column(_ name: String, _ value: (Int) -> Int64) -> Column {
      Column(
        name: name, kind: .integer, storage: .scaled([PackedIntegers(packing: order.map(value))], scale: 0),
        missing: [nil])
    }
    let churn = Column(
      name: "churn", kind: .flag,
      storage: .codes(
        [PackedIntegers(packing: order.map { $0 % 5 == 0 ? 1 : 0 })],
        levels: Levels(texts: ["0", "1"], positive: 1)), missing: [nil])
    let table = Table(
      columns: [churn, column("a") { Int64($0 % 3) }, column("b") { Int64($0 * 7 % 11) }],
      chunkRowCounts: [order.count])
    let entries = [
      ClientSchema.Entry(column: "churn", role: .churn, kind: .flag, scale: 0, reason: .byName),
      ClientSchema.Entry(column: "a", role: .attribute, kind: .integer, scale: 0, reason: .plainAttribute),
      ClientSchema.Entry(column: "b", role: .attribute, kind: .integer, scale: 0, reason: .plainAttribute),
    ]
    return (ClientTable(table: table, schema: ClientSchema(entries: entries)), order.map { $0 % 5 == 0 })
  }

  private static func story(_ order: [Int], limit: Int, seed: UInt64) throws -> [String]? {
    let (clients, churned) = try clients(order)
    return TrainingSample.rows(clients, churned: churned, limit: limit, seed: seed)?.map { row in
      "\(order[row] % 3) \(order[row] * 7 % 11) \(churned[row])"
    }.sorted()
  }

  @Test func drawsInProportionWhateverTheOrder() throws {
    let order = Array(0..<5000)
    let drawn = try #require(try Self.story(order, limit: 1000, seed: 1))
    #expect(drawn.count == 1000)
    #expect(drawn.count { $0.hasSuffix("true") } == 200)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3 {
      #expect(try Self.story(order.shuffled(using: &generator), limit: 1000, seed: 1) == drawn)
    }
    #expect(try Self.story(order, limit: 1000, seed: 2) != drawn)
  }

  /// Clients alike are drawn one by one, not all or none: every kind keeps about its share.
  @Test func kindsKeepTheirShares() throws {
    let order = Array(0..<33_000)
    let drawn = try #require(try Self.story(order, limit: 6600, seed: 5))
    let byKind = Dictionary(grouping: drawn, by: \.self).mapValues(\.count)
    #expect(byKind.count == 66)
    for (kind, count) in byKind {
      #expect((kind.hasSuffix("true") ? 20...65 : 110...210).contains(count), "\(kind)")
    }
  }

  @Test func allAreKeptBelowTheLimit() throws {
    #expect(try Self.story(Array(0..<100), limit: 100, seed: 1) == nil)
  }
}
