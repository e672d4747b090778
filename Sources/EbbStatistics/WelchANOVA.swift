/// Are all group means equal, whatever the variances? Welch's ANOVA.
///
/// Formula: weights wᵢ = nᵢ/sᵢ²; F = Σwᵢ(x̄ᵢ − x̄_w)²/(k − 1) / (1 + 2(k − 2)A/(k² − 1)), A = Σ(1 − wᵢ/W)²/(nᵢ − 1),
/// df = k − 1 and (k² − 1)/(3A).
/// Assumes independent groups, near normal or large. Groups below two values are left out; undefined where a group has
/// no variance or fewer than two groups remain.
/// Source: B. L. Welch, Biometrika 38 (1951) 330–336.
/// Python: `statsmodels.stats.oneway.anova_oneway(groups, use_var="unequal")`, `pingouin.welch_anova`;
/// R: `oneway.test(x ~ g)`.
public func welchANOVA(_ groups: [Moments]) -> HypothesisTest {
  let method = "Welch's analysis of variance"
  let used = groups.filter { $0.n > 1 }
  let n = total(used.map(\.n))
  guard used.count > 1, let first = used.first, used.allSatisfy({ ($0.variance ?? 0) > 0 }) else {
    return .undefined("welchANOVA", n: n, method: method)
  }
  let k = Double(used.count)
  let weights = used.map { Double($0.n) / ($0.variance ?? .nan) }
  let sum = compensatedSum(weights)
  let squares = weightedSquares(used.map { meanGap($0, first) }, weights: weights).squares
  let a = compensatedSum(
    zip(weights, used).map { w, g in (1 - w / sum) * (1 - w / sum) / Double(g.n - 1) })
  let tmp = a / (k * k - 1)
  let f = squares / (k - 1) / (1 + 2 * (k - 2) * tmp)
  let d2 = 1 / (3 * tmp)
  return HypothesisTest(
    "welchANOVA", statistic: f, degreesOfFreedom: [k - 1, d2], tail: FisherF.upper(f, k - 1, d2), n: n,
    method: method)
}

/// Are all group means equal, whatever the variances? The Brown-Forsythe test of means.
///
/// Formula: F* = Σnᵢ(x̄ᵢ − x̄)² / Σ(1 − nᵢ/N)sᵢ², both degrees of freedom by Satterthwaite, the first by
/// Mehrotra's correction. Not to be mistaken for the test of variances of the same name (`levene`).
/// Assumptions and gaps as `welchANOVA`, but a group without variance is allowed.
/// Source: M. B. Brown & A. B. Forsythe, Technometrics 16 (1974) 129–132; D. V. Mehrotra, Commun. Stat. 26 (1997).
/// Python: `statsmodels.stats.oneway.anova_oneway(groups, use_var="bf")`; R: `onewaytests::bf.test` (k − 1 there).
public func brownForsytheANOVA(_ groups: [Moments]) -> HypothesisTest {
  let method = "Brown-Forsythe test of means, Mehrotra's degrees of freedom"
  let used = groups.filter { $0.n > 1 }
  let count = total(used.map(\.n))
  guard used.count > 1, let first = used.first else {
    return .undefined("brownForsytheANOVA", n: count, method: method)
  }
  let n = Double(count)
  let sizes = used.map { Double($0.n) }
  let variances = used.map { $0.variance ?? .nan }
  let squares = weightedSquares(used.map { meanGap($0, first) }, weights: sizes).squares
  let terms = zip(sizes, variances).map { (1 - $0 / n) * $1 }
  let denominator = compensatedSum(terms)
  guard denominator > 0 else { return .undefined("brownForsytheANOVA", n: count, method: method) }
  let f = squares / denominator
  // Relative to the denominator, so that units cannot overflow.
  let d2 = 1 / compensatedSum(zip(terms, sizes).map { ($0 / denominator) * ($0 / denominator) / ($1 - 1) })
  let v = variances.map { $0 / denominator }
  let shared = compensatedSum(zip(sizes, v).map { $0 / n * $1 })
  let d1 = 1 / (compensatedSum(zip(sizes, v).map { (1 - 2 * $0 / n) * $1 * $1 }) + shared * shared)
  return HypothesisTest(
    "brownForsytheANOVA", statistic: f, degreesOfFreedom: [d1, d2], tail: FisherF.upper(f, d1, d2), n: count,
    method: method)
}
