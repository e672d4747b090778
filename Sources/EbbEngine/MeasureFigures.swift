/// What walking a measure found for one view, by the view's cells; from this every answer about it is made.
struct MeasureFigures: Sendable {
  let source: ColumnSource
  let n: [Int]
  let missing: [Int]
  /// Exact sums; empty for doubles.
  var sums: [WidePowerSums] = []
  var lowest: [UInt64?] = []
  var highest: [UInt64?] = []
  /// Wanted positions and the x found there.
  var positions: [[Int]] = []
  var found: [[UInt64?]] = []
  var ranks: RankFigures?
  var deviations: [Question.Center: DeviationWalk] = [:]
  var reals: RealFigures?

  /// Type-7 quantile of a cell; its positions must have been wanted.
  func quantile(_ probability: Double, cell: Int) -> Double? {
    guard n[cell] > 0 else { return nil }
    let position = QuantilePosition(probability: probability, n: n[cell])
    guard let low = order(position.lower, cell), let high = order(position.upper, cell) else { return nil }
    return position.value(low, high, in: source)
  }

  func order(_ position: Int, _ cell: Int) -> UInt64? {
    positions[cell].firstIndex(of: position).flatMap { found[cell][$0] }
  }
}

/// Ranks of the non-empty cells compared.
struct RankFigures: Sendable {
  let sizes: [Int]
  /// The cell of each compared one, ascending.
  let cells: [Int]
  let walk: RankWalk
}

/// Sums of a measure of doubles.
struct RealFigures: Sendable {
  let pivot: Double
  /// Σx as they are; Σ(x − pivot); about the mean; about the median.
  let plain: RealWalk
  let shifted: RealWalk
  var aboutMean: RealWalk?
  var aboutMedian: RealWalk?
}
