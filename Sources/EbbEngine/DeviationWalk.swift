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
    for row in 0..<x.count {
      let view = Int(map[Int(cell[row])])
      if x[row] <= limit[view] {
        below[view] += Int(count[row])
        sumBelow[view] += UInt128(x[row]) * UInt128(count[row])
      }
    }
  }

  mutating func merge(_ other: DeviationWalk) {
    for view in below.indices {
      below[view] += other.below[view]
      sumBelow[view] += other.sumBelow[view]
    }
  }
}
