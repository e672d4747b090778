import EbbForecast

/// A table of a PostgreSQL server, and the rows of it that are asked for.
struct PostgresTable: Sendable {
  let name: String
  let quoted: String
  let columns: [WarehouseTable.Column]
  /// Where a partitioned table's rows lie on other servers: all its parts, quoted. Aggregates asked of each part by itself
  /// are worked out there.
  let foreignParts: [String]
  /// A condition as the user wrote it.
  let condition: String?
  /// Rows of a part at most: for a plan, whose statements run on a few rows only.
  var limit: Int?
  /// A share of the rows, by a hash of all their values: the same ones wherever they lie.
  var draw: (share: Double, seed: UInt64)?

  init(
    _ connection: PostgresConnection, _ sql: WarehouseSQL, name: String, condition: String?
  ) throws(WarehouseError) {
    self.name = name
    self.condition = condition
    quoted = try sql.table(name)
    var columns: [WarehouseTable.Column] = []
    let statement =
      "SELECT a.attname, COALESCE(NULLIF(t.typbasetype, 0), t.oid)::bigint FROM pg_catalog.pg_attribute a"
      + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE a.attrelid = \(try sql.text(quoted))::regclass"
      + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
    do throws(WarehouseError) {
      try connection.rows(statement) { (row) throws(WarehouseError) in
        let name = row.text(0) ?? ""
        columns.append(
          WarehouseTable.Column(
            name: name, place: "t.\(try sql.name(name))", family: Self.family(try row.integer(1))))
      }
    } catch .noTable { throw .noTable(name) }
    if columns.isEmpty { throw .noTable(name) }
    self.columns = columns
    foreignParts = try Self.foreignParts(connection, sql, quoted)
  }

  /// By the numbers that PostgreSQL has given its own types once and for all.
  private static func family(_ type: Int) -> WarehouseTable.Family {
    switch type {
    case 16: .truth
    case 20, 21, 23: .whole
    case 1700: .decimal
    case 700: .single
    case 701: .double
    default: .other
    }
  }

  /// `(SELECT …) t`: the rows asked for.
  var rows: String { rows(of: quoted) }
  var parts: [String] { foreignParts.map(rows(of:)) }

  private func rows(of place: String) -> String {
    if condition == nil, limit == nil, draw == nil { return "\(place) t" }
    var conditions = [condition.map { "(\($0)\n)" }].compactMap(\.self)
    if let draw {
      let below = UInt64(min(max(draw.share, 0), 1) * 0x1p32)
      conditions.append(
        "CAST(CAST('x' || SUBSTR(MD5('\(draw.seed)' || CAST(ebb_row AS text)), 1, 8) AS bit(32)) AS bigint) < \(below)"
      )
    }
    return "(SELECT * FROM \(place)\(draw == nil ? "" : " ebb_row")"
      + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
      + (limit.map { " LIMIT \($0)" } ?? "") + ") t"
  }

  /// Where a statement reads a few rows of a part, and what it would read without the limit.
  var unlimited: [(limited: String, whole: String)] {
    var whole = self
    whole.limit = nil
    return zip([rows] + parts, [whole.rows] + whole.parts).map { ($0, $1) }
  }

  /// None where no part is foreign, or where one may not be read by itself.
  private static func foreignParts(
    _ connection: PostgresConnection, _ sql: WarehouseSQL, _ quoted: String
  ) throws(WarehouseError) -> [String] {
    let statement =
      "WITH RECURSIVE tree AS (SELECT c.oid, c.relkind FROM pg_catalog.pg_class c"
      + " WHERE c.oid = \(try sql.text(quoted))::regclass AND c.relkind = 'p' UNION ALL SELECT c.oid, c.relkind FROM tree"
      + " JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid)"
      + " SELECT n.nspname, c.relname, c.relkind, has_table_privilege(c.oid, 'SELECT') FROM tree"
      + " JOIN pg_catalog.pg_class c ON c.oid = tree.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
      + " WHERE c.relkind <> 'p' ORDER BY n.nspname, c.relname"
    var parts: [String] = []
    var (anyForeign, allReadable) = (false, true)
    try connection.rows(statement) { (row) throws(WarehouseError) in
      parts.append("\(try sql.name(row.text(0) ?? "")).\(try sql.name(row.text(1) ?? ""))")
      if row.text(2) == "f" { anyForeign = true }
      if row.text(3) != "t" { allReadable = false }
    }
    return anyForeign && allReadable ? parts : []
  }

  /// What studies ask of it.
  var asked: WarehouseTable {
    WarehouseTable(
      name: name, columns: columns, rows: rows, parts: parts,
      condition: condition.map {
        ($0, ["42601", "42703", "42804", "42883", "42P10", "22P02"])
      })
  }
}
