package import EbbClients
import EbbEngine
import EbbForecast
public import EbbTable

/// Clients in a table of a warehouse, and which of them.
public struct WarehouseRequest: Sendable, Equatable {
  /// `postgresql://…`, as `psql` takes it.
  public var address: String
  /// With schema before a dot where it needs one.
  public var table: String
  /// SQL after WHERE.
  public var condition: String?
  /// Seconds one statement may take; `nil` for what the server says.
  public var timeout: Int?

  public init(address: String, table: String, condition: String? = nil, timeout: Int? = nil) {
    self.address = address
    self.table = table
    self.condition = condition
    self.timeout = timeout
  }

  public static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }
}

/// One study's time with a warehouse: one transaction that only reads, at one snapshot, so that all answers are of one
/// moment whatever others write meanwhile.
public final class WarehouseSession: Sendable {
  private let connection: PostgresConnection
  private let sql = WarehouseSQL(.postgresql)
  private let table: PostgresTable
  /// Where only a plan is wanted.
  private let planning: PlanningWarehouse?
  public let request: WarehouseRequest
  /// Rows asked for.
  public let rowCount: Int
  /// The snapshot as the server names it: oldest running transaction, next one, those in between.
  public let snapshot: String

  /// Rows that a plan looks at.
  private static let planRows = 2000

  /// - Parameter plans: have statements planned instead of run; only a few rows are looked at.
  public init(_ request: WarehouseRequest, plans: Bool = false) throws(WarehouseError) {
    self.request = request
    connection = try PostgresConnection(address: request.address)
    try connection.begin(timeout: request.timeout)
    var snapshot = ""
    try connection.rows("SELECT txid_current_snapshot()::text") { (row) throws(WarehouseError) in
      snapshot = row.text(0) ?? ""
    }
    self.snapshot = snapshot
    var table = try PostgresTable(
      connection, sql, name: request.table, condition: request.condition)
    if plans {
      table.limit = Self.planRows
      try connection.run("SET LOCAL max_parallel_workers_per_gather = 0")
    }
    self.table = table
    let limited = table
    planning = plans ? PlanningWarehouse(connection, limited) : nil
    let warehouse: any Warehouse = planning ?? connection
    var count = 0
    try limited.explaining { () throws(WarehouseError) in
      try warehouse.rows("SELECT COUNT(*) FROM \(limited.rows)") { (row) throws(WarehouseError) in
        count = try row.integer(0)
      }
    }
    if count == 0 { throw .emptyTable(request.table) }
    rowCount = count
  }

  /// The server and database, without user and password.
  public var source: String { connection.source }
  /// Bytes of values received so far.
  public var received: Int { connection.received }
  public var statements: [String] { connection.statements }
  /// Every statement planned so far.
  public var planned: [PlannedStatement] { planning?.statements ?? [] }

  /// Some more than `count` rows as the reader of files takes them, or all: drawn by a hash of their values, so that the
  /// same rows are drawn wherever they lie.
  public func fetch(about count: Int? = nil, seed: UInt64 = 0) throws -> ByteSource {
    var table = table
    if let count, count < rowCount {
      // Enough for the exact draw that follows.
      let wanted = Double(count) + 6 * Double(count).squareRoot()
      table.draw = (share: wanted / Double(rowCount), seed: seed)
    }
    let file = try UnnamedFile()
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
    return try ByteSource(path: file.path)
  }

  /// How such rows are written; the rest is found out as with any file.
  public static func readOptions(_ options: ReadOptions) -> ReadOptions {
    var options = options
    options.encoding = .utf8
    options.delimiter = UInt8(ascii: ",")
    options.quote = .some(UInt8(ascii: "\""))
    options.hasHeader = true
    options.skippedLines = 0
    return options
  }

  /// An engine over the clients as the rows were read: it is made of what the reading decided, and held against it.
  package func engine(_ decisions: ReadDecisions) async throws -> WarehouseEngine {
    let relation = try await RelationMaking(planning ?? connection, sql, table, decisions).relation()
    let table = self.table
    let (warehouse, sql): (any Warehouse, WarehouseSQL) = (planning ?? connection, self.sql)
    let store = try table.explaining { () throws(WarehouseError) in
      try WarehouseStore(warehouse, sql, relation)
    }
    try await decisions.hold(against: store)
    return WarehouseEngine(schema: decisions.schema, store: store)
  }

  /// An engine over all clients where only some rows were read.
  ///
  /// - Parameters:
  ///   - read: the sample as it was read.
  ///   - clients: made of it.
  ///   - dropped: rows of `read` that `clients` does not have.
  package func engine(
    sample read: ReadTable, clients: ClientTable, dropped: [Int], assignments: RoleAssignments,
    options: ClientOptions
  ) async throws -> WarehouseEngine {
    let reading = SampleReading(
      warehouse: planning ?? connection, sql: sql, table: table, sample: read, clients: clients,
      dropped: dropped, assignments: assignments, options: options)
    return try await engine(try await reading.decisions())
  }

  public func end() throws(WarehouseError) { try connection.end() }
}
