import EbbTable
import Foundation
import Glibc
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

  @Test func aNamedPipeIsWrittenIntoAndStays() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pipe = folder + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    // Open for both, so that neither side waits for the other.
    let reader = unsafe open(pipe, O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    try OutputFile.write(Array("through".utf8), to: pipe)
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = unsafe read(reader, &bytes, bytes.count)
    #expect(count == 7 && bytes.starts(with: Array("through".utf8)))
    var status = stat()
    #expect(unsafe stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["pipe"])
  }

  /// A link in our own folder stands for the device: a mistake replaces the link, never the device.
  @Test func aFullDeviceIsAnErrorAndStays() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let link = folder + "/full"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/full")
    #expect(throws: OutputError.self) { try OutputFile.write([1], to: link) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/full")
    var status = stat()
    #expect(unsafe stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func behindALinkTheFileIsReplaced() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try OutputFile.write(Array("old".utf8), to: folder + "/file")
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "file")
    try OutputFile.write(Array("new".utf8), to: folder + "/link")
    #expect(try String(contentsOfFile: folder + "/file", encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "file")
  }
}
