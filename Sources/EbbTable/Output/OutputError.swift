/// Output that could not be written.
public enum OutputError: Error, Equatable, Sendable {
  /// The reader at the other end of a pipe has gone: stop quietly.
  case closedPipe
  /// A full disk, no permission, a folder where a file should be: `reason` is the system's own word.
  case failed(path: String, reason: String)
}
