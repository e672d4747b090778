/// Runs sorted by comparing: for the few tables whose values spread over so many bits that no key holds them with their
/// cell (a handful of rows with numbers near both ends of 64 bits).
struct ComparedRuns: SortedRuns {
  private let rows: [(x: UInt64, cell: UInt32)]
  private let cells: Int
  let missing: [Int]

  init(reading: PassReading, axes: [Int], sizes: [Int], parts: RowParts) {
    var rows: [(x: UInt64, cell: UInt32)] = []
    cells = sizes.reduce(1, *)
    var missing = [Int](repeating: 0, count: cells)
    var reader = BlockReader(sources: reading.sources, axes: reading.axes)
    var cell = [UInt32](repeating: 0, count: RowBlock.size)
    let missingX = reading.sources[reading.measure].missingX
    for block in parts.parts.joined() {
      reader.read(block)
      reader.cells(of: axes, sizes: sizes, block, into: &cell)
      for row in 0..<block.count {
        let x = reader.x(reading.measure, row)
        if x == missingX { missing[Int(cell[row])] += 1 } else { rows.append((x, cell[row])) }
      }
    }
    self.missing = missing
    self.rows = rows.sorted { ($0.x, $0.cell) < ($1.x, $1.cell) }
  }

  var segmentCount: Int { 1 }

  func cellCounts(of segment: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: cells)
    for row in rows { counts[Int(row.cell)] += 1 }
    return counts
  }

  func forEachBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void) {
    var block = RunBlock(cells: cells)
    for (index, row) in rows.enumerated() {
      if block.isFull, rows[index - 1].x != row.x {
        body(block)
        block.removeAll()
      }
      block.append(row.x, row.cell, 1)
    }
    if block.rows > 0 { body(block) }
  }
}
