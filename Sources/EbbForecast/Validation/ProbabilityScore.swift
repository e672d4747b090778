import Foundation

/// How good the probabilities themselves are: log-loss, and Brier's score with Murphy's three parts.
///
/// Brier = mean (p − y)² = reliability − resolution + uncertainty + rest, the parts over bins of equal size (the rest is
/// what varies inside a bin). ECE = Σ share of bin · |mean p − rate|. Log-loss clips p to [1e-15, 1 − 1e-15].
/// Source: A. H. Murphy, J. Applied Meteorology 12 (1973) 595-600.
/// Python: `sklearn.metrics.brier_score_loss`, `log_loss`.
public struct ProbabilityScore: Sendable, Codable, Equatable {
  public let n: Int
  public let logLoss: Double
  public let brier: Double
  public let reliability: Double
  public let resolution: Double
  public let uncertainty: Double
  /// Brier of the overall rate is `uncertainty`; the skill score is 1 − brier / uncertainty.
  public let brierSkill: Double
  public let ece: Double
  /// Mean forecast minus observed rate.
  public let bias: Double

  public init?(probabilities: [Double], churned: [Bool], bins: Int = 10) {
    guard probabilities.count == churned.count, !churned.isEmpty,
      let curve = ReliabilityCurve(probabilities: probabilities, churned: churned, bins: bins)
    else { return nil }
    let n = Double(churned.count)
    var logLoss = 0.0
    var brier = 0.0
    for index in probabilities.indices {
      let p = min(max(probabilities[index], 1e-15), 1 - 1e-15)
      logLoss -= churned[index] ? log(p) : log1p(-p)
      let gap = probabilities[index] - (churned[index] ? 1 : 0)
      brier += gap * gap
    }
    let rate = Double(churned.reduce(0) { $0 + ($1 ? 1 : 0) }) / n
    var reliability = 0.0
    var resolution = 0.0
    var ece = 0.0
    var mean = 0.0
    for bin in curve.bins {
      let share = Double(bin.n) / n
      reliability += share * (bin.meanForecast - bin.rate) * (bin.meanForecast - bin.rate)
      resolution += share * (bin.rate - rate) * (bin.rate - rate)
      ece += share * abs(bin.meanForecast - bin.rate)
      mean += share * bin.meanForecast
    }
    self.n = churned.count
    self.logLoss = logLoss / n
    self.brier = brier / n
    self.reliability = reliability
    self.resolution = resolution
    self.uncertainty = rate * (1 - rate)
    self.brierSkill = rate > 0 && rate < 1 ? 1 - brier / n / (rate * (1 - rate)) : 0
    self.ece = ece
    self.bias = mean - rate
  }
}
