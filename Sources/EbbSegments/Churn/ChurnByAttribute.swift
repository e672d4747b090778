import EbbClients
import EbbEngine
public import EbbStatistics

/// Churn by the levels (bands) of one attribute, each against the whole and against the rest.
public struct ChurnByAttribute: Sendable, Codable, Equatable {
  public struct Level: Sendable, Codable, Equatable {
    /// As the table has it, a band in interval notation, "missing"; "pooled" for the small ones together.
    public let value: String
    public let low: Double?
    public let high: Double?
    /// How many levels are put together here, for the sake of privacy; 1 for a level of its own.
    public let levels: Int
    public let n: Int
    /// Of all clients.
    public let share: Double
    public let churned: Int
    /// The rate at which clients of this level leave.
    public let churn: Proportion
    /// Rate / overall rate.
    public let lift: Double?
    /// Rate − overall rate.
    public let difference: Double?
    /// What part of those who left is of this level: composition, not a rate.
    public let ofChurned: CompositionShare
    /// Against all other clients: `riskDifference relativeRisk oddsRatio`.
    public let againstRest: [EffectSize]
  }
  public let attribute: ComparisonAxis
  public let levels: [Level]

  /// The largest levels are shown; the others are together in "pooled".
  static let levelLimit = 100

  init?(
    _ grouping: Grouping, _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema,
    overall: Proportion,
    threshold: Int
  ) {
    guard let counts = ChurnCounts(answers, [grouping], sides) else { return nil }
    attribute = ComparisonAxis(grouping, schema: schema)
    let (allN, allChurned) = (overall.n, overall.successes)
    let pooling = PrivacyPooling(counts.n, threshold: threshold, limit: Self.levelLimit)
    func level(_ value: ComparisonValue?, _ cells: [Int]) -> Level {
      let n = cells.reduce(0) { $0 + counts.n[$1] }
      let churned = cells.reduce(0) { $0 + counts.churned[$1] }
      let rate = Proportion(successes: churned, n: n)
      let (rest, restChurned) = (allN - n, allChurned - churned)
      let against =
        rest > 0
        ? [
          riskDifference(successes1: churned, n1: n, successes2: restChurned, n2: rest),
          relativeRisk(successes1: churned, n1: n, successes2: restChurned, n2: rest),
          oddsRatio(successes1: churned, n1: n, successes2: restChurned, n2: rest),
        ] : []
      return Level(
        value: value?.value ?? "pooled", low: value?.low, high: value?.high, levels: cells.count, n: n,
        share: Double(n) / Double(max(1, allN)), churned: churned, churn: rate,
        lift: rate.estimate.flatMap { rate in overall.estimate.flatMap { $0 > 0 ? rate / $0 : nil } },
        difference: rate.estimate.flatMap { rate in overall.estimate.map { rate - $0 } },
        ofChurned: CompositionShare(having: churned, of: allChurned), againstRest: against)
    }
    var levels = pooling.shown.map { cell in
      level(ComparisonValue(counts.axes[0][cell], isFirst: cell == 0, of: grouping), [cell])
    }
    if !pooling.pooled.isEmpty { levels.append(level(nil, pooling.pooled)) }
    self.levels = levels
  }
}
