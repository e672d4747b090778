/// The chapter of the plan: whom to contact under the limits, how many, what it costs and brings, and how far that rests
/// on assumptions. Aggregates only; the clients are in the contact list.
public struct RetentionPlan: Sendable, Codable, Equatable {
  public struct Limits: Sendable, Codable, Equatable {
    /// Money to spend at most; `nil` for no limit.
    public let budget: Double?
    /// Clients to contact at most.
    public let contacts: Int?
    /// Contacts by channel at most, over the campaign.
    public let capacities: [String: Int]

    public init(budget: Double?, contacts: Int?, capacities: [String: Int]) {
      self.budget = budget
      self.contacts = contacts
      self.capacities = capacities
    }
  }
  /// Sums over clients of the plan.
  public struct Totals: Sendable, Codable, Equatable {
    public let clients: Int
    /// Σ probability: leavers expected among them without the plan.
    public let leavers: Double
    /// Σ probability × effect: leavers expected to stay because of it.
    public let kept: Double
    /// Σ probability × effect × value.
    public let value: Double
    public let cost: Double
    /// value − cost.
    public let gain: Double
    /// gain / cost; `nil` at no cost.
    public let returnOnCost: Double?

    public init(clients: Int, leavers: Double, kept: Double, value: Double, cost: Double) {
      self.clients = clients
      self.leavers = leavers
      self.kept = kept
      self.value = value
      self.cost = cost
      gain = value - cost
      returnOnCost = cost > 0 ? (value - cost) / cost : nil
    }
  }
  public struct Part: Sendable, Codable, Equatable {
    /// A recommendation's or channel's id.
    public let id: String
    public let totals: Totals

    public init(id: String, totals: Totals) {
      self.id = id
      self.totals = totals
    }
  }
  /// The best plan of so many contacts.
  public struct CurvePoint: Sendable, Codable, Equatable {
    public let contacts: Int
    public let cost: Double
    public let gain: Double
    public let kept: Double

    public init(contacts: Int, cost: Double, gain: Double, kept: Double) {
      self.contacts = contacts
      self.cost = cost
      self.gain = gain
      self.kept = kept
    }
  }
  /// What the plan's gain would be were one assumption lower or higher; the plan is made anew.
  public struct Sensitivity: Sendable, Codable, Equatable {
    /// Name of a field of `MoneyAssumptions`.
    public let assumption: String
    public let low: Double
    public let base: Double
    public let high: Double
    public let gainAtLow: Double
    public let gainAtHigh: Double
    /// The plan of the base assumption under the other one: what happens if the plan is kept and the world differs.
    public let keptPlanGainAtLow: Double
    public let keptPlanGainAtHigh: Double

    public init(
      assumption: String, low: Double, base: Double, high: Double, gainAtLow: Double, gainAtHigh: Double,
      keptPlanGainAtLow: Double, keptPlanGainAtHigh: Double
    ) {
      self.assumption = assumption
      self.low = low
      self.base = base
      self.high = high
      self.gainAtLow = gainAtLow
      self.gainAtHigh = gainAtHigh
      self.keptPlanGainAtLow = keptPlanGainAtLow
      self.keptPlanGainAtHigh = keptPlanGainAtHigh
    }
  }
  /// How often clients of one gender or age band are in the plan.
  public struct Selection: Sendable, Codable, Equatable {
    public struct Group: Sendable, Codable, Equatable {
      /// The level, "[30; 40)" for a band, "missing".
      public let value: String
      public let low: Double?
      public let high: Double?
      public let n: Int
      public let selected: Int
      public let rate: Double
      /// Against the group with the highest rate.
      public let ratio: Double?
      public let passesFourFifths: Bool?

      public init(
        value: String, low: Double?, high: Double?, n: Int, selected: Int, rate: Double, ratio: Double?,
        passesFourFifths: Bool?
      ) {
        self.value = value
        self.low = low
        self.high = high
        self.n = n
        self.selected = selected
        self.rate = rate
        self.ratio = ratio
        self.passesFourFifths = passesFourFifths
      }
    }
    public let attribute: String
    public let groups: [Group]
    public let lowestRatio: Double?
    public let passesFourFifths: Bool?

    public init(attribute: String, groups: [Group], lowestRatio: Double?, passesFourFifths: Bool?) {
      self.attribute = attribute
      self.groups = groups
      self.lowestRatio = lowestRatio
      self.passesFourFifths = passesFourFifths
    }
  }

  public let assumptions: MoneyAssumptions
  public let limits: Limits
  public let channels: [Catalogue.Channel]
  /// Clients of the table; of them those in an audience, those who may be contacted, and those not, by why.
  public let clients: Int
  public let inAudience: Int
  public let withoutConsent: Int
  public let doNotContact: Int
  /// Clients that some offer gains by.
  public let worthwhile: Int
  /// Everybody in the plan; those contacted, and the control group held out.
  public let selected: Totals
  public let contacted: Totals
  public let control: Totals
  public let controlShare: Double
  public let seed: UInt64
  public let byRecommendation: [Part]
  public let byChannel: [Part]
  /// No plan under these limits can gain more than this.
  public let upperBound: Double
  /// The plan is proven best.
  public let isOptimal: Bool
  /// Gain of one more contact, and of one more unit of budget; 0 where the limit does not bind, `nil` without it.
  public let priceOfContact: Double?
  public let priceOfBudget: Double?
  /// Gain of one more contact by each channel whose capacity binds.
  public let priceOfCapacity: [String: Double]
  public let curve: [CurvePoint]
  public let sensitivity: [Sensitivity]
  /// What every effect could be multiplied by until the plan gains nothing; `nil` for an empty plan.
  public let breakEvenEffectFactor: Double?
  public let selection: [Selection]

  public init(
    assumptions: MoneyAssumptions, limits: Limits, channels: [Catalogue.Channel], clients: Int,
    inAudience: Int, withoutConsent: Int, doNotContact: Int, worthwhile: Int, selected: Totals,
    contacted: Totals, control: Totals, controlShare: Double, seed: UInt64, byRecommendation: [Part],
    byChannel: [Part], upperBound: Double, isOptimal: Bool, priceOfContact: Double?, priceOfBudget: Double?,
    priceOfCapacity: [String: Double], curve: [CurvePoint], sensitivity: [Sensitivity],
    breakEvenEffectFactor: Double?, selection: [Selection]
  ) {
    self.assumptions = assumptions
    self.limits = limits
    self.channels = channels
    self.clients = clients
    self.inAudience = inAudience
    self.withoutConsent = withoutConsent
    self.doNotContact = doNotContact
    self.worthwhile = worthwhile
    self.selected = selected
    self.contacted = contacted
    self.control = control
    self.controlShare = controlShare
    self.seed = seed
    self.byRecommendation = byRecommendation
    self.byChannel = byChannel
    self.upperBound = upperBound
    self.isOptimal = isOptimal
    self.priceOfContact = priceOfContact
    self.priceOfBudget = priceOfBudget
    self.priceOfCapacity = priceOfCapacity
    self.curve = curve
    self.sensitivity = sensitivity
    self.breakEvenEffectFactor = breakEvenEffectFactor
    self.selection = selection
  }
}
