/// How large a difference or association is, with its interval.
///
/// `estimate` is `nil` where undefined, `interval` where undefined or not known for this effect.
public struct EffectSize: Sendable, Codable, Equatable {
  /// `meanDifference cohensD hedgesG rankBiserial commonLanguage etaSquared omegaSquared epsilonSquared
  /// cramersV cramersVBiasCorrected riskDifference relativeRisk oddsRatio`
  public let name: String
  public let estimate: Double?
  public let interval: Interval?
  /// How the estimate and its interval are made.
  public let method: String

  public init(name: String, estimate: Double?, interval: Interval?, method: String) {
    self.name = name
    self.estimate = estimate?.ifFinite
    self.interval = self.estimate == nil ? nil : interval
    self.method = method
  }
}
