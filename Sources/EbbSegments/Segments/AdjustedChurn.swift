import EbbClients
import EbbEngine
public import EbbStatistics

/// A group's churn as it is, and as it would be had the group everybody's composition.
///
/// Direct standardisation: the group's rate in every stratum, weighted by the stratum's share of all clients. Strata in
/// which the group has no clients are left out and the weights of the others brought to sum 1; `coverage` tells how much
/// of the bank is left. Composition is thereby taken out; what is not among the strata is not.
public struct AdjustedChurn: Sendable, Codable, Equatable {
  public let attribute: ComparisonAxis
  public let value: String
  public let n: Int
  public let churned: Int
  public let raw: Proportion
  public let adjusted: StandardizedRate
  /// adjusted − raw.
  public let shift: Double?
  /// The attributes held equal.
  public let by: [ComparisonAxis]

  /// Attribute, and what is held equal: the first of the questions' groupings, and the others.
  private static func plan(
    _ role: Role, _ others: [Role], _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [Grouping]? {
    guard let first = ChurnAttributes.grouping(role, schema, cuts, data: data),
      case .levels = first.cells
    else { return nil }
    let held = others.compactMap { ChurnAttributes.grouping($0, schema, cuts, data: data) }
    return held.isEmpty ? nil : [first] + held
  }

  static func productPlan(_ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts) -> [Grouping]? {
    plan(.products, [.age, .city, .activity], schema, data, cuts)
  }

  static func cityPlan(_ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts) -> [Grouping]? {
    plan(.city, [.age, .products, .activity], schema, data, cuts)
  }

  static func questions(
    _ schema: ClientSchema, _ sides: Grouping, _ data: DataQuality, _ cuts: BandCuts
  ) -> Set<Question> {
    Set(
      [productPlan(schema, data, cuts), cityPlan(schema, data, cuts)].compactMap { plan in
        plan.map { ChurnCounts.question($0, sides) }
      })
  }

  static func products(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts,
    threshold: Int
  ) -> [AdjustedChurn] {
    productPlan(schema, data, cuts).map { all($0, answers, sides, schema, threshold: threshold) } ?? []
  }

  static func cities(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts,
    threshold: Int
  ) -> [AdjustedChurn] {
    cityPlan(schema, data, cuts).map { all($0, answers, sides, schema, threshold: threshold) } ?? []
  }

  private static func all(
    _ plan: [Grouping], _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, threshold: Int
  ) -> [AdjustedChurn] {
    guard let counts = StratifiedChurn(plan, answers, sides) else { return [] }
    return counts.groups.indices.compactMap { group in
      let (n, churned) = (counts.n[group].reduce(0, +), counts.churned[group].reduce(0, +))
      guard n >= threshold, !counts.groups[group].isMissing else { return nil }
      let raw = Proportion(successes: churned, n: n)
      let adjusted = standardizedRate(
        counts.weights.indices.map {
          Stratum(successes: counts.churned[group][$0], n: counts.n[group][$0], weight: counts.weights[$0])
        })
      return AdjustedChurn(
        attribute: ComparisonAxis(plan[0], schema: schema),
        value: ComparisonValue(counts.groups[group], of: plan[0]).value, n: n, churned: churned, raw: raw,
        adjusted: adjusted, shift: adjusted.estimate.flatMap { a in raw.estimate.map { a - $0 } },
        by: plan.dropFirst().map { ComparisonAxis($0, schema: schema) })
    }
  }
}

/// Clients and leavers by group and stratum.
struct StratifiedChurn {
  let groups: [Level]
  /// By group, then stratum.
  let n: [[Int]]
  let churned: [[Int]]
  /// Clients of all groups in each stratum.
  let weights: [Double]

  /// The first grouping makes the groups, the others the strata.
  init?(_ plan: [Grouping], _ answers: Answers, _ sides: ChurnSides) {
    guard let counts = ChurnCounts(answers, plan, sides), let groups = counts.axes.first, !groups.isEmpty
    else {
      return nil
    }
    let strata = counts.n.count / groups.count
    self.groups = groups
    n = groups.indices.map { Array(counts.n[$0 * strata..<($0 + 1) * strata]) }
    churned = groups.indices.map { Array(counts.churned[$0 * strata..<($0 + 1) * strata]) }
    let rows = n
    weights = (0..<strata).map { stratum in Double(rows.reduce(0) { $0 + $1[stratum] }) }
  }
}
