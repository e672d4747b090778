public import EbbClients
public import EbbStatistics

/// The chapter of risk groups: rules of few conditions under which clients leave far more often (and far less often)
/// than the others. Found on one part of the clients, proven on the other, then described over all.
public struct RiskGroups: Sendable, Codable, Equatable {
  /// How the search was made, so that its result can be judged.
  public struct Search: Sendable, Codable, Equatable {
    /// Share of the clients that rules were found on; the others prove them.
    public let discoveryShare: Double
    public let discoveryClients: Int
    public let confirmationClients: Int
    /// Attributes searched, and those left out because the cells would be too many.
    public let attributes: [String]
    public let leftOut: [String]
    /// Rules looked at.
    public let rules: Int
    /// Rules of either direction that were put to the test; p-values are corrected for as many.
    public let tested: Int
    /// Conditions of a rule at most.
    public let conditionLimit: Int
    /// Clients of a group at least, among all.
    public let minimumSize: Int
    /// Family-wise significance level after Holm's correction, over both directions.
    public let alpha: Double
    public let seed: UInt64

    public init(
      discoveryShare: Double, discoveryClients: Int, confirmationClients: Int, attributes: [String],
      leftOut: [String], rules: Int, tested: Int, conditionLimit: Int, minimumSize: Int, alpha: Double,
      seed: UInt64
    ) {
      self.discoveryShare = discoveryShare
      self.discoveryClients = discoveryClients
      self.confirmationClients = confirmationClients
      self.attributes = attributes
      self.leftOut = leftOut
      self.rules = rules
      self.tested = tested
      self.conditionLimit = conditionLimit
      self.minimumSize = minimumSize
      self.alpha = alpha
      self.seed = seed
    }
  }

  public let overall: Proportion
  public let search: Search
  /// Groups that leave more often, the most telling first.
  public let risk: [RiskGroup]
  /// Groups that leave least.
  public let loyal: [RiskGroup]
  /// Clients of any risk group, and what part of all leavers they are.
  public let covered: Coverage

  public struct Coverage: Sendable, Codable, Equatable {
    public let n: Int
    public let churned: Int
    /// Of all clients.
    public let share: Double
    /// Of all leavers.
    public let ofChurned: CompositionShare

    public init(n: Int, churned: Int, share: Double, ofChurned: CompositionShare) {
      self.n = n
      self.churned = churned
      self.share = share
      self.ofChurned = ofChurned
    }
  }

  public init(
    overall: Proportion, search: Search, risk: [RiskGroup], loyal: [RiskGroup], covered: Coverage
  ) {
    self.overall = overall
    self.search = search
    self.risk = risk
    self.loyal = loyal
    self.covered = covered
  }
}

/// One group: its rule, its churn there and elsewhere, its weight, its proof and its portrait.
public struct RiskGroup: Sendable, Codable, Equatable {
  /// How the rule did on the clients it was not found on.
  public struct Confirmation: Sendable, Codable, Equatable {
    /// Churn in the group, and elsewhere, among the confirming clients.
    public let here: Proportion
    public let elsewhere: Proportion
    /// Rate / rate of all confirming clients.
    public let lift: Double?
    /// The group against all others, two-sided.
    public let test: HypothesisTest
    public let pValueAdjusted: Double?

    public init(
      here: Proportion, elsewhere: Proportion, lift: Double?, test: HypothesisTest, pValueAdjusted: Double?
    ) {
      self.here = here
      self.elsewhere = elsewhere
      self.lift = lift
      self.test = test
      self.pValueAdjusted = pValueAdjusted
    }
  }
  /// What the group's clients are like; the strongest differences first.
  public struct Trait: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, Equatable { case number, level, missing }
    public let kind: Kind
    public let column: String
    public let role: Role
    /// The level, for `level`.
    public let value: String?
    /// Means for numbers, shares of clients for levels and missing values.
    public let here: Double
    public let elsewhere: Double
    /// Cohen's d, Cohen's h.
    public let effect: Double

    public init(
      kind: Kind, column: String, role: Role, value: String?, here: Double, elsewhere: Double, effect: Double
    ) {
      self.kind = kind
      self.column = column
      self.role = role
      self.value = value
      self.here = here
      self.elsewhere = elsewhere
      self.effect = effect
    }
  }

  /// "R1", "R2", … for risk, "L1", … for loyalty.
  public let id: String
  public let rule: RiskRule
  public let n: Int
  /// Of all clients.
  public let share: Double
  public let churned: Int
  public let churn: Proportion
  /// All other clients.
  public let elsewhere: Proportion
  /// Rate / overall rate, with an interval (by the ratio of the rates here and overall).
  public let lift: Double?
  public let liftInterval: Interval?
  /// `riskDifference`, `relativeRisk`, `oddsRatio` against all other clients.
  public let againstRest: [EffectSize]
  /// Weighted relative accuracy: share × (rate − overall rate), over all clients.
  public let weightedRelativeAccuracy: Double
  public let ofChurned: CompositionShare
  /// Money held; `nil` without a balance column.
  public let balance: Segment.Balance?
  public let confirmation: Confirmation
  public let portrait: [Trait]

  public init(
    id: String, rule: RiskRule, n: Int, share: Double, churned: Int, churn: Proportion,
    elsewhere: Proportion, lift: Double?, liftInterval: Interval?, againstRest: [EffectSize],
    weightedRelativeAccuracy: Double, ofChurned: CompositionShare, balance: Segment.Balance?,
    confirmation: Confirmation, portrait: [Trait]
  ) {
    self.id = id
    self.rule = rule
    self.n = n
    self.share = share
    self.churned = churned
    self.churn = churn
    self.elsewhere = elsewhere
    self.lift = lift
    self.liftInterval = liftInterval
    self.againstRest = againstRest
    self.weightedRelativeAccuracy = weightedRelativeAccuracy
    self.ofChurned = ofChurned
    self.balance = balance
    self.confirmation = confirmation
    self.portrait = portrait
  }
}
