import EbbClients
import EbbEngine
import EbbTable

/// The quality of all rows where only some were read: rows rejected and standing twice, values missing, impossible or at
/// odds, each counted in the database.
struct ElsewhereQuality {
  private let found: SampleReading.Findings
  private let sample: DataQuality
  private let engine: WarehouseEngine
  private let table: WarehouseTable
  private let rule: DuplicateRule

  private var store: WarehouseStore { engine.store }
  private var warehouse: any Warehouse { engine.store.warehouse }
  private var relation: ClientRelation { engine.store.relation }
  private var names: [String] { found.decisions.reading.columns.map(\.name) }

  init(
    _ found: SampleReading.Findings, sample: DataQuality, _ engine: WarehouseEngine, _ table: WarehouseTable,
    rule: DuplicateRule
  ) {
    self.found = found
    self.sample = sample
    self.engine = engine
    self.table = table
    self.rule = rule
  }

  func quality() throws -> DataQuality {
    let rows = try rows()
    let gone = try contradictions()
    let counted = CountsElsewhere(
      read: rows.all - rows.totals, used: engine.clientCount, rejected: rows.all - rows.totals - rows.clean,
      totals: rows.totals, duplicates: try duplicates(rows), missing: try missing(), ranges: try ranges(),
      activeAndGone: gone.active, stayedWithoutProducts: gone.withoutProducts, left: gone.left)
    return found.listed.elsewhere(
      sample: sample, schema: engine.schema, counted: counted, zeroBalance: found.zeroBalance)
  }

  // MARK: Rows

  private struct Rows {
    /// Totals among them.
    var all = 0
    var totals = 0
    /// Could be read, copies among them.
    var clean = 0
    /// Those of them that have an id.
    var named = 0
  }

  /// The id as rows are compared by it; `nil` without an id column.
  private func key() throws(WarehouseError) -> String? {
    guard let id = engine.schema.column(.id), let index = names.firstIndex(of: id) else { return nil }
    return try found.readable.identical(index)
  }

  private func rows() throws(WarehouseError) -> Rows {
    let (_, conditions) = try found.readable.rows()
    func count(_ conditions: [String]) -> String {
      conditions.isEmpty ? "COUNT(*)" : "COUNT(CASE WHEN \(WarehouseSQL.all(conditions)) THEN 1 END)"
    }
    let items = [
      "COUNT(*)", try found.readable.isTotals().map { count([$0]) } ?? "0", count(conditions),
      try key().map { count(conditions + ["\($0) IS NOT NULL"]) } ?? "0",
    ]
    var rows = Rows()
    try warehouse.rows("SELECT \(items.joined(separator: ", ")) FROM \(table.rows)") {
      (row) throws(WarehouseError) in
      rows = Rows(
        all: try row.integer(0), totals: try row.integer(1), clean: try row.integer(2),
        named: try row.integer(3))
    }
    return rows
  }

  /// Rows that stand twice: alike in every column but row numbers.
  private func duplicates(_ rows: Rows) throws(WarehouseError) -> DataQuality.Duplicates {
    let dropped = rows.clean - engine.clientCount
    let (place, conditions) = try found.readable.rows()
    let identity = try found.readable.identity().joined(separator: ", ")
    guard let key = try key() else {
      var twice = 0
      try warehouse.rows(
        "SELECT SUM(n - 1) FROM (SELECT COUNT(*) AS n FROM \(place)\(WarehouseSQL.filter(conditions))"
          + " GROUP BY \(identity)) v"
      ) { (row) throws(WarehouseError) in twice = try row.optionalInteger(0) ?? 0 }
      return DataQuality.Duplicates(
        idColumn: nil, identicalRows: twice, identicalRowsDropped: dropped, repeatedIDs: 0, repeatedIDRows: 0,
        rule: rule, missingIDs: 0)
    }
    var (identical, ids, rowsOfIDs) = (0, 0, 0)
    // Where each client is named once, nothing has to be compared.
    if found.decisions.dropsCopies {
      let known = WarehouseSQL.filter(conditions + ["\(key) IS NOT NULL"])
      try warehouse.rows(
        "SELECT SUM(n - m), COUNT(CASE WHEN m > 1 THEN 1 END), SUM(CASE WHEN m > 1 THEN m END)"
          + " FROM (SELECT SUM(n) AS n, COUNT(*) AS m FROM (SELECT \(key) AS k, COUNT(*) AS n FROM \(place)\(known)"
          + " GROUP BY \(identity)) v GROUP BY k) g"
      ) { (row) throws(WarehouseError) in
        identical = try row.optionalInteger(0) ?? 0
        ids = try row.integer(1)
        rowsOfIDs = try row.optionalInteger(2) ?? 0
      }
    }
    return DataQuality.Duplicates(
      idColumn: engine.schema.column(.id), identicalRows: identical, identicalRowsDropped: dropped,
      repeatedIDs: ids, repeatedIDRows: rowsOfIDs, rule: rule, missingIDs: rows.clean - rows.named)
  }

  // MARK: Values

  /// Clients without a value, by column; of columns that no figure is made of too.
  private func missing() throws(WarehouseError) -> [String: Int] {
    var missing: [String: Int] = [:]
    var others: [Int] = []
    for entry in engine.schema.entries {
      if let known = engine.missing(entry.column) {
        missing[entry.column] = known
      } else if let index = names.firstIndex(of: entry.column) {
        others.append(index)
      }
    }
    if others.isEmpty { return missing }
    var items: [String] = []
    for index in others { items.append("COUNT(\(try found.readable.identical(index)))") }
    let (rows, conditions) = try found.counting.rows()
    try warehouse.rows(
      "SELECT COUNT(*), \(items.joined(separator: ", ")) FROM \(rows)\(WarehouseSQL.filter(conditions))"
    ) { (row) throws(WarehouseError) in
      let all = try row.integer(0)
      for (place, index) in others.enumerated() { missing[names[index]] = all - (try row.integer(place + 1)) }
    }
    return missing
  }

  /// Impossible values of columns whose values were not listed.
  private func ranges() throws(WarehouseError) -> [DataQuality.RangeFinding] {
    let listed = Set(found.listed.columns.map(\.column))
    var findings: [DataQuality.RangeFinding] = []
    for entry in engine.schema.entries where !listed.contains(entry.column) {
      guard let range = AllowedRange.of(entry.role), let number = relation.number(entry.column) else {
        continue
      }
      switch relation.columns[number].column.storage {
      case .scaled(_, let scale):
        guard let unit = Int64(exactly: Double("1e\(scale)") ?? 1) else { continue }
        let outside = Self.outside(
          range, "c\(number)", low: range.low.map { store.sql.literal(Int64($0) * unit) },
          high: range.high.map { store.sql.literal(Int64($0) * unit) },
          fraction: range.whole && unit > 1 ? "c\(number) % \(unit) <> 0" : nil)
        if let finding = try finding(entry, range, outside, number, value: "c\(number)", of: Double(unit)) {
          findings.append(finding)
        }
      case .real:
        let outside = Self.outside(
          range, "d\(number)", low: range.low.map { store.sql.double($0) },
          high: range.high.map { store.sql.double($0) },
          fraction: range.whole ? "d\(number) <> ROUND(d\(number))" : nil)
        if let finding = try finding(entry, range, outside, number, value: "d\(number)", of: 1) {
          findings.append(finding)
        }
      case .codes, .none: continue
      }
    }
    return findings
  }

  private struct Outside {
    let below: String?
    let above: String?
    let fraction: String?
  }

  private static func outside(
    _ range: AllowedRange, _ value: String, low: String?, high: String?, fraction: String?
  ) -> Outside {
    let below = low.map { "\(value) < \($0)" }
    let above = high.map { "\(value) > \($0)" }
    let inside = [low.map { "\(value) >= \($0)" }, high.map { "\(value) <= \($0)" }].compactMap(\.self)
    return Outside(below: below, above: above, fraction: fraction.map { WarehouseSQL.all(inside + [$0]) })
  }

  private func finding(
    _ entry: ClientSchema.Entry, _ range: AllowedRange, _ outside: Outside, _ number: Int, value: String,
    of unit: Double
  ) throws(WarehouseError) -> DataQuality.RangeFinding? {
    let parts = [outside.below, outside.above, outside.fraction]
    var counts = [0, 0, 0]
    let items = parts.map { $0.map { "COUNT(CASE WHEN \($0) THEN 1 END)" } ?? "0" }
    try warehouse.rows(
      relation.adding([number]) { "SELECT \(items.joined(separator: ", ")) FROM (\($0)) r" }
    ) { (row) throws(WarehouseError) in
      for place in 0..<3 { counts[place] += try row.integer(place) }
    }
    var extremes: [Double] = []
    for (place, part) in parts.enumerated() {
      guard let part, counts[place] > 0 else { continue }
      try warehouse.rows(
        "SELECT \(value) FROM (\(relation.select([number]))) r WHERE \(part) GROUP BY \(value)"
          + " ORDER BY \(value)\(place == 1 ? " DESC" : "") LIMIT 5"
      ) { (row) throws(WarehouseError) in
        if let found = row.text(0).flatMap({ Double($0) }) { extremes.append(found / unit) }
      }
    }
    return range.finding(
      entry.role, entry.column, below: counts[0], above: counts[1], fractional: counts[2], extremes: extremes)
  }

  /// Who left, who left and is marked as active, who stayed without products.
  private func contradictions() throws(WarehouseError) -> (left: Int, active: Int, withoutProducts: Int) {
    func column(_ role: Role) -> (number: Int, storage: Column.Storage)? {
      engine.schema.column(role).flatMap { relation.number($0) }
        .map { ($0, relation.columns[$0].column.storage) }
    }
    guard let (churn, storage) = column(.churn), case .codes(_, let levels) = storage,
      let positive = levels.positive
    else { return (0, 0, 0) }
    var wanted = [churn]
    var (active, withoutProducts) = ("0", "0")
    if let (number, storage) = column(.activity), case .codes(_, let levels) = storage,
      let yes = levels.positive
    {
      wanted.append(number)
      active = "COUNT(CASE WHEN c\(churn) = \(positive) AND c\(number) = \(yes) THEN 1 END)"
    }
    if let (number, storage) = column(.products), case .scaled(_, 0) = storage {
      wanted.append(number)
      withoutProducts = "COUNT(CASE WHEN c\(churn) <> \(positive) AND c\(number) = 0 THEN 1 END)"
    }
    var counts = (left: 0, active: 0, withoutProducts: 0)
    try warehouse.rows(
      relation.adding(wanted) {
        "SELECT COUNT(CASE WHEN c\(churn) = \(positive) THEN 1 END), \(active), \(withoutProducts) FROM (\($0)) r"
      }
    ) { (row) throws(WarehouseError) in
      counts.left += try row.integer(0)
      counts.active += try row.integer(1)
      counts.withoutProducts += try row.integer(2)
    }
    return counts
  }
}
