/// Which test decides, and why that one.
///
/// Two groups: Welch's t, or Mann-Whitney. More: Welch's ANOVA, or Kruskal-Wallis. Welch by default, because it costs
/// next to nothing where variances are equal and does not hang on a test made beforehand
/// (Delacre, Lakens, Leys 2017, doi 10.5334/irsp.82).
public struct ComparisonChoice: Sendable, Codable, Equatable {
  public enum Reason: String, Sendable, Codable, Equatable, CaseIterable {
    /// Fewer than two groups with two values each: nothing to test.
    case tooFewGroups
    /// Every value is the same.
    case noVariation
    /// A group whose values are all the same: Welch cannot weigh it, ranks can.
    case groupWithoutVariation
    /// Normality is rejected in a group too small for its skewness (n < 25 × skewness², or n < 30).
    case shapeTooFarForMeans
    /// Brown-Forsythe rejects equal variances, so Student and the classic ANOVA would mislead.
    case unequalVariances
    /// Nothing speaks against means; Welch holds whether variances are equal or not.
    case welchByDefault
  }
  /// `welchT`, `mannWhitneyU`, `welchANOVA`, `kruskalWallis`; `nil` where nothing can be tested.
  public let test: String?
  public let reason: Reason

  /// `true`: ranks decide, not means.
  public var byRanks: Bool { test == "mannWhitneyU" || test == "kruskalWallis" }

  init(groupCount: Int, varied: Bool, assumptions: ComparisonAssumptions) {
    let means = groupCount == 2 ? "welchT" : "welchANOVA"
    let ranks = groupCount == 2 ? "mannWhitneyU" : "kruskalWallis"
    if groupCount < 2 {
      (test, reason) = (nil, .tooFewGroups)
    } else if !varied {
      (test, reason) = (nil, .noVariation)
    } else if assumptions.constantGroups > 0 {
      (test, reason) = (ranks, .groupWithoutVariation)
    } else if !assumptions.fitForMeans {
      (test, reason) = (ranks, .shapeTooFarForMeans)
    } else if assumptions.equalVariancesRejected == true {
      (test, reason) = (means, .unequalVariances)
    } else {
      (test, reason) = (means, .welchByDefault)
    }
  }
}
