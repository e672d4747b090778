/// Are two shares equal for all practical purposes? Two one-sided z tests on Cohen's scale against a stated bound.
///
/// Formulas: h = 2 arcsin √p₁ − 2 arcsin √p₂, se = √(1/n₁ + 1/n₂); p = max(P(Z > (h + bound)/se), P(Z < (h − bound)/se)).
/// The arcsine scale has (nearly) the same variance at every share, so that one bound serves rare and common categories;
/// h = 0.2 is 8 to 10 percentage points at middling shares, and as small as d = 0.2 for means (Cohen 1988).
/// `nil` for an empty group. R: `TOSTER::twoprop_test` does the same for the plain difference.
public func equivalenceOfShares(
  successes1: Int, n1: Int, successes2: Int, n2: Int, boundH: Double = 0.2
) -> Double? {
  guard n1 > 0, n2 > 0, boundH > 0, boundH.isFinite else { return nil }
  let (first, second) = (Double(n1), Double(n2))
  let h = cohensH(Double(successes1) / first, Double(successes2) / second)
  let error = (1 / first + 1 / second).squareRoot()
  return max(Normal.cdf(-(h + boundH) / error), Normal.cdf((h - boundH) / error)).ifFinite
}

/// The rank-biserial effect of two normal variables whose means lie `d` standard deviations apart: 2Φ(d/√2) − 1.
public func rankBiserialOfNormals(d: Double) -> Double { 2 * Normal.cdf(d / 2.0.squareRoot()) - 1 }
