public import EbbStatistics

/// The experiment that would prove a recommendation: sizes, what can be seen with the clients at hand, and the analysis,
/// all settled before anybody is contacted.
public struct ExperimentDesign: Sendable, Codable, Equatable {
  public enum Verdict: String, Sendable, Codable, Equatable {
    /// The clients at hand suffice to see the stated effect.
    case answerable
    /// They do not: `needed` says how many would, `detectable` what can be seen.
    case tooFewClients
    /// There is nobody to compare with (no control group).
    case noControl
  }
  public enum Audience: String, Sendable, Codable, Equatable {
    /// Clients of the plan for this recommendation.
    case plan
    /// Everybody the recommendation is meant for.
    case everybody
  }
  /// The recommendation's id.
  public let recommendation: String
  public let audience: Audience
  /// Clients at hand, and of them to contact and to hold out.
  public let clients: Int
  public let treated: Int
  public let control: Int
  /// Share expected to leave without the action, and with it.
  public let baseRate: Double
  public let treatedRate: Double
  /// Share of leavers kept that the experiment must be able to see.
  public let smallestEffect: Double
  public let alpha: Double
  public let power: Double
  /// Control clients for each treated one, as at hand.
  public let ratio: Double
  /// Treated clients needed at this ratio, by four formulas, unrounded; `nil` where the rates are equal.
  public let sampleSize: ProportionSampleSize?
  /// Rounded up by Cohen's h: treated, control.
  public let neededTreated: Int?
  public let neededControl: Int?
  /// The same with arms of equal size.
  public let neededPerEqualArm: Int?
  /// With the clients at hand: chance to see the stated effect, and the smallest fall of the share leaving that would be
  /// seen with `power` (points of share); `nil` where not even a fall to zero would.
  public let powerAtHand: Double?
  public let detectableFall: Double?
  /// The same with the clients at hand split into equal arms.
  public let detectableFallEqualArms: Double?
  public let durationDays: Int
  public let seed: UInt64
  /// Attributes the assignment is balanced by.
  public let strata: [String]
  public let verdict: Verdict

  public init(
    recommendation: String, audience: Audience, clients: Int, treated: Int, control: Int, baseRate: Double,
    treatedRate: Double, smallestEffect: Double, alpha: Double, power: Double, ratio: Double,
    sampleSize: ProportionSampleSize?, neededTreated: Int?, neededControl: Int?, neededPerEqualArm: Int?,
    powerAtHand: Double?, detectableFall: Double?, detectableFallEqualArms: Double?, durationDays: Int,
    seed: UInt64, strata: [String], verdict: Verdict
  ) {
    self.recommendation = recommendation
    self.audience = audience
    self.clients = clients
    self.treated = treated
    self.control = control
    self.baseRate = baseRate
    self.treatedRate = treatedRate
    self.smallestEffect = smallestEffect
    self.alpha = alpha
    self.power = power
    self.ratio = ratio
    self.sampleSize = sampleSize
    self.neededTreated = neededTreated
    self.neededControl = neededControl
    self.neededPerEqualArm = neededPerEqualArm
    self.powerAtHand = powerAtHand
    self.detectableFall = detectableFall
    self.detectableFallEqualArms = detectableFallEqualArms
    self.durationDays = durationDays
    self.seed = seed
    self.strata = strata
    self.verdict = verdict
  }
}
