public import EbbStatistics

/// Two groups of a comparison, all tests and effects between them; signs are first minus second.
public struct ComparisonPair: Sendable, Codable, Equatable {
  /// A test between two groups with its correction over all pairs of the comparison.
  public struct Test: Sendable, Codable, Equatable {
    public let name: String
    public let statistic: Double?
    public let degreesOfFreedom: [Double]
    public let pValue: Double?
    public let log10PValue: Double?
    /// `nil` where the test corrects by itself (`gamesHowell`) or is about assumptions (`levene`, `brownForsythe`).
    public let pValueHolm: Double?
    public let pValueBenjaminiHochberg: Double?
    public let pValueBonferroni: Double?
    public let n: Int
    public let method: String

    init(
      _ test: HypothesisTest, holm: Double? = nil, benjaminiHochberg: Double? = nil,
      bonferroni: Double? = nil
    ) {
      name = test.name
      statistic = test.statistic
      degreesOfFreedom = test.degreesOfFreedom
      pValue = test.pValue
      log10PValue = test.log10PValue
      pValueHolm = holm
      pValueBenjaminiHochberg = benjaminiHochberg
      pValueBonferroni = bonferroni
      n = test.n
      method = test.method
    }
  }

  public let first: String
  public let second: String
  public let n1: Int
  public let n2: Int
  /// Difference of means with Welch's interval.
  public let meanDifference: EffectSize
  /// Of the difference of means, variances unequal.
  public let standardError: Double?
  /// The interval of that difference that holds for all pairs together (Games-Howell); `nil` for two groups.
  public let simultaneousInterval: Interval?
  /// `welchT studentT mannWhitneyU kolmogorovSmirnov levene brownForsythe`, with more than two groups also
  /// `gamesHowell dunn`.
  public let tests: [Test]
  /// `cohensD hedgesG hedgesGExact rankBiserial commonLanguage`.
  public let effects: [EffectSize]
  public let ranks: ComparisonRanks?
  public let equivalence: ComparisonEquivalence
  public let power: ComparisonPower
  /// Between these two groups: the deciding test's Holm-adjusted p, and TOST.
  public let verdict: Verdict

  public func test(_ name: String) -> Test? { tests.first { $0.name == name } }
  public func effect(_ name: String) -> EffectSize? { effects.first { $0.name == name } }
}
