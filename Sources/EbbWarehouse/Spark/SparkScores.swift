import EbbForecast

/// Scores worked out by a Spark application.
enum SparkScores {
  /// The clients under their own names.
  private static let clients = "ebb_clients"
  /// Hundreds of trees are more than Spark's generated code holds.
  private static let settings = [
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    // A new table is in Spark's own format, not in Hive's.
    "spark.sql.legacy.createHiveTableByDefault": "false",
    // Texts that are no numbers are missing values, as in a file.
    "spark.sql.ansi.enabled": "false",
  ]

  static func write(
    of request: WarehouseRequest, by launch: SparkLaunch, into table: String,
    select: (_ from: String) throws -> String
  ) throws -> Int {
    let select = try select(clients)
    let target = SparkPlace(table)
    if case .table(let parts) = target, parts.contains("") { throw WarehouseError.noTable(table) }
    let application = try SparkApplication(launch)
    try application.rows(
      .init(do: "settings", settings: SparkLaunch.session.merging(settings) { $1 }), isCounted: false)
    let rows = try SparkRows(application, request)
    let names = rows.fields.map { SparkPlace.quoted($0.name) }.joined(separator: ", ")
    let view = "CREATE OR REPLACE TEMPORARY VIEW \(clients) (\(names)) AS SELECT * FROM \(rows.place)"
    try SparkRows.run(view, application, request.table)
    do throws(WarehouseError) {
      return try write(select, target, application, request.timeout)
    } catch .tableExists {
      throw WarehouseError.tableExists(table)
    } catch .noTable {
      // The clients are there: it is the schema of the new table that is not.
      throw WarehouseError.noTable(table)
    } catch .noRights(_, let server) {
      throw WarehouseError.noRights(table: table, server: server)
    } catch { throw error }
  }

  private static func write(
    _ select: String, _ target: SparkPlace, _ application: SparkApplication, _ seconds: Int?
  ) throws(WarehouseError) -> Int {
    var count = 0
    func take(_ row: borrowing WarehouseRow) throws(WarehouseError) { count = try row.integer(0) }
    switch target {
    case .files(let path, let format):
      let format = format ?? "parquet"
      try application.rows(
        .init(
          do: "write", sql: select, path: path, format: format,
          options: format == "csv" ? ["header": "true", "escape": "\""] : [:], seconds: seconds), take: take)
    case .table(let parts):
      let name = parts.map(SparkPlace.quoted).joined(separator: ".")
      try application.rows(.init(do: "rows", sql: "CREATE TABLE \(name) AS\n\(select)", seconds: seconds))
      try application.rows(
        .init(do: "rows", sql: "SELECT COUNT(*) FROM \(name)", seconds: seconds), take: take)
    }
    return count
  }
}
