public import EbbStatistics

/// Two one-sided tests: is the difference within ± bound?
public struct ComparisonEquivalence: Sendable, Codable, Equatable {
  /// In pooled standard deviations.
  public let bound: Double
  /// H₀: difference ≤ −bound.
  public let pValueLower: Double?
  /// H₀: difference ≥ bound.
  public let pValueUpper: Double?
  /// The larger of the two.
  public let pValue: Double?
  /// Over all pairs.
  public let pValueHolm: Double?
  /// Rank-biserial effect with its (1 − 2α) interval, and the same bound on its scale:
  /// 2Φ(bound/√2) − 1 for two normal variables.
  public let rankEffect: EffectSize?
  public let rankBound: Double
  /// By the measure of effect that belongs to the deciding test.
  public let within: Bool?

  /// `level` of `options` gives the (1 − 2α) interval its width.
  init(
    _ test: EquivalenceResult, holm: Double?, ranks: PairRanks?, byRanks: Bool,
    _ options: ComparisonOptions
  ) {
    bound = options.bound
    pValueLower = test.pValueLower
    pValueUpper = test.pValueUpper
    pValue = test.pValue
    pValueHolm = holm
    rankEffect = ranks.map { rankBiserial($0, level: 1 - 2 * options.alpha) }
    rankBound = rankBiserialOfNormals(d: options.bound)
    let byMeans = holm.map { $0 < options.alpha }
    if byRanks {
      let interval = rankEffect?.interval
      let limit = rankBound
      let inside = interval.map { $0.low > -limit && $0.high < limit }
      within = inside == false ? false : (byMeans == nil ? nil : inside.map { $0 && byMeans! })
    } else {
      within = byMeans
    }
  }
}
