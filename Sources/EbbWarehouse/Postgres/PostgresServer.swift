import EbbForecast

/// A PostgreSQL server in one transaction that only reads, at one snapshot, so that all answers are of one moment whatever
/// others write meanwhile.
struct PostgresServer: WarehouseServer {
  private let connection: PostgresConnection
  private let ownTable: PostgresTable
  /// Where only a plan is wanted.
  private let planning: PostgresPlanning?
  let sql = WarehouseSQL(.postgresql)
  let table: WarehouseTable
  /// As the server names it: oldest running transaction, next one, those in between.
  let snapshot: String

  /// Rows that a plan looks at.
  private static let planRows = 2000

  init(_ address: String, _ request: WarehouseRequest, plans: Bool) throws(WarehouseError) {
    connection = try PostgresConnection(address: address)
    try connection.begin(timeout: request.timeout)
    var snapshot = ""
    try connection.rows("SELECT txid_current_snapshot()::text") { (row) throws(WarehouseError) in
      snapshot = row.text(0) ?? ""
    }
    self.snapshot = snapshot
    var table = try PostgresTable(connection, sql, name: request.table, condition: request.condition)
    if plans {
      table.limit = Self.planRows
      try connection.run("SET LOCAL max_parallel_workers_per_gather = 0")
    }
    ownTable = table
    self.table = table.asked
    planning = plans ? PostgresPlanning(connection, table) : nil
  }

  var source: String { connection.source }
  var received: Int { connection.received }
  var statements: [String] { connection.statements }
  var planned: [PlannedStatement] { planning?.statements ?? [] }

  func rows(
    _ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void
  ) throws(WarehouseError) {
    if let planning { try planning.rows(statement, take) } else { try connection.rows(statement, take) }
  }

  func fetch(_ draw: (share: Double, seed: UInt64)?, into file: UnnamedFile) throws {
    var table = ownTable
    table.draw = draw
    var items: [String] = []
    for column in table.columns {
      let name = try sql.name(column.name)
      items.append(column.family == .truth ? "CAST(t.\(name) AS text) AS \(name)" : "t.\(name)")
    }
    let rows = "SELECT \(items.joined(separator: ", ")) FROM \(table.rows)"
    try planning?.plan(rows)
    let statement = "COPY (\(rows)) TO STDOUT (FORMAT csv, HEADER true)"
    var pending: [UInt8] = []
    try connection.copy(statement) { bytes in
      pending += bytes
      if pending.count > 1 << 20 {
        try file.write(pending)
        pending.removeAll(keepingCapacity: true)
      }
    }
    try file.write(pending)
  }

  func settled(_ relation: ClientRelation) -> ClientRelation { relation }

  /// All answers are here: a server that meanwhile ended the idle session takes nothing away.
  func end() { try? connection.end() }
}
