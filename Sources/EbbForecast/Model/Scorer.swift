import EbbClients

/// Why a client is at risk: one feature's part in the forecast.
public struct ClientReason: Sendable, Equatable {
  /// What the bank can do about it.
  public enum Kind: String, Sendable, CaseIterable { case actionable, context, protected }

  public let feature: Int
  /// `nil` where the value is missing.
  public let number: Double?
  public let level: String?
  /// What it adds to the log-odds of leaving, above the average client.
  public let contribution: Double
}

/// Forecasts of a block of clients.
public struct ScoredClients: Sendable {
  public let probabilities: [Double]
  public let bands: [RiskBands.Band]
  /// By client, the strongest first; empty where none was asked for.
  public let reasons: [[ClientReason]]
}

/// Scores clients with a saved model.
public struct Scorer: Sendable {
  /// A part below this, in log-odds, is no reason worth naming.
  static let smallestReason = 0.1

  private let model: CalibratedModel
  private let features: [ModelFeature]
  private let bands: RiskBands
  private let reasonLimit: Int

  /// - Parameters:
  ///   - method: `nil` for the champion.
  ///   - reasonLimit: reasons a client at most; 0 for none, which is faster.
  public init(_ saved: SavedModel, method: ForecastMethod? = nil, reasonLimit: Int = 4) throws(ModelError) {
    guard let model = saved.model(method) else {
      throw .noMethod(
        method ?? saved.manifest.champion, known: ForecastMethod.allCases.filter { saved.models[$0] != nil })
    }
    self.model = model
    features = saved.manifest.features
    bands = saved.manifest.bands
    self.reasonLimit = reasonLimit
  }

  public func score(_ matrix: FeatureMatrix) throws(TreeError) -> ScoredClients {
    let rows = Array(0..<matrix.rowCount)
    let probabilities = try model.probabilities(matrix, rows: rows)
    var reasons = [[ClientReason]](repeating: [], count: rows.count)
    if reasonLimit > 0 {
      let parts = try model.fitted.contributions(matrix, rows: rows).parts
      for row in rows { reasons[row] = strongest(parts, matrix, row) }
    }
    return ScoredClients(
      probabilities: probabilities, bands: probabilities.map(bands.band), reasons: reasons)
  }

  private func strongest(_ parts: [[Double]], _ matrix: FeatureMatrix, _ row: Int) -> [ClientReason] {
    let raising = parts.indices.filter { parts[$0][row] >= Self.smallestReason }
    return raising.sorted { (parts[$1][row], $0) < (parts[$0][row], $1) }.prefix(reasonLimit).map { index in
      let value = matrix.columns[index][row]
      let feature = features[index].feature
      var level: String?
      if !value.isNaN, feature.kind == .category, let code = Int(exactly: value),
        feature.levels.indices.contains(code)
      {
        level = feature.levels[code]
      }
      return ClientReason(
        feature: index, number: value.isNaN || feature.kind == .category ? nil : value, level: level,
        contribution: parts[index][row])
    }
  }
}

extension ModelFeature {
  /// Gender and age are protected; products, activity, card and balance can be worked on; the rest is context.
  public var reasonKind: ClientReason.Kind {
    if feature.isSensitive { return .protected }
    return switch role {
    case .products, .activity, .card, .balance: .actionable
    default: .context
    }
  }
}
