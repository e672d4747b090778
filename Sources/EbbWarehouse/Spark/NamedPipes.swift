import EbbTable
import Foundation
import Glibc

/// Two named pipes in a folder of their own, which nobody else can enter: requests go out, answers come in. All that is
/// unsafe about them stays in this file.
final class NamedPipes: Sendable {
  let folder: String
  private let requests: Int32
  private let answers: Int32

  init() throws(OutputError) {
    let temporary = FileManager.default.temporaryDirectory.path
    func failed() -> OutputError { .failed(path: temporary, reason: unsafe String(cString: strerror(errno))) }
    var template = Array((temporary + "/ebb-spark-XXXXXX").utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw failed() }
    folder = unsafe template.withUnsafeBufferPointer { unsafe String(cString: $0.baseAddress!) }
    for name in ["requests", "answers"] {
      guard unsafe mkfifo(folder + "/" + name, 0o600) == 0 else { throw failed() }
    }
    // Opened for both ways, so that opening does not wait for the other side.
    requests = unsafe Glibc.open(folder + "/requests", O_RDWR | O_CLOEXEC)
    answers = unsafe Glibc.open(folder + "/answers", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard requests >= 0, answers >= 0 else { throw failed() }
  }

  deinit {
    Glibc.close(requests)
    Glibc.close(answers)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// - Returns: whether all of it was taken.
  func send(_ line: [UInt8]) -> Bool { OutputFile.writeWhole(line.span, to: requests) == 0 }

  /// Bytes that have come; none after a while in which none came.
  func receive(upTo count: Int = 1 << 18, milliseconds: Int32 = 200) -> [UInt8] {
    var waiting = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&waiting, 1, milliseconds) > 0, waiting.revents & Int16(POLLIN) != 0 else {
      // At the other side's end there is nothing to wait for, and time passes all the same.
      if waiting.revents != 0 { usleep(20_000) }
      return []
    }
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, used in
      used = unsafe max(0, Glibc.read(answers, buffer.baseAddress, count))
    }
  }
}
