import EbbClients
import EbbStatistics
import EbbTable
import Testing

@testable import EbbEngine

@Suite struct SparseCellsTests {
  static func table(_ rows: Int, chunk: Int, columns: Int, reversed: Bool = false) -> ClientTable {
    func value(_ row: Int, _ column: Int) -> Int64 {
      let row = reversed ? rows - 1 - row : row
      return Int64((row * (column * 2 + 7) + row / (column + 3)) % (column % 5 + 2))
    }
    var starts: [Int] = []
    for start in stride(from: 0, to: rows, by: chunk) { starts.append(start) }
    let sizes = starts.map { min(chunk, rows - $0) }
    func packed(_ make: (Int) -> Int64) -> [PackedIntegers] {
      zip(starts, sizes).map { start, size in
        PackedIntegers(packing: (start..<start + size).map(make))
      }
    }
    func mask(_ size: Int, _ start: Int) -> BitMask {
      var words = [UInt64](repeating: 0, count: (size + 63) / 64)
      for row in 0..<size {
        let from = reversed ? rows - 1 - start - row : start + row
        if from % 11 == 3 { words[row >> 6] |= 1 << UInt64(row & 63) }
      }
      return BitMask(words: words, rowCount: size)
    }
    let masks = zip(sizes, starts).map { Optional(mask($0, $1)) }
    var made = (0..<columns).map { column in
      Column(
        name: "c\(column)", kind: .integer,
        storage: .scaled(
          zip(starts, sizes).map { start, size in
            PackedIntegers(
              packing: (start..<start + size).map { row in
                let from = reversed ? rows - 1 - row : row
                return column == 0 && from % 11 == 3 ? 0 : value(row, column)
              })
          }, scale: 0), missing: column == 0 ? masks : masks.map { _ in nil })
    }
    let money = { (row: Int) in Double((reversed ? rows - 1 - row : row) * 37 % 1009) * 0.1 }
    made.append(
      Column(
        name: "real", kind: .real,
        storage: .real(zip(starts, sizes).map { start, size in (start..<start + size).map(money) }),
        missing: masks.map { _ in nil }))
    made.append(
      Column(
        name: "decimal", kind: .decimal,
        storage: .scaled(packed { Int64((money($0) * 10).rounded()) }, scale: 1),
        missing: masks.map { _ in nil }))
    return ClientTable(table: Table(columns: made, chunkRowCounts: sizes), schema: ClientSchema(entries: []))
  }

  /// The same cells as the dense counts, none of them empty; the same sums as the moments.
  @Test(arguments: [1, 3]) func agreeWithCounts(cores: Int) async throws {
    let engine = MemoryEngine(Self.table(5000, chunk: 1300, columns: 4), cores: cores)
    let by = (0..<4).map { Grouping("c\($0)") }
    let sparse = Question.cells(by: by, sums: ["real", "decimal"])
    let answers = try await engine.answer([
      sparse, .counts(by: by), .moments(of: "decimal", by: by), .moments(of: "real", by: by),
    ])
    guard case .cells(let cells)? = answers[sparse], case .counts(let dense)? = answers[.counts(by: by)],
      case .moments(let decimal)? = answers[.moments(of: "decimal", by: by)],
      case .moments(let real)? = answers[.moments(of: "real", by: by)]
    else {
      Issue.record("not answered")
      return
    }
    #expect(cells.axes == dense.axes)
    #expect(cells.counts.reduce(0, +) == 5000)
    var rest = dense.counts
    var last = -1
    for cell in cells.counts.indices {
      let place = by.indices.reduce(0) { $0 * dense.axes[$1].count + Int(cells.codes[$1][cell]) }
      #expect(place > last)
      last = place
      #expect(cells.counts[cell] == dense.counts[place])
      #expect(cells.sums[1].sum[cell] == decimal.values[place].sum)
      #expect(abs(cells.sums[0].sum[cell] - real.values[place].sum) < 1e-9)
      #expect(cells.sums[0].n[cell] == real.values[place].n)
      rest[place] = 0
    }
    #expect(rest.allSatisfy { $0 == 0 })
  }

  /// Keys of more than 64 bits, tables that grow; rows in another order, other chunks and other cores.
  @Test func orderChunksAndCoresDoNotMatter() async throws {
    let by = (0..<40).map { Grouping("c\($0)") }
    let question = Question.cells(by: by, sums: ["real", "c0"])
    var found: [SparseCells] = []
    for (chunk, reversed, cores) in [(20_000, false, 1), (1024, true, 3)] {
      let engine = MemoryEngine(
        Self.table(20_000, chunk: chunk, columns: 40, reversed: reversed), cores: cores)
      if case .cells(let cells)? = try await engine.answer([question])[question] { found.append(cells) }
    }
    #expect(found.count == 2)
    #expect(found[0] == found[1])
    #expect(found[0].counts.reduce(0, +) == 20_000)
    #expect(found[0].sums[1].n.reduce(0, +) == 20_000 - (0..<20_000).count { $0 % 11 == 3 })
  }

  @Test func tooWideAKeyIsRefused() async throws {
    let engine = MemoryEngine(Self.table(100, chunk: 100, columns: 90), cores: 1)
    await #expect(throws: EngineError.self) {
      try await engine.answer([.cells(by: (0..<90).map { Grouping("c\($0)") }, sums: [])])
    }
    let none = Question.cells(by: [], sums: ["decimal"])
    guard case .cells(let all)? = try await engine.answer([none])[none] else {
      Issue.record("not answered")
      return
    }
    #expect(all.counts == [100])
  }
}
