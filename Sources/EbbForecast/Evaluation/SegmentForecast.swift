public import EbbStatistics

/// Expected against observed leaving in one group of clients, out of fold.
public struct SegmentForecast: Sendable, Codable, Equatable {
  public let attribute: String
  /// The level, "[30; 40)" for a band, "missing".
  public let value: String
  /// A band's borders, `nil` where open or no band.
  public let low: Double?
  public let high: Double?
  public let n: Int
  public let churned: Int
  /// Observed rate with Wilson's interval.
  public let observed: Proportion
  /// Mean forecast.
  public let expected: Double
  /// `expected` − observed rate.
  public let bias: Double
  /// Whether the expected rate lies inside the observed one's interval.
  public let agrees: Bool
  /// How well clients of the group are told apart; `nil` where all left or all stayed.
  public let rocAUC: Double?

  /// - Parameters:
  ///   - rows: the group's clients; at least one.
  ///   - probabilities: out-of-fold forecasts of all clients.
  public init(
    attribute: String, value: String, low: Double? = nil, high: Double? = nil, rows: [Int],
    probabilities: [Double], churned: [Bool]
  ) {
    self.attribute = attribute
    self.value = value
    self.low = low
    self.high = high
    n = rows.count
    let left = rows.reduce(0) { $0 + (churned[$1] ? 1 : 0) }
    self.churned = left
    observed = Proportion(successes: left, n: rows.count)
    let mean = rows.reduce(0) { $0 + probabilities[$1] } / Double(max(1, rows.count))
    expected = mean
    let rate = Double(left) / Double(max(1, rows.count))
    bias = mean - rate
    agrees = observed.interval.map { $0.low <= mean && mean <= $0.high } ?? false
    rocAUC =
      ROCCurve(scores: rows.map { probabilities[$0] }, churned: rows.map { churned[$0] }, maximumPoints: 2)?
      .rocAUC
  }
}
