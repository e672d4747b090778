import Testing

@testable import EbbDeck

@Suite struct ZipArchiveTests {
  @Test func filesComeBack() throws {
    let files: [(name: String, bytes: [UInt8])] = [
      ("a/б.xml", Array("text".utf8)), ("empty", []), ("big.xml", [UInt8](repeating: 7, count: 300_000)),
      ("pic.png", (0..<1000).map { UInt8($0 & 255) }),
    ]
    let back = try ZipArchive.read(try ZipArchive.make(files))
    #expect(back.map(\.name) == files.map(\.name))
    #expect(back.map(\.bytes) == files.map(\.bytes))
  }

  @Test func theSameFilesAreTheSameBytes() throws {
    let files = [("x.xml", Array("<a/>".utf8))]
    #expect(try ZipArchive.make(files) == ZipArchive.make(files))
  }

  @Test(arguments: [[], [1, 2, 3], Array("PK\u{3}\u{4} and no more".utf8)] as [[UInt8]])
  func whatIsNoZipIsRefused(bytes: [UInt8]) {
    #expect(throws: ZipArchive.Failure.self) { try ZipArchive.read(bytes) }
  }
}
