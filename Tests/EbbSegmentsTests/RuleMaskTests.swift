import EbbClients
import EbbEngine
import EbbTable
import Testing

@testable import EbbSegments

@Suite struct RuleMaskTests {
  /// The condition made of a cell holds for as many clients as the engine counts in it, whatever the kind of column.
  @Test func conditionsOfCellsHoldForTheirClients() async throws {
    let (clients, _) = try await MadeUpBank.read(MadeUpBank.csv(MadeUpBank.clients))
    let schema = clients.schema
    let groupings =
      [schema.column(.products)!, schema.column(.city)!, schema.column(.gender)!, schema.column(.activity)!]
      .map { Grouping($0) }
      + [Role.age, .balance, .income, .score].flatMap { role -> [Grouping] in
        let column = schema.column(role)!
        return [
          Grouping(column, .quantiles(count: 5)), Grouping(column, .presence),
          Grouping(column, .bands(cuts: [30, 45.5, 470, 1234.5], leftClosed: true)),
          Grouping(column, .bands(cuts: [30, 45.5, 470, 1234.5], leftClosed: false)),
        ]
      }
    let answers = try await MemoryEngine(clients).answer(Set(groupings.map { .counts(by: [$0]) }))
    for grouping in groupings {
      guard case .counts(let cells)? = answers[.counts(by: [grouping])] else {
        Issue.record("no answer for \(grouping)")
        continue
      }
      for (index, level) in cells.axes[0].enumerated() {
        let condition = RiskCondition(grouping, level, isFirst: index == 0, schema: schema)
        #expect(
          RiskRule([condition]).holds(in: clients).count { $0 } == cells.counts[index],
          "\(grouping) \(level)")
      }
    }
  }

  @Test func everyConditionMustHoldRowForRow() async throws {
    let rows = MadeUpBank.clients
    let (clients, _) = try await MadeUpBank.read(MadeUpBank.csv(rows))
    let rule = RiskRule([
      RiskCondition(column: "products", role: .products, kind: .values, values: ["1", "3"]),
      RiskCondition(column: "city", role: .city, kind: .values, values: ["A", "Z"]),
      RiskCondition(column: "balance", role: .balance, kind: .band, low: 2000, high: nil),
    ])
    #expect(
      rule.holds(in: clients)
        == rows.map { [1, 3].contains($0.products) && $0.city == "A" && ($0.balance ?? 0) >= 20000 })
    #expect(RiskRule([]).holds(in: clients).allSatisfy { $0 })
    let missing = RiskRule([RiskCondition(column: "balance", role: .balance, kind: .missing)])
    #expect(missing.holds(in: clients) == rows.map { $0.balance == nil })
    let absent = RiskRule([RiskCondition(column: "нет", role: .attribute, kind: .missing)])
    #expect(!absent.holds(in: clients).contains(true))
  }

  /// Chunks of any size, all ways a column is stored.
  @Test func chunksAndStoragesAgree() {
    func mask(_ bits: [Bool]) -> BitMask {
      var words = [UInt64](repeating: 0, count: (bits.count + 63) / 64)
      for (row, bit) in bits.enumerated() where bit { words[row >> 6] |= 1 << UInt64(row & 63) }
      return BitMask(words: words, rowCount: bits.count)
    }
    let counts = [70, 1, 130]
    let value = { (row: Int) in Double(row % 17) / 4 }
    var (scaled, real, codes, masks): ([PackedIntegers], [[Double]], [PackedIntegers], [BitMask?]) =
      ([], [], [], [])
    var start = 0
    for count in counts {
      let rows = start..<start + count
      scaled.append(PackedIntegers(packing: rows.map { Int64(value($0) * 100) }))
      real.append(rows.map(value))
      codes.append(PackedIntegers(packing: rows.map { Int64($0 % 3) }))
      masks.append(count == 1 ? nil : mask(rows.map { $0 % 5 == 4 }))
      start += count
    }
    let table = Table(
      columns: [
        Column(name: "d", kind: .decimal, storage: .scaled(scaled, scale: 2), missing: masks),
        Column(name: "r", kind: .real, storage: .real(real), missing: masks),
        Column(
          name: "c", kind: .category, storage: .codes(codes, levels: Levels(texts: ["a", "b", "c"])),
          missing: masks),
        Column(name: "e", kind: .empty, storage: .none, missing: [nil, nil, nil]),
      ], chunkRowCounts: counts)
    let clients = ClientTable(table: table, schema: ClientSchema(entries: []))
    func expect(_ condition: RiskCondition, _ holds: (Int) -> Bool) {
      let missing = { (row: Int) in row != 70 && row % 5 == 4 }
      #expect(
        RiskRule([condition]).holds(in: clients) == (0..<201).map { !missing($0) && holds($0) },
        "\(condition)")
    }
    for column in ["d", "r"] {
      func band(_ low: Double?, _ high: Double?, closed: Bool, open: Bool) -> RiskCondition {
        RiskCondition(
          column: column, role: .attribute, kind: .band, low: low, high: high, isHighClosed: closed,
          isLowOpen: open)
      }
      expect(band(1.25, 3, closed: false, open: false)) { value($0) >= 1.25 && value($0) < 3 }
      expect(band(1.25, 3, closed: true, open: true)) { value($0) > 1.25 && value($0) <= 3 }
      expect(band(nil, -1e30, closed: false, open: false)) { _ in false }
      expect(band(1e30, nil, closed: false, open: false)) { _ in false }
      expect(band(nil, 1e30, closed: false, open: false)) { _ in true }
      expect(RiskCondition(column: column, role: .attribute, kind: .values, values: ["0.5", "3", "x"])) {
        value($0) == 0.5 || value($0) == 3
      }
      expect(RiskCondition(column: column, role: .attribute, kind: .present)) { _ in true }
    }
    expect(RiskCondition(column: "c", role: .attribute, kind: .values, values: ["c", "a"])) { $0 % 3 != 1 }
    let empty = { (kind: RiskCondition.Kind) in
      RiskRule([RiskCondition(column: "e", role: .attribute, kind: kind)]).holds(in: clients)
    }
    #expect(empty(.missing).allSatisfy { $0 })
    #expect(!empty(.present).contains(true))
  }
}
