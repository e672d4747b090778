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

  /// Groups compared at most; the largest.
  static let groupLimit = 50

  /// Attribute, and what is held equal: the first of the questions' groupings, and the others. What would make too many
  /// cells is not held equal, and `by` does not name it.
  private static func plan(
    _ role: Role, _ others: [Role], _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [Grouping]? {
    guard let sides = schema.column(.churn).map({ Grouping($0) }),
      let first = ChurnAttributes.grouping(role, schema, cuts, data: data), case .levels = first.cells
    else { return nil }
    var plan = [first]
    for role in others {
      if let held = ChurnAttributes.grouping(role, schema, cuts, data: data),
        CellBudget.fits(plan + [held, sides], schema)
      {
        plan.append(held)
      }
    }
    return plan.count > 1 ? plan : nil
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
    return counts.largest(groupLimit, threshold: threshold).map { group in
      let (n, churned) = (counts.n[group].reduce(0, +), counts.churned[group].reduce(0, +))
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
