import Testing

@testable import EbbTable

@Suite struct RecordStreamTests {
  /// What `RecordStream` gives, as texts with lines.
  private func read(
    _ text: [UInt8], _ dialect: Dialect, columnCount: Int = 2, recordLimit: Int = RecordStream.recordLimit
  ) throws -> [(line: Int, fields: [String], problem: RejectedRow.Reason?)] {
    try withFile(text) { path in
      var stream = try RecordStream(
        ByteSource(path: path), dialect: dialect, columnCount: columnCount, recordLimit: recordLimit)
      var records: [(Int, [String], RejectedRow.Reason?)] = []
      while let batch = try stream.next() {
        for record in batch.records {
          records.append(
            (record.line, batch.texts(of: record).map { String(decoding: $0, as: UTF8.self) }, record.problem)
          )
        }
      }
      return records
    }
  }

  /// Over a file of many blocks the same as over the whole text at once, whatever stands at the borders.
  @Test(arguments: 0..<4)
  func saysTheSameAsTheSplitter(_ shift: Int) throws {
    var text = Array(String(repeating: "x", count: shift).utf8)
    for row in 0..<60_000 {
      text += Array("\(row),\"a\r\n\"\"\(row)\"\" b\",ж\r\n".utf8)
      if row % 1000 == 0 { text += Array("\n\r\n".utf8) }
    }
    #expect(text.count > 1 << 20)
    let dialect = Dialect(lineEnding: .crlf)
    let records = try read(text, dialect, columnCount: 3)
    let whole = ReferenceSplitter(dialect).split(text)
    #expect(records.count == whole.records.count)
    #expect(records.map(\.line) == whole.records.map(\.line))
    #expect(
      records.map(\.fields)
        == whole.records.map { whole.texts(of: $0).map { String(decoding: $0, as: UTF8.self) } })
  }

  @Test func skipsLongLinesAndGoesOn() throws {
    let text =
      Array("a,b\n1,2\n3,".utf8) + [UInt8](repeating: 0x78, count: 5 << 20) + Array("\n5,6\n".utf8)
    let records = try read(text, Dialect(), recordLimit: 1 << 20)
    #expect(records.map(\.line) == [1, 2, 3, 4])
    #expect(records.map(\.problem) == [nil, nil, .tooLong(limit: 1 << 20), nil])
    #expect(records.last?.fields == ["5", "6"])
  }

  @Test func endsAnOpenQuoteAtTheLimit() throws {
    let text =
      Array("a,b\n1,\"2\n".utf8) + (0..<400_000).flatMap { Array("\($0),x\n".utf8) } + Array("5,6\n".utf8)
    let records = try read(text, Dialect(), recordLimit: 1 << 20)
    #expect(records.count == 400_003)
    #expect(records[1].problem == .brokenQuote)
    #expect(records[1].fields == ["1,\"2"])
    #expect(records[2].line == 3)
    #expect(records.last?.fields == ["5", "6"])
  }
}
