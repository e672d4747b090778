import EbbClients
import EbbEngine
public import EbbStatistics

/// A comparison of churn that turns round once clients are compared within the levels of another attribute: what looked
/// like an effect was composition (Simpson's paradox).
///
/// Two groups are compared in the levels that have enough clients of both. `raw` is the difference over all clients there,
/// `adjusted` the differences level by level, weighted by all clients of the level. A reversal: the two have opposite
/// signs, and each is at least `minimumDifference`. Source: E. H. Simpson, JRSS B 13 (1951) 238–241.
public struct SimpsonReversal: Sendable, Codable, Equatable {
  /// One level of the attribute held equal.
  public struct Level: Sendable, Codable, Equatable {
    public let value: String
    public let first: Proportion
    public let second: Proportion
  }
  public let attribute: ComparisonAxis
  public let first: String
  public let second: String
  /// Rate of the first − rate of the second, over all clients of the levels compared; Newcombe's interval.
  public let raw: Double
  public let rawInterval: Interval?
  /// The attribute whose levels are held equal, and the difference then; interval by MOVER from Newcombe's of each level.
  public let within: ComparisonAxis
  public let adjusted: Double
  public let adjustedInterval: Interval?
  /// Neither interval reaches 0: chance alone would hardly make this.
  public let isEstablished: Bool
  /// Levels with enough clients of both, and in how many of them the sign is the other one.
  public let strata: Int
  public let reversedStrata: Int
  public let levels: [Level]

  static let roles: [Role] = [.products, .city, .activity, .gender, .card, .age]
  /// Clients of each side that a stratum needs.
  static let minimumClients = 30
  /// Differences nearer to 0 than this on either side are no reversal worth telling.
  static let minimumDifference = 0.005
  /// Attributes with more levels are not compared.
  static let levelLimit = 12
  static let limit = 100

  private static func plans(
    _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [[Grouping]] {
    let groupings = roles.compactMap { ChurnAttributes.grouping($0, schema, cuts, data: data) }
    return groupings.flatMap { first in
      CellBudget.cells([first], schema) > levelLimit + 1
        ? [] : groupings.filter { $0.column != first.column }.map { [first, $0] }
    }.filter { CellBudget.fits($0, schema) }
  }

  static func questions(
    _ schema: ClientSchema, _ sides: Grouping, _ data: DataQuality, _ cuts: BandCuts
  ) -> Set<Question> {
    Set(plans(schema, data, cuts).map { ChurnCounts.question($0, sides) })
  }

  /// The largest first: by the smaller of the two differences.
  static func all(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [SimpsonReversal] {
    let found = plans(schema, data, cuts).flatMap { plan -> [SimpsonReversal] in
      guard let counts = StratifiedChurn(plan, answers, sides) else { return [] }
      let known = counts.groups.indices.filter { !counts.groups[$0].isMissing }
      return known.flatMap { first in
        known.filter { $0 > first }.compactMap { SimpsonReversal(first, $0, counts, plan, schema) }
      }
    }
    func size(_ reversal: SimpsonReversal) -> Double { min(abs(reversal.raw), abs(reversal.adjusted)) }
    return found.enumerated().sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }
      .prefix(limit).map(\.element)
  }

  private init?(
    _ first: Int, _ second: Int, _ counts: StratifiedChurn, _ plan: [Grouping], _ schema: ClientSchema
  ) {
    func churn(_ group: Int, _ strata: [Int]) -> Proportion {
      Proportion(
        successes: strata.reduce(0) { $0 + counts.churned[group][$1] },
        n: strata.reduce(0) { $0 + counts.n[group][$1] })
    }
    let shared = counts.weights.indices.filter {
      counts.n[first][$0] >= Self.minimumClients && counts.n[second][$0] >= Self.minimumClients
    }
    let (p, q) = (churn(first, shared), churn(second, shared))
    guard shared.count > 1, let p1 = p.estimate, let p2 = q.estimate else { return nil }
    let weight = shared.reduce(0) { $0 + counts.weights[$1] }
    let cells = shared.map { (first: churn(first, [$0]), second: churn(second, [$0])) }
    let differences = cells.map { ($0.first.estimate ?? 0) - ($0.second.estimate ?? 0) }
    let adjusted = zip(shared, differences).reduce(0) { $0 + counts.weights[$1.0] / weight * $1.1 }
    let raw = p1 - p2
    guard raw * adjusted < 0, min(abs(raw), abs(adjusted)) >= Self.minimumDifference else { return nil }
    var (down, up) = (0.0, 0.0)
    for (index, cell) in cells.enumerated() {
      guard
        let interval = newcombeInterval(
          successes1: cell.first.successes, n1: cell.first.n, successes2: cell.second.successes,
          n2: cell.second.n)
      else { continue }
      let w = counts.weights[shared[index]] / weight
      down += w * w * (differences[index] - interval.low) * (differences[index] - interval.low)
      up += w * w * (interval.high - differences[index]) * (interval.high - differences[index])
    }
    attribute = ComparisonAxis(plan[0], schema: schema)
    self.first = ComparisonValue(counts.groups[first], isFirst: first == 0, of: plan[0]).value
    self.second = ComparisonValue(counts.groups[second], isFirst: second == 0, of: plan[0]).value
    self.raw = raw
    let rawInterval = newcombeInterval(successes1: p.successes, n1: p.n, successes2: q.successes, n2: q.n)
    let adjustedInterval = Interval(
      level: 0.95, low: adjusted - down.squareRoot(), high: adjusted + up.squareRoot())
    self.rawInterval = rawInterval
    self.adjustedInterval = adjustedInterval
    isEstablished = [rawInterval, adjustedInterval].allSatisfy { interval in
      interval.map { $0.low > 0 || $0.high < 0 } ?? false
    }
    within = ComparisonAxis(plan[1], schema: schema)
    self.adjusted = adjusted
    strata = shared.count
    reversedStrata = differences.count { $0 * raw < 0 }
    levels = zip(shared, cells).map { stratum, cell in
      Level(
        value: ComparisonValue(counts.strata[stratum], isFirst: stratum == 0, of: plan[1]).value,
        first: cell.first, second: cell.second)
    }
  }
}
