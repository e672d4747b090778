import EbbForecast

/// Scores worked out and kept where the clients are.
public enum WarehouseScores {
  /// Fills a new table with what a statement selects, whole or not at all: a stopped run leaves no table.
  ///
  /// - Parameters:
  ///   - table: of Spark also a path.
  ///   - select: the statement that scores the table of this name.
  /// - Returns: how many rows the table has.
  /// - Throws: `tableExists`, `noRights`, and all that a connection may end with.
  public static func write(
    of request: WarehouseRequest, into table: String, select: (_ from: String) throws -> String
  ) throws -> Int {
    switch request.place {
    case .postgres(let address):
      try PostgresScores.write(try select(request.table), of: request, at: address, into: table)
    case .spark(let launch): try SparkScores.write(of: request, by: launch, into: table, select: select)
    }
  }
}
