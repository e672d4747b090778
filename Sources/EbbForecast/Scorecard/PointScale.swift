import Foundation

/// Log-odds as points, the way banks do: `baseScore` points at `baseOdds` (stayers to one leaver), and
/// `pointsToDouble` more points each time those odds double. More points mean: more likely to stay.
///
/// points = offset + factor · ln(odds of staying), factor = pointsToDouble / ln 2,
/// offset = baseScore − factor · ln(baseOdds). Source: N. Siddiqi, Credit Risk Scorecards (2006), ch. 6.
public struct PointScale: Sendable, Codable, Equatable {
  public let baseScore: Double
  public let baseOdds: Double
  public let pointsToDouble: Double

  public init(baseScore: Double = 600, baseOdds: Double = 4, pointsToDouble: Double = 40) {
    self.baseScore = baseScore
    self.baseOdds = max(baseOdds, 1e-3)
    self.pointsToDouble = max(pointsToDouble, 1)
  }

  public var factor: Double { pointsToDouble / log(2) }
  public var offset: Double { baseScore - factor * log(baseOdds) }

  /// `margin` is the log-odds of leaving.
  public func points(margin: Double) -> Double { offset - factor * margin }
}
