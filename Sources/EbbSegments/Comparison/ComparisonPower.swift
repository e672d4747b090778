import EbbStatistics

/// What two groups of these sizes can show at all, whatever they did show: the power a test has before looking.
/// (Power computed from the observed difference would only repeat the p-value.)
///
/// Two-sided Student test of two means, noncentral t. In Python: `statsmodels.stats.power.TTestIndPower`.
public struct ComparisonPower: Sendable, Codable, Equatable {
  public let alpha: Double
  /// The power asked for: 0.8.
  public let power: Double
  /// The smallest difference, in pooled standard deviations, found with that power.
  public let minimalDetectableD: Double?
  /// The probability of finding a difference as large as the equivalence bound.
  public let powerAtBound: Double?

  init(n1: Int, n2: Int, _ options: ComparisonOptions) {
    alpha = options.alpha
    power = 0.8
    let ratio = Double(n2) / Double(n1)
    minimalDetectableD = EbbStatistics.minimalDetectableD(
      n1: Double(n1), alpha: options.alpha, power: power, ratio: ratio)
    powerAtBound = powerTwoMeans(
      d: options.bound, n1: Double(n1), ratio: ratio, alpha: options.alpha)
  }
}
