import Foundation

/// What two characteristics say together beyond what each says alone: an offset in log-odds for every pair of bins.
///
/// Offsets δ maximise the likelihood given the main effects' margins, with a ridge penalty that draws small cells to 0.
public struct InteractionBins: Sendable, Codable, Equatable {
  public let first: Int
  public let second: Int
  /// Row-major: bins of the second run fastest.
  public let offsets: [Double]
  /// Twice the gain in log-likelihood, and the cells that paid for it.
  public let gain: Double
  public let cells: Int

  /// `nil` unless the gain is worth its cells: 2·gain > ½ · cells · ln n (half the price of BIC: the ridge pays the rest).
  init?(
    first: Int, second: Int, counts: (Int, Int), codes: ([UInt8], [UInt8]), margins: Margins,
    penalty: Double
  ) {
    let size = counts.0 * counts.1
    var offsets = [Double](repeating: 0, count: size)
    var n = [Int](repeating: 0, count: size)
    let cell = zip(codes.0, codes.1).map { Int($0) * counts.1 + Int($1) }
    var left = [Double](repeating: 0, count: size)
    for (row, index) in cell.enumerated() {
      n[index] += 1
      if margins.churned[row] { left[index] += 1 }
    }
    for _ in 0..<8 {
      var gradient = zip(offsets, left).map { $1 - penalty * $0 }
      var curvature = [Double](repeating: penalty, count: size)
      let factors = offsets.map { exp(-$0) }
      for (row, index) in cell.enumerated() {
        let p = 1 / (1 + margins.oddsOfStaying[row] * factors[index])
        gradient[index] -= p
        curvature[index] += p * (1 - p)
      }
      var farthest = 0.0
      for index in 0..<size where curvature[index] > 0 {
        let step = min(2, max(-2, gradient[index] / curvature[index]))
        offsets[index] += step
        farthest = max(farthest, abs(step))
      }
      if farthest < 1e-10 { break }
    }
    let gain = margins.gain(offsets, cell: cell, left: left)
    let used = Self.freedom(n, counts)
    guard 2 * gain > Double(used) * log(Double(max(2, cell.count))) * 0.5 else { return nil }
    self.first = first
    self.second = second
    self.offsets = zip(offsets, n).map { $1 == 0 ? 0 : $0 }
    self.gain = 2 * gain
    self.cells = used
  }

  /// What the two-way table adds to its borders: filled cells − filled rows − filled columns + 1, at least 1.
  private static func freedom(_ n: [Int], _ counts: (Int, Int)) -> Int {
    let filled = n.count { $0 > 0 }
    let rows = (0..<counts.0).count { row in (0..<counts.1).contains { n[row * counts.1 + $0] > 0 } }
    let columns = (0..<counts.1).count { column in (0..<counts.0).contains { n[$0 * counts.1 + column] > 0 } }
    return max(1, filled - rows - columns + 1)
  }

  /// What a table could gain at most, to first order: Σ over cells of gradient² / (curvature + penalty), given each
  /// client's residual y − p and weight p(1 − p). One pass, to find the pairs worth fitting.
  static func promise(
    counts: (Int, Int), codes: ([UInt8], [UInt8]), residuals: [Double], weights: [Double], penalty: Double
  ) -> Double {
    var gradient = [Double](repeating: 0, count: counts.0 * counts.1)
    var curvature = [Double](repeating: penalty, count: counts.0 * counts.1)
    for row in residuals.indices {
      let index = Int(codes.0[row]) * counts.1 + Int(codes.1[row])
      gradient[index] += residuals[row]
      curvature[index] += weights[row]
    }
    var sum = 0.0
    for index in gradient.indices where curvature[index] > 0 {
      sum += gradient[index] * gradient[index] / curvature[index]
    }
    return sum
  }
}

extension InteractionBins {
  /// Each client's log-odds before a two-way table, as its fit needs them: made once for all tables that are tried.
  struct Margins {
    let churned: [Bool]
    /// e^−margin
    let oddsOfStaying: [Double]

    init(_ margins: [Double], churned: [Bool]) {
      self.churned = churned
      // So that nothing overflows
      oddsOfStaying = margins.map { exp(-min(max($0, -300), 300)) }
    }

    /// What the offsets add to the log-likelihood: Σ over leavers of their offset − Σ log((1 + e^(m + δ)) / (1 + e^m)).
    func gain(_ offsets: [Double], cell: [Int], left: [Double]) -> Double {
      var gain = zip(offsets, left).reduce(0) { $0 + $1.0 * $1.1 }
      let factors = offsets.map(exp)
      // A logarithm for every 16 clients: an offset is at most 16, a factor e^16.
      var product = 1.0
      for (row, index) in cell.enumerated() {
        let odds = oddsOfStaying[row]
        product *= (odds + factors[index]) / (odds + 1)
        if row & 15 == 15 {
          gain -= log(product)
          product = 1
        }
      }
      return gain - log(product)
    }
  }
}
