/// One model, judged out of fold.
public struct ModelReport: Sendable, Codable, Equatable {
  public let name: ForecastMethod
  public let metrics: ForecastMetrics
  /// Of the first repeat.
  public let roc: ROCCurve
  public let brierParts: ProbabilityScore
  public let deciles: DecileTable
  public let calibration: CalibrationReport
  /// The most important first, from the model trained on all clients; empty for baselines.
  public let importance: [FeatureEffect]
  public let interactions: [FeatureInteraction]
  /// Trees, characteristics or tables in the final model.
  public let size: Int
}

public struct CalibrationReport: Sendable, Codable, Equatable {
  /// Chosen out of fold by log-loss.
  public let method: Calibration.Method
  public let before: ReliabilityCurve
  public let after: ReliabilityCurve
  public let lineBefore: CalibrationLine?
  public let lineAfter: CalibrationLine?
}
