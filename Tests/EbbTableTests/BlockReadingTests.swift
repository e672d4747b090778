import Foundation
import Testing

@testable import EbbTable

/// Reading in blocks against reading record by record: the same table, the same rejected rows, wherever blocks end.
@Suite struct BlockReadingTests {
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 31)
    }
  }

  static func text(seed: UInt64) -> String {
    var dice = Dice(state: seed)
    let end = seed % 3 == 0 ? "\r\n" : "\n"
    var lines = ["id,city,money,flag,note"]
    let cities = ["Омск", "Тверь", "\"Великий, Новгород\"", "", "\"a \"\"b\"\"\"", "Итого", "NA"]
    let notes = ["", "x", "\"two\nlines\"", "\"a,b\"", "plain text", "\"\"", "  padded  "]
    for row in 0..<300 {
      func one(_ list: [String]) -> String { list[Int(dice.next() % UInt64(list.count))] }
      let money = one(["", "1.5", "100", "-3.25", "12 345,5", "1e3", "7.125", "abc", "−5", "9"])
      var line = "\(row),\(one(cities)),\(money),\(dice.next() % 2),\(one(notes))"
      if dice.next() % 40 == 0 { line = "short,row" }
      if dice.next() % 50 == 0 { line = "" }
      if dice.next() % 60 == 0 { line += ",extra,fields" }
      if dice.next() % 70 == 0 { line = "\(row),\"broken\" quote,1,1,x" }
      lines.append(line)
    }
    return lines.joined(separator: end) + (seed % 2 == 0 ? end : "")
  }

  private func parts(_ text: String, blockSize: Int?) throws -> TableParts {
    let path = NSTemporaryDirectory() + "blocks-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source)
    guard let blockSize else {
      var stream = try RecordStream(source, dialect: reading.dialect, columnCount: reading.columns.count)
      var assembly = RecordAssembly(reading)
      while let batch = try stream.next() { assembly.add(batch) }
      return TableParts(reading: reading, blocks: assembly.finish(), firstLine: 0, cores: 1)
    }
    var blocks = BlockReading(reading: reading, cores: 2)
    blocks.sizes.block = blockSize
    guard case .file(let file) = try source.open(for: reading.dialect) else { throw CancellationError() }
    let found = try #require(try blocks.file(file, progress: { _ in }))
    return TableParts(reading: reading, blocks: found.blocks, firstLine: found.firstLine, cores: 2)
  }

  private func story(_ parts: TableParts) throws -> String {
    let read = try parts.table(path: "x", options: ReadOptions(maxRejectedShare: 1))
    var out = "\(read.recordCount) \(read.rejectedCount)\n"
    for row in read.rejected { out += "\(row)\n" }
    for row in read.totals { out += "\(row)\n" }
    for column in read.table.columns {
      out += "\(column.name) \(column.kind) "
      switch column.storage {
      case .scaled(let chunks, let scale):
        out += "\(scale) \(chunks.flatMap { chunk in (0..<chunk.count).map { chunk[$0] } })"
      case .codes(let chunks, let levels):
        out += "\(levels.texts) \(chunks.flatMap { chunk in (0..<chunk.count).map { chunk[$0] } })"
      case .real(let chunks): out += "\(chunks.flatMap { $0 })"
      case .none: out += "none"
      }
      var start = 0
      var missing: [Int] = []
      for (mask, count) in zip(column.missing, read.table.chunkRowCounts) {
        if let mask { missing += (0..<count).filter { mask[$0] }.map { $0 + start } }
        start += count
      }
      out += " \(missing)\n"
    }
    return out
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func blocksEndAnywhere(seed: UInt64) throws {
    let text = Self.text(seed: seed)
    let expected = try story(parts(text, blockSize: nil))
    for size in [37, 100, 501, 4096, 1 << 20] {
      #expect(try story(parts(text, blockSize: size)) == expected, "block size \(size)")
    }
  }
}
