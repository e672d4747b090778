import Foundation
import Testing

@testable import EbbTable

/// A table taken block by block says row for row what the file says, whatever the blocks.
struct TableBlocksTests {
  /// 400 rows, some with line ends inside quotes, some numbers that are none, some records that are no rows.
  private static let file: (text: String, expected: [String]) = {
    var text = "id,age,city\n"
    var expected: [String] = []
    for row in 0..<400 {
      switch row % 10 {
      case 3:
        text += "\(row),\"4\(row % 7)\",\"Ростов\nВеликий, \"\"\(row)\"\"\"\n"
        expected.append("\(row)|4\(row % 7)|Ростов\nВеликий, \"\(row)\"")
      case 5 where row > 300:
        text += "\(row),сорок,Омск\n"
        expected.append("\(row)|сорок?|Омск")
      case 7:
        text += "\(row),1\n"
        expected.append(
          "no row in line \(text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)")
      default:
        text += "\(row),\(20 + row % 60),Омск\n"
        expected.append("\(row)|\(20 + row % 60)|Омск")
      }
    }
    return (text, expected)
  }()

  private static func rows(_ block: TableBlock) -> [String] {
    var out: [String] = []
    var rejected = block.rejected[...]
    for row in 0...block.table.rowCount {
      while let next = rejected.first, next.before == row {
        out.append("no row in line \(next.row.line)")
        rejected = rejected.dropFirst()
      }
      guard row < block.table.rowCount else { break }
      let fields = block.table.columns.indices.map { column -> String in
        if let unread = block.unread.first(where: { $0.row == row && $0.column == column }) {
          return unread.text + "?"
        }
        switch block.table.columns[column].storage {
        case .scaled(let chunks, _): return "\(chunks[0][row])"
        case .codes(let chunks, let levels): return levels.texts[Int(chunks[0][row])]
        case .real(let chunks): return "\(chunks[0][row])"
        case .none: return ""
        }
      }
      out.append(fields.joined(separator: "|"))
    }
    return out
  }

  private static func read(_ path: String, blockSize: Int, cores: Int, skipping: Set<String> = []) throws
    -> [String]
  {
    var options = ReadOptions(maxRejectedShare: 1, kinds: ["age": .integer, "id": .text, "city": .category])
    options.cores = cores
    let source = try ByteSource(path: path)
    var blocks = try TableBlocks(
      source, Reading.detect(source, options: options), options: options, skipping: skipping)
    blocks.blockSize = blockSize
    var found: [String] = []
    try blocks.forEach(make: rows, take: { found += $0 })
    return found
  }

  @Test(arguments: [7, 61, 100, 997, 4 << 20], [1, 2, 3])
  func everyRowComesOnceAndInOrder(blockSize: Int, cores: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "clients.csv").path
    try Self.file.text.write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try Self.read(path, blockSize: blockSize, cores: cores) == Self.file.expected)
  }

  @Test func skippedColumnsComeEmpty() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "clients.csv").path
    try Self.file.text.write(toFile: path, atomically: false, encoding: .utf8)
    let found = try Self.read(path, blockSize: 500, cores: 2, skipping: ["age"])
    #expect(found.count == 400)
    #expect(found[0] == "0||Омск")
    #expect(found[3] == "3||Ростов\nВеликий, \"3\"")
  }

  @Test func whatStopsTheMakerStopsTheReading() throws {
    struct Stop: Error {}
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "clients.csv").path
    try Self.file.text.write(toFile: path, atomically: false, encoding: .utf8)
    let options = ReadOptions(maxRejectedShare: 1)
    let source = try ByteSource(path: path)
    let blocks = try TableBlocks(source, Reading.detect(source, options: options), options: options)
    #expect(throws: Stop.self) {
      try blocks.forEach(make: { _ in throw Stop() }, take: { (_: Int) in })
    }
  }
}
