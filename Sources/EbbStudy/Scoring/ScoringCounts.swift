public import EbbForecast

/// What was scored, and what was odd about it.
public struct ScoringCounts: Sendable, Equatable {
  /// Distinct new texts told of, a feature.
  public static let textLimit = 5

  public private(set) var clients = 0
  /// Records that are no rows: they come out without a forecast.
  public private(set) var unreadable = 0
  public private(set) var byBand: [RiskBands.Band: Int] = [:]
  /// By feature.
  public private(set) var newLevels: [Int: Int] = [:]
  public private(set) var outOfRange: [Int: Int] = [:]
  public private(set) var unread: [Int: Int] = [:]
  /// The first new texts of each feature.
  public private(set) var newTexts: [Int: [String]] = [:]
  /// Sum of the forecasts: how many are going to leave.
  public private(set) var expected = 0.0

  public init() {}

  public init(_ scored: ScoredClients, oddities: [Int: [FeatureReading.Oddity]], unreadable: Int) {
    clients = scored.probabilities.count
    self.unreadable = unreadable
    var counts = [0, 0, 0, 0]
    for band in scored.bands { counts[band.place] += 1 }
    for band in RiskBands.Band.allCases where counts[band.place] > 0 { byBand[band] = counts[band.place] }
    expected = scored.probabilities.reduce(0, +)
    for row in oddities.keys.sorted() {
      for oddity in oddities[row] ?? [] {
        switch oddity {
        case .newLevel(let feature, let text):
          newLevels[feature, default: 0] += 1
          remember(text, feature)
        case .outOfRange(let feature, _): outOfRange[feature, default: 0] += 1
        case .unread(let feature, let text):
          unread[feature, default: 0] += 1
          remember(text, feature)
        }
      }
    }
  }

  private mutating func remember(_ text: String, _ feature: Int) {
    if newTexts[feature, default: []].count < Self.textLimit, !newTexts[feature, default: []].contains(text) {
      newTexts[feature, default: []].append(text)
    }
  }

  public mutating func add(_ other: ScoringCounts) {
    clients += other.clients
    unreadable += other.unreadable
    expected += other.expected
    byBand.merge(other.byBand, uniquingKeysWith: +)
    newLevels.merge(other.newLevels, uniquingKeysWith: +)
    outOfRange.merge(other.outOfRange, uniquingKeysWith: +)
    unread.merge(other.unread, uniquingKeysWith: +)
    for (feature, texts) in other.newTexts { for text in texts { remember(text, feature) } }
  }
}
