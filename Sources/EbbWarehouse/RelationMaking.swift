import EbbClients
import EbbTable

/// Makes the relation of the clients: for every column the SQL that gives the whole numbers the reader stored for it.
///
/// A column that the database holds as numbers is calculated; texts are told to the database one by one with what the
/// reader makes of them, numbers in plain digits aside.
struct RelationMaking {
  /// Spellings of one column that are told to the database.
  static let spellingLimit = 20_000
  /// Up to so many are told in a CASE, more by a joined list.
  private static let caseLimit = 12

  private let warehouse: any Warehouse
  private let sql: WarehouseSQL
  private let table: WarehouseTable
  private let decisions: ReadDecisions
  let reader: SpellingReader

  init(
    _ warehouse: any Warehouse, _ sql: WarehouseSQL, _ table: WarehouseTable, _ decisions: ReadDecisions
  ) {
    self.warehouse = warehouse
    self.sql = sql
    self.table = table
    self.decisions = decisions
    reader = SpellingReader(reading: decisions.reading)
  }

  func relation() async throws -> ClientRelation {
    guard decisions.reading.columns.count == table.columns.count else {
      throw WarehouseError.disagreement(column: "*")
    }
    var columns: [WarehouseColumn] = []
    for column in decisions.columns { columns.append(try await self.column(column, number: columns.count)) }
    let (rows, conditions) = try rows()
    return ClientRelation(
      columns: columns, rows: rows, parts: decisions.dropsCopies ? [] : table.parts, conditions: conditions)
  }

  // MARK: Columns

  func place(_ index: Int) throws(WarehouseError) -> String {
    table.columns[index].place
  }

  func text(_ index: Int) throws(WarehouseError) -> String {
    sql.words.text(try place(index), table.columns[index].family)
  }

  private func column(_ reading: ColumnReading, number: Int) async throws -> WarehouseColumn {
    let (index, before, after) = (reading.index, reading.before, reading.after)
    let ghost = Column(
      name: after.name, kind: after.kind, storage: Self.emptied(after.storage), missingCount: 0)
    switch (before.storage, after.storage) {
    case (.none, _), (_, .none):
      return WarehouseColumn(column: ghost, stored: sql.cast("NULL", sql.wholeType))
    case (.codes(_, let levels), _):
      let codes = Dictionary(levels.texts.enumerated().map { ($1, Int64($0)) }) { first, _ in first }
      let isWhole = table.columns[index].family == .whole
      let texts = try texts(index, where: nil)
      var entries: [(String, Int64)] = []
      for (text, meaning) in zip(texts, try await reader.meanings(texts, column: index)) {
        if case .level(let level) = meaning, let code = codes[level], let new = reading.recoding[code] ?? nil
        {
          // Whole numbers are compared as such: cheaper, and other servers take it on too.
          entries.append((isWhole ? sql.literal(Int64(text) ?? 0) : try sql.text(text), new))
        }
      }
      let (value, join) = lookup(isWhole ? try place(index) : try text(index), entries, number: number)
      return WarehouseColumn(column: ghost, stored: value, join: join)
    case (.scaled(_, let scale), .codes):
      let greatest = reading.greatest
      let (value, join) = try await scaled(index, scale: scale, number: number, greatest: greatest)
      let entries = reading.recoding.compactMap { old, new in
        new.map { (sql.literal(old), $0) }
      }.sorted { $0.1 < $1.1 }
      return WarehouseColumn(
        column: ghost, stored: lookup(value, entries, number: number).value, join: join)
    case (.scaled(_, let own), .scaled(_, let scale)):
      let greatest = own == scale ? reading.greatest : .max
      let (value, join) = try await scaled(index, scale: scale, number: number, greatest: greatest)
      let loses = reading.losesZeros
      return WarehouseColumn(
        column: ghost, stored: loses ? "CASE WHEN \(value) <> 0 THEN \(value) END" : value, join: join)
    case (.real, .real):
      var (value, join) = try await double(index, number: number)
      if reading.losesZeros { value = "NULLIF(\(value), \(sql.double(0)))" }
      return WarehouseColumn(column: ghost, stored: sql.words.orderKey(value), double: value, join: join)
    default: throw WarehouseError.unreadableColumn(column: before.name, reason: .numbers)
    }
  }

  private static func emptied(_ storage: Column.Storage) -> Column.Storage {
    switch storage {
    case .scaled(_, let scale): .scaled([], scale: scale)
    case .real: .real([])
    case .codes(_, let levels): .codes([], levels: levels)
    case .none: .none
    }
  }

  /// The different texts of a column.
  func texts(_ index: Int, where condition: String?) throws(WarehouseError) -> [String] {
    let text = try text(index)
    let statement =
      "SELECT \(text) FROM \(table.rows) WHERE \(try place(index)) IS NOT NULL"
      + (condition.map { " AND \($0)" } ?? "") + " GROUP BY \(text) LIMIT \(Self.spellingLimit + 1)"
    var texts: [String] = []
    try table.explaining { () throws(WarehouseError) in
      try warehouse.rows(statement) { (row) throws(WarehouseError) in texts.append(row.text(0) ?? "") }
    }
    if texts.count > Self.spellingLimit {
      throw .unreadableColumn(column: table.columns[index].name, reason: .spellings)
    }
    return texts.sorted()
  }

  /// What becomes of an expression: NULL where it is none of the entries.
  private func lookup(
    _ expression: String, _ entries: [(String, Int64)], number: Int
  ) -> (value: String, join: String?) {
    if entries.isEmpty { return (sql.cast("NULL", sql.wholeType), nil) }
    if entries.count <= Self.caseLimit {
      let cases = entries.map { "WHEN \($0.0) THEN \(sql.literal($0.1))" }.joined(separator: " ")
      return (sql.cast("CASE \(expression) \(cases) END", sql.wholeType), nil)
    }
    let list = entries.enumerated().map { index, entry in
      let value = sql.literal(entry.1)
      return "(\(entry.0), \(index == 0 ? sql.cast(value, sql.wholeType) : value))"
    }
    return (
      "m\(number).v",
      "LEFT JOIN (VALUES \(list.joined(separator: ", "))) m\(number)(k, v) ON m\(number).k = \(expression)"
    )
  }

  // MARK: Numbers

  /// The column as value × 10^scale.
  func scaled(
    _ index: Int, scale: Int, number: Int, greatest: UInt64
  ) async throws -> (value: String, join: String?) {
    let place = try place(index)
    switch table.columns[index].family {
    case .whole:
      let unit = scale == 0 ? "" : " * 1" + String(repeating: "0", count: scale)
      return (try known(index, sql.cast(place + unit, sql.wholeType)), nil)
    case .decimal:
      return (try known(index, sql.cast(sql.words.scaled(decimal: place, scale: scale), sql.wholeType)), nil)
    case .double, .single:
      // A double times its unit is within half of the whole number it stands for, up to so many digits.
      let limit: UInt64 = table.columns[index].family == .double ? 1 << 50 : 1 << 21
      let exact = sql.words.scaled(double: finite(place), scale: scale, isNear: greatest < limit)
      return (try known(index, sql.cast(exact, sql.wholeType)), nil)
    case .truth, .other:
      let (plain, pattern) = try plainNumber(index)
      let exact = sql.cast(sql.words.scaled(text: plain, scale: scale), sql.wholeType)
      let odd = try texts(index, where: "NOT (\(pattern))")
      var entries: [(String, Int64)] = []
      for (text, meaning) in zip(odd, try await reader.meanings(odd, column: index)) {
        switch meaning {
        case .missing, .unreadable: continue
        case .number(let value, let own):
          guard own <= scale, let stored = Self.multiplied(value, by: scale - own) else {
            throw WarehouseError.unreadableColumn(column: table.columns[index].name, reason: .numbers)
          }
          entries.append((try sql.text(text), stored))
        case .level, .real:
          throw WarehouseError.unreadableColumn(column: table.columns[index].name, reason: .numbers)
        }
      }
      let (other, join) = lookup(try text(index), entries, number: number)
      return (try known(index, "CASE WHEN \(pattern) THEN \(exact) ELSE \(other) END"), join)
    }
  }

  /// The rows whose number has more digits than `scale` keeps; `nil` where none can.
  func losing(_ index: Int, scale: Int) throws(WarehouseError) -> String? {
    let place = try place(index)
    switch table.columns[index].family {
    case .whole: return nil
    case .decimal: return sql.words.loses(decimal: place, scale: scale)
    case .double, .single: return sql.words.loses(double: finite(place), scale: scale)
    case .truth, .other:
      let (plain, pattern) = try plainNumber(index)
      return sql.words.loses(text: "CASE WHEN \(pattern) THEN \(plain) END", scale: scale)
    }
  }

  func double(_ index: Int, number: Int) async throws -> (value: String, join: String?) {
    let place = try place(index)
    let family = table.columns[index].family
    switch family {
    case .whole, .decimal: return (try known(index, sql.words.double(place, family)), nil)
    case .double, .single: return (try known(index, sql.words.double(finite(place), family)), nil)
    case .truth, .other:
      let (plain, pattern) = try plainNumber(index, withExponent: true)
      let odd = try texts(index, where: "NOT (\(pattern))")
      var cases: [String] = []
      for (text, meaning) in zip(odd, try await reader.meanings(odd, column: index)) {
        switch meaning {
        case .missing, .unreadable: continue
        case .number(let value, let scale):
          cases.append("WHEN \(try sql.text(text)) THEN \(sql.cast("'\(value)e-\(scale)'", sql.doubleType))")
        case .real(let value): cases.append("WHEN \(try sql.text(text)) THEN \(sql.double(value))")
        case .level:
          throw WarehouseError.unreadableColumn(column: table.columns[index].name, reason: .numbers)
        }
      }
      if cases.count > 1000 {
        throw WarehouseError.unreadableColumn(column: table.columns[index].name, reason: .spellings)
      }
      let other = cases.isEmpty ? "NULL" : "CASE \(try text(index)) \(cases.joined(separator: " ")) END"
      return (
        try known(index, "CASE WHEN \(pattern) THEN \(sql.cast(plain, sql.doubleType)) ELSE \(other) END"),
        nil
      )
    }
  }

  private func finite(_ place: String) -> String {
    "CASE WHEN \(place) > '-Infinity' AND \(place) < 'Infinity' THEN \(place) END"
  }

  /// Digits, whole or in groups of three, with at most a minus before and one decimal sign, as a number; and what tells
  /// them from anything else.
  func plainNumber(
    _ index: Int, withExponent: Bool = false
  ) throws(WarehouseError) -> (value: String, pattern: String) {
    let text = try text(index)
    let dialect = decisions.reading.dialect
    let isComma = dialect.decimalSeparator == UInt8(ascii: ",")
    var marks = " \u{A0}\u{202F}'"
    if let group = dialect.groupSeparator, [",", "."].contains(group), (group == ",") != isComma {
      marks += group
    }
    let ungrouped = "TRANSLATE(\(text), \(try sql.text(marks)), '')"
    let digits = "([0-9]{1,17}|[0-9]{1,3}([\(marks)])[0-9]{3}(\\2[0-9]{3}){0,4})"
    let pattern =
      "-?\(digits)([\(isComma ? "," : ".")][0-9]{1,17})?\(withExponent ? "([eE][-+]?[0-9]{1,2})?" : "")"
    return (
      isComma ? "REPLACE(\(ungrouped), ',', '.')" : ungrouped, try sql.words.matches(text, pattern)
    )
  }

  /// Numbers that the user says mean *missing* are missing.
  private func known(_ index: Int, _ value: String) throws(WarehouseError) -> String {
    var tokens: [String] = []
    for token in decisions.reading.dialect.missingTokens where token.contains(where: \.isNumber) {
      tokens.append(try sql.text(token))
    }
    if tokens.isEmpty { return value }
    return "CASE WHEN \(try text(index)) IN (\(tokens.joined(separator: ", "))) THEN NULL ELSE \(value) END"
  }

  private static func multiplied(_ value: Int64, by exponent: Int) -> Int64? {
    var result = value
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = product
    }
    return result
  }

  // MARK: Rows

  /// The rows that are clients: what was rejected is left out by what it was rejected for, what stands twice once.
  func rows() throws(WarehouseError) -> (rows: String, conditions: [String]) {
    var conditions = try rejections()
    if !decisions.dropsCopies { return (table.rows, conditions) }
    let inner = WarehouseSQL.filter(conditions)
    conditions = ["ebb_copy = 1"]
    // Two clients without an id are two, however alike.
    if let id = decisions.schema.column(.id),
      let index = decisions.reading.columns.firstIndex(where: { $0.name == id })
    {
      conditions = ["ebb_copy = 1 OR \(try identical(index)) IS NULL"]
    }
    let identity = try identity()
    return (
      "(SELECT t.*, ROW_NUMBER() OVER (PARTITION BY \(identity.joined(separator: ", "))"
        + "\(sql.words.anyOrder(identity.first ?? "1"))) AS ebb_copy FROM \(table.rows)\(inner)) t",
      conditions
    )
  }

  /// What two rows are alike in, if they are the same row twice.
  func identity() throws(WarehouseError) -> [String] {
    let rowNumbers = Set(decisions.schema.entries.filter { $0.reason == .rowNumber }.map(\.column))
    var identity: [String] = []
    for index in table.columns.indices where !rowNumbers.contains(decisions.reading.columns[index].name) {
      identity.append(try identical(index))
    }
    return identity
  }

  /// What tells a row of totals; `nil` where there is none.
  func isTotals() throws(WarehouseError) -> String? {
    if decisions.totals.isEmpty { return nil }
    return try leads(0, with: Set(decisions.totals.map { Self.firstField($0.text) }), isIn: true)
  }

  /// Whether a column's text, shortened as it is told of, is one of these.
  private func leads(_ index: Int, with texts: Set<String>, isIn: Bool) throws(WarehouseError) -> String {
    var list: [String] = []
    for text in texts.sorted() { list.append(try sql.text(text)) }
    return
      "LEFT(COALESCE(\(try text(index)), ''), 200) \(isIn ? "IN" : "NOT IN") (\(list.joined(separator: ", ")))"
  }

  func identical(_ index: Int) throws(WarehouseError) -> String {
    switch table.columns[index].family {
    case .whole, .decimal, .double, .single, .truth: return try place(index)
    case .other:
      var tokens: [String] = []
      for token in decisions.reading.dialect.missingTokens {
        tokens.append(try sql.text(token.lowercased()))
      }
      let text = sql.words.trimmed(try text(index))
      if tokens.isEmpty { return text }
      return "CASE WHEN LOWER(\(text)) IN (\(tokens.joined(separator: ", "))) THEN NULL ELSE \(text) END"
    }
  }

  private func rejections() throws(WarehouseError) -> [String] {
    var texts: [Int: Set<String>] = [:]
    for row in decisions.rejected {
      guard let name = row.column,
        let index = decisions.reading.columns.firstIndex(where: { $0.name == name })
      else { throw .disagreement(column: row.column ?? "*") }
      texts[index, default: []].insert(row.text)
    }
    for row in decisions.totals {
      texts[0, default: []].insert(Self.firstField(row.text))
    }
    var conditions: [String] = []
    for (index, found) in texts.sorted(by: { $0.key < $1.key }) {
      conditions.append(try leads(index, with: found, isIn: false))
    }
    return conditions
  }

  /// The first field of a record as the database wrote it.
  private static func firstField(_ record: String) -> String {
    guard record.first == "\"" else { return String(record.prefix { $0 != "," }) }
    var out = ""
    var rest = record.dropFirst()
    while let character = rest.popFirst() {
      if character == "\"" {
        guard rest.first == "\"" else { break }
        rest.removeFirst()
      }
      out.append(character)
    }
    return out
  }
}
