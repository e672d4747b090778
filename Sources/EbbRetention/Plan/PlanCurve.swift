/// Gain against contacts, and what a little more of each limit would bring: from the relaxation, whose gain is that of the
/// best plan without a budget, and within a client's gain of it under one.
struct PlanCurve: Sendable {
  let points: [RetentionPlan.CurvePoint]
  let priceOfContact: Double?
  let priceOfBudget: Double?
  /// By channel's index, where its capacity binds.
  let priceOfCapacity: [Int: Double]

  /// - Parameter optimiser: made with these limits, save contacts.
  init(
    _ optimiser: PlanOptimiser, clients: PlanClients, stakes: [Double], limits: PlanLimits, selected: Int
  ) {
    var free = limits
    free.contacts = nil
    let offers = optimiser.menus.offers
    let best = optimiser.relaxation(free)
    let most = Int(best.contacts.rounded(.up))
    let steps = 40
    var contacts = Set((1...steps).map { Int((Double(most) * Double($0) / Double(steps)).rounded()) })
    contacts.insert(selected)
    contacts.insert(most)
    points =
      [RetentionPlan.CurvePoint(contacts: 0, cost: 0, gain: 0, kept: 0)]
      + contacts.filter { $0 > 0 && $0 <= most }.sorted().map { contacts in
        var limited = free
        limited.contacts = contacts
        let plan = contacts == most ? best : optimiser.relaxation(limited)
        return RetentionPlan.CurvePoint(
          contacts: contacts, cost: plan.cost, gain: max(0, plan.gain), kept: plan.kept)
      }
    /// The best gain under other limits; a limit that was zero has closed offers, so they are sorted anew.
    func gain(_ other: PlanLimits, opens: Bool) -> Double {
      opens
        ? PlanOptimiser(clients: clients, stakes: stakes, offers: offers, limits: other).relaxation(other)
          .gain
        : optimiser.relaxation(other).gain
    }
    let now = limits.contacts == 0 ? 0 : gain(limits, opens: false)
    let count = optimiser.menus.count
    priceOfContact = limits.contacts.map { contacts in
      if contacts >= count { return 0 }
      var more = limits
      more.contacts = contacts + 1
      return max(0, gain(more, opens: false) - now)
    }
    priceOfBudget = limits.budget.map { budget in
      let costs = offers.map(\.cost).filter { $0 > 0 }
      let unit = max(1, MoneyUnits(costs, clients: clients.count).amount)
      var more = limits
      more.budget = budget + unit
      if limits.contacts == 0 { return 0 }
      return max(0, gain(more, opens: budget < (costs.max() ?? 0)) - now) / unit
    }
    var priceOfCapacity: [Int: Double] = [:]
    for (channel, capacity) in limits.capacities.enumerated() {
      guard let capacity, capacity < clients.count, limits.contacts != 0 else { continue }
      var more = limits
      more.capacities[channel] = capacity + 1
      let price = gain(more, opens: capacity == 0) - now
      if price > 1e-9 * max(1e-300, now) { priceOfCapacity[channel] = price }
    }
    self.priceOfCapacity = priceOfCapacity
  }
}
