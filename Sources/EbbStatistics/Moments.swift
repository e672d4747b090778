/// Count, mean and central sums of one variable: all that t tests, ANOVA and normality tests need.
///
/// With a pivot `c` (a value of the column's own, the same for all groups that will be compared):
/// `offset` = mean − c, `m2` = Σ(x − mean)², `m3` = Σ(x − mean)³, `m4` = Σ(x − mean)⁴.
/// Keeping `offset` beside `mean` lets differences of means keep their digits when values are huge and close
/// together (NIST StRD SmLs09: 10¹² + 0.2…0.6).
public struct Moments: Sendable, Codable, Equatable {
  public let n: Int
  public let pivot: Double
  public let offset: Double
  public let m2: Double
  public let m3: Double
  public let m4: Double
  public let sum: Double
  /// `nil` for an empty group.
  public let minimum: Double?
  public let maximum: Double?

  public init(
    n: Int, pivot: Double, offset: Double, m2: Double, m3: Double, m4: Double, sum: Double,
    minimum: Double?, maximum: Double?
  ) {
    self.n = n
    self.pivot = pivot
    self.offset = offset
    self.m2 = m2
    self.m3 = m3
    self.m4 = m4
    self.sum = sum
    self.minimum = minimum
    self.maximum = maximum
  }

  /// `nil` for an empty group.
  public var mean: Double? { n > 0 ? sum / Double(n) : nil }
  /// Sample variance (ddof = 1); `nil` below two values.
  public var variance: Double? { n > 1 ? m2 / Double(n - 1) : nil }
  public var standardDeviation: Double? { variance?.squareRoot() }
}
