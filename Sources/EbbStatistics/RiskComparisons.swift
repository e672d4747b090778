import Glibc

/// By how much does the share differ, first − second? With Newcombe's interval.
///
/// Unit: share (0.2 is 20 percentage points). Assumes independent samples.
/// Python: `statsmodels.stats.proportion.confint_proportions_2indep(..., method="newcomb")`.
public func riskDifference(
  successes1: Int, n1: Int, successes2: Int, n2: Int, level: Double = 0.95
) -> EffectSize {
  let shares = TwoShares(successes1, n1, successes2, n2)
  return EffectSize(
    name: "riskDifference", estimate: shares.map { $0.p1 - $0.p2 },
    interval: newcombeInterval(
      successes1: successes1, n1: n1, successes2: successes2, n2: n2, level: level),
    method: "p1 - p2, Newcombe interval")
}

/// How many times the second share is the first? With the log-normal (Wald) interval.
///
/// Formula: RR = p₁/p₂, exp(ln RR ± z √((1 − p₁)/(n₁p₁) + (1 − p₂)/(n₂p₂))).
/// `nil` where the second has no successes; no interval where the first has none.
/// Source: D. Katz et al., Biometrics 34 (1978) 469–474.
/// Python: `statsmodels.stats.contingency_tables.Table2x2.riskratio` and `.riskratio_confint()`;
/// R: `epitools::riskratio.wald`.
public func relativeRisk(
  successes1: Int, n1: Int, successes2: Int, n2: Int, level: Double = 0.95
) -> EffectSize {
  let method = "p1 / p2, log-normal interval"
  guard let s = TwoShares(successes1, n1, successes2, n2), s.x2 > 0 else {
    return EffectSize(name: "relativeRisk", estimate: nil, interval: nil, method: method)
  }
  let ratio = s.p1 / s.p2
  let se = ((1 - s.p1) / s.x1 + (1 - s.p2) / s.x2).squareRoot()
  return EffectSize(
    name: "relativeRisk", estimate: ratio,
    interval: logInterval(ratio, standardError: se, level: level), method: method)
}

/// How many times the second's odds are the first's? With the log-normal (Wald) interval.
///
/// Formula: OR = x₁(n₂ − x₂) / (x₂(n₁ − x₁)), exp(ln OR ± z √(Σ 1/cell)).
/// `nil` where the denominator is zero; no interval where any cell is empty.
/// Source: B. Woolf, Annals of Human Genetics 19 (1955) 251–253.
/// Python: `statsmodels.stats.contingency_tables.Table2x2.oddsratio` and `.oddsratio_confint()`;
/// R: `epitools::oddsratio.wald`.
public func oddsRatio(
  successes1: Int, n1: Int, successes2: Int, n2: Int, level: Double = 0.95
) -> EffectSize {
  let method = "cross-product ratio, log-normal (Woolf) interval"
  guard let s = TwoShares(successes1, n1, successes2, n2), s.x2 > 0, s.x1 < s.n1 else {
    return EffectSize(name: "oddsRatio", estimate: nil, interval: nil, method: method)
  }
  let ratio = s.x1 * (s.n2 - s.x2) / (s.x2 * (s.n1 - s.x1))
  let se = (1 / s.x1 + 1 / (s.n1 - s.x1) + 1 / s.x2 + 1 / (s.n2 - s.x2)).squareRoot()
  return EffectSize(
    name: "oddsRatio", estimate: ratio,
    interval: logInterval(ratio, standardError: se, level: level), method: method)
}

/// exp(ln ratio ± z·se); `nil` where the ratio or the error is not positive and finite.
func logInterval(_ ratio: Double, standardError se: Double, level: Double) -> Interval? {
  guard ratio > 0, ratio.isFinite, se.isFinite, isProperShare(level) else { return nil }
  let half = Normal.critical(level: level) * se
  return Interval.ifFinite(
    level: level, min(ratio, exp(log(ratio) - half)), max(ratio, exp(log(ratio) + half)))
}

/// Are two shares equal? The pooled z test, two-sided.
///
/// Formula: z = (p₁ − p₂) / √(p̄(1 − p̄)(1/n₁ + 1/n₂)), p̄ the pooled share.
/// Assumes independent samples with about five successes and failures in each. Undefined where all or none succeed.
/// Python: `statsmodels.stats.proportion.proportions_ztest([x1, x2], [n1, n2])`;
/// R: `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)` (z² there).
public func twoProportionZ(successes1: Int, n1: Int, successes2: Int, n2: Int) -> HypothesisTest {
  let method = "two-sample z test of proportions, pooled variance"
  let n = total([n1, n2])
  guard let s = TwoShares(successes1, n1, successes2, n2) else {
    return .undefined("twoProportionZ", n: n, method: method)
  }
  let pooled = (s.x1 + s.x2) / (s.n1 + s.n2)
  let se = (pooled * (1 - pooled) * (1 / s.n1 + 1 / s.n2)).squareRoot()
  guard se > 0 else { return .undefined("twoProportionZ", n: n, method: method) }
  let z = (s.p1 - s.p2) / se
  return HypothesisTest("twoProportionZ", statistic: z, tail: Normal.twoSided(z), n: n, method: method)
}
