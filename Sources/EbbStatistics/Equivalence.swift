/// Are two means equal for all practical purposes?
public struct EquivalenceResult: Sendable, Codable, Equatable {
  /// The stated bound in standard deviations, and in the unit of the values (times the pooled deviation).
  public let boundD: Double
  public let bound: Double?
  /// First − second.
  public let difference: Double?
  /// p of "the difference is above −bound" and of "it is below +bound", each one-sided.
  public let pValueLower: Double?
  public let pValueUpper: Double?
  /// The larger of the two: the p-value of equivalence.
  public let pValue: Double?
  /// The (1 − 2α) interval of the difference: within ±bound means equivalent.
  public let interval: Interval?
  /// α: 1 − level.
  public let alpha: Double
  /// pValue < α; `nil` where undefined.
  public let equivalent: Bool?
  public let degreesOfFreedom: Double?
  public let method: String

  public init(
    boundD: Double, bound: Double?, difference: Double?, pValueLower: Double?, pValueUpper: Double?,
    pValue: Double?, interval: Interval?, alpha: Double, equivalent: Bool?, degreesOfFreedom: Double?,
    method: String
  ) {
    self.boundD = boundD
    self.bound = bound
    self.difference = difference
    self.pValueLower = pValueLower
    self.pValueUpper = pValueUpper
    self.pValue = pValue
    self.interval = interval
    self.alpha = alpha
    self.equivalent = equivalent
    self.degreesOfFreedom = degreesOfFreedom
    self.method = method
  }
}

/// Is the difference of two means too small to matter? Two one-sided t tests (TOST) against a stated bound.
///
/// Formulas: bound = boundD · pooled standard deviation; t₁ = (d + bound)/se, t₂ = (d − bound)/se with Welch's se and
/// degrees of freedom (pooled with `equalVariances`); p = max(P(T > t₁), P(T < t₂)); equivalent where p < α = 1 − level,
/// which is where the (1 − 2α) interval lies within ±bound. The bound must be chosen before looking.
/// Assumes independent samples, near normal or large. Undefined without variance.
/// Source: D. J. Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987) 657–680; D. Lakens, Social Psychological
/// and Personality Science 8 (2017). Python: `statsmodels.stats.weightstats.ttost_ind(a, b, -bound, bound,
/// usevar="unequal")`; R: `TOSTER::tsum_TOST`.
public func equivalenceTOST(
  _ a: Moments, _ b: Moments, boundD: Double = 0.2, level: Double = 0.95, equalVariances: Bool = false
) -> EquivalenceResult {
  let method = equalVariances ? "two one-sided pooled t tests" : "two one-sided Welch t tests"
  let alpha = 1 - level
  let pooledDF = Double(a.n) + Double(b.n) - 2
  guard boundD > 0, boundD.isFinite, isProperShare(level), pooledDF > 0,
    let c = MeanComparison(a, b, equalVariances: equalVariances)
  else {
    return EquivalenceResult(
      boundD: boundD.isFinite ? boundD : 0, bound: nil, difference: nil, pValueLower: nil, pValueUpper: nil,
      pValue: nil, interval: nil, alpha: alpha.isFinite ? alpha : 0, equivalent: nil, degreesOfFreedom: nil,
      method: method)
  }
  let bound = boundD * ((a.m2 + b.m2) / pooledDF).squareRoot()
  let lower = StudentT.upper((c.difference + bound) / c.standardError, df: c.df)?.probability
  let upper = StudentT.upper((bound - c.difference) / c.standardError, df: c.df)?.probability
  let p = lower.flatMap { l in upper.map { max(l, $0) } }
  return EquivalenceResult(
    boundD: boundD, bound: bound.ifFinite, difference: c.difference, pValueLower: lower, pValueUpper: upper,
    pValue: p, interval: alpha < 0.5 ? c.interval(level: 1 - 2 * alpha) : nil, alpha: alpha,
    equivalent: p.map { $0 < alpha }, degreesOfFreedom: c.df, method: method)
}
