import EbbClients
import EbbEngine
public import EbbStatistics

/// Why one city loses more clients than another (or than the rest): because alike clients leave more often there, or
/// because other clients live there. Kitagawa's decomposition over products, age and activity; rate + mix = difference.
public struct CityDifference: Sendable, Codable, Equatable {
  public let first: String
  /// `nil`: all other cities together.
  public let second: String?
  public let firstChurn: Proportion
  public let secondChurn: Proportion
  /// first − second, Newcombe's interval.
  public let difference: EffectSize
  /// Part of the difference from unlike rates of alike clients.
  public let rate: Double
  /// Part from unlike composition.
  public let mix: Double
  /// Part of the two sides' clients who have somebody alike on the other side. The others' strata count wholly as mix.
  public let overlap: Double
  public let by: [ComparisonAxis]

  /// Cities compared at most; the largest.
  static let cityLimit = 50
  /// Up to this many cities are compared with each other too.
  static let pairLimit = 8

  static func all(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts,
    threshold: Int
  ) -> [CityDifference] {
    guard let plan = AdjustedChurn.cityPlan(schema, data, cuts),
      let counts = StratifiedChurn(plan, answers, sides)
    else { return [] }
    let by = plan.dropFirst().map { ComparisonAxis($0, schema: schema) }
    let cities = counts.largest(cityLimit, threshold: threshold)
    func name(_ city: Int) -> String { ComparisonValue(counts.groups[city], of: plan[0]).value }
    func strata(_ city: Int) -> Strata { zip(counts.churned[city], counts.n[city]).map { ($0, $1) } }
    let known = counts.groups.indices.filter { !counts.groups[$0].isMissing }
    let whole = counts.weights.indices.map { stratum in
      known.reduce((successes: 0, n: 0)) {
        ($0.successes + counts.churned[$1][stratum], $0.n + counts.n[$1][stratum])
      }
    }
    var found = cities.compactMap { city -> CityDifference? in
      let own = strata(city)
      let rest = zip(whole, own).map { (successes: $0.successes - $1.successes, n: $0.n - $1.n) }
      guard rest.reduce(0, { $0 + $1.n }) >= threshold else { return nil }
      return CityDifference(name(city), own, nil, rest, by)
    }
    if cities.count <= pairLimit {
      for (index, first) in cities.enumerated() {
        for second in cities.dropFirst(index + 1) {
          if let pair = CityDifference(name(first), strata(first), name(second), strata(second), by) {
            found.append(pair)
          }
        }
      }
    }
    return found
  }

  private typealias Strata = [(successes: Int, n: Int)]

  private init?(_ first: String, _ a: Strata, _ second: String?, _ b: Strata, _ by: [ComparisonAxis]) {
    func churn(_ strata: Strata) -> Proportion {
      Proportion(
        successes: strata.reduce(0) { $0 + $1.successes }, n: strata.reduce(0) { $0 + $1.n })
    }
    let (p, q) = (churn(a), churn(b))
    guard let split = rateMixDecomposition(first: a, second: b), p.n > 0, q.n > 0 else { return nil }
    self.first = first
    self.second = second
    firstChurn = p
    secondChurn = q
    difference = riskDifference(successes1: p.successes, n1: p.n, successes2: q.successes, n2: q.n)
    rate = split.rate
    mix = split.mix
    let alike = zip(a, b).reduce(0) { $0 + ($1.0.n > 0 && $1.1.n > 0 ? $1.0.n + $1.1.n : 0) }
    overlap = Double(alike) / Double(p.n + q.n)
    self.by = by
  }
}
