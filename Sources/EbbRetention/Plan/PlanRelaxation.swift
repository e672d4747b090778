/// The best plan were clients divisible: its gain bounds every plan from above, and its prices say what a limit costs.
///
/// Lagrange's dual: with a price on every limit each client takes the offer of the largest gain less prices, at once for a
/// whole menu by the upper envelope of its offers' lines over what is at stake. Prices come from mixing the plans so found
/// (Dantzig-Wolfe), which ends at the linear relaxation's exact optimum.
/// Sources: M. L. Fisher, Management Science 27 (1981); D. Pisinger, European Journal of Operational Research 83 (1995).
struct PlanRelaxation: Sendable {
  /// What everybody takes at given prices.
  struct Response: Sendable {
    var gain = 0.0
    var cost = 0.0
    /// Leavers expected to stay.
    var kept = 0.0
    var contacts = 0
    var use: [Int]
    /// Gain less prices, plus what the limits are worth: no plan gains more.
    var bound = 0.0
  }

  let menus: OfferMenus
  let resources: [PlanResource]
  /// By resource, of one unit.
  private(set) var prices: [Double]
  private(set) var bound: Double
  /// Gain of the best mixture; equal to `bound` up to rounding.
  private(set) var gain: Double
  private(set) var use: [Double]
  private(set) var cost: Double
  private(set) var kept: Double
  private(set) var contacts: Double
  private(set) var rounds = 0
  /// Prices of the plans mixed (`nil` for doing nothing), and their weights.
  private(set) var mixture: [(prices: [Double]?, weight: Double)]

  init(_ menus: OfferMenus, _ resources: [PlanResource]) {
    self.menus = menus
    self.resources = resources
    let free = [Double](repeating: 0, count: resources.count)
    let first = Self.respond(menus, resources, free)
    prices = free
    bound = first.bound
    gain = first.gain
    use = first.use.map(Double.init)
    cost = first.cost
    kept = first.kept
    contacts = Double(first.contacts)
    mixture = [(free, 1)]
    if zip(first.use, resources).allSatisfy({ $0 <= $1.limit }) { return }
    let limits = resources.map { Double($0.limit) }
    let unit = max(first.gain, .leastNormalMagnitude)
    var master = MasterProgram(limits: resources.count)
    var found: [(prices: [Double], response: Response)] = [(free, Response(use: resources.map { _ in 0 }))]
    func add(_ prices: [Double], _ response: Response) {
      found.append((prices, response))
      master.add(gain: response.gain / unit, use: zip(response.use, limits).map { Double($0) / $1 })
    }
    add(free, first)
    var stalled = 0
    // Rounds in a row that closed the gap by nothing: what is left of it is rounding.
    var idle = 0
    var gap = Double.infinity
    for _ in 0..<1000 {
      rounds += 1
      master.solve()
      gain = master.gain * unit
      if bound - gain <= 1e-13 * bound { break }
      idle = bound - gain < gap * (1 - 1e-3) ? 0 : idle + 1
      gap = min(gap, bound - gain)
      if idle >= (gap <= 1e-11 * bound ? 3 : 100) { break }
      let exact = (0..<resources.count).map { max(0, master.prices[$0]) * unit / limits[$0] }
      // Half-way to the best prices known: fewer and better plans than at the master's own.
      let asked = stalled == 0 ? zip(exact, prices).map { ($0 + $1) / 2 } : exact
      let response = Self.respond(menus, resources, asked)
      if response.bound < bound {
        bound = response.bound
        prices = asked
      }
      let reduced = response.gain - zip(response.use, exact).reduce(0) { $0 + Double($1.0) * $1.1 }
      if reduced > master.prices[resources.count] * unit + 1e-14 * unit {
        add(asked, response)
        stalled = 0
      } else if stalled == 0 {
        stalled = 1
      } else {
        break
      }
    }
    mixture = master.mixture.map { column, weight in
      (column == 0 ? nil : found[column].prices, weight)
    }
    func mixed(_ figure: (Response) -> Double) -> Double {
      master.mixture.reduce(0) { $0 + $1.weight * figure(found[$1.column].response) }
    }
    use = resources.indices.map { resource in mixed { Double($0.use[resource]) } }
    cost = mixed(\.cost)
    kept = mixed(\.kept)
    contacts = mixed { Double($0.contacts) }
  }

  /// Everybody's best choice at these prices, summed.
  static func respond(_ menus: OfferMenus, _ resources: [PlanResource], _ prices: [Double]) -> Response {
    var out = Response(use: Array(repeating: 0, count: resources.count))
    var paid = 0.0
    let tolls = tolls(menus.offers, resources, prices)
    var blocks: [(offer: Int, places: Range<Int>)] = []
    var counts = [Int](repeating: 0, count: menus.offers.count)
    for menu in menus.menus.indices {
      choose(menus, menu, tolls, into: &blocks)
      for block in blocks {
        let offer = menus.offers[block.offer]
        let stake = menus.sum(menu, block.places)
        let count = Double(block.places.count)
        counts[block.offer] += block.places.count
        out.gain += offer.effect * stake - offer.cost * count
        out.cost += offer.cost * count
        out.kept += offer.effect * menus.leavers(menu, block.places)
        out.contacts += block.places.count
        paid += offer.effect * stake - tolls[block.offer] * count
      }
    }
    out.bound = paid
    for resource in resources.indices {
      for offer in counts.indices { out.use[resource] += counts[offer] * resources[resource].use[offer] }
      out.bound += prices[resource] * Double(resources[resource].limit)
    }
    return out
  }

  /// Cost of each offer and the prices of what it takes.
  static func tolls(_ offers: [PlanOffer], _ resources: [PlanResource], _ prices: [Double]) -> [Double] {
    offers.indices.map { offer in
      resources.indices.reduce(offers[offer].cost) {
        let use = resources[$1].use[offer]
        return $0 + prices[$1] * Double(use)
      }
    }
  }

  /// Runs of a menu's places that take the same offer, the largest stakes first; the rest take none.
  static func choose(
    _ menus: OfferMenus, _ menu: Int, _ tolls: [Double], into blocks: inout [(offer: Int, places: Range<Int>)]
  ) {
    blocks.removeAll(keepingCapacity: true)
    // The envelope of lines effect × stake − toll, from stake 0 up; the first line is doing nothing.
    var line: [(offer: Int, effect: Double, toll: Double, from: Double)] = []
    for index in menus.menus[menu].offers {
      let effect = menus.offers[index].effect
      let toll = tolls[index]
      var from = toll / effect
      var isUseful = true
      while let last = line.last {
        if effect == last.effect {
          if toll >= last.toll {
            isUseful = false
            break
          }
        } else {
          from = (toll - last.toll) / (effect - last.effect)
          if from > last.from { break }
        }
        line.removeLast()
        from = toll / effect
      }
      if isUseful { line.append((index, effect, toll, from)) }
    }
    var places = menus.menus[menu].places
    for place in line.indices.reversed() {
      let end = menus.end(above: line[place].from, in: places)
      if end > places.lowerBound { blocks.append((line[place].offer, places.lowerBound..<end)) }
      places = end..<places.upperBound
      if places.isEmpty { break }
    }
  }
}
