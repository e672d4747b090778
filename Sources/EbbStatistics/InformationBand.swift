/// How much an information value says, in Siddiqi's words (2006): below 0.02 unpredictive, to 0.1 weak, to 0.3 medium, to
/// 0.5 strong; above, ask why: it may be a leak.
public enum InformationBand: String, Sendable, Codable, Equatable, CaseIterable {
  case unpredictive, weak, medium, strong, suspicious

  public init(_ iv: Double) {
    self =
      switch iv {
      case ..<0.02: .unpredictive
      case ..<0.1: .weak
      case ..<0.3: .medium
      case ..<0.5: .strong
      default: .suspicious
      }
  }
}
