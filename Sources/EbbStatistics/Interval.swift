/// A confidence interval: `low ... high` at confidence `level` (0.95 means 95 %), in the unit of its estimate.
public struct Interval: Sendable, Codable, Equatable {
  public let level: Double
  public let low: Double
  public let high: Double

  public init(level: Double, low: Double, high: Double) {
    self.level = level
    self.low = low
    self.high = high
  }

  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// `nil` where a bound is missing or not finite.
  static func ifFinite(level: Double, _ low: Double?, _ high: Double?) -> Interval? {
    guard let low, let high, low.isFinite, high.isFinite, low <= high else { return nil }
    return Interval(level: level, low: low, high: high)
  }
}

/// Whether a confidence level or a share makes sense: strictly between 0 and 1.
func isProperShare(_ p: Double) -> Bool { p > 0 && p < 1 }

extension Double {
  /// `nil` for NaN and infinities, which no result may hold.
  var ifFinite: Double? { isFinite ? self : nil }
}
