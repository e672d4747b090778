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
  public let by: [ComparisonAxis]

  /// Up to this many cities are compared with each other too.
  static let pairLimit = 8

  static func all(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts,
    threshold: Int
  ) -> [CityDifference] {
    guard let plan = AdjustedChurn.cityPlan(schema, data, cuts),
      let counts = StratifiedChurn(plan, answers, sides)
    else { return [] }
    let cities = counts.groups.indices.filter {
      !counts.groups[$0].isMissing && counts.n[$0].reduce(0, +) >= threshold
    }
    func strata(_ members: [Int]) -> [(successes: Int, n: Int)] {
      counts.weights.indices.map { stratum in
        (
          members.reduce(0) { $0 + counts.churned[$1][stratum] },
          members.reduce(0) { $0 + counts.n[$1][stratum] }
        )
      }
    }
    func compare(_ first: Int, _ second: [Int], name: String?) -> CityDifference? {
      let (a, b) = (strata([first]), strata(second))
      guard let split = rateMixDecomposition(first: a, second: b) else { return nil }
      func rate(_ strata: [(successes: Int, n: Int)]) -> Proportion {
        Proportion(successes: strata.reduce(0) { $0 + $1.successes }, n: strata.reduce(0) { $0 + $1.n })
      }
      let (p, q) = (rate(a), rate(b))
      guard p.n > 0, q.n > 0 else { return nil }
      return CityDifference(
        first: ComparisonValue(counts.groups[first], of: plan[0]).value, second: name, firstChurn: p,
        secondChurn: q,
        difference: riskDifference(
          successes1: p.successes, n1: p.n, successes2: q.successes, n2: q.n),
        rate: split.rate, mix: split.mix, by: plan.dropFirst().map { ComparisonAxis($0, schema: schema) })
    }
    guard cities.count > 1 else { return [] }
    var found = cities.compactMap { city in compare(city, cities.filter { $0 != city }, name: nil) }
    if cities.count <= pairLimit {
      for (index, first) in cities.enumerated() {
        for second in cities.dropFirst(index + 1) {
          let name = ComparisonValue(counts.groups[second], of: plan[0]).value
          if let pair = compare(first, [second], name: name) { found.append(pair) }
        }
      }
    }
    return found
  }
}
