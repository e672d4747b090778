/// The plan, and what each client of the table gets: names nobody, but goes by rows, so it stays out of a study.
public struct RetentionPlanOutcome: Sendable {
  public let plan: RetentionPlan
  public let offers: [PlanOffer]
  /// By row: index of the offer, −1 for none.
  public let choice: [Int16]
  /// By row: selected, but held out.
  public let isControl: [Bool]
}

/// Whom to contact, with what and through which channel, under the limits.
///
/// Expected gain of an offer to a client = probability of leaving × effect × value − cost; the plan has the largest sum
/// (`PlanOptimiser`). A fixed share is held out as a control group (`ControlGroup`); the limits bound everybody selected.
/// The gain is what the plan brings if everybody selected is contacted and the assumptions hold.
public enum RetentionPlanRunner {
  /// - Parameters:
  ///   - recommendations: of the study; at most 64 take part, as many as `PlanClients.audiences` has bits. Their audiences
  ///     are those bits.
  ///   - channels: of the catalogue; at most 64.
  ///   - budget: money to spend at most; `nil` for no limit.
  ///   - contacts: clients to contact at most.
  ///   - capacities: contacts by channel at most over the campaign, by id; for others capacity a day × days.
  ///   - controlShare: of those selected.
  ///   - privacyThreshold: smaller groups of `attributes` are not shown.
  public static func run(
    clients: PlanClients, recommendations: [Recommendation], channels: [Catalogue.Channel],
    money: MoneyAssumptions, budget: Double? = nil, contacts: Int? = nil, capacities: [String: Int] = [:],
    controlShare: Double = 0.1, seed: UInt64 = 1, privacyThreshold: Int = 5
  ) -> RetentionPlanOutcome {
    run(
      clients: clients, offered: recommendations.map(PlanRecommendation.init), channels: channels,
      money: money, budget: budget, contacts: contacts, capacities: capacities, controlShare: controlShare,
      seed: seed, privacyThreshold: privacyThreshold)
  }

  static func run(
    clients: PlanClients, offered recommendations: [PlanRecommendation], channels: [Catalogue.Channel],
    money: MoneyAssumptions, budget: Double? = nil, contacts: Int? = nil, capacities: [String: Int] = [:],
    controlShare: Double = 0.1, seed: UInt64 = 1, privacyThreshold: Int = 5,
    effort: PlanSearch.Effort = .full
  ) -> RetentionPlanOutcome {
    let question = PlanUnderAssumptions(
      clients: clients, recommendations: recommendations, channels: channels, budget: budget,
      contacts: contacts, capacities: capacities)
    let stakes = clients.atStake(money)
    let offers = PlanOffer.all(recommendations, channels: channels, money: money)
    let reported = question.reportedLimits(money)
    let limits = PlanLimits(reported, channels: channels)
    var withoutContacts = limits
    withoutContacts.contacts = nil
    let optimiser = PlanOptimiser(clients: clients, stakes: stakes, offers: offers, limits: withoutContacts)
    let solution = optimiser.solve(limits, effort: effort)
    let share = controlShare.isFinite ? min(1, max(0, controlShare)) : 0
    let control = ControlGroup(
      solution.chosen.map {
        ControlGroup.Member(
          row: $0.row, recommendation: offers[$0.offer].recommendation, chance: clients.chance($0.row),
          identity: clients.identity[$0.row])
      }, share: share, seed: seed)
    let sums = PlanTotals(
      solution.chosen, clients: clients, stakes: stakes, offers: offers, control: control.rows)
    let curve = PlanCurve(
      optimiser, clients: clients, stakes: stakes, limits: limits, selected: solution.chosen.count)
    var choice = [Int16](repeating: -1, count: clients.count)
    var isControl = [Bool](repeating: false, count: clients.count)
    for (row, offer) in solution.chosen {
      choice[row] = Int16(offer)
      isControl[row] = control.rows.contains(row)
    }
    let reach = PlanReach(clients: clients, stakes: stakes, offers: offers)
    let plan = RetentionPlan(
      assumptions: money, limits: reported, channels: channels, clients: clients.count,
      inAudience: reach.inAudience, withoutConsent: reach.withoutConsent, doNotContact: reach.doNotContact,
      worthwhile: reach.worthwhile, selected: sums.selected, contacted: sums.contacted,
      control: sums.control, controlShare: share, seed: seed,
      byRecommendation: sums.parts(by: \.recommendation, ids: recommendations.map(\.id)),
      byChannel: sums.parts(by: \.channel, ids: channels.map(\.id)),
      upperBound: solution.isOptimal ? sums.selected.gain : max(solution.upperBound, sums.selected.gain),
      isOptimal: solution.isOptimal,
      priceOfContact: curve.priceOfContact, priceOfBudget: curve.priceOfBudget,
      priceOfCapacity: Dictionary(
        uniqueKeysWithValues: curve.priceOfCapacity.map { (channels[$0.key].id, $0.value) }),
      curve: curve.points,
      sensitivity: question.sensitivity(money, chosen: solution.chosen),
      breakEvenEffectFactor: BreakEven.factor(solution.chosen.map { (stakes[$0.row], offers[$0.offer]) }),
      selection: clients.attributes.map {
        SelectionCheck.run($0, isSelected: { choice[$0] >= 0 }, privacyThreshold: privacyThreshold)
      })
    return RetentionPlanOutcome(plan: plan, offers: offers, choice: choice, isControl: isControl)
  }
}

/// Clients some recommendation is meant for, and how many of them are left.
struct PlanReach: Sendable, Equatable {
  private(set) var inAudience = 0
  private(set) var withoutConsent = 0
  private(set) var doNotContact = 0
  /// Some offer gains by the client, limits aside.
  private(set) var worthwhile = 0

  init(clients: PlanClients, stakes: [Double], offers: [PlanOffer]) {
    let offered = offers.reduce(UInt64(0)) { $0 | 1 << UInt64($1.recommendation) }
    for row in stakes.indices {
      let audiences = clients.audiences[row] & offered
      if audiences == 0 { continue }
      inAudience += 1
      switch PlanClients.Permission(rawValue: clients.permission[row]) {
      case .mayBeContacted:
        let allowed = clients.channelsAllowed?[row] ?? .max
        let gains = offers.contains {
          audiences >> UInt64($0.recommendation) & 1 == 1 && allowed >> UInt64($0.channel) & 1 == 1
            && stakes[row] * $0.effect > $0.cost
        }
        if gains { worthwhile += 1 }
      case .noConsent: withoutConsent += 1
      case .doNotContact, nil: doNotContact += 1
      }
    }
  }
}
