public import EbbStatistics

/// Forecast against what happened, in bins of equal size by forecast: a calibrated model lies on the diagonal.
///
/// Equal forecasts always share a bin. Python: `sklearn.calibration.calibration_curve(strategy="quantile")`.
public struct ReliabilityCurve: Sendable, Codable, Equatable {
  public struct Bin: Sendable, Codable, Equatable {
    public let n: Int
    public let churned: Int
    public let meanForecast: Double
    public let rate: Double
    /// Wilson, 95 %.
    public let interval: Interval?
  }
  public let bins: [Bin]

  public init?(probabilities: [Double], churned: [Bool], bins count: Int = 10) {
    guard probabilities.count == churned.count, !churned.isEmpty, count > 0,
      probabilities.allSatisfy({ $0.isFinite })
    else { return nil }
    let order = AscendingOrder.of(probabilities)
    var bins: [Bin] = []
    var start = 0
    for part in 1...count {
      var end = order.count * part / count
      while end > 0, end < order.count, probabilities[order[end]] == probabilities[order[end - 1]] {
        end += 1
      }
      guard end > start else { continue }
      var left = 0
      var sum = 0.0
      for position in start..<end {
        if churned[order[position]] { left += 1 }
        sum += probabilities[order[position]]
      }
      bins.append(
        Bin(
          n: end - start, churned: left, meanForecast: sum / Double(end - start),
          rate: Double(left) / Double(end - start), interval: wilsonInterval(successes: left, n: end - start))
      )
      start = end
    }
    self.bins = bins
  }
}
