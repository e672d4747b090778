/// A figure with the range it may lie in.
public struct Estimate: Sendable, Codable, Equatable {
  public let estimate: Double
  public let lower: Double
  public let upper: Double
  public let level: Double

  public init(estimate: Double, lower: Double, upper: Double, level: Double = 0.95) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.level = level
  }
}

/// How good a forecast is, out of fold. Each figure is the mean over the repeats of cross-validation; its interval is the
/// percentile bootstrap over clients (all repeats resampled alike). ECE's draws are shifted by their bias, since resampling
/// alone raises it.
///
/// Python: `sklearn.metrics.roc_auc_score`, `average_precision_score`, `log_loss`, `brier_score_loss`.
public struct ForecastMetrics: Sendable, Codable, Equatable {
  public let n: Int
  public let churned: Int
  /// P(a random leaver is ranked above a random stayer).
  public let rocAUC: Estimate
  /// 2 · AUC − 1.
  public let gini: Estimate
  /// Greatest distance between the score distributions of leavers and stayers.
  public let ks: Estimate
  /// Average precision; its chance level is the churn rate.
  public let prAUC: Estimate
  public let logLoss: Estimate
  public let brier: Estimate
  /// 1 − Brier / Brier of the overall rate.
  public let brierSkill: Estimate
  /// Expected calibration error over ten bins of equal size.
  public let ece: Estimate
  /// Rate in the highest tenth / overall rate.
  public let liftTopTenth: Estimate
  /// Share of all leavers found in the highest tenth.
  public let captureTopTenth: Estimate
  public let resamples: Int

  /// `probabilities[repeat][client]`. `nil` unless both classes are there.
  public init?(
    probabilities: [[Double]], churned: [Bool], seed: UInt64, resamples wanted: Int = 200, cores: Int? = nil
  ) {
    let walks = Jobs.run(probabilities.count, cores: cores) {
      MetricWalk(probabilities: probabilities[$0], churned: churned)
    }.compactMap(\.self)
    guard !walks.isEmpty, walks.count == probabilities.count else { return nil }
    let resamples = Resamples(wanted, n: churned.count, seed: seed)
    @Sendable func mean(_ weights: [UInt8]?) -> MetricWalk.Figures? {
      let found = walks.compactMap { $0.figures(weights: weights) }
      guard found.count == walks.count else { return nil }
      return found.dropFirst().reduce(found[0], +) / Double(found.count)
    }
    guard let whole = mean(nil) else { return nil }
    let drawn = Jobs.run(resamples.count, cores: cores) { mean(resamples.weights($0)) }.compactMap(\.self)
    /// `unbiased`: draws are moved to have the figure as their mean, where resampling by itself worsens the figure.
    func estimate(unbiased: Bool = false, _ figure: (MetricWalk.Figures) -> Double) -> Estimate {
      var sorted = drawn.map(figure).sorted()
      let whole = figure(whole)
      guard !sorted.isEmpty else { return Estimate(estimate: whole, lower: whole, upper: whole) }
      if unbiased {
        let shift = whole - sorted.reduce(0, +) / Double(sorted.count)
        sorted = sorted.map { max(0, $0 + shift) }
      }
      func quantile(_ p: Double) -> Double {
        let position = p * Double(sorted.count - 1)
        let low = Int(position)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
      }
      return Estimate(estimate: whole, lower: min(whole, quantile(0.025)), upper: max(whole, quantile(0.975)))
    }
    n = churned.count
    self.churned = churned.count { $0 }
    rocAUC = estimate(\.rocAUC)
    gini = estimate { 2 * $0.rocAUC - 1 }
    ks = estimate(\.ks)
    prAUC = estimate(\.prAUC)
    logLoss = estimate(\.logLoss)
    brier = estimate(\.brier)
    brierSkill = estimate(\.brierSkill)
    ece = estimate(unbiased: true, \.ece)
    liftTopTenth = estimate(\.liftTopTenth)
    captureTopTenth = estimate(\.captureTopTenth)
    self.resamples = drawn.count
  }
}
