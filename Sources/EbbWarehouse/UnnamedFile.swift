import EbbTable
import Foundation
import Glibc

/// A file without a name: rows on their way from the database to the reader. It is gone when the process is, whatever
/// ends it, and nobody else can open it.
final class UnnamedFile: Sendable {
  private let descriptor: Int32

  /// - Parameter label: what is in it, for those who look at open files.
  init(_ label: String = "rows") throws(OutputError) {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array((folder + "/ebb-\(label)-XXXXXX").utf8CString)
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else {
      throw .failed(path: folder, reason: unsafe String(cString: strerror(errno)))
    }
    _ = unsafe unlink(template)
  }

  deinit { Glibc.close(descriptor) }

  /// Opens the file again, from its beginning.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// As another process of the same user opens it.
  var pathForOthers: String { "/proc/\(getpid())/fd/\(descriptor)" }

  func write(_ bytes: [UInt8]) throws(OutputError) {
    let code = OutputFile.writeWhole(bytes.span, to: descriptor)
    guard code == 0 else {
      throw .failed(
        path: FileManager.default.temporaryDirectory.path, reason: unsafe String(cString: strerror(code)))
    }
  }
}
