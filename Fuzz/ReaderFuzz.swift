import Glibc

/// One input of libFuzzer: the bytes go through detection and a whole reading, in this process.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReader(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  let trial = ReaderTrial(input)
  let file = MemoryFile.shared
  file.replace(by: trial.file)
  do {
    try trial.run(path: file.path)
  } catch {
    fatalError(error.description)
  }
  return 0
}

/// A file in memory that the reader opens by its path.
final class MemoryFile: Sendable {
  static let shared = MemoryFile()
  private let descriptor: Int32
  let path: String

  private init() {
    let name = "/dev/shm/ebb-fuzz-\(getpid())"
    descriptor = unsafe open(name, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    precondition(descriptor >= 0, "/dev/shm cannot be written")
    // Nothing is left behind, however the process ends.
    unsafe unlink(name)
    path = "/proc/self/fd/\(descriptor)"
  }

  func replace(by bytes: [UInt8]) {
    precondition(ftruncate(descriptor, 0) == 0)
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = unsafe pwrite(
          descriptor, buffer.baseAddress! + written, buffer.count - written, off_t(written))
        precondition(count > 0)
        written += count
      }
    }
  }
}
