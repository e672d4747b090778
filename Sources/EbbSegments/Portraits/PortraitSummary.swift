import EbbStatistics

/// A number in one group of clients.
public struct PortraitSummary: Sendable, Codable, Equatable {
  public let n: Int
  public let missing: Int
  public let mean: Double?
  public let median: Double?
  /// ddof = 1.
  public let standardDeviation: Double?
  /// Type-7 quantiles. Median and quartiles are `nil` for "the rest" of several groups: they do not add up.
  public let lowerQuartile: Double?
  public let upperQuartile: Double?
  public let minimum: Double?
  public let maximum: Double?

  init(_ moments: Moments, missing: Int, quartiles: [Double]?) {
    n = moments.n
    self.missing = missing
    mean = moments.mean
    median = quartiles?[1]
    standardDeviation = moments.standardDeviation
    lowerQuartile = quartiles?[0]
    upperQuartile = quartiles?[2]
    minimum = moments.minimum
    maximum = moments.maximum
  }
}

extension Moments {
  /// Two groups put together; exact formulas for joining central sums (Pébay 2008). Both need the same pivot.
  func joined(_ other: Moments) -> Moments {
    if n == 0 { return other }
    if other.n == 0 { return self }
    let (a, b) = (Double(n), Double(other.n))
    let total = a + b
    let delta = other.offset - offset
    let step = delta / total
    let joinedM2 = m2 + other.m2 + delta * step * a * b
    let joinedM3 =
      m3 + other.m3 + delta * step * step * a * b * (a - b) + 3 * step * (a * other.m2 - b * m2)
    let joinedM4 =
      m4 + other.m4 + delta * step * step * step * a * b * (a * a - a * b + b * b)
      + 6 * step * step * (a * a * other.m2 + b * b * m2) + 4 * step * (a * other.m3 - b * m3)
    return Moments(
      n: n + other.n, pivot: pivot, offset: offset + step * b, m2: joinedM2, m3: joinedM3, m4: joinedM4,
      sum: sum + other.sum, minimum: [minimum, other.minimum].compactMap(\.self).min(),
      maximum: [maximum, other.maximum].compactMap(\.self).max())
  }
}
