public import EbbStatistics

/// One group of a comparison: everything its values say by themselves.
public struct ComparisonGroup: Sendable, Codable, Equatable {
  /// The group's name, as the table has it ("2", "Ж"), or a band in interval notation ("[30; 40)").
  public let value: String
  /// Borders of a band.
  public let low: Double?
  public let high: Double?
  /// Clients whose measure is present.
  public let n: Int
  /// Clients of the group whose measure is missing.
  public let missing: Int
  public let mean: Double?
  /// Student's interval of the mean, 95 %.
  public let meanInterval: Interval?
  public let median: Double?
  /// ddof = 1, as all of these.
  public let standardDeviation: Double?
  public let variance: Double?
  /// Of the mean.
  public let standardError: Double?
  /// scipy.stats.skew(bias=False).
  public let skewness: Double?
  /// scipy.stats.kurtosis(bias=False): 0 for a normal variable.
  public let excessKurtosis: Double?
  public let minimum: Double?
  /// Type-7 quantiles.
  public let lowerQuartile: Double?
  public let upperQuartile: Double?
  public let maximum: Double?

  init(_ name: ComparisonValue, _ moments: Moments, missing: Int, quartiles: [Double]?) {
    value = name.value
    low = name.low
    high = name.high
    n = moments.n
    self.missing = missing
    mean = moments.mean
    meanInterval = EbbStatistics.meanInterval(moments, level: 0.95)
    lowerQuartile = quartiles?[0]
    median = quartiles?[1]
    upperQuartile = quartiles?[2]
    standardDeviation = moments.standardDeviation
    variance = moments.variance
    standardError = moments.standardDeviation.map { $0 / Double(moments.n).squareRoot() }
    skewness = EbbStatistics.skewness(moments)
    excessKurtosis = EbbStatistics.excessKurtosis(moments)
    minimum = moments.minimum
    maximum = moments.maximum
  }
}
