/// In what range does the mean lie? x̄ ± t s/√n, t with n − 1 degrees of freedom.
///
/// Unit: the column's. Assumes independent values, near normal or many. `nil` below two values.
/// Python: `scipy.stats.t.interval(level, n - 1, mean, s / sqrt(n))`; R: `t.test(x)$conf.int`.
public func meanInterval(_ m: Moments, level: Double = 0.95) -> Interval? {
  guard m.n > 1, isProperShare(level), let mean = m.mean, m.m2 >= 0 else { return nil }
  let se = (m.m2 / Double(m.n - 1) / Double(m.n)).squareRoot()
  let half = StudentT.critical(level: level, df: Double(m.n - 1)) * se
  return Interval.ifFinite(level: level, mean - half, mean + half)
}

/// Are two means equal? Student's t test with pooled variance, two-sided; the sign is first − second.
///
/// Formula: t = (x̄₁ − x̄₂) / √(s²(1/n₁ + 1/n₂)), s² = (Σ₁ + Σ₂)/(n₁ + n₂ − 2), df = n₁ + n₂ − 2.
/// Assumes independent samples, near normal or large, equal variances. Undefined without variance.
/// Python: `scipy.stats.ttest_ind(a, b)`; R: `t.test(a, b, var.equal = TRUE)`.
public func studentT(_ a: Moments, _ b: Moments) -> HypothesisTest {
  let method = "two-sample t test, pooled variance"
  guard let c = MeanComparison(a, b, equalVariances: true) else {
    return .undefined("studentT", n: total([a.n, b.n]), method: method)
  }
  return HypothesisTest(
    "studentT", statistic: c.t, degreesOfFreedom: [c.df], tail: StudentT.twoSided(c.t, df: c.df),
    n: total([a.n, b.n]), method: method)
}

/// Are two means equal, whatever the variances? Welch's t test, two-sided; the sign is first − second.
///
/// Formula: t = (x̄₁ − x̄₂) / √(s₁²/n₁ + s₂²/n₂), df by Welch-Satterthwaite.
/// Assumes independent samples, near normal or large. Undefined below two values in either or without variance.
/// Source: B. L. Welch, Biometrika 34 (1947) 28–35.
/// Python: `scipy.stats.ttest_ind(a, b, equal_var=False)`; R: `t.test(a, b)`.
public func welchT(_ a: Moments, _ b: Moments) -> HypothesisTest {
  let method = "Welch's two-sample t test"
  guard let c = MeanComparison(a, b, equalVariances: false) else {
    return .undefined("welchT", n: total([a.n, b.n]), method: method)
  }
  return HypothesisTest(
    "welchT", statistic: c.t, degreesOfFreedom: [c.df], tail: StudentT.twoSided(c.t, df: c.df),
    n: total([a.n, b.n]), method: method)
}

/// By how much do two means differ, first − second? With the interval of Welch's (or Student's) t.
///
/// Unit: the column's. Assumptions as `welchT` (`equalVariances: false`) or `studentT`.
/// Python: `scipy.stats.ttest_ind(a, b, equal_var=False).confidence_interval(level)`; R: `t.test(a, b)$conf.int`.
public func meanDifference(
  _ a: Moments, _ b: Moments, level: Double = 0.95, equalVariances: Bool = false
) -> EffectSize {
  let method = equalVariances ? "x1 - x2, pooled t interval" : "x1 - x2, Welch t interval"
  guard a.n > 0, b.n > 0 else {
    return EffectSize(name: "meanDifference", estimate: nil, interval: nil, method: method)
  }
  let interval = MeanComparison(a, b, equalVariances: equalVariances).flatMap { $0.interval(level: level) }
  return EffectSize(name: "meanDifference", estimate: meanGap(a, b), interval: interval, method: method)
}

/// Difference of two means with its standard error and degrees of freedom.
struct MeanComparison {
  let difference: Double
  let standardError: Double
  let df: Double
  var t: Double { difference / standardError }

  /// `nil` with too few values or without variance.
  init?(_ a: Moments, _ b: Moments, equalVariances: Bool) {
    guard a.n > 0, b.n > 0 else { return nil }
    let n1 = Double(a.n)
    let n2 = Double(b.n)
    difference = meanGap(a, b)
    if equalVariances {
      df = n1 + n2 - 2
      guard df > 0 else { return nil }
      standardError = ((a.m2 + b.m2) / df * (1 / n1 + 1 / n2)).squareRoot()
    } else {
      guard let v1 = a.variance, let v2 = b.variance else { return nil }
      let e1 = v1 / n1
      let e2 = v2 / n2
      standardError = (e1 + e2).squareRoot()
      // By shares of the error, so that tiny and huge units cannot underflow or overflow.
      let share1 = e1 / (e1 + e2)
      let share2 = e2 / (e1 + e2)
      df = 1 / (share1 * share1 / (n1 - 1) + share2 * share2 / (n2 - 1))
    }
    guard standardError > 0, standardError.isFinite, difference.isFinite, df.isFinite else { return nil }
  }

  func interval(level: Double) -> Interval? {
    guard isProperShare(level) else { return nil }
    let half = StudentT.critical(level: level, df: df) * standardError
    return Interval.ifFinite(level: level, difference - half, difference + half)
  }
}
