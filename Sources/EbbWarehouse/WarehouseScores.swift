import EbbForecast

/// Scores worked out and kept where the clients are.
public enum WarehouseScores {
  /// Fills a new table with what a statement selects: in one transaction, so that a stopped run leaves nothing.
  ///
  /// - Returns: how many rows the table has.
  /// - Throws: `tableExists`, `noRights`, and all that a connection may end with.
  public static func write(
    _ select: String, of request: WarehouseRequest, into table: String
  ) throws(WarehouseError) -> Int {
    let sql = WarehouseSQL(.postgresql)
    let place = try sql.table(table)
    let connection = try PostgresConnection(address: request.address)
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
