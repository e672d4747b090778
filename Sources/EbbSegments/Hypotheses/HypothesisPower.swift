import EbbStatistics

/// How many clients an experiment on the bank's churn rate needs, what an experiment of a given size can show, and
/// with what probability it would show a given fall. Two-sided tests of two proportions, arms of equal size.
///
/// - `unpooled`: n = (z₁₋α/₂ + z_power)² (p₁q₁ + p₂q₂) / (p₁ − p₂)²
/// - `pooled`: the variance under H₀ pooled (the usual one)
/// - `cohenH`: `statsmodels.stats.power.NormalIndPower().solve_power(proportion_effectsize(p1, p2), …)`
/// - `continuity`: pooled with Fleiss' continuity correction
public struct HypothesisPower: Sendable, Codable, Equatable {
  public struct SampleSize: Sendable, Codable, Equatable {
    public let from: Double
    public let to: Double
    public let alpha: Double
    public let power: Double
    /// Arm 2 has `ratio` times the clients of arm 1.
    public let ratio: Double
    public let cohensH: Double
    /// Clients of arm 1, before rounding up.
    public let cohenH: Double?
    public let unpooled: Double?
    public let pooled: Double?
    public let continuity: Double?
    /// `pooled`, rounded up: clients of arm 1.
    public let perArm: Int?
  }
  /// The smallest fall from the bank's rate that arms of this size show with this power.
  public struct MinimalEffect: Sendable, Codable, Equatable {
    public let perArm: Int
    public let alpha: Double
    public let power: Double
    /// The rate of the treated arm, by the pooled formula; `nil` where even a fall to zero would not show.
    public let pooled: Double?
    public let cohenH: Double?
    /// Bank's rate − `pooled`.
    public let fall: Double?
  }
  public struct Achieved: Sendable, Codable, Equatable {
    public let from: Double
    public let to: Double
    public let perArm: Int
    public let alpha: Double
    /// By Cohen's h.
    public let power: Double?
  }

  /// The bank's churn rate.
  public let rate: Double
  public let sampleSizes: [SampleSize]
  public let minimalEffects: [MinimalEffect]
  public let achieved: [Achieved]

  /// Falls to the whole percents below the rate, down to half of it (at most `steps`), at α 5 % and 1 %, power 80 % and 90 %; arms of 500 to
  /// 5,000 clients. `nil` unless 0 < rate < 1.
  init?(rate: Double) {
    guard rate > 0, rate < 1 else { return nil }
    self.rate = rate
    let targets = Self.targets(below: rate)
    sampleSizes = targets.flatMap { target in
      [0.05, 0.01].flatMap { alpha in
        [0.8, 0.9].compactMap { Self.sampleSize(from: rate, to: target, alpha: alpha, power: $0) }
      }
    }
    minimalEffects = [500, 1000, 2000, 3000, 5000].flatMap { perArm in
      [0.8, 0.9].map { Self.minimalEffect(from: rate, perArm: perArm, alpha: 0.05, power: $0) }
    }
    achieved = targets.flatMap { target in
      [1000, 2000, 4000].map { Self.achieved(from: rate, to: target, perArm: $0, alpha: 0.05) }
    }
  }

  /// Whole percents below `rate` down to half of it; where there is none, half of it.
  static func targets(below rate: Double) -> [Double] {
    let whole = (0...99).reversed().map { Double($0) / 100 }.filter {
      $0 < rate && $0 >= rate / 2 - 0.005 && $0 > 0
    }
    return whole.isEmpty ? [rate / 2] : Array(whole.prefix(12))
  }

  static func sampleSize(
    from rate: Double, to target: Double, alpha: Double, power: Double, ratio: Double = 1
  ) -> SampleSize? {
    guard
      let size = sampleSizeTwoProportions(
        p1: rate, p2: target, alpha: alpha, power: power, ratio: ratio)
    else { return nil }
    return SampleSize(
      from: rate, to: target, alpha: alpha, power: power, ratio: ratio, cohensH: size.cohensH,
      cohenH: size.cohenH, unpooled: size.unpooled, pooled: size.pooled, continuity: size.fleiss,
      perArm: size.pooled.flatMap { $0 < 1e15 ? Int($0.rounded(.up)) : nil })
  }

  static func minimalEffect(
    from rate: Double, perArm: Int, alpha: Double, power: Double
  ) -> MinimalEffect {
    let share = minimalDetectableShare(base: rate, n: Double(perArm), alpha: alpha, power: power)
    return MinimalEffect(
      perArm: perArm, alpha: alpha, power: power, pooled: share?.pooled, cohenH: share?.cohenH,
      fall: share?.pooled.map { rate - $0 })
  }

  static func achieved(from rate: Double, to target: Double, perArm: Int, alpha: Double) -> Achieved {
    Achieved(
      from: rate, to: target, perArm: perArm, alpha: alpha,
      power: powerTwoProportions(p1: rate, p2: target, n1: Double(perArm), alpha: alpha))
  }
}
