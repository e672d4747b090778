import EbbStatistics

/// How the values of two groups stand to one another in order.
public struct ComparisonRanks: Sendable, Codable, Equatable {
  /// Pairs of one value each where the first is greater, ties counted as halves: Mann-Whitney's U.
  public let u1: Double
  public let u2: Double
  /// u1 / (n1·n2), u2 / (n1·n2): how likely a value of the one exceeds one of the other.
  public let superiority1: Double?
  public let superiority2: Double?
  /// Mean rank among the values of all groups; `nil` for a comparison of two groups.
  public let meanRank1: Double?
  public let meanRank2: Double?

  init(_ pair: PairRanks, meanRank1: Double?, meanRank2: Double?) {
    let product = Double(pair.n1) * Double(pair.n2)
    u1 = pair.u1
    u2 = product - pair.u1
    superiority1 = product > 0 ? u1 / product : nil
    superiority2 = product > 0 ? u2 / product : nil
    self.meanRank1 = meanRank1
    self.meanRank2 = meanRank2
  }
}
