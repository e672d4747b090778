/// One pair of groups in a Games-Howell comparison.
public struct GamesHowellPair: Sendable, Codable, Equatable {
  /// Indices of the groups.
  public let first: Int
  public let second: Int
  /// The statistic is t; its p-value, from the studentized range, already allows for all pairs.
  public let test: HypothesisTest
  /// First − second.
  public let difference: Double?
  public let standardError: Double?
  /// Simultaneous interval of the difference.
  public let interval: Interval?

  public init(
    first: Int, second: Int, test: HypothesisTest, difference: Double?, standardError: Double?,
    interval: Interval?
  ) {
    self.first = first
    self.second = second
    self.test = test
    self.difference = difference
    self.standardError = standardError
    self.interval = interval
  }
}

/// Which means differ, whatever the variances? Games-Howell over every pair.
///
/// Formula: t = (x̄ᵢ − x̄ⱼ)/√(sᵢ²/nᵢ + sⱼ²/nⱼ), Welch's df; p = P(Q > |t|√2), Q the studentized range of k groups; interval
/// d ± q·se/√2. Assumes independent groups, near normal or large. Groups below two values are left out and not counted
/// in k; a pair without variance is undefined.
/// Source: P. A. Games & J. F. Howell, Journal of Educational Statistics 1 (1976) 113–125.
/// Python: `scipy.stats.tukey_hsd(*groups, equal_var=False)`, `pingouin.pairwise_gameshowell`;
/// R: `rstatix::games_howell_test`.
public func gamesHowell(_ groups: [Moments], level: Double = 0.95) -> [GamesHowellPair] {
  let method = "Games-Howell, studentized range"
  let used = groups.indices.filter { groups[$0].n > 1 }
  guard used.count > 1 else { return [] }
  let range = NormalRangeCurve(k: used.count)
  var pairs: [GamesHowellPair] = []
  for (position, i) in used.enumerated() {
    for j in used[(position + 1)...] {
      let n = total([groups[i].n, groups[j].n])
      guard let c = MeanComparison(groups[i], groups[j], equalVariances: false) else {
        pairs.append(
          GamesHowellPair(
            first: i, second: j, test: .undefined("gamesHowell", n: n, method: method),
            difference: meanGap(groups[i], groups[j]).ifFinite, standardError: nil, interval: nil))
        continue
      }
      let root2 = 2.0.squareRoot()
      let tail = StudentizedRange.upper(abs(c.t) * root2, range, df: c.df)
      let half =
        isProperShare(level)
        ? StudentizedRange.upperQuantile(1 - level, range, df: c.df).map {
          $0 * c.standardError / root2
        }
        : nil
      pairs.append(
        GamesHowellPair(
          first: i, second: j,
          test: HypothesisTest(
            "gamesHowell", statistic: c.t, degreesOfFreedom: [c.df], tail: tail, n: n, method: method),
          difference: c.difference, standardError: c.standardError,
          interval: half.flatMap {
            Interval.ifFinite(level: level, c.difference - $0, c.difference + $0)
          }))
    }
  }
  return pairs
}
