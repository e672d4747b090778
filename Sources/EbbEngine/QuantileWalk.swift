/// Walks a measure upwards and picks the values at wanted positions of each cell.
struct QuantileWalk: Sendable {
  /// From cells of the pass to the view's cells.
  let map: [Int32]
  /// Wanted positions by cell, ascending.
  let wanted: [[Int]]
  private var below: [Int]
  private var next: [Int]
  private var inBlock: [Int]
  /// By cell and number of the position; filled as far as this walk met them.
  private(set) var found: [[UInt64?]]

  init(map: [Int32], wanted: [[Int]], below: [Int]) {
    self.map = map
    self.wanted = wanted
    self.below = below
    next = wanted.indices.map { cell in wanted[cell].firstIndex { $0 >= below[cell] } ?? wanted[cell].count }
    inBlock = [Int](repeating: 0, count: wanted.count)
    found = wanted.map { [UInt64?](repeating: nil, count: $0.count) }
  }

  /// `cells`: the cells that occur in the block, with how many rows.
  mutating func take(_ block: borrowing RunBlock, _ cells: BlockCells) {
    var touched: [Int] = []
    for cell in cells.touched {
      let view = Int(map[Int(cell)])
      if inBlock[view] == 0 { touched.append(view) }
      inBlock[view] += cells.count[Int(cell)]
    }
    var looks = false
    for view in touched where next[view] < wanted[view].count {
      if wanted[view][next[view]] < below[view] + inBlock[view] { looks = true }
    }
    if looks {
      look(block)
    } else {
      for view in touched { below[view] += inBlock[view] }
    }
    for view in touched { inBlock[view] = 0 }
  }

  private mutating func look(_ block: borrowing RunBlock) {
    for row in 0..<block.rows {
      let view = Int(map[Int(block.cell[row])])
      below[view] += Int(block.count[row])
      while next[view] < wanted[view].count, wanted[view][next[view]] < below[view] {
        found[view][next[view]] = block.x[row]
        next[view] += 1
      }
    }
  }

  mutating func merge(_ other: QuantileWalk) {
    for view in found.indices {
      for index in found[view].indices { found[view][index] = found[view][index] ?? other.found[view][index] }
    }
  }
}

/// The cells that occur in a block.
struct BlockCells: Sendable {
  private(set) var touched: [UInt32] = []
  private(set) var count: [Int]

  init(cells: Int) { count = [Int](repeating: 0, count: cells) }

  mutating func take(_ block: borrowing RunBlock) {
    for cell in touched { count[Int(cell)] = 0 }
    touched.removeAll(keepingCapacity: true)
    let (cells, counts) = (block.cell.span, block.count.span)
    var count = self.count
    self.count = []
    var rows = count.mutableSpan
    for row in 0..<block.rows {
      let cell = Int(cells[row])
      if rows[cell] == 0 { touched.append(cells[row]) }
      rows[cell] &+= Int(counts[row])
    }
    self.count = count
  }
}
