import EbbClients
import EbbEngine
import EbbStatistics

/// A comparison of churn that turns round once clients are compared within the levels of another attribute: what looked
/// like an effect was composition (Simpson's paradox).
public struct SimpsonReversal: Sendable, Codable, Equatable {
  public let attribute: ComparisonAxis
  public let first: String
  public let second: String
  /// Rate of the first − rate of the second, over all clients.
  public let raw: Double
  /// The attribute whose levels are held equal, and the difference then.
  public let within: ComparisonAxis
  public let adjusted: Double
  /// Levels with enough clients of both, and in how many of them the sign is the other one.
  public let strata: Int
  public let reversedStrata: Int

  static let roles: [Role] = [.products, .city, .activity, .gender, .card, .age]
  /// Clients of each side that a stratum needs.
  static let minimumClients = 30
  /// Differences nearer to 0 than this on either side are no reversal worth telling.
  static let minimumDifference = 0.005
  static let levelLimit = 12

  private static func plans(
    _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [[Grouping]] {
    let groupings = roles.compactMap { ChurnAttributes.grouping($0, schema, cuts, data: data) }
    return groupings.flatMap { first in
      groupings.filter { $0.column != first.column }.map { [first, $0] }
    }
  }

  static func questions(
    _ schema: ClientSchema, _ sides: Grouping, _ data: DataQuality, _ cuts: BandCuts
  ) -> Set<Question> {
    Set(plans(schema, data, cuts).map { ChurnCounts.question($0, sides) })
  }

  static func all(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [SimpsonReversal] {
    plans(schema, data, cuts).flatMap { plan -> [SimpsonReversal] in
      guard let counts = StratifiedChurn(plan, answers, sides), counts.groups.count <= levelLimit else {
        return []
      }
      var found: [SimpsonReversal] = []
      for first in counts.groups.indices where !counts.groups[first].isMissing {
        for second in counts.groups.indices.dropFirst(first + 1) where !counts.groups[second].isMissing {
          if let reversal = SimpsonReversal(first, second, counts, plan, schema) { found.append(reversal) }
        }
      }
      return found
    }
  }

  private init?(
    _ first: Int, _ second: Int, _ counts: StratifiedChurn, _ plan: [Grouping], _ schema: ClientSchema
  ) {
    func rate(_ group: Int, _ stratum: Int) -> Double {
      Double(counts.churned[group][stratum]) / Double(counts.n[group][stratum])
    }
    let shared = counts.weights.indices.filter {
      counts.n[first][$0] >= Self.minimumClients && counts.n[second][$0] >= Self.minimumClients
    }
    let (n1, n2) = (counts.n[first].reduce(0, +), counts.n[second].reduce(0, +))
    guard shared.count > 1, n1 > 0, n2 > 0 else { return nil }
    let raw =
      Double(counts.churned[first].reduce(0, +)) / Double(n1)
      - Double(counts.churned[second].reduce(0, +)) / Double(n2)
    let weight = shared.reduce(0) { $0 + counts.weights[$1] }
    let differences = shared.map { rate(first, $0) - rate(second, $0) }
    let adjusted = zip(shared, differences).reduce(0) { $0 + counts.weights[$1.0] / weight * $1.1 }
    guard raw * adjusted < 0, abs(raw) >= Self.minimumDifference, abs(adjusted) >= Self.minimumDifference
    else {
      return nil
    }
    attribute = ComparisonAxis(plan[0], schema: schema)
    self.first = ComparisonValue(counts.groups[first], isFirst: first == 0, of: plan[0]).value
    self.second = ComparisonValue(counts.groups[second], isFirst: second == 0, of: plan[0]).value
    self.raw = raw
    within = ComparisonAxis(plan[1], schema: schema)
    self.adjusted = adjusted
    strata = shared.count
    reversedStrata = differences.count { $0 * raw < 0 }
  }
}
