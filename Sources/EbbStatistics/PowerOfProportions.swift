import Glibc

/// Clients needed in the first arm of a test of two shares, by four formulas; the second arm needs `ratio` times as many.
public struct ProportionSampleSize: Sendable, Codable, Equatable {
  /// h = 2 arcsin √p₁ − 2 arcsin √p₂.
  public let cohensH: Double
  /// Normal approximation on arcsine scale.
  public let cohenH: Double?
  /// Variance of each arm apart.
  public let unpooled: Double?
  /// Pooled variance without a difference: that of the usual z test. The one to use by default.
  public let pooled: Double?
  /// Pooled with Fleiss' continuity correction: the cautious one.
  public let fleiss: Double?

  public init(cohensH: Double, cohenH: Double?, unpooled: Double?, pooled: Double?, fleiss: Double?) {
    self.cohensH = cohensH
    self.cohenH = cohenH
    self.unpooled = unpooled
    self.pooled = pooled
    self.fleiss = fleiss
  }
}

/// How many clients does a test of two shares need? Two-sided at `alpha`, with chance `power` to see p₁ against p₂.
///
/// Formulas, q = 1 − p, r = ratio, z_a and z_b the normal quantiles of 1 − α/2 and of power:
/// unpooled (z_a + z_b)²(p₁q₁ + p₂q₂/r)/δ²; pooled (z_a √(p̄q̄(1 + 1/r)) + z_b √(p₁q₁ + p₂q₂/r))²/δ² with
/// p̄ = (p₁ + r p₂)/(1 + r); Fleiss n/4 (1 + √(1 + 2(1 + r)/(n r |δ|)))² of the pooled n; Cohen: the n at which the power
/// on the arcsine scale, both tails, is `power`. `nil` for shares outside [0, 1] or equal.
/// Source: J. L. Fleiss, *Statistical Methods for Rates and Proportions*, 1981; J. Cohen 1988.
/// Python: `statsmodels.stats.power.NormalIndPower().solve_power(proportion_effectsize(p1, p2), ...)`;
/// R: `pwr::pwr.2p.test`, `power.prop.test` (pooled).
public func sampleSizeTwoProportions(
  p1: Double, p2: Double, alpha: Double = 0.05, power: Double = 0.8, ratio: Double = 1
) -> ProportionSampleSize? {
  guard (0...1).contains(p1), (0...1).contains(p2), p1 != p2, isProperShare(alpha), isProperShare(power),
    power > alpha / 2, ratio > 0, ratio.isFinite
  else { return nil }
  let za = Normal.critical(level: 1 - alpha)
  let zb = Normal.quantile(power)
  let gap = abs(p1 - p2)
  let spread = p1 * (1 - p1) + p2 * (1 - p2) / ratio
  let mean = (p1 + ratio * p2) / (1 + ratio)
  let unpooled = (za + zb) * (za + zb) * spread / (gap * gap)
  let sum = za * (mean * (1 - mean) * (1 + 1 / ratio)).squareRoot() + zb * spread.squareRoot()
  let pooled = sum * sum / (gap * gap)
  let inner = 1 + (1 + 2 * (1 + ratio) / (pooled * ratio * gap)).squareRoot()
  let h = cohensH(p1, p2)
  let plain = (za + zb) * (za + zb) * (1 + 1 / ratio) / (h * h)
  let cohen = root(near: plain, step: 0.01 * plain, within: 1e-9...1e30) { n in
    normalPower(shift: abs(h) * (n / (1 + 1 / ratio)).squareRoot(), alpha: alpha) - power
  }
  return ProportionSampleSize(
    cohensH: h, cohenH: cohen, unpooled: unpooled.ifFinite, pooled: pooled.ifFinite,
    fleiss: (pooled / 4 * inner * inner).ifFinite)
}

/// Distance of two shares on the arcsine scale, signed: 2 arcsin √p₁ − 2 arcsin √p₂.
/// Python: `statsmodels.stats.proportion.proportion_effectsize(p1, p2)`; R: `pwr::ES.h`.
public func cohensH(_ p1: Double, _ p2: Double) -> Double {
  2 * (asin(min(max(p1, 0), 1).squareRoot()) - asin(min(max(p2, 0), 1).squareRoot()))
}

/// How likely is a test of `n1` and `n1 · ratio` clients to see p₁ against p₂? By Cohen's h, two-sided, both tails.
///
/// Python: `statsmodels.stats.power.NormalIndPower().power(h, n1, alpha, ratio)`; R: `pwr::pwr.2p2n.test`.
public func powerTwoProportions(
  p1: Double, p2: Double, n1: Double, ratio: Double = 1, alpha: Double = 0.05
) -> Double? {
  guard (0...1).contains(p1), (0...1).contains(p2), n1 > 0, ratio > 0, isProperShare(alpha) else {
    return nil
  }
  return normalPower(shift: abs(cohensH(p1, p2)) * (n1 / (1 + 1 / ratio)).squareRoot(), alpha: alpha).ifFinite
}

/// Power of a two-sided z test whose statistic is shifted by `shift`.
private func normalPower(shift: Double, alpha: Double) -> Double {
  let z = Normal.critical(level: 1 - alpha)
  return Normal.cdf(shift - z) + Normal.cdf(-shift - z)
}

/// Which way the second share moves.
public enum ShareChange: String, Sendable, Codable {
  case decrease
  case increase
}

/// The second share that a test can just see, by two formulas.
public struct DetectableShare: Sendable, Codable, Equatable {
  public let base: Double
  /// By the pooled z test; `nil` where even 0 (or 1) could not be seen.
  public let pooled: Double?
  /// By Cohen's h.
  public let cohenH: Double?

  public init(base: Double, pooled: Double?, cohenH: Double?) {
    self.base = base
    self.pooled = pooled
    self.cohenH = cohenH
  }
}

/// What is the smallest change of a share that `n` clients per arm can see? Inverts `sampleSizeTwoProportions`.
///
/// Unit: share; the effect in percentage points is 100 |base − share|.
/// Python: `scipy.optimize.brentq` on the sample-size formula; R: `power.prop.test(n, p1, power = ...)$p2`.
public func minimalDetectableShare(
  base: Double, n: Double, alpha: Double = 0.05, power: Double = 0.8, ratio: Double = 1,
  _ change: ShareChange = .decrease
) -> DetectableShare? {
  guard (0...1).contains(base), base != (change == .decrease ? 0 : 1), n > 0, isProperShare(alpha),
    isProperShare(power), ratio > 0, power > alpha / 2
  else { return nil }
  let edge = change == .decrease ? 1e-15 : 1 - 1e-15
  func solve(_ size: (ProportionSampleSize) -> Double?) -> Double? {
    // Needed n falls as the gap opens; its logarithm is smooth.
    func f(_ p2: Double) -> Double {
      guard let s = sampleSizeTwoProportions(p1: base, p2: p2, alpha: alpha, power: power, ratio: ratio),
        let needed = size(s)
      else { return .nan }
      return log(needed / n)
    }
    let nearBase = base + (edge - base) * 1e-9
    guard f(edge) < 0, f(nearBase) > 0 else { return nil }
    let range = min(edge, nearBase)...max(edge, nearBase)
    return root(near: (edge + base) / 2, step: abs(edge - base) / 8, within: range, f)
  }
  return DetectableShare(base: base, pooled: solve(\.pooled), cohenH: solve(\.cohenH))
}
