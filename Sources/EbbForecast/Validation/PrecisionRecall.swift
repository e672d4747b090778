/// Average precision: Σ (Rₖ − Rₖ₋₁)·Pₖ over thresholds from the highest score down. Its chance level is the churn rate.
///
/// Python: `sklearn.metrics.average_precision_score(y, s)`.
public struct PrecisionRecall: Sendable, Codable, Equatable {
  public let prAUC: Double
  public let chanceLevel: Double

  public init?(scores: [Double], churned: [Bool]) {
    guard let order = ScoreOrder(scores: scores, churned: churned) else { return nil }
    var truePositives = 0
    var taken = 0
    var sum = 0.0
    for group in order.descendingGroups {
      truePositives += group.churned
      taken += group.churned + group.stayed
      sum += Double(group.churned) / Double(order.churned) * Double(truePositives) / Double(taken)
    }
    self.prAUC = sum
    self.chanceLevel = Double(order.churned) / Double(scores.count)
  }
}
