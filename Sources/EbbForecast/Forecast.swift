public import EbbStatistics

/// The chapter of the forecast: what the data allow, every model judged out of fold, which one is used and why.
public struct Forecast: Sendable, Codable, Equatable {
  /// Why there is no forecast, where there is none.
  public enum Refusal: String, Sendable, Codable, Equatable, CaseIterable {
    /// Too few who left (or who stayed) to learn from and to judge on.
    case tooFewChurned, tooFewStayed
    /// No attribute is left to learn from.
    case noFeatures
    /// No model could be trained in every fold.
    case noModel
  }
  public struct FeatureNote: Sendable, Codable, Equatable {
    public let feature: String
    public let kind: FeatureMatrix.Feature.Kind
    public let levels: Int
    public let missing: Int
    public let isSensitive: Bool
    /// Information value over the scorecard's bins, and Siddiqi's word for it.
    public let iv: Double
    public let band: InformationBand

    init(_ feature: FeatureMatrix.Feature, missing: Int, iv: Double) {
      self.feature = feature.name
      kind = feature.kind
      levels = feature.levels.count
      self.missing = missing
      isSensitive = feature.isSensitive
      self.iv = iv
      band = InformationBand(iv)
    }
  }

  /// Clients learnt from and judged on, and how many the table has.
  public let n: Int
  public let tableCount: Int
  public let churned: Int
  public let refusal: Refusal?
  public let settings: ForecastSettings
  public let features: [FeatureNote]
  /// Columns that take no part, and why.
  public let setAside: [SetAsideFeature]
  /// Baselines first.
  public let models: [ModelReport]
  /// Every pair of models, on the first repeat's out-of-fold forecasts.
  public let comparisons: [Comparison]
  public let champion: ForecastMethod?
  public let challenger: ForecastMethod?
  public let choice: ChampionChoice?
  public let holdOut: HoldOut?
  public let fairness: Fairness?
  /// Champion's forecasts by products, city, activity and every other attribute with levels or bands.
  public let bySegment: [SegmentForecast]
  /// The additive card as a table to score with by hand.
  public let card: PointsTable?
  /// The card with two-way tables.
  public let cardWithPairs: PointsTable?

  public struct Comparison: Sendable, Codable, Equatable {
    public let first: ForecastMethod
    public let second: ForecastMethod
    public let test: DeLongTest
  }

  init(
    n: Int, tableCount: Int, churned: Int, refusal: Refusal?, settings: ForecastSettings,
    features: [FeatureNote],
    setAside: [SetAsideFeature], models: [ModelReport], comparisons: [Comparison], choice: ChampionChoice?,
    holdOut: HoldOut?, fairness: Fairness?, bySegment: [SegmentForecast], card: PointsTable?,
    cardWithPairs: PointsTable?
  ) {
    self.n = n
    self.tableCount = tableCount
    self.churned = churned
    self.refusal = refusal
    self.settings = settings
    self.features = features
    self.setAside = setAside
    self.models = models
    self.comparisons = comparisons
    self.champion = choice?.champion
    self.challenger = choice?.challenger
    self.choice = choice
    self.holdOut = holdOut
    self.fairness = fairness
    self.bySegment = bySegment
    self.card = card
    self.cardWithPairs = cardWithPairs
  }

  init(refusing refusal: Refusal, _ input: ForecastInput, _ settings: ForecastSettings) {
    self.init(
      n: input.churned.count, tableCount: input.tableCount, churned: input.churned.count { $0 },
      refusal: refusal, settings: settings,
      features: [],
      setAside: input.setAside, models: [], comparisons: [], choice: nil, holdOut: nil, fairness: nil,
      bySegment: [],
      card: nil, cardWithPairs: nil)
  }

  public func model(_ method: ForecastMethod) -> ModelReport? { models.first { $0.name == method } }
}
