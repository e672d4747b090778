/// Do counts fall into categories in the expected proportions? Pearson's χ² of goodness of fit.
///
/// Formula: χ² = Σ(O − E)²/E with E = n · wᵢ/Σw, k − 1 df. `weights` need not add up to 1.
/// Assumes independent clients and expected counts of about 5. Undefined for fewer than two categories, no clients, or a
/// weight that is not positive.
/// Source: K. Pearson 1900. Python: `scipy.stats.chisquare(observed, expected)`; R: `chisq.test(observed, p = weights,
/// rescale.p = TRUE)`.
public func chiSquaredGoodnessOfFit(_ observed: [Int], weights: [Double]) -> HypothesisTest {
  let name = "chiSquaredGoodnessOfFit"
  let method = "Pearson's chi-squared, goodness of fit"
  let n = total(observed)
  let whole = compensatedSum(weights)
  guard observed.count > 1, observed.count == weights.count, n > 0, n < 1 << 52,
    observed.allSatisfy({ $0 >= 0 }), weights.allSatisfy({ $0 > 0 && $0.isFinite }), whole.isFinite
  else { return .undefined(name, n: n, method: method) }
  let terms = zip(observed, weights).map { count, weight -> Double in
    let expected = Double(n) * (weight / whole)
    let gap = Double(count) - expected
    return gap * gap / expected
  }
  let statistic = compensatedSum(terms)
  let df = Double(observed.count - 1)
  return HypothesisTest(
    name, statistic: statistic, degreesOfFreedom: [df], tail: ChiSquared.upper(statistic, df: df), n: n,
    method: method)
}
