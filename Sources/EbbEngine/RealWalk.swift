/// Sums of doubles by cell, added in the order of the values, so that the order of rows cannot matter.
package struct RealWalk: Sendable {
  package struct Sums: Sendable {
    var n = 0
    /// Σ(x − origin) to the first four powers, and of the absolute values.
    var powers = InlineArray<4, CompensatedSum>(repeating: CompensatedSum())
    var absolute = CompensatedSum()
  }
  let map: [Int32]
  /// By the view's cells.
  let origin: [Double]
  /// Taken off before the origin: (x − pivot) − origin.
  let pivot: Double
  private(set) var sums: [Sums]
  private var tied: [Int]

  init(map: [Int32], pivot: Double, origin: [Double]) {
    self.map = map
    self.pivot = pivot
    self.origin = origin
    sums = [Sums](repeating: Sums(), count: origin.count)
    tied = [Int](repeating: 0, count: origin.count)
  }

  /// What was found elsewhere, by cell: n, Σd to the first four powers, Σ|d|.
  package init(pivot: Double, origin: [Double], found: [(n: Int, powers: [Double], absolute: Double)]) {
    self.init(map: [], pivot: pivot, origin: origin)
    for (cell, figures) in found.enumerated() {
      sums[cell].n = figures.n
      for (power, value) in figures.powers.prefix(4).enumerated() { sums[cell].powers[power].add(value) }
      sums[cell].absolute.add(figures.absolute)
    }
  }

  mutating func take(_ block: borrowing RunBlock, _ source: ColumnSource) {
    let (x, cell, count) = (block.x.span, block.cell.span, block.count.span)
    var touched: [Int] = []
    var start = 0
    while start < block.rows {
      var end = start + 1
      while end < block.rows, x[end] == x[start] { end += 1 }
      let value = source.number(x[start]) - pivot
      if end == start + 1 {
        let view = Int(map[Int(cell[start])])
        add(value - origin[view], Int(count[start]), to: view)
      } else {
        // Rows of one value enter together: their order is chance.
        touched.removeAll(keepingCapacity: true)
        for row in start..<end {
          let view = Int(map[Int(cell[row])])
          if tied[view] == 0 { touched.append(view) }
          tied[view] += Int(count[row])
        }
        for view in touched {
          add(value - origin[view], tied[view], to: view)
          tied[view] = 0
        }
      }
      start = end
    }
  }

  private mutating func add(_ difference: Double, _ count: Int, to view: Int) {
    let weight = Double(count)
    let square = difference * difference
    sums[view].n += count
    sums[view].powers[0].add(weight * difference)
    sums[view].powers[1].add(weight * square)
    sums[view].powers[2].add(weight * square * difference)
    sums[view].powers[3].add(weight * square * square)
    sums[view].absolute.add(weight * abs(difference))
  }

  mutating func merge(_ other: RealWalk) {
    for view in sums.indices {
      sums[view].n += other.sums[view].n
      for power in 0..<4 { sums[view].powers[power].add(other.sums[view].powers[power]) }
      sums[view].absolute.add(other.sums[view].absolute)
    }
  }
}
