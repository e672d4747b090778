/// Exit codes as in sysexits.h.
enum ExitCode: Int32, Sendable {
  case success = 0
  /// The command line cannot be understood.
  case usage = 64
  /// The data cannot be used.
  case badData = 65
  /// The input cannot be opened.
  case noInput = 66
  /// A fault of ours.
  case software = 70
  /// The output cannot be written.
  case cannotWrite = 74
  /// Stopped by the user (128 + SIGINT).
  case interrupted = 130
}
