/// How likely is a t test to see means `d` standard deviations apart? Two-sided, exact by the noncentral t.
///
/// Formula: P(|T| > t_crit), T noncentral with n₁ + n₂ − 2 df and δ = d √(n₁n₂/(n₁ + n₂)); n₂ = n₁ · ratio.
/// Assumes normal values of equal variance.
/// Python: `statsmodels.stats.power.TTestIndPower().power(d, n1, alpha, ratio=ratio)`; R: `pwr::pwr.t2n.test`.
public func powerTwoMeans(d: Double, n1: Double, ratio: Double = 1, alpha: Double = 0.05) -> Double? {
  guard d.isFinite, n1 > 0, ratio > 0, isProperShare(alpha) else { return nil }
  let n2 = n1 * ratio
  let df = n1 + n2 - 2
  guard df > 0 else { return nil }
  let delta = abs(d) * (n1 * n2 / (n1 + n2)).squareRoot()
  let critical = StudentT.critical(level: 1 - alpha, df: df)
  let power =
    NoncentralT.upper(critical, df: df, delta: delta) + NoncentralT.lower(-critical, df: df, delta: delta)
  return power.isFinite ? min(max(power, 0), 1) : nil
}

/// How many values does a t test need in the first sample to see means `d` standard deviations apart?
///
/// Not rounded; the second sample needs `ratio` times as many. `nil` for d = 0.
/// Python: `statsmodels.stats.power.TTestIndPower().solve_power(d, alpha=alpha, power=power, ratio=ratio)`;
/// R: `power.t.test(delta = d, power = power)`.
public func sampleSizeTwoMeans(
  d: Double, alpha: Double = 0.05, power: Double = 0.8, ratio: Double = 1
) -> Double? {
  guard d != 0, d.isFinite, isProperShare(alpha), isProperShare(power), power > alpha, ratio > 0 else {
    return nil
  }
  let z = Normal.critical(level: 1 - alpha) + Normal.quantile(power)
  let least = (2 + 1e-6) / (1 + ratio)
  let plain = max(z * z * (1 + 1 / ratio) / (d * d), least)
  return root(near: plain + 1, step: 0.01 * plain + 0.5, within: least...1e15) { n in
    powerTwoMeans(d: d, n1: n, ratio: ratio, alpha: alpha).map { $0 - power } ?? .nan
  }
}

/// What is the smallest difference, in standard deviations, that `n1` and `n1 · ratio` values can see?
///
/// Python: `statsmodels.stats.power.TTestIndPower().solve_power(None, nobs1=n1, ...)`; R: `power.t.test(n, power = ...)`.
public func minimalDetectableD(
  n1: Double, alpha: Double = 0.05, power: Double = 0.8, ratio: Double = 1
) -> Double? {
  guard n1 > 0, ratio > 0, n1 * (1 + ratio) > 2, isProperShare(alpha), isProperShare(power), power > alpha
  else { return nil }
  let z = Normal.critical(level: 1 - alpha) + Normal.quantile(power)
  let plain = z * ((1 + 1 / ratio) / n1).squareRoot()
  return root(near: plain, step: 0.05 * plain, within: 0...1e6) { d in
    powerTwoMeans(d: d, n1: n1, ratio: ratio, alpha: alpha).map { $0 - power } ?? .nan
  }
}
