import Foundation
import Testing

@testable import EbbTable

@Suite struct TableReaderTests {
  func read(_ text: String, _ options: ReadOptions = ReadOptions(maxRejectedShare: 1)) async throws
    -> ReadTable
  {
    let path = NSTemporaryDirectory() + "reader-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let source = try ByteSource(path: path)
    return try await TableReader.read(source, Reading.detect(source, options: options), options: options)
  }

  func integers(_ column: Column?) -> [Int64] {
    guard let column else { return [] }
    switch column.storage {
    case .scaled(let chunks, _), .codes(let chunks, _):
      return chunks.flatMap { chunk in (0..<chunk.count).map { chunk[$0] } }
    default: return []
    }
  }

  @Test func numbersAreKeptExactly() async throws {
    let found = try await read("a,b,c\n1,0.5,x\n2,10.25,y\n3,,x\n")
    #expect(found.table.rowCount == 3)
    #expect(integers(found.table.column(named: "a")) == [1, 2, 3])
    let b = try #require(found.table.column(named: "b"))
    #expect(b.kind == .decimal)
    #expect(integers(b) == [50, 1025, 0])
    #expect(b.missingCount == 1)
    guard case .codes(let chunks, let levels)? = found.table.column(named: "c")?.storage else {
      Issue.record("c is no category")
      return
    }
    #expect(levels.texts == ["x", "y"])
    #expect((0..<3).map { chunks[0][$0] } == [0, 1, 0])
  }

  @Test func decimalsWidenWhereverTheyStand() async throws {
    var rows = (0..<3000).map { "\($0)" }
    rows[2900] = "7.125"
    let late = try await read("a,b\n" + rows.map { "\($0),1" }.joined(separator: "\n") + "\n")
    let early = try await read("a,b\n" + rows.reversed().map { "\($0),1" }.joined(separator: "\n") + "\n")
    for found in [late, early] {
      guard case .scaled(_, let scale)? = found.table.column(named: "a")?.storage else {
        Issue.record("a is not exact")
        return
      }
      #expect(scale == 3)
    }
    #expect(integers(late.table.column(named: "a")) == integers(early.table.column(named: "a")).reversed())
  }

  @Test func badRowsAreRejectedWithTheirPlace() async throws {
    let body = (0..<200).map { "\($0),\($0 % 2)" }
    let text = (["a,b"] + body + ["x,1", "5", "6,\"1", "7,1"]).joined(separator: "\n") + "\n"
    let found = try await read(text)
    #expect(found.rejected.map(\.line) == [202, 203, 204])
    #expect(found.rejected.first?.column == "a")
    #expect(found.rejected.first?.text == "x")
    #expect(found.rejected[1].reason == .fieldCount(expected: 2, found: 1))
    #expect(found.rejected[2].reason == .brokenQuote)
    #expect(found.recordCount == 204)
  }

  @Test func tooManyRejectedEndTheReading() async throws {
    let text = "a,b\n" + (0..<90).map { "\($0),1\n" }.joined() + (0..<10).map { _ in "1\n" }.joined()
    await #expect(throws: TableError.self) { try await read(text, ReadOptions()) }
  }

  @Test func churnThatIsNeitherIsRejected() async throws {
    let text = "id,Churn\n" + (0..<100).map { "\($0),\($0 % 2)\n" }.joined() + "100,maybe\n101,\n"
    let options = ReadOptions(maxRejectedShare: 1, kinds: ["Churn": .flag], required: ["Churn"])
    let found = try await read(text, options)
    #expect(found.rejected.map(\.reason) == [.notAFlag, .missingRequired])
    #expect(found.table.column(named: "Churn")?.kind == .flag)
  }

  @Test func aHeadingAloneHasNoRows() async {
    await #expect(throws: TableError.self) { try await read("a,b\n") }
  }
}
