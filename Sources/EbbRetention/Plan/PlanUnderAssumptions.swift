/// The same question under other assumptions.
struct PlanUnderAssumptions: Sendable {
  let clients: PlanClients
  let recommendations: [PlanRecommendation]
  let channels: [Catalogue.Channel]
  let budget: Double?
  let contacts: Int?
  let capacities: [String: Int]

  /// Limits as they apply: a channel's capacity is what was asked for, otherwise capacity a day × days.
  func reportedLimits(_ money: MoneyAssumptions) -> RetentionPlan.Limits {
    var effective: [String: Int] = [:]
    for channel in channels {
      if let capacity = capacities[channel.id] {
        effective[channel.id] = max(0, capacity)
      } else if let perDay = channel.capacityPerDay {
        let (total, isOver) = max(0, perDay).multipliedReportingOverflow(by: max(0, money.campaignDays))
        effective[channel.id] = isOver ? .max : total
      }
    }
    return RetentionPlan.Limits(
      budget: budget.flatMap { $0.isFinite ? max(0, $0) : ($0 == .infinity ? nil : 0) },
      contacts: contacts.map { max(0, $0) }, capacities: effective)
  }

  /// One entry for each assumption that any figure of this plan could depend on.
  func sensitivity(
    _ money: MoneyAssumptions, chosen: [(row: Int, offer: Int)]
  ) -> [RetentionPlan.Sensitivity] {
    PlanSensitivity.assumptions(money).compactMap { assumption in
      if assumption.name == "campaignDays",
        reportedLimits(assumption.low).capacities == reportedLimits(assumption.high).capacities
      {
        return nil
      }
      let (low, high) = (gains(assumption.low, chosen: chosen), gains(assumption.high, chosen: chosen))
      return RetentionPlan.Sensitivity(
        assumption: assumption.name, low: assumption.bounds.low, base: assumption.bounds.base,
        high: assumption.bounds.high, gainAtLow: low.anew, gainAtHigh: high.anew,
        keptPlanGainAtLow: low.kept, keptPlanGainAtHigh: high.kept)
    }
  }

  /// Gain of the best plan under these assumptions, and of a given one; of that, where channels have become too small, the
  /// clients who gain most.
  private func gains(
    _ money: MoneyAssumptions, chosen: [(row: Int, offer: Int)]
  ) -> (anew: Double, kept: Double) {
    let stakes = clients.atStake(money)
    let offers = PlanOffer.all(recommendations, channels: channels, money: money)
    let limits = PlanLimits(reportedLimits(money), channels: channels)
    func gain(_ row: Int, _ offer: Int) -> Double { stakes[row] * offers[offer].effect - offers[offer].cost }
    let anew = PlanOptimiser(clients: clients, stakes: stakes, offers: offers, limits: limits)
      .solve(effort: .brief).gain
    var kept = 0.0
    for channel in channels.indices {
      let gains = chosen.filter { offers[$0.offer].channel == channel }.map { gain($0.row, $0.offer) }
      guard let capacity = limits.capacity(channel), capacity < gains.count else {
        kept += gains.reduce(0, +)
        continue
      }
      kept += gains.sorted(by: >).prefix(capacity).reduce(0, +)
    }
    return (anew, kept)
  }
}
