/// By how much does the share differ, first row − second, between those who are alike? Mantel-Haenszel over 2×2 tables
/// [[a, b], [c, d]].
///
/// Formula, n₁ = a + b, n₂ = c + d, n the stratum's size: RD = Σ(a n₂/n − c n₁/n)/Σ(n₁ n₂/n). Sato's variance:
/// (RD ΣP + ΣQ)/(Σ n₁n₂/n)², P = (n₁²c − n₂²a + n₁n₂(n₂ − n₁)/2)/n², Q = (a(n₂ − c) + c(n₁ − a))/(2n), right for few large
/// strata and for many small ones. Strata of one side alone have no say. Assumes about one difference for all strata;
/// where they differ it is an average weighted by n₁n₂/n. `nil` without a stratum of both sides.
/// Source: S. Greenland & J. M. Robins, Biometrics 41 (1985) 55–68; T. Sato, Biometrics 45 (1989) 1323–1324.
/// R: `metafor::rma.mh(measure = "RD")`; Python: numpy, by the formula.
public func stratifiedRiskDifference(_ tables: [[[Int]]], level: Double = 0.95) -> EffectSize {
  let method = "Mantel-Haenszel risk difference, Sato interval"
  let strata = tables.compactMap(FourFold.init).filter { $0.a + $0.b > 0 && $0.c + $0.d > 0 }
  let weight = compensatedSum(strata.map { ($0.a + $0.b) * ($0.c + $0.d) / $0.n })
  guard weight > 0 else {
    return EffectSize(name: "riskDifference", estimate: nil, interval: nil, method: method)
  }
  let difference =
    compensatedSum(strata.map { ($0.a * ($0.c + $0.d) - $0.c * ($0.a + $0.b)) / $0.n }) / weight
  let p = compensatedSum(
    strata.map {
      let (n1, n2) = ($0.a + $0.b, $0.c + $0.d)
      return (n1 / $0.n) * (n1 / $0.n) * $0.c - (n2 / $0.n) * (n2 / $0.n) * $0.a
        + (n1 / $0.n) * (n2 / $0.n) * (n2 - n1) / 2
    })
  let q = compensatedSum(strata.map { ($0.a * $0.d + $0.c * $0.b) / (2 * $0.n) })
  let variance = (difference * p + q) / (weight * weight)
  var interval: Interval?
  if variance >= 0, isProperShare(level) {
    let half = Normal.critical(level: level) * variance.squareRoot()
    interval = Interval.ifFinite(level: level, max(-1, difference - half), min(1, difference + half))
  }
  return EffectSize(name: "riskDifference", estimate: difference, interval: interval, method: method)
}
