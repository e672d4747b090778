/// What a comparison ends with. A large p-value alone never says "equal": *equivalent* has to be shown, by two
/// one-sided tests against a stated bound.
///
/// | significant | within the bound | verdict |
/// |---|---|---|
/// | yes | no, or not known | `differ` |
/// | yes | yes | `differNegligibly` |
/// | no | yes | `equivalent` |
/// | no | no, or not known | `undecided` |
///
/// *Significant*: the chosen test's p, Holm-adjusted over the hypotheses declared together, is below α.
/// *Within the bound*: every pair of groups passes two one-sided tests (TOST) at α, Holm-adjusted over the pairs.
/// For two groups that is the same as: the (1 − 2α) interval of the difference lies inside the bound.
/// Where a rank test was chosen, the interval of the rank-biserial effect has to lie inside the same bound too.
///
/// Source: Lakens, Scheel, Isager (2018), Equivalence testing for psychological research, AMPPS 1(2).
/// In R: `TOSTER::t_TOST`; in Python: `statsmodels.stats.weightstats.ttost_ind`.
public enum Verdict: String, Sendable, Codable, Hashable, CaseIterable {
  /// A difference is shown, and nothing shows that it is negligible.
  case differ
  /// A difference is shown, and so is that it lies within the bound.
  case differNegligibly
  /// No difference is shown, and it is shown that any lies within the bound.
  case equivalent
  /// The data show neither.
  case undecided

  /// The rule above; `nil` stands for a test that is not defined on these data.
  public init(significant: Bool?, withinBound: Bool?) {
    switch (significant ?? false, withinBound ?? false) {
    case (true, true): self = .differNegligibly
    case (true, false): self = .differ
    case (false, true): self = .equivalent
    case (false, false): self = .undecided
    }
  }
}

/// How a verdict came about: both halves of the rule with their figures.
public struct Decision: Sendable, Codable, Equatable {
  /// What the equivalence bound is stated in.
  public enum Bound: String, Sendable, Codable, Equatable {
    /// Difference of means in pooled standard deviations.
    case cohensD
    /// Difference of shares on the arcsine scale: 2·asin√p₁ − 2·asin√p₂ (0.2 is 8 to 10 percentage points at middling
    /// shares).
    case cohensH
  }

  /// The test that decides; `nil` where none is defined.
  public let test: String?
  public let pValue: Double?
  /// Holm over `family` hypotheses; equals `pValue` for a hypothesis asked alone.
  public let pValueAdjusted: Double?
  /// How many hypotheses were declared together.
  public let family: Int
  public let alpha: Double
  public let significant: Bool?
  public let bound: Bound
  public let boundValue: Double
  /// The largest of the pairs' Holm-adjusted TOST p-values.
  public let equivalencePValue: Double?
  public let withinBound: Bool?
  public let verdict: Verdict

  public init(
    test: String?, pValue: Double?, pValueAdjusted: Double?, family: Int, alpha: Double,
    bound: Bound, boundValue: Double, equivalencePValue: Double?, withinBound: Bool?
  ) {
    self.test = test
    self.pValue = pValue
    self.pValueAdjusted = pValueAdjusted
    self.family = family
    self.alpha = alpha
    self.significant = pValueAdjusted.map { $0 < alpha }
    self.bound = bound
    self.boundValue = boundValue
    self.equivalencePValue = equivalencePValue
    self.withinBound = withinBound
    self.verdict = Verdict(significant: self.significant, withinBound: withinBound)
  }

  /// The same decision when the hypothesis belongs to a family corrected together.
  public func adjusted(to pValueAdjusted: Double?, family: Int) -> Decision {
    Decision(
      test: test, pValue: pValue, pValueAdjusted: pValueAdjusted, family: family, alpha: alpha,
      bound: bound, boundValue: boundValue, equivalencePValue: equivalencePValue,
      withinBound: withinBound)
  }
}
