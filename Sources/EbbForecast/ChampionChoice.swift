/// Which model is used, and why.
///
/// The rule: the model with the lowest out-of-fold log-loss, unless a simpler one's area under the ROC curve is smaller by
/// less than `margin`, or by no more than chance explains (DeLong's test at 0.05). Baselines do not compete.
public struct ChampionChoice: Sendable, Codable, Equatable {
  public enum Reason: String, Sendable, Codable, Equatable, CaseIterable {
    case lowestLogLoss, simplerAsGood, onlyModel
  }
  public let champion: ForecastMethod
  /// The runner-up: the best that was passed over for a simpler one, or the second best.
  public let challenger: ForecastMethod?
  public let reason: Reason
  public let margin: Double
  /// Champion's area minus challenger's, and DeLong's p.
  public let rocAUCDifference: Double?
  public let pValue: Double?

  /// An area smaller by less than this is worth a simpler model.
  public static let simplicityMargin = 0.002

  /// `nil` where no model was judged.
  init?(_ judged: [JudgedMethod], _ churned: [Bool], margin: Double = ChampionChoice.simplicityMargin) {
    let models = judged.filter { !$0.method.isBaseline }
    func loss(_ model: JudgedMethod) -> Double { model.metrics.logLoss.estimate }
    guard let best = models.min(by: { loss($0) < loss($1) }) else { return nil }
    func compare(_ first: JudgedMethod, _ second: JudgedMethod) -> (difference: Double, pValue: Double?) {
      let test = DeLongTest(first: first.probabilities[0], second: second.probabilities[0], churned: churned)
      return (first.metrics.rocAUC.estimate - second.metrics.rocAUC.estimate, test?.pValue)
    }
    let simpler = models.filter { $0.method.cost < best.method.cost }.sorted {
      $0.method.cost < $1.method.cost
    }
    for model in simpler {
      let found = compare(model, best)
      if -found.difference < margin || (found.pValue ?? 1) >= 0.05 {
        champion = model.method
        challenger = best.method
        reason = .simplerAsGood
        self.margin = margin
        rocAUCDifference = found.difference
        pValue = found.pValue
        return
      }
    }
    let second = models.filter { $0.method != best.method }.min { loss($0) < loss($1) }
    let found = second.map { compare(best, $0) }
    champion = best.method
    challenger = second?.method
    reason = second == nil ? .onlyModel : .lowestLogLoss
    self.margin = margin
    rocAUCDifference = found?.difference
    pValue = found?.pValue ?? nil
  }
}
