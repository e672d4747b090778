import EbbClients
import EbbForecast
import EbbTable

/// Makes of a reading of some rows one of all: what the sample cannot know (levels, spellings, how often, rows that cannot
/// be read) is asked of the database column by column, and the same code that gives the columns of a file their meaning
/// decides over it. Only columns of more than `ClientSchema.distinctLimit` numbers keep what the sample says of their role;
/// whether their digits fit is checked.
struct SampleReading {
  let warehouse: any Warehouse
  let sql: WarehouseSQL
  let table: WarehouseTable
  let sample: ReadTable
  let clients: ClientTable
  let dropped: [Int]
  let assignments: RoleAssignments
  let options: ClientOptions

  /// What all rows say.
  struct Findings {
    let decisions: ReadDecisions
    /// Of the columns whose values were listed with their counts.
    let listed: DataQuality
    /// Of a balance with too many values for that.
    let zeroBalance: ZeroBalance?
    /// The rows that could be read, copies among them.
    let readable: RelationMaking
    /// Those that are clients: of copies one each.
    let counting: RelationMaking
  }

  func findings() async throws -> Findings {
    if options.duplicates == .refuse || options.dropsIdenticalRowsWithoutID {
      throw WarehouseError.unsupported(.duplicatesOfSample)
    }
    let totals = try totals()
    let rejected = try await unreadable()
    let dropsCopies = try repeatsIDs()
    let counting = making(rejected, totals, dropsCopies: dropsCopies)
    let marginals = try await marginals(counting)
    let read = ReadTable(
      table: Table(columns: marginals.columns, chunkRowCounts: [marginals.count]), reading: sample.reading,
      recordCount: marginals.count, rejectedCount: 0, rejected: [], totals: [])
    let (made, listed, _) = try ClientTable.making(
      from: read, assignments: assignments,
      options: ClientOptions(
        zeroBalance: options.zeroBalance, churnedText: options.churnedText, cores: options.cores))
    let schema = merged(made.schema, distinct: marginals.distinct)
    let own = Set(marginals.columns.map(\.name))
    let narrow = ReadAndMade(read: read.table, made: made.table, dropped: [])
      .columns(sample.reading, schema)
    let wide = ReadAndMade(read: sample.table, made: clients.table, dropped: dropped)
      .columns(sample.reading, schema).filter { !own.contains($0.before.name) }
    let reaching = wide.map { column in
      column.reaching(
        marginals.greatest[column.before.name] ?? .max,
        losesZeros: marginals.zeroBalance.flatMap { $0.column == column.before.name ? $0.madeMissing : nil })
    }
    let decisions = ReadDecisions(
      reading: sample.reading, schema: schema, columns: (narrow + reaching).sorted { $0.index < $1.index },
      rejected: rejected, totals: totals, dropsCopies: dropsCopies, clients: nil)
    return Findings(
      decisions: decisions, listed: listed, zeroBalance: marginals.zeroBalance,
      readable: making(rejected, totals, dropsCopies: false), counting: counting)
  }

  private func making(
    _ rejected: [RejectedRow], _ totals: [RejectedRow] = [], dropsCopies: Bool
  ) -> RelationMaking {
    RelationMaking(
      warehouse, sql, table,
      ReadDecisions(
        reading: sample.reading, schema: clients.schema, columns: [], rejected: rejected,
        totals: totals, dropsCopies: dropsCopies, clients: nil))
  }

  /// Roles and kinds as all rows have them.
  private func merged(_ made: ClientSchema, distinct: [String: Int]) -> ClientSchema {
    let known = Dictionary(made.entries.map { ($0.column, $0) }) { first, _ in first }
    let entries = clients.schema.entries.map { entry in
      known[entry.column]
        ?? ClientSchema.Entry(
          column: entry.column, role: entry.role, kind: entry.kind, scale: entry.scale, reason: entry.reason,
          distinct: distinct[entry.column])
    }
    return ClientSchema(entries: entries.sorted(by: ClientTable.canonicalOrder))
  }

  // MARK: Rows

  /// A row of totals for every text that tells one.
  private func totals() throws(WarehouseError) -> [RejectedRow] {
    guard let first = table.columns.first, first.family == .other else { return [] }
    let making = making([], dropsCopies: false)
    let words =
      "([Ии][Тт][Оо][Гг]|[Вв][Сс][Ее][Гг][Оо]|[Оо][Бб][Щщ][Ии][Йй]|[Tt][Oo][Tt][Aa][Ll]|[Gg][Rr][Aa][Nn][Dd])"
    let texts = try making.texts(
      0, where: try sql.words.matches(try making.text(0), "[ \t\u{A0}]*\(words).*"))
    return texts.filter { TotalsRow.isTotals([Array($0.utf8)]) }.map { text in
      RejectedRow(
        line: 0, column: nil, text: "\"\(text.replacing("\"", with: "\"\""))\"", reason: .notANumber)
    }
  }

  /// A row for every text that rejects the rows that have it.
  private func unreadable() async throws -> [RejectedRow] {
    let making = making([], dropsCopies: false)
    var rejected: [RejectedRow] = []
    for (index, grammar) in sample.reading.columns.enumerated() {
      guard let column = sample.table.column(named: grammar.name) else { continue }
      var texts: [String] = []
      switch column.storage {
      case .codes where column.kind == .flag || grammar.required: texts = try making.texts(index, where: nil)
      case .codes, .none: break
      case .scaled, .real:
        switch table.columns[index].family {
        case .truth, .other:
          var isReal = false
          if case .real = column.storage { isReal = true }
          texts = try making.texts(
            index, where: "NOT (\(try making.plainNumber(index, withExponent: isReal).pattern))")
        case .double, .single: texts = ["Infinity", "-Infinity"]
        case .whole, .decimal: break
        }
      }
      for (text, meaning) in zip(texts, try await making.reader.meanings(texts, column: index)) {
        if meaning == .unreadable || (grammar.required && meaning == .missing) {
          rejected.append(
            RejectedRow(line: 0, column: grammar.name, text: String(text.prefix(200)), reason: .notANumber))
        }
      }
      if grammar.required {
        rejected.append(RejectedRow(line: 0, column: grammar.name, text: "", reason: .missingRequired))
      }
    }
    return rejected
  }

  private func repeatsIDs() throws(WarehouseError) -> Bool {
    guard let id = clients.schema.column(.id),
      let index = sample.reading.columns.firstIndex(where: { $0.name == id })
    else { return false }
    let key = try making([], dropsCopies: false).identical(index)
    var found = false
    try warehouse.rows(
      "SELECT 1 FROM \(table.rows) WHERE \(key) IS NOT NULL GROUP BY \(key) HAVING COUNT(*) > 1 LIMIT 1"
    ) { (_) throws(WarehouseError) in found = true }
    return found
  }

  // MARK: Columns

  private func marginals(_ making: RelationMaking) async throws -> (
    columns: [Column], count: Int, distinct: [String: Int], greatest: [String: UInt64],
    zeroBalance: ZeroBalance?
  ) {
    var greatest: [String: UInt64] = [:]
    var zeroBalance: ZeroBalance?
    var distinct: [String: Int] = [:]
    let (rows, conditions) = try making.rows()
    let condition = WarehouseSQL.filter(conditions)
    var count = 0
    try warehouse.rows("SELECT COUNT(*) FROM \(rows)\(condition)") { (row) throws(WarehouseError) in
      count = try row.integer(0)
    }
    var columns: [Column] = []
    for (index, grammar) in sample.reading.columns.enumerated() {
      guard let entry = clients.schema.entries.first(where: { $0.column == grammar.name }),
        entry.role != .id, entry.role != .ignored || entry.reason == .constant || entry.reason == .empty,
        let column = sample.table.column(named: grammar.name)
      else { continue }
      switch column.storage {
      case .none:
        try check(index, "\(try making.place(index)) IS NOT NULL", rows, condition)
      case .codes(_, let levels):
        columns.append(
          try await levelled(index, column, levels, making, rows, condition, count: count))
      case .scaled(_, let scale):
        if let lost = try making.losing(index, scale: scale) { try check(index, lost, rows, condition) }
        let (value, join) = try await making.scaled(index, scale: scale, number: 0, greatest: .max)
        var found: [(Int64, Int)] = []
        try warehouse.rows(
          "SELECT v, COUNT(*) FROM (SELECT \(value) AS v FROM \(rows)\(join.map { " " + $0 } ?? "")\(condition)) s"
            + " GROUP BY v LIMIT \(ClientSchema.distinctLimit + 2)"
        ) { (row) throws(WarehouseError) in
          if let value = try row.optionalInteger(0) { found.append((Int64(value), try row.integer(1))) }
        }
        if found.count > ClientSchema.distinctLimit {
          try warehouse.rows(
            "SELECT MAX(ABS(v)) FROM (SELECT \(value) AS v FROM \(rows)\(join.map { " " + $0 } ?? "")\(condition)) s"
          ) { (row) throws(WarehouseError) in
            greatest[column.name] = UInt64(try row.optionalInteger(0)?.magnitude ?? 0)
          }
          if entry.role == .balance {
            let values = "(SELECT \(value) AS v FROM \(rows)\(join.map { " " + $0 } ?? "")\(condition)) s"
            zeroBalance = try zeros(column.name, values, isWhole: true) { "\(Int64(min($0, 9e18)))" }
          }
        } else {
          columns.append(
            Self.column(column, .scaled([], scale: scale), found.sorted { $0.0 < $1.0 }, count: count))
        }
      case .real:
        let (value, join) = try await making.double(index, number: 0)
        var found = 0
        try warehouse.rows(
          "SELECT COUNT(*) FROM (SELECT v FROM (SELECT \(value) AS v FROM \(rows)\(join.map { " " + $0 } ?? "")\(condition)) s"
            + " WHERE v IS NOT NULL GROUP BY v LIMIT \(ClientSchema.distinctLimit + 1)) d"
        ) { (row) throws(WarehouseError) in found = try row.integer(0) }
        if found <= ClientSchema.distinctLimit { distinct[column.name] = found }
        if entry.role == .balance {
          let values = "(SELECT \(value) AS v FROM \(rows)\(join.map { " " + $0 } ?? "")\(condition)) s"
          zeroBalance = try zeros(column.name, values, isWhole: false) { sql.double($0) }
        }
      }
    }
    return (columns, count, distinct, greatest, zeroBalance)
  }

  /// What zeros of a balance are, over all rows.
  private func zeros(
    _ column: String, _ values: String, isWhole: Bool, literal: (Double) -> String
  ) throws(WarehouseError) -> ZeroBalance {
    let amount = "CASE WHEN v > 0 THEN v END"
    let sum = isWhole ? sql.words.sum(amount) : "SUM(\(amount))"
    var counts = [0, 0, 0, 0, 0]
    var total = 0.0
    try warehouse.rows(
      "SELECT COUNT(CASE WHEN v = 0 THEN 1 END), COUNT(CASE WHEN v < 0 THEN 1 END), COUNT(CASE WHEN v > 0 THEN 1 END),"
        + " COUNT(*) - COUNT(v), \(sum) FROM \(values)"
    ) { (row) throws(WarehouseError) in
      for place in 0..<4 { counts[place] = try row.integer(place) }
      total = row.text(4).flatMap { Double($0) } ?? 0
    }
    let limit = literal(ZeroBalance.nearZero(sum: total, positive: counts[2]))
    try warehouse.rows("SELECT COUNT(CASE WHEN v > 0 AND v <= \(limit) THEN 1 END) FROM \(values)") {
      (row) throws(WarehouseError) in counts[4] = try row.integer(0)
    }
    return ZeroBalance(
      column: column, zeros: counts[0], negative: counts[1], positive: counts[2], nearZero: counts[4],
      missing: counts[3], rule: options.zeroBalance)
  }

  private func check(_ index: Int, _ lost: String, _ rows: String, _ condition: String) throws(WarehouseError)
  {
    var found = false
    try warehouse.rows(
      "SELECT 1 FROM \(rows)\(condition.isEmpty ? " WHERE" : condition + " AND") (\(lost)) LIMIT 1"
    ) { (_) throws(WarehouseError) in found = true }
    if found { throw .disagreement(column: table.columns[index].name) }
  }

  private func levelled(
    _ index: Int, _ column: Column, _ levels: Levels, _ making: RelationMaking, _ rows: String,
    _ condition: String, count: Int
  ) async throws -> Column {
    let text = try making.text(index)
    var texts: [(String, Int)] = []
    try warehouse.rows(
      "SELECT \(text), COUNT(*) FROM \(rows)\(condition) GROUP BY \(text) LIMIT \(RelationMaking.spellingLimit + 2)"
    ) { (row) throws(WarehouseError) in
      if let text = row.text(0) { texts.append((text, try row.integer(1))) }
    }
    if texts.count > RelationMaking.spellingLimit {
      throw WarehouseError.unreadableColumn(column: column.name, reason: .spellings)
    }
    var byLevel: [String: Int] = [:]
    for (text, meaning) in zip(texts, try await making.reader.meanings(texts.map(\.0), column: index)) {
      if case .level(let level) = meaning { byLevel[level, default: 0] += text.1 }
    }
    let sorted = byLevel.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let positive = levels.positive.map { levels.texts[$0] }
    let found = Levels(
      texts: sorted.map(\.key), positive: sorted.firstIndex { $0.key == positive })
    return Self.column(
      column, .codes([], levels: found), sorted.enumerated().map { (Int64($0), $1.value) }, count: count)
  }

  /// A column that has every value as often as the database has it, in order; what is missing comes last.
  private static func column(
    _ like: Column, _ storage: Column.Storage, _ counts: [(Int64, Int)], count: Int
  ) -> Column {
    var values: [Int64] = []
    values.reserveCapacity(count)
    for (value, rows) in counts { values.append(contentsOf: repeatElement(value, count: rows)) }
    let present = values.count
    values.append(contentsOf: repeatElement(0, count: max(0, count - present)))
    var words = [UInt64](repeating: 0, count: (values.count + 63) / 64)
    for row in present..<values.count { words[row >> 6] |= 1 << UInt64(row & 63) }
    let mask = BitMask(words: words, rowCount: values.count)
    let packed = PackedIntegers(packing: values)
    let filled: Column.Storage =
      switch storage {
      case .scaled(_, let scale): .scaled([packed], scale: scale)
      case .codes(_, let levels): .codes([packed], levels: levels)
      case .real, .none: storage
      }
    return Column(name: like.name, kind: like.kind, storage: filled, missing: [mask.count == 0 ? nil : mask])
  }
}

extension ColumnReading {
  /// The sample's greatest value is not that of all rows, and what zeros mean may not be either.
  fileprivate func reaching(_ greatest: UInt64, losesZeros: Bool?) -> ColumnReading {
    ColumnReading(
      index: index, before: before, after: after, recoding: recoding,
      losesZeros: losesZeros ?? self.losesZeros, greatest: greatest)
  }
}
