import EbbTable
import Foundation
import Synchronization

/// One Spark application: the cluster's `spark-submit` running Ebb's driver, which takes statements and gives answers by
/// pipes. It ends when Ebb does, whatever ends it.
final class SparkApplication: Sendable {
  /// What the driver said of itself.
  struct Greeting: Sendable {
    var version = ""
    var master = ""
    /// The cluster's configuration says how many parts rows are shuffled into.
    var hasPartitions = false
  }
  let greeting: Greeting
  private let pipes: NamedPipes
  private let process: Child
  private let cancelNumber: Int
  private let session = Mutex(Session())

  private struct Session: Sendable {
    var received = 0
    var statements: [String] = []
    var pending: [UInt8] = []
  }

  /// What is kept of the running program; only looked at and ended from other threads.
  private final class Child: @unchecked Sendable {
    let process = Process()
  }

  /// An answer's line.
  private struct Answer: Decodable {
    struct Refusal: Decodable {
      let kind: String
      let state: String
      let message: String
      let cause: String
    }
    var rows: [[String?]]?
    var end: Bool?
    var error: Refusal?
    var version: String?
    var master: String?
    var partitions: Bool?
    var exists: Bool?
    var delta: Bool?
    var names: [String]?
    var head: String?
  }

  /// Starts the application and waits until it answers.
  init(_ launch: SparkLaunch) throws(WarehouseError) {
    let program = try SparkProgram.find(launch.environment)
    do {
      pipes = try NamedPipes()
      try Data(PackageResources.driver_py).write(to: URL(fileURLWithPath: pipes.folder + "/driver.py"))
      let log = pipes.folder + "/log"
      _ = FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o600])
      let child = Child()
      child.process.executableURL = URL(fileURLWithPath: program)
      child.process.arguments = launch.arguments(
        driver: pipes.folder + "/driver.py", folder: pipes.folder,
        configured: SparkProgram.configured(launch.environment, program: program))
      child.process.environment = launch.environment
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
      child.process.standardOutput = file
      child.process.standardError = file
      child.process.standardInput = FileHandle.nullDevice
      try child.process.run()
      process = child
    } catch { throw .sparkFailed(said: "\(error)") }
    let (pipes, child) = (self.pipes, process)
    cancelNumber = RunningStatements.add { Self.stop(pipes, child, wait: 1.5) }
    var greeting = Greeting()
    let first: Answer
    do throws(WarehouseError) {
      var pending: [UInt8] = []
      first = try Self.answer(pipes, child, &pending)
      if let refusal = first.error { throw .sparkFailed(said: Self.firstLine(refusal.message)) }
    } catch {
      // What is not made is not unmade by itself.
      RunningStatements.remove(cancelNumber)
      Self.stop(pipes, child, wait: 10)
      if case .lostConnection(let said) = error { throw .sparkFailed(said: said) }
      throw error
    }
    greeting.version = first.version ?? ""
    greeting.master = first.master ?? ""
    greeting.hasPartitions = first.partitions ?? true
    self.greeting = greeting
  }

  deinit {
    RunningStatements.remove(cancelNumber)
    Self.stop(pipes, process, wait: 10)
  }

  var received: Int { session.withLock { $0.received } }
  /// Every statement sent so far.
  var statements: [String] { session.withLock { $0.statements } }

  /// Asks the driver to end; ends what does not.
  private static func stop(_ pipes: NamedPipes, _ child: Child, wait seconds: Double) {
    let process = child.process
    if process.isRunning {
      _ = pipes.send(Array("{\"do\":\"stop\"}\n".utf8))
      let end = Date(timeIntervalSinceNow: seconds)
      while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.02) }
      if process.isRunning { process.terminate() }
    }
    try? FileManager.default.removeItem(atPath: pipes.folder)
  }

  // MARK: Requests

  /// What the driver is to do.
  struct Request: Encodable {
    var `do`: String
    var sql: String?
    var path: String?
    var head: Bool?
    var names: [String]?
    var rows: Int?
    var format: String?
    var options: [String: String]?
    var settings: [String: String]?
    var seconds: Int?
  }

  /// What was found at a path.
  struct Found: Sendable {
    let exists: Bool
    let isDelta: Bool
    /// Of some of its files.
    let names: [String]
    let head: [UInt8]
  }

  func look(at path: String, withHead: Bool) throws(WarehouseError) -> Found {
    var found = Found(exists: false, isDelta: false, names: [], head: [])
    try run(Request(do: "look", path: path, head: withHead)) { (answer) throws(WarehouseError) in
      found = Found(
        exists: answer.exists ?? false, isDelta: answer.delta ?? false, names: answer.names ?? [],
        head: answer.head.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? [])
      return true
    }
    return found
  }

  /// - Parameter isCounted: the rows are values of the clients, not what Ebb asks to know its way.
  func rows(
    _ request: Request, isCounted: Bool = true,
    take: (borrowing WarehouseRow) throws(WarehouseError) -> Void = { (_) throws(WarehouseError) in }
  ) throws(WarehouseError) {
    if let sql = request.sql, isCounted { session.withLock { $0.statements.append(sql) } }
    var received = 0
    try run(request) { (answer) throws(WarehouseError) in
      for row in answer.rows ?? [] {
        if isCounted { received += row.reduce(0) { $0 + ($1?.utf8.count ?? 0) } }
        try take(WarehouseRow(row))
      }
      return answer.end ?? false
    }
    session.withLock { $0.received += received }
  }

  func addReceived(_ count: Int) { session.withLock { $0.received += count } }

  /// One request and all its answers; `take` says which is the last.
  private func run(
    _ request: Request, _ take: (Answer) throws(WarehouseError) -> Bool
  ) throws(WarehouseError) {
    if RunningStatements.isCancelled { throw .cancelled }
    guard var line = try? JSONEncoder().encode(request) else { return }
    line.append(UInt8(ascii: "\n"))
    guard pipes.send(Array(line)) else { throw .lostConnection(server: Self.tail(pipes)) }
    var pending = session.withLock { session -> [UInt8] in
      defer { session.pending = [] }
      return session.pending
    }
    defer { session.withLock { $0.pending = pending } }
    var failure: WarehouseError?
    while true {
      let answer = try Self.answer(pipes, process, &pending)
      if let refusal = answer.error { throw Self.error(refusal, seconds: request.seconds) }
      if failure != nil {
        if answer.end == true { break }
        continue
      }
      do throws(WarehouseError) {
        if try take(answer) { break }
      } catch {
        failure = error
        if answer.end == true { break }
      }
    }
    if let failure { throw failure }
  }

  /// The next line.
  private static func answer(
    _ pipes: NamedPipes, _ child: Child, _ pending: inout [UInt8]
  ) throws(WarehouseError) -> Answer {
    var searched = 0
    while true {
      if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(pending[..<end])
        pending.removeSubrange(...end)
        guard let answer = try? JSONDecoder().decode(Answer.self, from: line) else {
          throw .lostConnection(server: String(decoding: line.prefix(200), as: UTF8.self))
        }
        return answer
      }
      searched = pending.count
      // Whether it runs is asked first: what it said before its end is still to be had.
      let isRunning = child.process.isRunning
      let bytes = pipes.receive()
      if bytes.isEmpty, !isRunning {
        if RunningStatements.isCancelled { throw .cancelled }
        throw .lostConnection(server: tail(pipes))
      }
      pending += bytes
    }
  }

  // MARK: Errors

  /// The last of what Spark's log says that looks like a reason.
  private static func tail(_ pipes: NamedPipes) -> String {
    let log = (try? Data(contentsOf: URL(fileURLWithPath: pipes.folder + "/log"))) ?? Data()
    let lines = String(decoding: log.suffix(1 << 16), as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("at ") && !$0.contains(" WARN ") && !$0.contains(" INFO ") }
    let telling = lines.last { $0.contains("Error") || $0.contains("Exception") || $0.contains("not set") }
    return String((telling ?? lines.last ?? "").prefix(500))
  }

  private static func firstLine(_ text: String) -> String {
    String(text.split(whereSeparator: \.isNewline).first ?? "")
  }

  private static func error(_ refusal: Answer.Refusal, seconds: Int?) -> WarehouseError {
    if RunningStatements.isCancelled { return .cancelled }
    let said = firstLine(refusal.message)
    let kind = refusal.kind.prefix { $0 != "." }
    let all = refusal.message + refusal.cause
    func says(_ words: String...) -> Bool { words.contains { all.contains($0) } }
    switch kind {
    case "EBB_TIMEOUT": return .timeout(seconds: seconds ?? 0)
    case "TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND", "REQUIRES_SINGLE_PART_NAMESPACE":
      return .noTable(said)
    // The driver's Python outlives its Spark by a moment.
    case "Py4JError", "Py4JNetworkError", "ConnectionRefusedError", "ConnectionResetError", "EOFError":
      return .lostConnection(server: said)
    case "PATH_NOT_FOUND": return .noPath(said)
    case "TABLE_OR_VIEW_ALREADY_EXISTS", "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS": return .tableExists(said)
    default: break
    }
    if says(
      "FileNotFoundException", "FILE_NOT_EXIST", "underlying files have been updated", "is not a Parquet file"
    ) {
      return .changed
    }
    if says("AccessControlException", "Permission denied", "INSUFFICIENT_PERMISSIONS") {
      return .noRights(table: "", server: said)
    }
    if says(
      "SparkContext was shut down", "stopped SparkContext", "Answer from Java side is empty",
      "Connection refused")
    {
      return .lostConnection(server: said)
    }
    // Of a failed job the innermost cause tells more.
    let cause = refusal.cause.components(separatedBy: " / ").last.map { String($0) } ?? ""
    let words = kind == "Py4JJavaError" || said.contains("Job aborted") ? cause : said
    return .refused(
      server: words.isEmpty ? said : words, state: refusal.state.isEmpty ? String(kind) : refusal.state)
  }
}
