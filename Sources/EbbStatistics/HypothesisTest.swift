/// The outcome of one statistical test.
///
/// `statistic` and `pValue` are `nil` where the test is undefined (too few values, no variance).
/// `pValue` is 0 only where it underflows; `log10PValue` then still tells how small it is.
/// All p-values are two-sided where the test has sides.
public struct HypothesisTest: Sendable, Codable, Equatable {
  /// `studentT welchT mannWhitneyU anova welchANOVA brownForsytheANOVA kruskalWallis levene brownForsythe bartlett
  /// kolmogorovSmirnov dagostinoPearson jarqueBera chiSquared chiSquaredYates fisherExact gamesHowell dunn
  /// twoProportionZ cochranMantelHaenszel breslowDay pearson spearman`
  public let name: String
  public let statistic: Double?
  /// None, one, or two (numerator, denominator).
  public let degreesOfFreedom: [Double]
  public let pValue: Double?
  public let log10PValue: Double?
  /// Values used.
  public let n: Int
  /// The exact variant, in the words of the field.
  public let method: String

  public init(
    name: String, statistic: Double?, degreesOfFreedom: [Double], pValue: Double?, log10PValue: Double?,
    n: Int, method: String
  ) {
    self.name = name
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
    self.log10PValue = log10PValue
    self.n = n
    self.method = method
  }

  /// A defined test; anything not finite becomes `nil`.
  init(
    _ name: String, statistic: Double?, degreesOfFreedom: [Double] = [], tail: Tail?, n: Int, method: String
  ) {
    let statistic = statistic?.ifFinite
    let tail = statistic == nil ? nil : tail
    self.init(
      name: name, statistic: statistic, degreesOfFreedom: degreesOfFreedom.filter(\.isFinite),
      pValue: tail?.probability, log10PValue: tail?.log10, n: n, method: method)
  }

  /// A test that these data cannot answer.
  static func undefined(_ name: String, n: Int, method: String) -> HypothesisTest {
    HypothesisTest(
      name: name, statistic: nil, degreesOfFreedom: [], pValue: nil, log10PValue: nil, n: n, method: method)
  }
}

/// Sum of counts that cannot overflow.
func total(_ counts: some Sequence<Int>) -> Int {
  counts.reduce(0) { sum, count in
    let (value, overflow) = sum.addingReportingOverflow(count)
    return overflow ? Int.max : value
  }
}
