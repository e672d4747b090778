public import EbbStatistics

/// The product groups that hold their clients best and worst.
///
/// Judged are groups of at least `minimumClients` with a known number of products. The two were picked for being the
/// extremes, so beside the plain p-value of two proportions stands one corrected for every pair that could have been
/// picked (Bonferroni). Python: `statsmodels.stats.proportion.proportions_ztest`.
public struct Stability: Sendable, Codable, Equatable {
  /// Smaller groups are not judged.
  public static let minimumClients = 30

  public let most: String
  public let least: String
  public let mostChurn: Proportion
  public let leastChurn: Proportion
  /// Rate of the least stable − rate of the most stable, Newcombe's interval.
  public let difference: EffectSize
  public let test: HypothesisTest
  /// `test`'s p-value × number of pairs of judged groups, at most 1.
  public let pValueBonferroni: Double?
  /// The two Wilson intervals do not meet.
  public let intervalsSeparate: Bool
  public let groupsJudged: Int
  public let minimumClients: Int
  /// Product groups too small to be judged.
  public let notJudged: [String]

  /// `nil` without two groups to judge, or where all have the same rate.
  init?(_ segments: [Segment]) {
    let known = segments.filter { !$0.isMissing && $0.groups == 1 }
    let judged = known.filter { $0.n >= Self.minimumClients }
    func rate(_ segment: Segment) -> Double { segment.churn.estimate ?? 0 }
    guard judged.count > 1, let most = judged.min(by: { rate($0) < rate($1) }),
      let least = judged.max(by: { rate($0) < rate($1) }), rate(most) < rate(least)
    else { return nil }
    self.most = most.values[0]
    self.least = least.values[0]
    mostChurn = most.churn
    leastChurn = least.churn
    difference = riskDifference(
      successes1: least.churned, n1: least.n, successes2: most.churned, n2: most.n)
    test = twoProportionZ(successes1: least.churned, n1: least.n, successes2: most.churned, n2: most.n)
    let pairs = Double(judged.count * (judged.count - 1) / 2)
    pValueBonferroni = test.pValue.map { min(1, $0 * pairs) }
    intervalsSeparate =
      switch (most.churn.interval, least.churn.interval) {
      case (let low?, let high?): low.high < high.low
      default: false
      }
    groupsJudged = judged.count
    minimumClients = Self.minimumClients
    notJudged = segments.filter { !$0.isMissing && $0.n < Self.minimumClients }.map { $0.values[0] }
  }
}
