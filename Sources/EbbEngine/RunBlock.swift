/// Some of a measure's values in ascending order with their cells: rows of equal x and cell may be taken together.
/// Equal x are never divided between blocks.
struct RunBlock {
  static let size = 8192
  /// Of each row its x, its cell and how many rows it stands for; what lies beyond `rows` means nothing.
  private(set) var x: [UInt64]
  private(set) var cell: [UInt32]
  private(set) var count: [UInt32]
  private(set) var rows = 0

  /// - Parameter cells: how many rows of one x there may be, where they are put together by cell.
  init(cells: Int) {
    let room = Self.size + max(Self.apart, cells)
    x = [UInt64](repeating: 0, count: room)
    cell = [UInt32](repeating: 0, count: room)
    count = [UInt32](repeating: 0, count: room)
  }

  var isFull: Bool { rows >= Self.size }

  mutating func append(_ x: UInt64, _ cell: UInt32, _ count: UInt32) {
    if rows < self.x.count {
      self.x[rows] = x
      self.cell[rows] = cell
      self.count[rows] = count
    } else {
      self.x.append(x)
      self.cell.append(cell)
      self.count.append(count)
    }
    rows += 1
  }

  mutating func removeAll() { rows = 0 }

  /// Rows of one x up to which they stay apart.
  private static let apart = 64

  /// Takes x (from bit `low` on, above `base`) and cells of keys, neighbours of one x at a time, until the block is full;
  /// long runs of one x are put together by cell. Returns where it stopped.
  /// - Parameter tally: a nought for each cell, before and after.
  mutating func fill<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: Span<Key>, from first: Int, low: Int, base: UInt64, _ tally: inout [UInt32]
  ) -> Int {
    // Taken out of `self` so that all spans can be open at once.
    var (x, cell, count) = (self.x, self.cell, self.count)
    (self.x, self.cell, self.count) = ([], [], [])
    var values = x.mutableSpan
    var cells = cell.mutableSpan
    var counts = count.mutableSpan
    var rows = self.rows
    let low = Key(low)
    let mask: Key = 1 &<< low &- 1
    var start = first
    while start < keys.count, rows < Self.size {
      let step = keys[start] &>> low
      var end = start + 1
      while end < keys.count, keys[end] &>> low == step { end += 1 }
      let value = base &+ UInt64(truncatingIfNeeded: step)
      if end - start < Self.apart {
        for index in start..<end {
          values[rows] = value
          cells[rows] = UInt32(truncatingIfNeeded: keys[index] & mask)
          counts[rows] = 1
          rows += 1
        }
      } else {
        let begin = rows
        for index in start..<end {
          let own = UInt32(truncatingIfNeeded: keys[index] & mask)
          if tally[Int(own)] == 0 {
            values[rows] = value
            cells[rows] = own
            rows += 1
          }
          tally[Int(own)] += 1
        }
        for row in begin..<rows {
          counts[row] = tally[Int(cells[row])]
          tally[Int(cells[row])] = 0
        }
      }
      start = end
    }
    self.rows = rows
    (self.x, self.cell, self.count) = (x, cell, count)
    return start
  }
}

/// A measure's values in ascending order, in segments that can be walked side by side. Segments depend on the data
/// alone.
protocol SortedRuns: Sendable {
  var segmentCount: Int { get }
  /// Rows of a segment by cell.
  func cellCounts(of segment: Int) -> [Int]
  func forEachBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void)
  /// The same rows in whatever order is cheapest.
  func forEachUnorderedBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void)
}

extension SortedRuns {
  func forEachUnorderedBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void) {
    forEachBlock(of: segment, body)
  }
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
    var block = RunBlock(cells: cells)
    for x in 0..<rows {
      for cell in 0..<cells where counts[x * cells + cell] > 0 {
        block.append(UInt64(x), UInt32(cell), counts[x * cells + cell])
      }
      if block.isFull {
        body(block)
        block.removeAll()
      }
    }
    if block.rows > 0 { body(block) }
  }
}
