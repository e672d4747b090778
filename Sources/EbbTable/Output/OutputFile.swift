import Glibc
import Synchronization

/// A file that is either written whole or not at all: bytes go to a temporary neighbour, which takes the file's name
/// only when everything is on the disk. An error or an interruption removes the neighbour.
///
/// Costs one rename. A reader never sees half a file; a former file of that name stays until the last moment.
public struct OutputFile: ~Copyable {
  public let path: String
  private let temporaryPath: String
  private var descriptor: Int32

  /// Opens a temporary neighbour of `path`.
  public init(path: String) throws(OutputError) {
    self.path = path
    self.temporaryPath = path + ".ebb-\(getpid())"
    self.descriptor = -1
    if Self.isDirectory(path) { throw .failed(path: path, reason: Self.reason(EISDIR)) }
    descriptor = unsafe Glibc.open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(path: path, reason: Self.reason(errno)) }
    UnfinishedFiles.add(temporaryPath)
  }

  public mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try write(bytes.span)
  }

  public mutating func write(_ bytes: Span<UInt8>) throws(OutputError) {
    let code = unsafe bytes.withUnsafeBytes { buffer -> Int32 in
      var start = 0
      while start < buffer.count {
        let written = unsafe Glibc.write(descriptor, buffer.baseAddress! + start, buffer.count - start)
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        start += written
      }
      return 0
    }
    guard code == 0 else {
      discard()
      throw .failed(path: path, reason: Self.reason(code))
    }
  }

  /// Makes the file appear under its name.
  public mutating func finish() throws(OutputError) {
    let closed = Glibc.close(descriptor)
    descriptor = -1
    guard closed == 0, unsafe rename(temporaryPath, path) == 0 else {
      let code = errno
      discard()
      throw .failed(path: path, reason: Self.reason(code))
    }
    UnfinishedFiles.remove(temporaryPath)
  }

  /// Writes `bytes` to `path` at once.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    var file = try OutputFile(path: path)
    try file.write(bytes)
    try file.finish()
  }

  /// Makes the folder and its parents where they are missing.
  public static func makeFolder(_ path: String) throws(OutputError) {
    if isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    guard path.isEmpty || (unsafe mkdir(path, 0o755)) == 0 || isDirectory(path) else {
      throw .failed(path: path, reason: reason(errno))
    }
  }

  private mutating func discard() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
    unsafe unlink(temporaryPath)
    UnfinishedFiles.remove(temporaryPath)
  }

  deinit {
    if descriptor >= 0 {
      Glibc.close(descriptor)
      unsafe unlink(temporaryPath)
      UnfinishedFiles.remove(temporaryPath)
    }
  }

  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// `true`: something has this name, whatever it is.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}

/// Temporary files not yet renamed into place, to be removed when the user interrupts.
public enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }
  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Called on Ctrl-C, just before leaving.
  public static func removeAll() {
    paths.withLock { paths in
      for path in paths { unsafe unlink(path) }
      paths = []
    }
  }
}
