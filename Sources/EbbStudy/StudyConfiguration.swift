import EbbClients
public import EbbTable

/// Everything a user can say about a study. It is written into the study's provenance.
public struct StudyConfiguration: Sendable, Equatable {
  /// Confidence level of every interval.
  public var level: Double
  /// Significance level of every test, after correction.
  public var alpha: Double
  /// Equivalence bound of TOST and border of a negligible effect, in Cohen's d.
  public var equivalenceBound: Double
  /// Cells with fewer clients are pooled in everything that is shared.
  public var privacyThreshold: Int
  public var reading: ReadOptions

  public init(
    level: Double = 0.95, alpha: Double = 0.05, equivalenceBound: Double = 0.2, privacyThreshold: Int = 5,
    reading: ReadOptions = ReadOptions()
  ) {
    self.level = level
    self.alpha = alpha
    self.equivalenceBound = equivalenceBound
    self.privacyThreshold = privacyThreshold
    self.reading = reading
  }
}
