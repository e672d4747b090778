import EbbTable
import Foundation
import Testing

@Suite struct OutputFileTests {
  private func folder() throws -> String {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("ebb-output-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
  }

  @Test func writesWholeFilesOnly() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a.txt"
    try OutputFile.write(Array("old".utf8), to: path)
    do {
      var file = try OutputFile(path: path)
      try file.write(Array("half".utf8))
      // not finished: dropped here
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    try OutputFile.write(Array("new".utf8), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
  }

  @Test func anUnwritablePathIsAnErrorAndLeavesNothing() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: OutputError.self) { try OutputFile.write([1], to: folder) }
    #expect(throws: OutputError.self) { try OutputFile.write([1], to: folder + "/missing/a.txt") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func makesFoldersWithTheirParents() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try OutputFile.makeFolder(folder + "/a/b/c")
    try OutputFile.makeFolder(folder + "/a/b/c")
    #expect(FileManager.default.fileExists(atPath: folder + "/a/b/c"))
    try OutputFile.write([1], to: folder + "/f")
    #expect(throws: OutputError.self) { try OutputFile.makeFolder(folder + "/f/x") }
  }
}
