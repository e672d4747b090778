/// The rows asked for as views of a Spark session: `ebb_source` as they are, `ebb_clients` with columns `v0`, `v1`, … of
/// types that Ebb knows.
struct SparkSource {
  static let source = "ebb_source"
  static let clients = "ebb_clients"
  let names: [String]
  let families: [WarehouseTable.Family]
  /// What makes the views, one after another.
  private(set) var making: [String] = []

  /// Has the view of the source made.
  ///
  /// - Parameters:
  ///   - condition: only rows that meet it.
  ///   - limit: only so many rows.
  init(
    _ application: SparkApplication, _ request: WarehouseRequest, limit: Int? = nil
  ) throws(WarehouseError) {
    let name = request.table
    let found = try SparkRows(application, request)
    let (rows, fields) = (found.place, found.fields)
    making = found.making
    names = fields.map(\.name)
    families = fields.map { Self.family($0.type) }
    let columns = fields.indices.map { "v\($0)" }
    var condition = ""
    if let said = request.condition {
      do throws(WarehouseError) {
        try application.rows(.init(do: "condition", sql: said), isCounted: false)
      } catch .refused(let server, _) { throw .badCondition(said, server: server) }
      condition = " WHERE (\(said)\n)"
    }
    let bound = limit.map { " LIMIT \($0)" } ?? ""
    let source =
      "CREATE OR REPLACE TEMPORARY VIEW \(Self.source) (\(columns.joined(separator: ", "))) AS SELECT * FROM \(rows)"
      + condition + bound
    do throws(WarehouseError) {
      try SparkRows.run(source, application, name)
    } catch .refused(let server, let state) {
      if let said = request.condition { throw .badCondition(said, server: server) }
      throw .refused(server: server, state: state)
    }
    let items = zip(columns, fields).map { "\(Self.known($0, $1.type)) AS \($0)" }
    let clients =
      "CREATE OR REPLACE TEMPORARY VIEW \(Self.clients) AS SELECT \(items.joined(separator: ", ")) FROM \(Self.source)"
    try SparkRows.run(clients, application, name)
    making += [source, clients]
  }

  // MARK: Types

  private static func family(_ type: String) -> WarehouseTable.Family {
    switch type {
    case "tinyint", "smallint", "int", "bigint": .whole
    case "double": .double
    case "float": .single
    case "boolean": .truth
    default: type.hasPrefix("decimal") ? .decimal : .other
    }
  }

  /// A column in a type that Ebb knows: whole numbers of 64 bits, decimals, doubles, truth, texts.
  private static func known(_ column: String, _ type: String) -> String {
    switch family(type) {
    case .whole: return "CAST(\(column) AS BIGINT)"
    case .decimal, .double, .single, .truth: return column
    case .other: break
    }
    if type == "string" { return column }
    if type == "binary" { return "CONCAT('\\\\x', LOWER(HEX(\(column))))" }
    if ["array<", "map<", "struct<"].contains(where: type.hasPrefix) { return "TO_JSON(\(column))" }
    return "CAST(\(column) AS STRING)"
  }
}
