import CPostgres
import Synchronization

/// One session of a PostgreSQL server by libpq: what its address and the environment say (`PGPASSWORD`, `~/.pgpass`,
/// `sslmode`, …) is as for `psql`. All that is unsafe about C stays in this file.
///
/// A statement runs to its end before the next begins; `cancelAll` from another thread stops the one that runs.
@safe public final class PostgresConnection: Warehouse {
  /// The server and database without user's password: `postgresql://host:port/database`.
  public let source: String
  /// Used by one statement at a time: whoever holds `session`.
  private nonisolated(unsafe) let connection: OpaquePointer
  private let session = Mutex(Session())
  private let cancelNumber: Int
  /// The address of libpq's own.
  private let cancelHandle: UInt

  private struct Session: Sendable {
    var timeout: Int?
    var received = 0
    var statements: [String] = []
  }

  /// Connects.
  /// - Throws: `badAddress`, `cannotConnect`, `password`.
  public init(address: String) throws(WarehouseError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(address, &message) else {
      let said = unsafe message.map { unsafe String(cString: $0) } ?? ""
      if let message = unsafe message { unsafe PQfreemem(message) }
      throw .badAddress(Self.oneLine(said))
    }
    unsafe PQconninfoFree(options)
    // Later words overrule earlier ones: the address may say another time, the encoding is ours.
    let parameters: [(String, String)] = [
      ("connect_timeout", "20"), ("fallback_application_name", "ebb"), ("dbname", address),
      ("client_encoding", "UTF8"),
    ]
    guard let connection = unsafe Self.connect(parameters) else {
      throw .cannotConnect(source: "", server: "out of memory")
    }
    let place = unsafe Self.place(connection)
    guard unsafe PQstatus(connection) == CONNECTION_OK else {
      let said = unsafe Self.oneLine(String(cString: PQerrorMessage(connection)))
      let needs = unsafe PQconnectionNeedsPassword(connection) != 0
      let used = unsafe PQconnectionUsedPassword(connection) != 0
      unsafe PQfinish(connection)
      // The server's words are in its own language: what libpq knows comes first.
      if needs { throw .password(source: place, given: false, server: said) }
      if used, said.contains("password") || said.contains("парол") || said.contains("authentication") {
        throw .password(source: place, given: true, server: said)
      }
      throw .cannotConnect(source: place, server: said)
    }
    source = place
    let handle = unsafe UInt(bitPattern: PQgetCancel(connection))
    cancelHandle = handle
    cancelNumber = RunningStatements.add {
      var message = [CChar](repeating: 0, count: 256)
      _ = unsafe PQcancel(OpaquePointer(bitPattern: handle), &message, 256)
    }
    unsafe self.connection = unsafe connection
  }

  deinit {
    RunningStatements.remove(cancelNumber)
    unsafe PQfreeCancel(OpaquePointer(bitPattern: cancelHandle))
    unsafe PQfinish(connection)
  }

  private static func connect(_ parameters: [(String, String)]) -> OpaquePointer? {
    let words = parameters.map { ($0.0.utf8CString, $0.1.utf8CString) }
    var keywords: [UnsafePointer<CChar>?] = unsafe []
    var values: [UnsafePointer<CChar>?] = unsafe []
    var kept: [UnsafeMutablePointer<CChar>] = unsafe []
    func copy(_ text: ContiguousArray<CChar>) -> UnsafePointer<CChar> {
      let memory = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      for (index, byte) in text.enumerated() { unsafe memory[index] = byte }
      unsafe kept.append(memory)
      return unsafe UnsafePointer(memory)
    }
    for (keyword, value) in words {
      unsafe keywords.append(copy(keyword))
      unsafe values.append(copy(value))
    }
    unsafe keywords.append(nil)
    unsafe values.append(nil)
    defer { for index in unsafe kept.indices { unsafe kept[index].deallocate() } }
    return unsafe PQconnectdbParams(keywords, values, 1)
  }

  private static func place(_ connection: OpaquePointer) -> String {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      unsafe pointer.map { unsafe String(cString: $0) } ?? ""
    }
    let host = unsafe text(PQhost(connection))
    let name = host.contains("/") ? "" : host.contains(":") ? "[\(host)]" : host
    let port = unsafe text(PQport(connection))
    return unsafe "postgresql://\(name)\(port.isEmpty ? "" : ":" + port)/\(text(PQdb(connection)))"
  }

  /// Bytes of values received so far.
  public var received: Int { session.withLock { $0.received } }

  /// Every statement sent so far.
  public var statements: [String] { session.withLock { $0.statements } }

  // MARK: Statements

  /// - Parameter seconds: what one statement may take; `nil` for what the server says.
  public func begin(timeout seconds: Int?, readOnly: Bool = true) throws(WarehouseError) {
    try settings(seconds)
    try run("BEGIN ISOLATION LEVEL REPEATABLE READ READ \(readOnly ? "ONLY" : "WRITE")")
  }

  public func end() throws(WarehouseError) { try run("COMMIT") }

  private func settings(_ seconds: Int?) throws(WarehouseError) {
    session.withLock { $0.timeout = seconds }
    var wanted = [
      ("DateStyle", "ISO, YMD"), ("IntervalStyle", "postgres"), ("bytea_output", "hex"),
      ("extra_float_digits", "1"), ("jit", "off"), ("client_connection_check_interval", "5000"),
    ]
    if let seconds { wanted.append(("statement_timeout", "\(seconds)s")) }
    // Only what this server knows.
    let values = wanted.map { "('\($0.0.lowercased())', '\($0.1)')" }.joined(separator: ", ")
    try run(
      "SELECT set_config(s.name, w.value, false) FROM pg_settings s JOIN (VALUES \(values)) w(name, value)"
        + " ON lower(s.name) = w.name")
  }

  /// A statement whose rows do not matter.
  public func run(_ statement: String) throws(WarehouseError) {
    try rows(statement) { (_) throws(WarehouseError) in }
  }

  package func rows(
    _ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void
  ) throws(WarehouseError) {
    let outcome = session.withLock { session -> Result<Void, WarehouseError> in
      do throws(WarehouseError) {
        session.statements.append(statement)
        try send(statement)
        unsafe PQsetSingleRowMode(connection)
        try unsafe each(&session) { (result, session) throws(WarehouseError) in
          let columns = unsafe PQnfields(result)
          for row in 0..<(unsafe PQntuples(result)) {
            var fields: [String?] = []
            fields.reserveCapacity(Int(columns))
            for column in 0..<columns {
              if unsafe PQgetisnull(result, row, column) == 1 {
                fields.append(nil)
              } else {
                unsafe session.received += Int(PQgetlength(result, row, column))
                unsafe fields.append(String(cString: PQgetvalue(result, row, column)))
              }
            }
            try take(WarehouseRow(fields))
          }
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  /// Runs a `COPY … TO STDOUT` and hands over its bytes.
  package func copy(
    _ statement: String, _ take: ([UInt8]) throws -> Void
  ) throws {
    let outcome = session.withLock { session -> Result<Void, any Error> in
      do {
        session.statements.append(statement)
        try send(statement)
        var failure: (any Error)?
        try unsafe each(&session) { (result, session) throws(WarehouseError) in
          guard unsafe PQresultStatus(result) == PGRES_COPY_OUT else { return }
          while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = unsafe PQgetCopyData(connection, &buffer, 0)
            if count <= 0 { break }
            session.received += Int(count)
            let bytes = unsafe UnsafeRawBufferPointer(start: buffer, count: Int(count))
            if failure == nil {
              do { try unsafe take(Array(bytes)) } catch let error { failure = error }
            }
            unsafe PQfreemem(buffer)
          }
        }
        if let failure { throw failure }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  private func send(_ statement: String) throws(WarehouseError) {
    // The extended protocol takes one statement only, whatever a condition tries to add.
    let sent = unsafe PQsendQueryParams(connection, statement, 0, nil, nil, nil, nil, 0)
    guard sent == 1 else { throw lost() }
  }

  /// All results of what was sent; all are taken from the connection, whatever happens.
  private func each(
    _ session: inout Session,
    _ body: (OpaquePointer, inout Session) throws(WarehouseError) -> Void
  ) throws(WarehouseError) {
    var failure: WarehouseError?
    while let result = unsafe PQgetResult(connection) {
      defer { unsafe PQclear(result) }
      if failure != nil { continue }
      switch unsafe PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_OUT:
        do throws(WarehouseError) {
          unsafe try body(result, &session)
        } catch {
          failure = error
        }
      default: failure = unsafe self.failure(result, session)
      }
    }
    if let failure { throw failure }
    if unsafe PQstatus(connection) != CONNECTION_OK { throw lost() }
  }

  private func lost() -> WarehouseError {
    unsafe .lostConnection(server: Self.oneLine(String(cString: PQerrorMessage(connection))))
  }

  private func failure(_ result: OpaquePointer, _ session: Session) -> WarehouseError {
    func field(_ code: Int) -> String {
      unsafe PQresultErrorField(result, Int32(code)).map { unsafe String(cString: $0) } ?? ""
    }
    // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY.
    let state = field(Int(UInt8(ascii: "C")))
    let said = Self.oneLine(field(Int(UInt8(ascii: "M"))))
    if unsafe PQstatus(connection) != CONNECTION_OK || state.hasPrefix("08") || state.hasPrefix("57P") {
      let words = unsafe Self.oneLine(String(cString: PQerrorMessage(connection)))
      return .lostConnection(server: said.isEmpty ? words : said)
    }
    switch state {
    case "57014":
      // The server says "canceling statement due to statement timeout" in its own language; a cancel is ours.
      return RunningStatements.isCancelled ? .cancelled : .timeout(seconds: session.timeout ?? 0)
    case "42P01", "3F000", "3D000": return .noTable(said)
    case "42501": return .noRights(table: "", server: said)
    default: return .refused(server: said, state: state)
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
  }
}
