package import EbbClients
import EbbEngine
public import EbbTable
import Synchronization

/// Clients in a table of a warehouse, and which of them.
public struct WarehouseRequest: Sendable, Equatable {
  public enum Place: Sendable, Equatable {
    /// `postgresql://…`, as `psql` takes it.
    case postgres(String)
    case spark(SparkLaunch)
  }
  public var place: Place
  /// With schema before a dot where it needs one; of Spark also a path.
  public var table: String
  /// SQL after WHERE.
  public var condition: String?
  /// Seconds one statement may take; `nil` for what the server says.
  public var timeout: Int?
  /// How text files are written, where the user says so.
  public var reading: ReadOptions

  public init(
    _ place: Place, table: String, condition: String? = nil, timeout: Int? = nil,
    reading: ReadOptions = ReadOptions()
  ) {
    self.place = place
    self.table = table
    self.condition = condition
    self.timeout = timeout
    self.reading = reading
  }

  public static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }
}

/// One study's time with a warehouse: all answers are of one moment, whatever others write meanwhile.
public final class WarehouseSession: Sendable {
  private let server: any WarehouseServer
  private let fetched = Mutex(0)
  public let request: WarehouseRequest
  /// Rows asked for.
  public let rowCount: Int

  /// - Parameter plans: have statements planned instead of run; only a few rows are looked at.
  public init(_ request: WarehouseRequest, plans: Bool = false) throws(WarehouseError) {
    self.request = request
    let server: any WarehouseServer =
      switch request.place {
      case .postgres(let address): try PostgresServer(address, request, plans: plans)
      case .spark(let launch): try SparkServer(launch, request, plans: plans)
      }
    let count = try server.count()
    if count == 0 { throw .emptyTable(request.table) }
    self.server = server
    rowCount = count
  }

  /// Where the table is, without user and password.
  public var source: String { server.source }
  /// The moment all answers are of, as the server names it.
  public var snapshot: String { server.snapshot }
  /// Bytes of values received so far.
  public var received: Int { server.received }
  /// Those of them that are rows, not answers.
  public var receivedAsRows: Int { fetched.withLock { $0 } }
  public var statements: [String] { server.statements }
  /// Every statement planned so far.
  public var planned: [PlannedStatement] { server.planned }

  /// Some more than `count` rows as the reader of files takes them, or all: drawn by a hash of their values, so that the
  /// same rows are drawn wherever they lie.
  public func fetch(about count: Int? = nil, seed: UInt64 = 0) throws -> ByteSource {
    var draw: (share: Double, seed: UInt64)?
    if let count, count < rowCount {
      // Enough for the exact draw that follows.
      let wanted = Double(count) + 6 * Double(count).squareRoot()
      draw = (share: wanted / Double(rowCount), seed: seed)
    }
    let file = try UnnamedFile()
    let before = server.received
    try server.fetch(draw, into: file)
    fetched.withLock { $0 += server.received - before }
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
    let server = self.server
    let relation = try server.settled(
      try await RelationMaking(server, server.sql, server.table, decisions).relation())
    let store = try server.table.explaining { () throws(WarehouseError) in
      try WarehouseStore(server, server.sql, relation)
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
  ///   - quality: what was found of the sample; of all rows it comes back.
  ///   - isWhole: also what needs every row compared with every other.
  package func engine(
    sample read: ReadTable, clients: ClientTable, dropped: [Int], quality: DataQuality,
    isWhole: Bool, assignments: RoleAssignments, options: ClientOptions
  ) async throws -> (engine: WarehouseEngine, quality: DataQuality) {
    let reading = SampleReading(
      warehouse: server, sql: server.sql, table: server.table, sample: read, clients: clients,
      dropped: dropped, assignments: assignments, options: options)
    let found = try await reading.findings()
    let engine = try await engine(found.decisions)
    if !isWhole {
      return (
        engine,
        quality.counted(clients: engine.clientCount, schema: engine.schema, missing: engine.missing)
      )
    }
    return (
      engine,
      try ElsewhereQuality(found, sample: quality, engine, server.table, rule: options.duplicates)
        .quality()
    )
  }

  public func end() throws(WarehouseError) { try server.end() }
}
