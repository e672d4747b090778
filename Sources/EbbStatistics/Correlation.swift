/// Is there a linear association? The t test of Pearson's correlation, two-sided; the statistic is r itself.
///
/// Formula: t = r √((n − 2)/((1 − r)(1 + r))), n − 2 df. Assumes near-normal pairs or many of them.
/// Undefined below three pairs. Python: `scipy.stats.pearsonr(x, y)`; R: `cor.test(x, y)`.
public func pearsonTest(r: Double?, n: Int) -> HypothesisTest {
  correlationTest("pearson", r: r, n: n, method: "Pearson correlation, t test")
}

/// Is there a monotone association? The t approximation for Spearman's rank correlation, two-sided.
///
/// Formula as `pearsonTest`, on mid-ranks; good from about ten pairs.
/// Python: `scipy.stats.spearmanr(x, y)`; R: `cor.test(x, y, method = "spearman", exact = FALSE)`.
public func spearmanTest(r: Double?, n: Int) -> HypothesisTest {
  correlationTest("spearman", r: r, n: n, method: "Spearman rank correlation, t approximation")
}

private func correlationTest(_ name: String, r: Double?, n: Int, method: String) -> HypothesisTest {
  guard let r, n > 2, abs(r) <= 1 + 1e-12 else { return .undefined(name, n: n, method: method) }
  let df = Double(n - 2)
  let bounded = min(max(r, -1), 1)
  // A perfect correlation leaves no tail at all.
  let tail =
    abs(bounded) == 1
    ? Tail(0, log: nil)
    : StudentT.twoSided(bounded * (df / ((1 - bounded) * (1 + bounded))).squareRoot(), df: df)
  return HypothesisTest(name, statistic: bounded, degreesOfFreedom: [df], tail: tail, n: n, method: method)
}
