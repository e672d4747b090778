/// The limits of a plan as they were asked for: what is negative or no number is nothing.
struct PlanLimits: Sendable, Equatable {
  /// Money to spend; `nil` for no limit.
  var budget: Double?
  var contacts: Int?
  /// By channel's index; `nil` for no limit.
  var capacities: [Int?]

  init(budget: Double? = nil, contacts: Int? = nil, capacities: [Int?] = []) {
    self.budget = budget.flatMap { $0.isFinite ? max(0, $0) : ($0 > 0 ? nil : 0) }
    self.contacts = contacts.map { max(0, $0) }
    self.capacities = capacities.map { $0.map { max(0, $0) } }
  }

  init(_ limits: RetentionPlan.Limits, channels: [Catalogue.Channel]) {
    self.init(
      budget: limits.budget, contacts: limits.contacts, capacities: channels.map { limits.capacities[$0.id] })
  }

  func capacity(_ channel: Int) -> Int? { channel < capacities.count ? capacities[channel] : nil }
}

/// Something there is only so much of, and how much of it each offer takes.
struct PlanResource: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case budget, contacts
    case channel(Int)
  }
  let kind: Kind
  var limit: Int
  /// By offer.
  let use: [Int]

  /// Limits that could bind a plan of `clients`; those of zero have closed their offers before.
  static func all(_ limits: PlanLimits, _ menus: OfferMenus) -> [PlanResource] {
    let offers = menus.offers
    let clients = menus.count
    var resources: [PlanResource] = []
    if let budget = limits.budget {
      let offered = Set(menus.menus.flatMap(\.offers)).sorted()
      let money = MoneyUnits(offered.map { offers[$0].cost }, clients: clients)
      var use = [Int](repeating: 0, count: offers.count)
      for offer in offered { use[offer] = money.units(offers[offer].cost) }
      let limit = money.budget(budget)
      let dearest = use.max() ?? 0
      if dearest > 0, limit > 0, limit / max(1, clients) < dearest {
        resources.append(PlanResource(kind: .budget, limit: limit, use: use))
      }
    }
    if let contacts = limits.contacts, contacts < clients, contacts > 0 {
      resources.append(
        PlanResource(kind: .contacts, limit: contacts, use: Array(repeating: 1, count: offers.count)))
    }
    for channel in Set(offers.map(\.channel)).sorted() {
      guard let capacity = limits.capacity(channel), capacity < clients, capacity > 0 else { continue }
      resources.append(
        PlanResource(
          kind: .channel(channel), limit: capacity, use: offers.map { $0.channel == channel ? 1 : 0 }))
    }
    return resources
  }
}

/// The largest amount of money that all costs are whole multiples of, so that 0.1 + 0.2 is 0.3.
struct MoneyUnits {
  private let scale: Double
  private let unit: Int

  init(_ costs: [Double], clients: Int) {
    var scale = 1e6
    let most = (costs.max() ?? 0) * Double(max(1, clients))
    while scale > 1, most * scale > 1e18 { scale /= 10 }
    var unit = 0
    for cost in costs {
      var (first, second) = (unit, Int((cost * scale).rounded(.up)))
      while second != 0 { (first, second) = (second, first % second) }
      unit = first
    }
    self.scale = scale
    self.unit = max(1, unit)
  }

  /// One unit in money.
  var amount: Double { Double(unit) / scale }

  /// Costs are whole in units, save where they are so large that they had to be rounded up.
  func units(_ cost: Double) -> Int {
    let scaled = cost * scale
    // A product of exact decimals may miss a whole number by its last bit.
    let whole = abs(scaled - scaled.rounded()) <= 1e-3 ? scaled.rounded() : scaled.rounded(.up)
    return Int(whole) / unit
  }

  /// Whole units in a budget.
  func budget(_ budget: Double) -> Int {
    let scaled = min(budget * scale, 4e18)
    let whole = abs(scaled - scaled.rounded()) <= 1e-3 ? scaled.rounded() : scaled.rounded(.down)
    return Int(whole) / unit
  }
}
