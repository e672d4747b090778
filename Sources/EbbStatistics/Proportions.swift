import Glibc

/// In what range does the true share lie? Wilson's score interval for `successes` out of `n`.
///
/// Formula: the p for which |p̂ − p| = z √(p(1 − p)/n), with z the normal quantile of `level`.
/// Assumes independent clients. Stays within [0, 1] and behaves for small n and for 0 or n successes.
/// `nil` for n = 0 or counts that make no sense.
/// Source: E. B. Wilson, JASA 22 (1927) 209–212.
/// Python: `statsmodels.stats.proportion.proportion_confint(successes, n, 1 - level, "wilson")`;
/// R: `prop.test(successes, n, correct = FALSE)$conf.int`.
public func wilsonInterval(successes: Int, n: Int, level: Double = 0.95) -> Interval? {
  guard n > 0, successes >= 0, successes <= n, isProperShare(level) else { return nil }
  let low = wilsonLow(successes: Double(successes), n: Double(n), level: level)
  let high = 1 - wilsonLow(successes: Double(n - successes), n: Double(n), level: level)
  let estimate = Double(successes) / Double(n)
  return Interval(level: level, low: min(low, estimate), high: max(high, estimate))
}

/// The smaller root, in the form that loses no digits for small shares.
private func wilsonLow(successes: Double, n: Double, level: Double) -> Double {
  let z = Normal.critical(level: level)
  let p = successes / n
  let a = z * z / n
  let root = z * (p * (1 - p) / n + a / (4 * n)).squareRoot()
  return p == 0 ? 0 : p * p / (p + a / 2 + root)
}

/// A share of clients with its Wilson interval.
public struct Proportion: Sendable, Codable, Equatable {
  public let successes: Int
  public let n: Int
  /// successes / n; `nil` for n = 0.
  public let estimate: Double?
  public let interval: Interval?

  public init(successes: Int, n: Int, level: Double = 0.95) {
    self.successes = successes
    self.n = n
    estimate = n > 0 ? Double(successes) / Double(n) : nil
    interval = wilsonInterval(successes: successes, n: n, level: level)
  }
}

/// In what range does the difference of two shares, first − second, lie? Newcombe's hybrid score interval.
///
/// Formula: d − √((p₁ − l₁)² + (u₂ − p₂)²) … d + √((u₁ − p₁)² + (p₂ − l₂)²), l and u the Wilson bounds.
/// Assumes two independent samples. `nil` where either is empty.
/// Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
/// Python: `statsmodels.stats.proportion.confint_proportions_2indep(..., method="newcomb")`;
/// R: `DescTools::BinomDiffCI(..., method = "score")`.
public func newcombeInterval(
  successes1: Int, n1: Int, successes2: Int, n2: Int, level: Double = 0.95
) -> Interval? {
  guard let first = wilsonInterval(successes: successes1, n: n1, level: level),
    let second = wilsonInterval(successes: successes2, n: n2, level: level)
  else { return nil }
  let p1 = Double(successes1) / Double(n1)
  let p2 = Double(successes2) / Double(n2)
  let down = hypot(p1 - first.low, second.high - p2)
  let up = hypot(first.high - p1, p2 - second.low)
  return Interval.ifFinite(level: level, max(p1 - p2 - down, -1), min(p1 - p2 + up, 1))
}

/// The textbook (Wald) interval of a difference of shares, first − second: d ± z √(p₁q₁/n₁ + p₂q₂/n₂).
///
/// Too narrow for small counts; kept for comparison with reports that use it.
/// Python: `statsmodels.stats.proportion.confint_proportions_2indep(..., method="wald")`.
public func waldDifferenceInterval(
  successes1: Int, n1: Int, successes2: Int, n2: Int, level: Double = 0.95
) -> Interval? {
  guard let s = TwoShares(successes1, n1, successes2, n2), isProperShare(level) else { return nil }
  let half =
    Normal.critical(level: level) * (s.p1 * (1 - s.p1) / s.n1 + s.p2 * (1 - s.p2) / s.n2).squareRoot()
  return Interval.ifFinite(level: level, s.p1 - s.p2 - half, s.p1 - s.p2 + half)
}

/// Two checked shares; `nil` for empty samples or impossible counts.
struct TwoShares {
  let x1, n1, x2, n2: Double
  var p1: Double { x1 / n1 }
  var p2: Double { x2 / n2 }

  init?(_ successes1: Int, _ n1: Int, _ successes2: Int, _ n2: Int) {
    guard n1 > 0, n2 > 0, successes1 >= 0, successes2 >= 0, successes1 <= n1, successes2 <= n2 else {
      return nil
    }
    (x1, self.n1, x2, self.n2) = (Double(successes1), Double(n1), Double(successes2), Double(n2))
  }
}
