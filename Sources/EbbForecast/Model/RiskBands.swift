/// Clients sorted into four by their forecast, as contact lists are: the borders are quantiles of the champion's
/// out-of-fold forecasts, so about a tenth of clients like those of the training table are at very high risk.
public struct RiskBands: Sendable, Codable, Equatable {
  public enum Band: String, Sendable, Codable, Equatable, CaseIterable {
    case veryHigh, high, medium, low

    /// Its place among all cases: cheaper than its hash where millions of clients are counted.
    public var place: Int {
      switch self {
      case .veryHigh: 0
      case .high: 1
      case .medium: 2
      case .low: 3
      }
    }
  }

  /// Shares of clients above each border.
  public static let shares = [0.1, 0.3, 0.6]

  /// Lowest probability of the bands very high, high and medium.
  public let veryHigh: Double
  public let high: Double
  public let medium: Double

  /// `nil` without forecasts.
  public init?(_ probabilities: [Double]) {
    guard !probabilities.isEmpty else { return nil }
    let sorted = probabilities.sorted(by: >)
    func border(_ share: Double) -> Double {
      sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }
    veryHigh = border(Self.shares[0])
    high = border(Self.shares[1])
    medium = border(Self.shares[2])
  }

  public func band(_ probability: Double) -> Band {
    probability >= veryHigh ? .veryHigh : probability >= high ? .high : probability >= medium ? .medium : .low
  }
}
