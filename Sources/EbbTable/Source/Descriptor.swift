internal import Glibc

/// An open file: the only place where this room asks the system for bytes.
///
/// One of the few files with unsafe memory: the buffers of `read` and `pread`.
final class Descriptor: Sendable {
  /// What lies behind a descriptor.
  enum Nature: Equatable {
    /// A file whose bytes can be read at any place, again and again.
    case regular(size: Int)
    /// Bytes that come once: a pipe, a terminal, a socket, a file of `/proc`.
    case stream
    case directory
    /// Anything else that never ends or never begins: `/dev/zero`, a FIFO nobody writes.
    case device
  }

  let raw: Int32
  let path: String
  private let owned: Bool

  private init(raw: Int32, path: String, owned: Bool) {
    self.raw = raw
    self.path = path
    self.owned = owned
  }

  deinit {
    if owned { _ = close(raw) }
  }

  /// Standard input; never closed.
  static func standardInput() -> Descriptor { Descriptor(raw: 0, path: "-", owned: false) }

  /// Opens without waiting: a FIFO without a writer must not hang the tool.
  static func open(path: String) throws(TableError) -> Descriptor {
    if path.utf8.contains(0) || path.isEmpty { throw .noSuchFile(path: path) }
    while true {
      let raw = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      if raw >= 0 { return Descriptor(raw: raw, path: path, owned: true) }
      switch errno {
      case EINTR: continue
      case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP: throw .noSuchFile(path: path)
      case EACCES, EPERM: throw .noPermission(path: path)
      case EISDIR, ENXIO, ENODEV: throw .notAFile(path: path)
      default: throw .readFailed(path: path, reason: describe(errno))
      }
    }
  }

  func nature() throws(TableError) -> Nature {
    var status = stat()
    guard unsafe fstat(raw, &status) == 0 else { throw .readFailed(path: path, reason: describe(errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      // Files of /proc say they are empty and are not; a redirected file may already be half read.
      if status.st_size <= 0 || lseek(raw, 0, SEEK_CUR) != 0 { return .stream }
      return .regular(size: Int(status.st_size))
    case S_IFDIR: return .directory
    case S_IFIFO, S_IFSOCK:
      // `<(zcat clients.gz)` arrives as /dev/fd/63; a FIFO by name may have nobody at the other end.
      if path == "-" || path.hasPrefix("/dev/") || path.hasPrefix("/proc/") {
        waitInReads()
        return .stream
      }
      return .device
    case S_IFCHR:
      if path == "-" || path == "/dev/stdin" || path == "/dev/null" || path.hasPrefix("/dev/fd/") {
        waitInReads()
        return .stream
      }
      return .device
    default: return .device
    }
  }

  private func waitInReads() {
    guard owned else { return }
    let flags = fcntl(raw, F_GETFL)
    if flags >= 0 { _ = fcntl(raw, F_SETFL, flags & ~O_NONBLOCK) }
  }

  /// Up to `limit` further bytes; empty at the end.
  func read(upTo limit: Int) throws(TableError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while count < buffer.count {
        let got = unsafe Glibc.read(raw, buffer.baseAddress! + count, buffer.count - count)
        if got > 0 {
          count += got
          continue
        }
        if got < 0 {
          if errno == EINTR { continue }
          if errno == EAGAIN {
            var waiting = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&waiting, 1, -1)
            continue
          }
          failure = errno
        }
        break
      }
    }
    if failure == EISDIR { throw .notAFile(path: path) }
    if failure != 0 { throw .readFailed(path: path, reason: describe(failure)) }
    return bytes
  }

  /// Fills `buffer` from `offset` on; fewer bytes than asked for only at the end. From any thread.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(TableError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let got = unsafe pread(raw, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled))
      if got > 0 {
        filled += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        throw .readFailed(path: path, reason: describe(errno))
      }
    }
    return filled
  }

  /// The same into an array kept for it, which then holds what was read and nothing else.
  func read(at offset: Int, count: Int, into bytes: inout [UInt8]) throws(TableError) {
    if bytes.count != count { bytes = [UInt8](repeating: 0, count: count) }
    var failure: TableError?
    let filled = unsafe bytes.withUnsafeMutableBytes { buffer in
      do throws(TableError) {
        return try unsafe read(into: buffer, at: offset)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    if filled < count { bytes.removeLast(count - filled) }
  }

  /// Up to `count` bytes from `offset` on.
  func read(at offset: Int, count: Int) throws(TableError) -> [UInt8] {
    var failure: TableError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(TableError) {
        filled = try unsafe read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// The system's name of an error.
private func describe(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "errno \(code)" }
  return unsafe String(cString: text)
}
