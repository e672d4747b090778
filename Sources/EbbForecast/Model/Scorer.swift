import EbbClients

/// Forecasts of a block of clients.
public struct ScoredClients: Sendable {
  public let probabilities: [Double]
  public let bands: [RiskBands.Band]
  /// Indices of the features that speak most for leaving, the strongest first: `reasonLimit` places a client, −1 in
  /// those that are not needed.
  public let reasons: [Int16]
  public let reasonLimit: Int
  /// `nil` where they were not asked for.
  public let parts: Parts?

  /// What makes up each client's log-odds before calibration: `base` and each feature's part sum to `margins`.
  public struct Parts: Sendable {
    public let margins: [Double]
    public let base: Double
    /// `[feature][client]`
    public let byFeature: [[Double]]
  }
}

/// Scores clients with a saved model.
public struct Scorer: Sendable {
  private let model: CalibratedModel
  private let bands: RiskBands
  private let reasonLimit: Int
  public let showsParts: Bool

  /// - Parameters:
  ///   - method: `nil` for the champion.
  ///   - reasonLimit: reasons a client at most; 0 for none, which is faster.
  ///   - showsParts: every feature's part of the forecast too.
  public init(
    _ saved: SavedModel, method: ForecastMethod? = nil, reasonLimit: Int = 4, showsParts: Bool = false
  ) throws(ModelError) {
    guard let model = saved.model(method) else {
      throw .noMethod(
        method ?? saved.manifest.champion, known: ForecastMethod.allCases.filter { saved.models[$0] != nil })
    }
    self.model = model
    bands = saved.manifest.bands
    self.reasonLimit = reasonLimit
    self.showsParts = showsParts
  }

  public func score(_ matrix: FeatureMatrix) throws(TreeError) -> ScoredClients {
    let rows = Array(0..<matrix.rowCount)
    let margins = try model.fitted.margins(matrix, rows: rows)
    let probabilities = margins.map { model.calibration.probability(margin: $0) }
    var reasons: [Int16] = []
    var parts: ScoredClients.Parts?
    if reasonLimit > 0 || showsParts {
      let found = try model.fitted.contributions(matrix, rows: rows)
      reasons = Reason.strongest(found.parts, rows: rows.count, limit: reasonLimit)
      if showsParts {
        parts = ScoredClients.Parts(
          margins: margins, base: found.base, byFeature: found.parts)
      }
    }
    return ScoredClients(
      probabilities: probabilities, bands: probabilities.map(bands.band), reasons: reasons,
      reasonLimit: reasonLimit, parts: parts)
  }
}
