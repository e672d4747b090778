/// What walking a measure found for one view, by the view's cells; from this every answer about it is made.
package struct MeasureFigures: Sendable {
  package let source: ColumnSource
  package let n: [Int]
  package let missing: [Int]
  /// Exact sums; empty for doubles.
  package var sums: [WidePowerSums] = []
  package var lowest: [UInt64?] = []
  package var highest: [UInt64?] = []
  /// Wanted positions and the x found there.
  package var positions: [[Int]] = []
  package var found: [[UInt64?]] = []
  package var ranks: RankFigures?
  package var deviations: [Question.Center: DeviationWalk] = [:]
  package var reals: RealFigures?

  package init(source: ColumnSource, n: [Int], missing: [Int]) {
    self.source = source
    self.n = n
    self.missing = missing
  }

  /// Type-7 quantile of a cell; its positions must have been wanted.
  package func quantile(_ probability: Double, cell: Int) -> Double? {
    guard n[cell] > 0 else { return nil }
    let position = QuantilePosition(probability: probability, n: n[cell])
    guard let low = order(position.lower, cell), let high = order(position.upper, cell) else { return nil }
    return position.value(low, high, in: source)
  }

  package func order(_ position: Int, _ cell: Int) -> UInt64? {
    positions[cell].firstIndex(of: position).flatMap { found[cell][$0] }
  }
}

/// Ranks of the non-empty cells compared.
package struct RankFigures: Sendable {
  package let sizes: [Int]
  /// The cell of each compared one, ascending.
  package let cells: [Int]
  package let walk: RankWalk

  package init(sizes: [Int], cells: [Int], walk: RankWalk) {
    self.sizes = sizes
    self.cells = cells
    self.walk = walk
  }
}

/// Sums of a measure of doubles.
package struct RealFigures: Sendable {
  package let pivot: Double
  /// Σx as they are; Σ(x − pivot); about the mean; about the median.
  package let plain: RealWalk
  package let shifted: RealWalk
  package var aboutMean: RealWalk?
  package var aboutMedian: RealWalk?

  package init(pivot: Double, plain: RealWalk, shifted: RealWalk) {
    self.pivot = pivot
    self.plain = plain
    self.shifted = shifted
  }
}
