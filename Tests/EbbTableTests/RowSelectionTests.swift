import EbbTable
import Testing

@Suite("Rows of a table")
struct RowSelectionTests {
  /// 0…9 in chunks of 4, 4 and 2; the value 5 missing.
  private static let table = Table(
    columns: [
      Column(
        name: "x", kind: .integer,
        storage: .scaled(
          [
            PackedIntegers(packing: [0, 1, 2, 3]), PackedIntegers(packing: [4, 0, 600, 7]),
            PackedIntegers(packing: [8, 9]),
          ], scale: 0),
        missing: [nil, BitMask(words: [0b10], rowCount: 4), nil])
    ], chunkRowCounts: [4, 4, 2])

  private static func values(_ table: Table) -> [Int64?] {
    guard case .scaled(let chunks, _) = table.columns[0].storage else { return [] }
    return chunks.enumerated().flatMap { index, chunk in
      (0..<chunk.count).map { table.columns[0].missing[index]?[$0] == true ? nil : chunk[$0] }
    }
  }

  @Test(
    "any rows, in any order, also twice",
    arguments: [
      ([9, 0, 5, 6, 6], [9, 0, nil, 600, 600]), ([], []), ([3, 4], [3, 4]), ([8], [8]),
    ] as [([Int], [Int64?])])
  func selecting(rows: [Int], values: [Int64?]) {
    let part = Self.table.selecting(rows)
    #expect(Self.values(part) == values)
    #expect(part.rowCount == rows.count)
  }

  @Test("chunks are the table in pieces")
  func chunks() {
    #expect((0..<3).flatMap { Self.values(Self.table.chunk($0)) } == Self.values(Self.table))
  }
}
