/// The plan: at most one offer for each client, the largest Σ (probability × effect × value − cost) under a budget, a number
/// of contacts and capacities of channels (a multiple-choice knapsack with several limits).
///
/// Without a budget the relaxation's optimum is whole (clients, channels and the total form a network), so the plan is exact
/// at any size; under a budget too, unless the search gives up, and then the bound says by how much it could miss.
struct PlanOptimiser: Sendable {
  let menus: OfferMenus
  private let limits: PlanLimits
  private let identity: [UInt64]
  private let stakes: [Double]

  init(clients: PlanClients, stakes: [Double], offers: [PlanOffer], limits: PlanLimits) {
    menus = OfferMenus(clients: clients, stakes: stakes, offers: offers, limits: limits)
    self.limits = limits
    identity = clients.identity
    self.stakes = stakes
  }

  /// The relaxation under these limits, or under others of the same offers: none may be zero that was not, save contacts.
  func relaxation(_ other: PlanLimits? = nil) -> PlanRelaxation {
    PlanRelaxation(menus, PlanResource.all(other ?? limits, menus))
  }

  struct Solution: Sendable {
    /// Clients chosen: row and offer, in an order that follows from the clients.
    let chosen: [(row: Int, offer: Int)]
    let gain: Double
    /// No plan gains more: the gain itself where it is proven best.
    let upperBound: Double
    let isOptimal: Bool
    let relaxation: PlanRelaxation
  }

  func solve(_ other: PlanLimits? = nil, effort: PlanSearch.Effort = .full) -> Solution {
    let relaxation = relaxation(other)
    if (other ?? limits).contacts == 0 {
      return Solution(
        chosen: [], gain: 0, upperBound: 0, isOptimal: true, relaxation: relaxation)
    }
    var counts = PlanCounts(relaxation)
    counts.repair()
    let (moves, isProven) = PlanSearch(counts, relaxation, identity: identity).run(effort)
    var moved: [Int: Int?] = [:]
    for move in moves { moved[move.place] = .some(move.offer) }
    var chosen: [(row: Int, offer: Int)] = []
    for menu in menus.menus.indices {
      let blocks = counts.blocks(menu)
      for block in blocks {
        for place in block.places {
          let offer: Int? = moved.isEmpty ? block.offer : moved[place] ?? block.offer
          if let offer { chosen.append((Int(menus.rows[place]), offer)) }
        }
      }
      if moved.isEmpty { continue }
      let rest = (blocks.last?.places.upperBound ?? menus.menus[menu].places.lowerBound)
      for place in rest..<menus.menus[menu].places.upperBound {
        if let move = moved[place], let offer = move { chosen.append((Int(menus.rows[place]), offer)) }
      }
    }
    let gain = chosen.reduce(into: 0.0) {
      $0 += stakes[$1.row] * menus.offers[$1.offer].effect - menus.offers[$1.offer].cost
    }
    return Solution(
      chosen: chosen, gain: gain, upperBound: isProven ? gain : max(gain, relaxation.bound),
      isOptimal: isProven, relaxation: relaxation)
  }
}
