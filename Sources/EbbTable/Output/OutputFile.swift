import Glibc
import Synchronization

/// A file that is either written whole or not at all: bytes go to a temporary neighbour, which takes the file's name
/// only when everything is on the disk. An error or an interruption removes the neighbour.
///
/// Costs one rename. A reader never sees half a file; a former file of that name stays until the last moment.
///
/// Only files are replaced: a device or a named pipe of that name is written into as it is, and behind a link the file
/// it leads to is replaced, not the link.
public struct OutputFile: ~Copyable {
  public let path: String
  /// Where the bytes end up: `path`, or what a link of that name leads to.
  private let finalPath: String
  /// `nil` where there is nothing to rename.
  private let temporaryPath: String?
  private var descriptor: Int32

  /// Opens a temporary neighbour of `path`.
  public init(path: String) throws(OutputError) {
    let kind = Self.kind(path)
    let isReplaced = kind == nil || kind == S_IFREG
    self.path = path
    finalPath = isReplaced ? Self.behindLinks(path) : path
    temporaryPath = isReplaced ? finalPath + ".ebb-\(getpid())" : nil
    descriptor = -1
    if kind == S_IFDIR { throw .failed(path: path, reason: Self.reason(EISDIR)) }
    let name = temporaryPath ?? path
    let flags = O_WRONLY | O_CLOEXEC | (isReplaced ? O_CREAT | O_TRUNC : 0)
    let code: Int32
    (descriptor, code) = UnfinishedFiles.opening(temporaryPath) {
      let descriptor = unsafe Glibc.open(name, flags, 0o644)
      return (descriptor, errno)
    }
    guard descriptor >= 0 else { throw .failed(path: path, reason: Self.reason(code)) }
  }

  public mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try write(bytes.span)
  }

  public mutating func write(_ bytes: Span<UInt8>) throws(OutputError) {
    let code = Self.writeWhole(bytes, to: descriptor)
    guard code == 0 else {
      discard()
      if code == EPIPE { throw .closedPipe }
      throw .failed(path: path, reason: Self.reason(code))
    }
  }

  /// All of some bytes into an open file: the system may take them piece by piece and be interrupted between.
  /// - Returns: 0, or the system's number of what went wrong.
  package static func writeWhole(_ bytes: Span<UInt8>, to descriptor: Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { buffer -> Int32 in
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
  }

  /// Makes the file appear under its name.
  public mutating func finish() throws(OutputError) {
    let closed = Glibc.close(descriptor)
    descriptor = -1
    guard closed == 0, temporaryPath.map({ unsafe rename($0, finalPath) == 0 }) ?? true else {
      let code = errno
      discard()
      throw .failed(path: path, reason: Self.reason(code))
    }
    if let temporaryPath { UnfinishedFiles.remove(temporaryPath) }
  }

  /// Writes `bytes` to `path` at once.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    var file = try OutputFile(path: path)
    try file.write(bytes)
    try file.finish()
  }

  /// Lets a library write the file itself: `body` writes to the temporary name it is given, which takes the name `path`
  /// when it returns and is removed when it throws.
  public static func write(to path: String, by body: (String) throws(OutputError) -> Void) throws(OutputError)
  {
    let file = try OutputFile(path: path)
    guard let temporary = file.temporaryPath else {
      throw .failed(path: path, reason: "not a plain file")
    }
    try body(temporary)
    var finished = consume file
    try finished.finish()
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
    if let temporaryPath {
      unsafe unlink(temporaryPath)
      UnfinishedFiles.remove(temporaryPath)
    }
  }

  deinit {
    if descriptor >= 0 {
      Glibc.close(descriptor)
      if let temporaryPath {
        unsafe unlink(temporaryPath)
        UnfinishedFiles.remove(temporaryPath)
      }
    }
  }

  public static func isDirectory(_ path: String) -> Bool { kind(path) == S_IFDIR }

  /// File, folder, device, …, links followed; `nil` where nothing is.
  private static func kind(_ path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// What a link leads to; `path` itself where it is no link or leads nowhere.
  private static func behindLinks(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// `true`: something has this name, whatever it is.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}

/// Temporary files not yet renamed into place, to be removed when the user interrupts.
public enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Opens a file and takes its name down in one step that no interruption comes between.
  static func opening(_ path: String?, _ open: () -> (Int32, Int32)) -> (Int32, Int32) {
    paths.withLock { paths in
      let (descriptor, code) = open()
      if descriptor >= 0, let path { paths.insert(path) }
      return (descriptor, code)
    }
  }

  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes them all and ends the process; meanwhile no other file is begun.
  public static func removeAll(exiting code: Int32) -> Never {
    paths.withLock { paths in
      for path in paths { unsafe unlink(path) }
      _exit(code)
    }
  }
}
