public import EbbStatistics

/// What the tests take for granted, looked at before one is chosen.
public struct ComparisonAssumptions: Sendable, Codable, Equatable {
  /// The shape of one group.
  public struct Shape: Sendable, Codable, Equatable {
    public let value: String
    public let n: Int
    /// `dagostinoPearson` (from 8 values on) and `jarqueBera`.
    public let tests: [HypothesisTest]
    /// D'Agostino-Pearson's p below α; `nil` where it is not defined.
    public let normalityRejected: Bool?
    public let skewness: Double?
    public let excessKurtosis: Double?
    /// Excess kurtosis above 3, that of a Laplace variable: outliers weigh on the mean.
    public let heavyTails: Bool
    /// Values from which the mean of such a shape is near enough to normal: 25 × skewness², at least 30.
    public let neededForMeans: Int
    /// `true`: tests of means may be trusted here: the group is large enough, or nothing speaks against normality.
    public let fitForMeans: Bool
  }
  public let shapes: [Shape]
  /// `levene`, `brownForsythe`, `bartlett`: are the variances equal?
  public let variances: [HypothesisTest]
  /// Brown-Forsythe's p below α; `nil` where it is not defined.
  public let equalVariancesRejected: Bool?
  /// Largest standard deviation over the smallest; `nil` where the smallest is zero.
  public let deviationRatio: Double?
  public let smallestGroup: Int
  public let largestGroup: Int
  /// Values of the shape that means cannot be trusted with: a group breaks `fitForMeans`.
  public let fitForMeans: Bool
  /// A group whose values are all the same has no variance for Welch to weigh by.
  public let constantGroups: Int

  init(_ groups: [ComparisonGroup], _ moments: [Moments], variances: [HypothesisTest], alpha: Double) {
    shapes = zip(groups, moments).map { group, moments in
      let dagostinoPearson = EbbStatistics.dagostinoPearson(moments)
      let rejected = dagostinoPearson.pValue.map { $0 < alpha }
      // Cochran (1977), Sampling Techniques, 2.15: n > 25 G₁² for 95 % intervals of a mean to hold
      let skew = group.skewness ?? 0
      let needed = max(30, (25 * min(skew * skew, 1e9)).rounded(.up))
      return Shape(
        value: group.value, n: group.n,
        tests: [dagostinoPearson, EbbStatistics.jarqueBera(moments)],
        normalityRejected: rejected, skewness: group.skewness,
        excessKurtosis: group.excessKurtosis, heavyTails: (group.excessKurtosis ?? 0) > 3,
        neededForMeans: Int(needed),
        fitForMeans: Double(group.n) >= needed || !(rejected ?? false))
    }
    self.variances = variances
    equalVariancesRejected = variances.first { $0.name == "brownForsythe" }?.pValue.map { $0 < alpha }
    let deviations = groups.compactMap(\.standardDeviation)
    let smallest = deviations.min() ?? 0
    deviationRatio = smallest > 0 ? (deviations.max() ?? 0) / smallest : nil
    smallestGroup = groups.map(\.n).min() ?? 0
    largestGroup = groups.map(\.n).max() ?? 0
    fitForMeans = shapes.allSatisfy(\.fitForMeans)
    constantGroups = moments.count { $0.m2 == 0 }
  }
}
