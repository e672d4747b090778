import EbbStatistics

/// Whether two models that scored the same clients differ in ROC AUC.
///
/// z = (A₁ − A₂) / √(V₁ + V₂ − 2·Cov), two-sided. Assumes that the clients are independent and the same for both.
/// Cost O(n log n). Source: DeLong et al. 1988. R: `pROC::roc.test(r1, r2, method = "delong", paired = TRUE)`.
public struct DeLongTest: Sendable, Codable, Equatable {
  public let first: Double
  public let second: Double
  public let difference: Double
  public let standardError: Double
  /// `nil` where the scores order the clients alike: no difference, no variance.
  public let z: Double?
  public let pValue: Double?

  public init?(first: [Double], second: [Double], churned: [Bool]) {
    guard let orderA = ScoreOrder(scores: first, churned: churned),
      let orderB = ScoreOrder(scores: second, churned: churned)
    else { return nil }
    let a = DeLongComponents(scores: first, churned: churned, order: orderA)
    let b = DeLongComponents(scores: second, churned: churned, order: orderB)
    let variance = max(0, a.variance + b.variance - 2 * DeLongComponents.covariance(a, b))
    self.first = a.area
    self.second = b.area
    self.difference = a.area - b.area
    self.standardError = variance.squareRoot()
    // What rounding leaves of two equal rankings is no variance.
    if variance > 1e-12 * (a.variance + b.variance) {
      let z = (a.area - b.area) / variance.squareRoot()
      self.z = z
      self.pValue = Normal.pValue(z)
    } else {
      self.z = nil
      self.pValue = nil
    }
  }
}
