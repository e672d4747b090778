/// Sums over the plan's clients, together and in parts. Added up in an order that follows from the clients.
struct PlanTotals: Sendable {
  private struct Sum: Sendable {
    var clients = 0
    var leavers = 0.0
    var kept = 0.0
    var value = 0.0
    var cost = 0.0

    mutating func add(chance: Double, stake: Double, offer: PlanOffer) {
      clients += 1
      leavers += chance
      kept += chance * offer.effect
      value += stake * offer.effect
      cost += offer.cost
    }

    var totals: RetentionPlan.Totals {
      RetentionPlan.Totals(clients: clients, leavers: leavers, kept: kept, value: value, cost: cost)
    }
  }
  let selected: RetentionPlan.Totals
  let contacted: RetentionPlan.Totals
  let control: RetentionPlan.Totals
  private let byOffer: [Sum]
  private let offers: [PlanOffer]

  init(
    _ chosen: [(row: Int, offer: Int)], clients: PlanClients, stakes: [Double], offers: [PlanOffer],
    control held: Set<Int>
  ) {
    var (selected, contacted, control) = (Sum(), Sum(), Sum())
    var byOffer = [Sum](repeating: Sum(), count: offers.count)
    for (row, offer) in chosen {
      let chance = clients.chance(row)
      selected.add(chance: chance, stake: stakes[row], offer: offers[offer])
      byOffer[offer].add(chance: chance, stake: stakes[row], offer: offers[offer])
      if held.contains(row) {
        control.add(chance: chance, stake: stakes[row], offer: offers[offer])
      } else {
        contacted.add(chance: chance, stake: stakes[row], offer: offers[offer])
      }
    }
    self.selected = selected.totals
    self.contacted = contacted.totals
    self.control = control.totals
    self.byOffer = byOffer
    self.offers = offers
  }

  /// Everybody selected, by recommendation or by channel; parts without clients are left out.
  func parts(by key: KeyPath<PlanOffer, Int>, ids: [String]) -> [RetentionPlan.Part] {
    ids.indices.compactMap { index in
      var sum = Sum()
      for (offer, part) in zip(offers, byOffer) where offer[keyPath: key] == index {
        sum.clients += part.clients
        sum.leavers += part.leavers
        sum.kept += part.kept
        sum.value += part.value
        sum.cost += part.cost
      }
      return sum.clients > 0 ? RetentionPlan.Part(id: ids[index], totals: sum.totals) : nil
    }
  }
}
