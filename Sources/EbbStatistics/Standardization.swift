/// One stratum: successes out of n here, and its weight in the standard population.
public struct Stratum: Sendable, Codable, Equatable {
  public let successes: Int
  public let n: Int
  public let weight: Double

  public init(successes: Int, n: Int, weight: Double) {
    self.successes = successes
    self.n = n
    self.weight = weight
  }
}

/// A share made comparable by giving every group the same mix of strata.
public struct StandardizedRate: Sendable, Codable, Equatable {
  public let estimate: Double?
  public let interval: Interval?
  /// The raw share, for comparison.
  public let crude: Double?
  /// Weight of the strata this group has clients in, of all weight; below 1 the standard is narrowed to them.
  public let coverage: Double

  public init(estimate: Double?, interval: Interval?, crude: Double?, coverage: Double) {
    self.estimate = estimate
    self.interval = interval
    self.crude = crude
    self.coverage = coverage
  }
}

/// What would the share be, had this group the standard population's mix of strata? Direct standardisation.
///
/// Formula: Σ wᵢpᵢ over strata with clients, weights brought to sum 1. Interval (MOVER): estimate − √Σ(wᵢ(pᵢ − lᵢ))² …
/// estimate + √Σ(wᵢ(uᵢ − pᵢ))², l and u the Wilson bounds of each stratum; with one stratum it is Wilson's.
/// Assumes independent clients and that strata catch the difference in mix. `nil` without clients or weight.
/// Source: G. Y. Zou & A. Donner, Statistics in Medicine 27 (2008) 1693–1702; J. L. Fleiss 1981, ch. 14.
/// Python: `numpy.average(rates, weights=weights)`; R: `epitools::ageadjust.direct` (other interval).
public func standardizedRate(_ strata: [Stratum], level: Double = 0.95) -> StandardizedRate {
  let valid = strata.filter {
    $0.weight > 0 && $0.weight.isFinite && $0.n >= 0 && $0.successes >= 0 && $0.successes <= $0.n
  }
  let wanted = compensatedSum(valid.map(\.weight))
  let covered = valid.filter { $0.n > 0 }
  let weight = compensatedSum(covered.map(\.weight))
  let crudeN = total(strata.map(\.n))
  let crude = crudeN > 0 ? Double(total(strata.map(\.successes))) / Double(crudeN) : nil
  guard weight > 0, weight.isFinite else {
    return StandardizedRate(estimate: nil, interval: nil, crude: crude, coverage: 0)
  }
  let estimate = compensatedSum(covered.map { $0.weight / weight * (Double($0.successes) / Double($0.n)) })
  var down = 0.0
  var up = 0.0
  for s in covered {
    guard let wilson = wilsonInterval(successes: s.successes, n: s.n, level: level) else { continue }
    let p = Double(s.successes) / Double(s.n)
    let w = s.weight / weight
    down += (w * (p - wilson.low)) * (w * (p - wilson.low))
    up += (w * (wilson.high - p)) * (w * (wilson.high - p))
  }
  let interval =
    isProperShare(level)
    ? Interval.ifFinite(
      level: level, max(estimate - down.squareRoot(), 0), min(estimate + up.squareRoot(), 1)) : nil
  return StandardizedRate(
    estimate: min(max(estimate, 0), 1), interval: interval, crude: crude, coverage: min(weight / wanted, 1))
}
