public import EbbStatistics
import Foundation

/// Cox's calibration: logit P(left) = intercept + slope · logit(forecast). A calibrated model has intercept 0, slope 1;
/// a slope below 1 means forecasts too extreme (overfitting).
///
/// Fitted by Newton's method on the two parameters; intervals are Wald's. Forecasts are clipped to [1e-6, 1 − 1e-6].
/// Source: D. R. Cox, Biometrika 45 (1958) 562-565. R: `glm(y ~ qlogis(p), family = binomial)`.
public struct CalibrationLine: Sendable, Codable, Equatable {
  public let intercept: Double
  public let slope: Double
  public let interceptInterval: Interval
  public let slopeInterval: Interval

  /// `nil` unless both classes are there, the forecasts vary and the fit converges.
  public init?(probabilities: [Double], churned: [Bool], level: Double = 0.95) {
    guard probabilities.count == churned.count else { return nil }
    let x = probabilities.map { p in
      let clipped = min(max(p, 1e-6), 1 - 1e-6)
      return log(clipped) - log1p(-clipped)
    }
    guard
      x.allSatisfy({ $0.isFinite }),
      let line = LogisticLine(x, targets: churned.map { $0 ? 1 : 0 }, start: (0, 1))
    else { return nil }
    let z = Normal.quantile(0.5 + level / 2)
    let halfA = z * line.variances.intercept.squareRoot()
    let halfB = z * line.variances.slope.squareRoot()
    self.intercept = line.intercept
    self.slope = line.slope
    self.interceptInterval = Interval(
      level: level, low: line.intercept - halfA, high: line.intercept + halfA)
    self.slopeInterval = Interval(level: level, low: line.slope - halfB, high: line.slope + halfB)
  }
}
