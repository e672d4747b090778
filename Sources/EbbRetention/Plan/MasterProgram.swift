/// The linear program that mixes whole plans: max Σ wₛ gₛ with Σ wₛ useₛ ≤ limit, Σ wₛ = 1, w ≥ 0. Plans are added as
/// they are found; a handful of rows, so the inverse of the basis is kept dense.
///
/// Revised simplex method; Bland's rule once pivots stop gaining. Source: G. B. Dantzig & P. Wolfe, Operations Research 8
/// (1960).
struct MasterProgram: Sendable {
  private struct Column: Sendable {
    let gain: Double
    /// Use by row, a limit being 1; the last row is the mixture's sum.
    let use: [Double]
  }
  private let rows: Int
  private var columns: [Column] = []
  /// Index of a column; −1 − r for the slack of row r.
  private var basis: [Int]
  private var inverse: [[Double]]
  private var solution: [Double]

  /// Begins with the plan that does nothing.
  init(limits rows: Int) {
    self.rows = rows
    columns = [Column(gain: 0, use: Array(repeating: 0, count: rows) + [1])]
    basis = (0..<rows).map { -1 - $0 } + [0]
    inverse = (0...rows).map { row in (0...rows).map { $0 == row ? 1 : 0 } }
    solution = Array(repeating: 1, count: rows + 1)
  }

  mutating func add(gain: Double, use: [Double]) {
    columns.append(Column(gain: gain, use: use + [1]))
  }

  /// Prices of the limits, and of the mixture.
  var prices: [Double] {
    (0...rows).map { row in
      basis.indices.reduce(0.0) { sum, place in
        basis[place] < 0 ? sum : sum + columns[basis[place]].gain * inverse[place][row]
      }
    }
  }

  var gain: Double {
    basis.indices.reduce(0) { basis[$1] < 0 ? $0 : $0 + columns[basis[$1]].gain * max(0, solution[$1]) }
  }

  /// Plans of the mixture with their weights.
  var mixture: [(column: Int, weight: Double)] {
    basis.indices.compactMap { basis[$0] >= 0 && solution[$0] > 0 ? (basis[$0], solution[$0]) : nil }
  }

  /// Brings the mixture to the best there is of the plans at hand.
  mutating func solve() {
    var idle = 0
    for _ in 0..<2000 {
      let prices = prices
      let tolerance = 1e-13 * max(1e-300, abs(prices[rows]) + 1e-3)
      var entering: Int?
      var most = tolerance
      for row in 0..<rows where -prices[row] > most && !basis.contains(-1 - row) {
        entering = -1 - row
        if idle > 20 { break }
        most = -prices[row]
      }
      if entering == nil || idle <= 20 {
        for index in columns.indices {
          var reduced = columns[index].gain
          for row in 0...rows { reduced -= prices[row] * columns[index].use[row] }
          if reduced > most, !basis.contains(index) {
            entering = index
            if idle > 20 { break }
            most = reduced
          }
        }
      }
      guard let entering else { return }
      let before = gain
      guard pivot(in: entering) else { return }
      idle = gain > before + tolerance ? 0 : idle + 1
      if idle > 200 { return }
    }
  }

  private mutating func pivot(in entering: Int) -> Bool {
    let direction = (0...rows).map { row -> Double in
      if entering < 0 { return inverse[row][-1 - entering] }
      return (0...rows).reduce(0.0) { $0 + inverse[row][$1] * columns[entering].use[$1] }
    }
    var leaving: Int?
    var step = Double.infinity
    for row in 0...rows where direction[row] > 1e-11 {
      let ratio = max(0, solution[row]) / direction[row]
      if ratio < step || (ratio == step && direction[row] > direction[leaving ?? row]) {
        (leaving, step) = (row, ratio)
      }
    }
    guard let leaving else { return false }
    let pivot = direction[leaving]
    for column in 0...rows { inverse[leaving][column] /= pivot }
    solution[leaving] = step
    for row in 0...rows where row != leaving && direction[row] != 0 {
      for column in 0...rows { inverse[row][column] -= direction[row] * inverse[leaving][column] }
      solution[row] = max(0, solution[row] - direction[row] * step)
    }
    basis[leaving] = entering
    return true
  }
}
