/// Some of a measure's values in ascending order with their cells: rows of equal x and cell may be taken together.
/// Equal x are never divided between blocks.
struct RunBlock {
  static let size = 8192
  var x: [UInt64] = []
  var cell: [UInt32] = []
  var count: [UInt32] = []

  init() {
    x.reserveCapacity(Self.size)
    cell.reserveCapacity(Self.size)
    count.reserveCapacity(Self.size)
  }

  mutating func append(_ x: UInt64, _ cell: UInt32, _ count: UInt32) {
    self.x.append(x)
    self.cell.append(cell)
    self.count.append(count)
  }

  mutating func removeAll() {
    x.removeAll(keepingCapacity: true)
    cell.removeAll(keepingCapacity: true)
    count.removeAll(keepingCapacity: true)
  }
}

/// A measure's values in ascending order, in segments that can be walked side by side. Segments depend on the data
/// alone.
protocol SortedRuns: Sendable {
  var segmentCount: Int { get }
  /// Rows of a segment by cell.
  func cellCounts(of segment: Int) -> [Int]
  func forEachBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void)
}

/// Runs from a table of counts, values by cells: for measures of few different values.
struct CountedRuns: SortedRuns {
  /// By x, then by cell.
  let counts: [UInt32]
  let cells: Int
  /// Present x: 0..<rows.
  let rows: Int

  var segmentCount: Int { 1 }

  func cellCounts(of segment: Int) -> [Int] {
    var totals = [Int](repeating: 0, count: cells)
    for index in 0..<rows * cells { totals[index % cells] += Int(counts[index]) }
    return totals
  }

  func forEachBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void) {
    var block = RunBlock()
    for x in 0..<rows {
      for cell in 0..<cells where counts[x * cells + cell] > 0 {
        block.append(UInt64(x), UInt32(cell), counts[x * cells + cell])
      }
      if block.x.count >= RunBlock.size {
        body(block)
        block.removeAll()
      }
    }
    if !block.x.isEmpty { body(block) }
  }
}
