/// Ranks of two samples put together: what Mann-Whitney's U and Kolmogorov-Smirnov's D need.
public struct PairRanks: Sendable, Codable, Equatable {
  /// Indices of the two cells.
  public let first: Int
  public let second: Int
  public let n1: Int
  public let n2: Int
  /// U of the first sample: pairs in which the first is greater, ties counted as halves.
  public let u1: Double
  /// Σ(t³ − t) over the ties of the two samples together.
  public let tieTerm: Double
  /// Greatest distance between the two empirical distribution functions.
  public let maximumDistance: Double

  public init(
    first: Int, second: Int, n1: Int, n2: Int, u1: Double, tieTerm: Double, maximumDistance: Double
  ) {
    self.first = first
    self.second = second
    self.n1 = n1
    self.n2 = n2
    self.u1 = u1
    self.tieTerm = tieTerm
    self.maximumDistance = maximumDistance
  }
}

/// Σ|x − c| and Σ|x − c|² of a group about its own centre c.
public struct Deviations: Sendable, Codable, Equatable {
  public let n: Int
  public let center: Double?
  public let sum: Double
  public let sumOfSquares: Double

  public init(n: Int, center: Double?, sum: Double, sumOfSquares: Double) {
    self.n = n
    self.center = center
    self.sum = sum
    self.sumOfSquares = sumOfSquares
  }
}
