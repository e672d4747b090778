/// Which small-sample factor turns Cohen's d into Hedges' g.
public enum HedgesCorrection: String, Sendable, Codable {
  /// 1 − 3/(4(n₁ + n₂) − 9), as pingouin and most texts.
  case approximate
  /// Γ(m/2) / (√(m/2) Γ((m − 1)/2)), m = n₁ + n₂ − 2.
  case gamma
}

/// How many standard deviations apart are two means, first − second? Cohen's d.
///
/// Formula: d = (x̄₁ − x̄₂)/s, s the pooled standard deviation. Interval: the noncentrality parameters of t that
/// put the observed t at the upper and lower (1 − level)/2 point, divided by √(n₁n₂/(n₁ + n₂)).
/// Assumes independent, near normal samples of equal variance. Undefined without variance.
/// Source: J. Cohen, *Statistical Power Analysis*, 1988; J. H. Steiger & R. T. Fouladi 1997.
/// Python: `pingouin.compute_effsize(a, b, eftype="cohen")`, interval by inverting `scipy.stats.nct.cdf`;
/// R: `effectsize::cohens_d(a, b)`.
public func cohensD(_ a: Moments, _ b: Moments, level: Double = 0.95) -> EffectSize {
  let method = "difference of means / pooled standard deviation, noncentral t interval"
  guard let c = MeanComparison(a, b, equalVariances: true), isProperShare(level) else {
    return EffectSize(name: "cohensD", estimate: nil, interval: nil, method: method)
  }
  let scale = (1 / Double(a.n) + 1 / Double(b.n)).squareRoot()
  let bounds = noncentralityInterval(t: c.t, df: c.df, level: level)
  let d = c.t * scale
  let interval = bounds.flatMap {
    Interval.ifFinite(level: level, min($0.low * scale, d), max($0.high * scale, d))
  }
  return EffectSize(name: "cohensD", estimate: d, interval: interval, method: method)
}

/// Cohen's d with the large-sample normal interval: d ± z √((n₁ + n₂)/(n₁n₂) + d²/(2(n₁ + n₂))).
///
/// Source: L. V. Hedges & I. Olkin, *Statistical Methods for Meta-Analysis*, 1985.
/// Python: `pingouin.compute_esci` with z in place of t.
public func cohensDNormalInterval(_ a: Moments, _ b: Moments, level: Double = 0.95) -> EffectSize {
  let method = "difference of means / pooled standard deviation, normal interval"
  guard let c = MeanComparison(a, b, equalVariances: true), isProperShare(level) else {
    return EffectSize(name: "cohensD", estimate: nil, interval: nil, method: method)
  }
  let n1 = Double(a.n)
  let n2 = Double(b.n)
  let d = c.t * (1 / n1 + 1 / n2).squareRoot()
  let half = Normal.critical(level: level) * (1 / n1 + 1 / n2 + d * d / (2 * (n1 + n2))).squareRoot()
  return EffectSize(
    name: "cohensD", estimate: d, interval: Interval.ifFinite(level: level, d - half, d + half),
    method: method)
}

/// Cohen's d freed of its small-sample bias: Hedges' g = J·d, interval likewise.
///
/// J = 1 − 3/(4(n₁ + n₂) − 9), or the exact ratio of gamma functions. Assumptions as `cohensD`.
/// Source: L. V. Hedges, Journal of Educational Statistics 6 (1981) 107–128.
/// Python: `pingouin.compute_effsize(a, b, eftype="hedges")`; R: `effectsize::hedges_g(a, b)` (exact J).
public func hedgesG(
  _ a: Moments, _ b: Moments, level: Double = 0.95, correction: HedgesCorrection = .approximate
) -> EffectSize {
  let d = cohensD(a, b, level: level)
  let n = Double(a.n) + Double(b.n)
  switch correction {
  case .approximate:
    return scaled(d, by: 1 - 3 / (4 * n - 9), method: "d (1 - 3 / (4 (n1 + n2) - 9)), noncentral t interval")
  case .gamma:
    let half = (n - 2) / 2
    let factor = half > 0.5 ? Gamma.ratio(half, delta: -0.5) / half.squareRoot() : .nan
    return scaled(d, by: factor, method: "d times the exact gamma factor, noncentral t interval")
  }
}

private func scaled(_ d: EffectSize, by factor: Double, method: String) -> EffectSize {
  EffectSize(
    name: "hedgesG", estimate: d.estimate.map { $0 * factor },
    interval: d.interval.flatMap {
      factor > 0 ? Interval.ifFinite(level: $0.level, $0.low * factor, $0.high * factor) : nil
    }, method: method)
}

/// The noncentrality parameters for which the observed t is just at the edge of surprise.
func noncentralityInterval(t: Double, df: Double, level: Double) -> (low: Double, high: Double)? {
  let tail = (1 - level) / 2
  let z = Normal.critical(level: level)
  let se = (1 + t * t / (2 * df)).squareRoot()
  let range = -1e9...1e9
  guard
    let low = root(
      near: t - z * se, step: 0.05 * se, within: range,
      { NoncentralT.upper(t, df: df, delta: $0) - tail }),
    let high = root(
      near: t + z * se, step: 0.05 * se, within: range,
      { NoncentralT.lower(t, df: df, delta: $0) - tail })
  else { return nil }
  return (low, high)
}
