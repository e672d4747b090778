/// A column that takes no part in the forecast, and why.
public struct SetAsideFeature: Sendable, Codable, Equatable {
  public enum Reason: String, Sendable, Codable, Equatable, CaseIterable {
    /// By itself it all but tells who left: it is churn by another name, or was written down afterwards.
    case nearPerfect
    /// It is filled in (almost) only for those who left, or only for those who stayed: written down afterwards.
    case afterTheFact
    /// Whole numbers no two of which are alike, though so many from so narrow a range would repeat by chance.
    case identifierLike
    /// More levels than tell kinds of clients apart, or free text.
    case tooManyLevels
    /// The same for everybody.
    case constant
    /// The user said so.
    case excluded

    /// Whether somebody should look at it: it knows what cannot be known beforehand.
    public var isWarning: Bool { self == .nearPerfect || self == .afterTheFact || self == .identifierLike }
  }
  public let feature: String
  public let reason: Reason
  /// ROC AUC of the feature alone (of its being missing alone), out of fold; where that is the reason.
  public let rocAUC: Double?

  public init(feature: String, reason: Reason, rocAUC: Double? = nil) {
    self.feature = feature
    self.reason = reason
    self.rocAUC = rocAUC
  }
}
