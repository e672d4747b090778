import Foundation
import Testing

@testable import EbbTable

@Suite struct ByteSourceTests {
  /// Everything a source gives, whatever way it comes.
  private func whole(_ source: ByteSource, _ dialect: Dialect) throws -> [UInt8] {
    switch try source.open(for: dialect) {
    case .file(let file): return try file.read(at: file.bodyOffset, count: file.size - file.bodyOffset)
    case .sequential(let blocks):
      var bytes: [UInt8] = []
      while let block = try blocks.next() { bytes += block }
      return bytes
    }
  }

  private static func encoded(_ text: String, _ encoding: Dialect.Encoding) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .utf16LittleEndian: return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .windows1251:
      return text.unicodeScalars.map { scalar in
        if scalar.value < 0x80 { return UInt8(scalar.value) }
        if scalar.value >= 0x410, scalar.value < 0x450 { return UInt8(scalar.value - 0x410 + 0xC0) }
        return UInt8(TextDecoder.windows1251Upper.firstIndex(of: UInt16(scalar.value))! + 0x80)
      }
    }
  }

  @Test(arguments: Dialect.Encoding.allCases)
  func decodesAcrossBlockBorders(_ encoding: Dialect.Encoding) throws {
    // An odd period makes block borders fall inside characters and surrogate pairs.
    let unit = encoding == .windows1251 ? "Ярославль;ёЁ№ 1 234,5\n" : "Ярославль;ёЁ№€😀 1\u{202F}234,5\n"
    let text = String(repeating: unit, count: 60_000)
    try withFile(Self.encoded(text, encoding)) { path in
      let source = try ByteSource(path: path)
      #expect(try whole(source, Dialect(encoding: encoding)) == Array(text.utf8))
    }
  }

  @Test func byteOrderMarkIsDropped() throws {
    try withFile([0xFF, 0xFE] + Self.encoded("id;город\n", .utf16LittleEndian)) { path in
      let reading = try Reading.detect(ByteSource(path: path))
      #expect(reading.dialect.byteOrderMark)
      #expect(try whole(ByteSource(path: path), reading.dialect) == Array("id;город\n".utf8))
    }
    try withFile([0xEF, 0xBB, 0xBF] + Array("id;город\n1;Тула\n".utf8)) { path in
      let reading = try Reading.detect(ByteSource(path: path))
      #expect(reading.columns.map(\.name) == ["id", "город"])
      #expect(try whole(ByteSource(path: path), reading.dialect) == Array("id;город\n1;Тула\n".utf8))
    }
  }

  @Test(arguments: [
    "одна строка", "id,City\n1,Тула\n2,Рыбинск\n", "a;b\n\"ж\ny\";2\n",
  ])
  func encodingIsRecognised(_ text: String) throws {
    for encoding in Dialect.Encoding.allCases {
      let found = EncodingDetector.detect([Self.encoded(text, encoding)])
      #expect(found.encoding == encoding, "\(encoding)")
    }
  }

  /// Western and broken text must not become Russian.
  @Test(
    arguments: [
      [0x63, 0x61, 0x66, 0xE9, 0x2C, 0x31, 0x0A],  // café in Latin-1
      Array("имя,1\nимя,2\n".utf8) + [0xFF, 0x2C, 0x33, 0x0A],
    ] as [[UInt8]])
  func notWindows1251(_ bytes: [UInt8]) {
    #expect(EncodingDetector.detect([bytes]).encoding == .utf8)
  }

  @Test func loneSurrogatesAndHalfCharactersAreNoUTF8() {
    var decoder = TextDecoder(encoding: .utf16LittleEndian)
    let bytes = decoder.decode([0x3D, 0xD8, 0x41, 0x00, 0x00]) + decoder.finish()
    #expect(bytes == [0xED, 0xA0, 0xBD, 0x41, 0xFF])
  }

  /// `gzip` files: made with Python `gzip.compress(b"a,b\n1,2\n", mtime=0)`.
  private static let member: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4, 0x31,
    0xE2, 0x02,
    0x00, 0x7B, 0x07, 0x97, 0x0A, 0x08, 0x00, 0x00, 0x00,
  ]

  @Test func gzip() throws {
    try withFile(Self.member) { path in
      let source = try ByteSource(path: path)
      #expect(source.compression == .gzip)
      #expect(try source.prefix(3) == Array("a,b".utf8))
      #expect(try whole(source, Dialect()) == Array("a,b\n1,2\n".utf8))
    }
    try withFile(Self.member + Self.member + [0, 0, 0]) { path in
      let bytes = try whole(ByteSource(path: path), Dialect())
      #expect(bytes == Array("a,b\n1,2\na,b\n1,2\n".utf8))
    }
    try withFile(Self.member + Array("junk".utf8)) { path in
      #expect(throws: TableError.brokenArchive(path: path, byteOffset: 32)) {
        _ = try whole(ByteSource(path: path), Dialect())
      }
    }
    for cut in 2..<Self.member.count {
      try withFile(Array(Self.member.prefix(cut))) { path in
        #expect(throws: TableError.brokenArchive(path: path, byteOffset: cut)) {
          _ = try whole(ByteSource(path: path), Dialect())
        }
      }
    }
  }

  @Test func noFile() throws {
    #expect(throws: TableError.noSuchFile(path: "/no/such")) { try ByteSource(path: "/no/such") }
    #expect(throws: TableError.noSuchFile(path: "")) { try ByteSource(path: "") }
    #expect(throws: TableError.notAFile(path: "/tmp")) { try ByteSource(path: "/tmp") }
    #expect(throws: TableError.notAFile(path: "/dev/zero")) { try ByteSource(path: "/dev/zero") }
    #expect(throws: TableError.emptyFile(path: "/dev/null")) { try ByteSource(path: "/dev/null") }
    try withFile([]) { path in
      #expect(throws: TableError.emptyFile(path: path)) { _ = try ByteSource(path: path) }
    }
    let fifo = FileManager.default.temporaryDirectory.appendingPathComponent("ebb-\(UUID().uuidString)").path
    #expect(unsafe mkfifo(fifo, 0o600) == 0)
    defer { unsafe unlink(fifo) }
    #expect(throws: TableError.notAFile(path: fifo)) { try ByteSource(path: fifo) }
  }

  /// Files of /proc claim no size; they come in order like standard input, first looked at, then read.
  @Test func streamsAreReplayed() throws {
    let source = try ByteSource(path: "/proc/self/status")
    #expect(source.fileSize == nil)
    let head = try source.prefix(100)
    let all = try whole(source, Dialect())
    #expect(head.count == 100)
    #expect(all.starts(with: head))
    #expect(all.count > 100)
    #expect(throws: TableError.self) { _ = try whole(source, Dialect()) }
  }

  /// `<(zcat clients.gz)`: a pipe given as a path is looked at first and then read whole, once, like standard input.
  @Test(arguments: [Array("a,b\n1,2\n".utf8), member]) func pipesGivenAsPaths(content: [UInt8]) throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(content))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    let source = try ByteSource(path: path)
    #expect(source.fileSize == nil && !source.isRepeatable)
    #expect(source.compression == (content == Self.member ? .gzip : .none))
    #expect(try source.prefix(3) == Array("a,b".utf8))
    #expect(try whole(source, Dialect()) == Array("a,b\n1,2\n".utf8))
    #expect(throws: TableError.readFailed(path: path, reason: "already read")) {
      _ = try whole(source, Dialect())
    }
  }

  @Test func filesAreRepeatable() throws {
    try withFile(Array("a,b\n1,2\n".utf8)) { path in
      let source = try ByteSource(path: path)
      #expect(source.isRepeatable)
      for _ in 0..<2 { #expect(try whole(source, Dialect()) == Array("a,b\n1,2\n".utf8)) }
    }
  }
}
