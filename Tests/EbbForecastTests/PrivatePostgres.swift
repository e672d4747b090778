import Foundation

/// A PostgreSQL to ask: the one that `EBB_POSTGRES` (psql's connection string) names, or a private one in a folder of
/// its own, without network, gone after the test.
enum PrivatePostgres {
  struct Failure: Error { let text: String }

  private static let named = ProcessInfo.processInfo.environment["EBB_POSTGRES"]

  private static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.sorted { (Double($0) ?? 0) > (Double($1) ?? 0) }.map { "\(root)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  /// PostgreSQL refuses to run as root; Debian's package makes this user.
  private static let other: [String] =
    getuid() == 0
    ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []

  /// `false`: Debian's package `postgresql` is not installed (Scripts/install-dependencies installs it).
  static var isHere: Bool {
    guard (try? run(["psql", "--version"])) != nil else { return false }
    return named != nil || (programs != nil && (other.isEmpty || (try? run(["id", "postgres"])) != nil))
  }

  /// Runs psql scripts through `body`'s argument; an error in a script is a failure with psql's words.
  static func use(_ body: (_ psql: (String) throws -> String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "ebb-postgres-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func psql(_ connection: String) -> (String) throws -> String {
      { script in
        let file = folder + "/script.sql"
        try Data(script.utf8).write(to: URL(fileURLWithPath: file))
        return try run([
          "psql", "-d", connection, "-X", "-q", "-A", "-t", "-F", "|", "-v", "ON_ERROR_STOP=1", "-f", file,
        ])
      }
    }
    if let named { return try body(psql(named)) }
    guard let programs else { throw Failure(text: "no initdb") }
    if !other.isEmpty { try run(["chown", "postgres:", folder]) }
    let data = folder + "/data"
    try run(
      other + [
        programs + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
        "--no-sync",
      ])
    // Not through pg_ctl: a server that outlives its starter keeps `Process` waiting for the starter.
    let server = try begin(
      other + [
        programs + "/postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off",
      ])
    defer {
      server.interrupt()
      server.waitUntilExit()
    }
    let ask = psql("host=\(folder) user=postgres dbname=postgres")
    var tries = 0
    while (try? ask("SELECT 1;")) == nil {
      tries += 1
      guard server.isRunning, tries < 300 else { throw Failure(text: "the server does not answer") }
      Thread.sleep(forTimeInterval: 0.1)
    }
    try body(ask)
  }

  private static func begin(_ command: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @discardableResult
  private static func run(_ command: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    // Files, not pipes: a server that starts would hold a pipe open.
    let out = NSTemporaryDirectory() + "ebb-run-\(UUID().uuidString)"
    defer { for end in ["", ".err"] { try? FileManager.default.removeItem(atPath: out + end) } }
    for end in ["", ".err"] { try Data().write(to: URL(fileURLWithPath: out + end)) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: out + ".err"))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    func text(_ path: String) -> String {
      (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    guard process.terminationStatus == 0 else {
      throw Failure(text: command[0] + ": " + text(out) + text(out + ".err"))
    }
    return text(out)
  }
}
