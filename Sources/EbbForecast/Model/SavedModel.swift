public import EbbClients

/// What a study's forecast leaves for scoring: models, what their features are, and what was seen in training.
public struct SavedModel: Sendable, Equatable {
  /// `model.json`: everything but the models themselves.
  public struct Manifest: Sendable, Codable, Equatable {
    /// Readers refuse a newer form than they know.
    public static let currentVersion = 1

    public let version: Int
    public let tool: String
    /// The training table, without its folder.
    public let source: String
    public let n: Int
    public let churned: Int
    public let champion: ForecastMethod
    public let features: [ModelFeature]
    public let bands: RiskBands
    /// What each feature adds to the champion's forecast: its share of all features' importance.
    public let importance: [String: Double]
    /// Heading of the id column, where there was one.
    public let id: String?
  }
  public let manifest: Manifest
  public let models: [ForecastMethod: CalibratedModel]

  init(manifest: Manifest, models: [ForecastMethod: CalibratedModel]) {
    self.manifest = manifest
    self.models = models
  }

  /// `nil` where there is no forecast.
  public init?(
    _ result: ForecastResult, clients: ClientTable, quality: DataQuality,
    tool: String,
    source: String
  ) {
    guard let champion = result.forecast.champion, let bands = RiskBands(result.probabilities) else {
      return nil
    }
    let effects = result.forecast.model(champion)?.importance ?? []
    let total = effects.reduce(0) { $0 + $1.importance }
    manifest = Manifest(
      version: Manifest.currentVersion, tool: tool, source: source, n: result.forecast.n,
      churned: result.forecast.churned, champion: champion,
      features: ModelFeature.describing(result.features, in: clients, quality: quality),
      bands: bands,
      importance: Dictionary(
        effects.map { ($0.feature, total > 0 ? $0.importance / total : 0) }, uniquingKeysWith: +),
      id: clients.schema.column(.id))
    models = result.models.filter { !$0.key.isBaseline }
  }

  public func model(_ method: ForecastMethod? = nil) -> CalibratedModel? {
    models[method ?? manifest.champion]
  }
}
