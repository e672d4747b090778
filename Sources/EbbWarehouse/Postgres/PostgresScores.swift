import EbbForecast

/// Scores worked out by a PostgreSQL server, in one transaction.
enum PostgresScores {
  static func write(
    _ select: String, of request: WarehouseRequest, at address: String, into table: String
  ) throws(WarehouseError) -> Int {
    let sql = WarehouseSQL(.postgresql)
    let place = try sql.table(table)
    let connection = try PostgresConnection(address: address)
    try connection.begin(timeout: request.timeout, readOnly: false)
    do throws(WarehouseError) {
      try connection.run("CREATE TABLE \(place) AS\n\(select)")
    } catch .refused(_, "42P07") {
      throw .tableExists(table)
    } catch .noTable {
      throw .noTable(request.table)
    } catch .noRights(_, let server) {
      throw .noRights(table: request.table, server: server)
    } catch { throw error }
    var rows = 0
    try connection.rows("SELECT COUNT(*) FROM \(place)") { (row) throws(WarehouseError) in
      rows = try row.integer(0)
    }
    try connection.end()
    return rows
  }
}
