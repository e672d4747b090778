import Foundation
import Testing

@testable import EbbTable

/// Every input that ever broke the reader, and the seeds of the fuzzer, read again.
@Suite struct FuzzFindingsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()

  private static func inputs(_ folder: String) -> [URL] {
    let place = root.appending(path: folder).standardizedFileURL
    let files =
      (try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)) ?? []
    return files.filter { !$0.lastPathComponent.hasPrefix(".") }.sorted { $0.path < $1.path }
  }

  @Test(arguments: inputs("FuzzFindings") + inputs("../../Fuzz/Seeds"))
  func isReadWell(_ input: URL) throws {
    let trial = ReaderTrial([UInt8](try Data(contentsOf: input)))
    try withFile(trial.file) { path in try trial.run(path: path) }
  }

  /// The odd files too, whatever the user may have said about them.
  @Test(arguments: OddFile.all.filter { $0.bytes.count < 100_000 })
  func oddFileIsReadWell(_ file: OddFile) throws {
    for choice: UInt8 in [0, 1, 2, 3, 4, 5, 6, 7, 16, 24, 32] {
      let trial = ReaderTrial([choice] + file.bytes)
      try withFile(trial.file) { path in try trial.run(path: path) }
    }
  }
}
