public import EbbStatistics

/// Did the action keep clients? Two arms, everybody as assigned (intention to treat).
public struct ExperimentAnalysis: Sendable, Codable, Equatable {
  public enum Verdict: String, Sendable, Codable, Equatable {
    /// Fewer left among the treated, beyond chance.
    case works
    /// More left among the treated, beyond chance.
    case harms
    /// Neither shown.
    case undecided
    /// Neither shown, and even keeping every leaver would have gone unseen.
    case tooFew
    /// The arms are not of the planned sizes, beyond chance: the assignment or the counting is broken, and nothing is
    /// claimed.
    case ratioMismatch
  }
  public enum Note: String, Sendable, Codable, Equatable, CaseIterable {
    /// The planned share of the control group was not said.
    case ratioNotChecked
    /// The share of missing outcomes differs between the arms.
    case attritionDiffers
    /// Clients whose outcome is not known were left out, and could turn the sign of the effect.
    case missingCouldTurn
    /// Fewer than five leavers or stayers expected in an arm: Fisher's exact test decides.
    case fewExpected
    /// The interval and the test fall on different sides of the border.
    case intervalDisagrees
    /// Strata are not spread alike over the arms: the pooled figures are the ones to read.
    case strataUnbalanced
    /// The effect differs between strata.
    case strataDiffer
  }
  public struct Arm: Sendable, Codable, Equatable {
    /// All clients assigned to it, and of them those whose outcome is known and is not.
    public let assigned: Int
    public let known: Int
    public let missing: Int
    /// Leavers of the known, Wilson interval.
    public let left: Proportion

    init(_ counts: ExperimentCounts.Arm, level: Double) {
      assigned = counts.assigned
      known = counts.known
      missing = counts.missing
      left = Proportion(successes: counts.left, n: counts.known, level: level)
    }
  }
  public struct Comparison: Sendable, Codable, Equatable {
    /// Share leaving, control − treated: the share of the treated that was saved. Newcombe interval.
    public let difference: EffectSize
    /// Treated against control; below 1 is good.
    public let relativeRisk: EffectSize
    public let oddsRatio: EffectSize
    /// Share of leavers kept, 1 − relative risk.
    public let leaversKept: EffectSize
    /// twoProportionZ, chiSquared, chiSquaredYates, fisherExact.
    public let tests: [HypothesisTest]
    /// The test that decides.
    public let decidedBy: String
    public let pValue: Double?
    /// The smallest count expected in a cell without an effect.
    public let minimumExpected: Double?
  }
  /// Figures of money take `value` and `cost` as known.
  public struct Saved: Sendable, Codable, Equatable {
    /// Difference × treated clients of known outcome.
    public let clients: Double
    public let clientsInterval: Interval?
    /// What a kept client is worth, and what the action cost a treated client; `nil` where nobody said.
    public let value: Double?
    public let cost: Double?
    /// Cost of all clients assigned to the action.
    public let totalCost: Double?
    /// Saved clients × value − total cost.
    public let money: Double?
    public let moneyInterval: Interval?
    /// Clients to save for the action to pay for itself.
    public let breakEvenClients: Double?
  }
  public struct Stratum: Sendable, Codable, Equatable {
    public let value: String
    public let treated: Arm
    public let control: Arm
    /// Control − treated, Newcombe interval; `nil` where nothing is claimed.
    public let difference: EffectSize?
    /// By the test that fits the counts; adjusted for all strata by Holm.
    public let pValue: Double?
    public let pValueHolm: Double?
  }
  /// One effect for all strata, compared within each (Cochran-Mantel-Haenszel).
  public struct Pooled: Sendable, Codable, Equatable {
    /// Control − treated.
    public let difference: EffectSize
    /// Treated against control.
    public let oddsRatio: EffectSize
    public let relativeRisk: EffectSize
    public let test: HypothesisTest
    /// Is the odds ratio the same in all strata?
    public let homogeneity: HypothesisTest
    /// Are the strata spread over the arms alike?
    public let balance: HypothesisTest
  }
  public struct RatioCheck: Sendable, Codable, Equatable {
    public let plannedControlShare: Double
    public let controlShare: Double
    public let test: HypothesisTest
    public let isMismatch: Bool
  }
  public struct Attrition: Sendable, Codable, Equatable {
    /// Clients without an outcome of those assigned.
    public let treated: Proportion
    public let control: Proportion
    public let test: HypothesisTest
    public let differs: Bool
    /// The difference, control − treated, if missing outcomes fell the worst and the best way.
    public let lowestDifference: Double
    public let highestDifference: Double
  }

  public let verdict: Verdict
  public let alpha: Double
  public let treated: Arm
  public let control: Arm
  /// `nil` where an arm is empty or the ratio of the arms is broken.
  public let comparison: Comparison?
  public let saved: Saved?
  public let ratioCheck: RatioCheck?
  /// `nil` where no outcome is missing.
  public let attrition: Attrition?
  /// The smallest fall of the share leaving that these arms could have seen with `power`, at the control group's share;
  /// `nil` where not even a fall to zero.
  public let detectableFall: Double?
  public let power: Double
  /// The effect the experiment was planned to see (share of leavers kept), and the chance that these arms had to see it.
  public let smallestEffect: Double?
  public let powerForSmallestEffect: Double?
  /// The column the strata are of.
  public let by: String?
  public let strata: [Stratum]
  public let pooled: Pooled?
  public let notes: [Note]
}
