import EbbTable
import EbbWords
import Glibc

/// Standard output and standard error.
struct Console: Sendable {
  let isQuiet: Bool
  let environment: [String: String]

  var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Colour only on a terminal that wants it (no-color.org).
  var outputStyle: TextStyle {
    outputIsTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb" ? .terminal : .plain
  }

  /// Cells of a line: what the terminal has, else what the environment says, else 120.
  var outputWidth: Int {
    var size = winsize()
    if unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return environment["COLUMNS"].flatMap(Int.init) ?? 120
  }

  /// Writes to standard output. A closed pipe (`| head`) is no error; a full disk is.
  func print(_ text: String, terminator: String = "\n") throws(OutputError) {
    try write(Array((text + terminator).utf8))
  }

  func write(_ bytes: [UInt8]) throws(OutputError) {
    try Self.write(bytes, to: STDOUT_FILENO)
  }

  /// Writes a line to standard error; nothing can be done if that fails.
  func complain(_ text: String) { errorText(text + "\n") }

  func errorText(_ text: String) {
    try? Self.write(Array(text.utf8), to: STDERR_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    let code = OutputFile.writeWhole(bytes.span, to: descriptor)
    if code == EPIPE { throw .closedPipe }
    guard code == 0 else { throw .failed(path: "-", reason: unsafe String(cString: strerror(code))) }
  }
}
