import Foundation

/// A logistic curve from margins (log-odds) to probabilities: P = 1 / (1 + exp(−(a + b·margin))).
///
/// Fitted by Newton's method with Platt's smoothed targets (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2), which keep the fit finite
/// when the classes separate. Source: J. Platt, Advances in Large Margin Classifiers (1999); H.-T. Lin et al., Machine
/// Learning 68 (2007) 267-276. Python: `sklearn.calibration.CalibratedClassifierCV(method="sigmoid")`.
public struct PlattCalibration: Sendable, Codable, Equatable {
  public let intercept: Double
  public let slope: Double

  public init(intercept: Double, slope: Double) {
    self.intercept = intercept
    self.slope = slope
  }

  /// `nil` where there are no data or the margins do not vary.
  public init?(fitting margins: [Double], churned: [Bool]) {
    guard margins.count == churned.count, !margins.isEmpty, margins.allSatisfy({ $0.isFinite }) else {
      return nil
    }
    let positives = Double(churned.count { $0 })
    let negatives = Double(churned.count) - positives
    let high = (positives + 1) / (positives + 2)
    let low = 1 / (negatives + 2)
    guard
      let line = LogisticLine(
        margins, targets: churned.map { $0 ? high : low },
        start: (log((positives + 1) / (negatives + 1)), 0))
    else { return nil }
    self.intercept = line.intercept
    self.slope = line.slope
  }

  public func probability(margin: Double) -> Double { 1 / (1 + exp(-(intercept + slope * margin))) }
}
