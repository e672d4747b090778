/// Splits each cell at a point of its own: rows and Σx at or below it. With Σx, Σx² of the cell that is all
/// Σ|x − centre| needs.
package struct DeviationWalk: Sendable {
  let map: [Int32]
  /// By the view's cells: the last x that counts as below.
  let limit: [UInt64]
  private(set) var below: [Int]
  private(set) var sumBelow: [UInt128]

  init(map: [Int32], limit: [UInt64]) {
    self.map = map
    self.limit = limit
    below = [Int](repeating: 0, count: limit.count)
    sumBelow = [UInt128](repeating: 0, count: limit.count)
  }

  /// What was found elsewhere.
  package init(limit: [UInt64], below: [Int], sumBelow: [UInt128]) {
    map = []
    self.limit = limit
    self.below = below
    self.sumBelow = sumBelow
  }

  mutating func take(_ block: borrowing RunBlock) {
    let (x, cell, count) = (block.x.span, block.cell.span, block.count.span)
    let (ownMap, ownLimit) = (self.map, self.limit)
    let (map, limit) = (ownMap.span, ownLimit.span)
    // Taken out of `self` so that both spans can be open at once.
    var (rowsBelow, sums) = (below, sumBelow)
    (below, sumBelow) = ([], [])
    var counted = rowsBelow.mutableSpan
    var added = sums.mutableSpan
    for row in 0..<block.rows {
      let view = Int(map[Int(cell[row])])
      if x[row] <= limit[view] {
        counted[view] &+= Int(count[row])
        let product = x[row].multipliedFullWidth(by: UInt64(count[row]))
        added[view] &+= UInt128(product.high) << 64 | UInt128(product.low)
      }
    }
    (below, sumBelow) = (rowsBelow, sums)
  }

  mutating func merge(_ other: DeviationWalk) {
    for view in below.indices {
      below[view] += other.below[view]
      sumBelow[view] += other.sumBelow[view]
    }
  }
}
