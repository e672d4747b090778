/// How well scores tell leavers from stayers: the receiver operating characteristic.
///
/// Area = P(score of a random leaver > score of a random stayer) + ½ P(equal), by mid-ranks (Mann-Whitney).
/// Its variance is DeLong's, by the fast rank form of Sun and Xu; Gini = 2·AUC − 1; KS is the greatest distance between
/// the two score distributions.
///
/// Cost O(n log n). Source: E. R. DeLong et al., Biometrics 44 (1988) 837-845; X. Sun, W. Xu, IEEE Signal Processing
/// Letters 21 (2014) 1389-1393. Python: `sklearn.metrics.roc_auc_score(y, s)`; R: `pROC::roc(y, s)`, `pROC::var`.
public struct ROCCurve: Sendable, Codable, Equatable {
  public let n: Int
  public let churned: Int
  public let rocAUC: Double
  /// DeLong's variance of the area.
  public let variance: Double
  public let gini: Double
  public let ks: Double
  /// Corners of the curve, thinned to at most `maximumPoints`; from (0, 0) to (1, 1).
  public let falsePositiveRate: [Double]
  public let truePositiveRate: [Double]

  /// `nil` unless both classes are there.
  public init?(scores: [Double], churned: [Bool], maximumPoints: Int = 201) {
    guard let order = ScoreOrder(scores: scores, churned: churned) else { return nil }
    let components = DeLongComponents(scores: scores, churned: churned, order: order)
    var truePositives = 0
    var falsePositives = 0
    var distance = 0.0
    var corners: [(Double, Double)] = [(0, 0)]
    for group in order.descendingGroups {
      truePositives += group.churned
      falsePositives += group.stayed
      let tpr = Double(truePositives) / Double(order.churned)
      let fpr = Double(falsePositives) / Double(order.stayed)
      distance = max(distance, abs(tpr - fpr))
      corners.append((fpr, tpr))
    }
    let kept = Self.thin(corners, to: maximumPoints)
    self.n = scores.count
    self.churned = order.churned
    self.rocAUC = components.area
    self.variance = components.variance
    self.gini = 2 * components.area - 1
    self.ks = distance
    self.falsePositiveRate = kept.map(\.0)
    self.truePositiveRate = kept.map(\.1)
  }

  /// The first and last corner and evenly spaced ones between.
  private static func thin(_ corners: [(Double, Double)], to limit: Int) -> [(Double, Double)] {
    guard corners.count > limit, limit > 1 else { return corners }
    return (0..<limit).map { corners[$0 * (corners.count - 1) / (limit - 1)] }
  }
}
