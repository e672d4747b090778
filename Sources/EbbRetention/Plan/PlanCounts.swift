/// How many clients of each menu take each offer. Within a menu the stronger offer goes to those with more at stake, which
/// is best for given counts (rearrangement inequality), so counts say the whole plan.
struct PlanCounts: Sendable {
  let menus: OfferMenus
  let resources: [PlanResource]
  /// By menu, then by its offers.
  private(set) var counts: [[Int]]
  private(set) var use: [Int]

  /// Whole counts near those of a mixture, each offer's total within a client or so of the mixture's.
  init(_ relaxation: PlanRelaxation) {
    menus = relaxation.menus
    resources = relaxation.resources
    var mixed = menus.menus.map { [Double](repeating: 0, count: $0.offers.count) }
    var blocks: [(offer: Int, places: Range<Int>)] = []
    for (prices, weight) in relaxation.mixture {
      guard let prices else { continue }
      let tolls = PlanRelaxation.tolls(menus.offers, resources, prices)
      for menu in menus.menus.indices {
        PlanRelaxation.choose(menus, menu, tolls, into: &blocks)
        for block in blocks {
          let place = menus.menus[menu].offers.firstIndex(of: block.offer)!
          mixed[menu][place] += weight * Double(block.places.count)
        }
      }
    }
    // What each offer, and doing nothing, is owed by the menus so far.
    var owed = [Double](repeating: 0, count: menus.offers.count + 1)
    counts = []
    for (menu, target) in zip(menus.menus, mixed) {
      let size = menu.places.count
      let options = menu.offers.map { $0 + 1 } + [0]
      let targets = target + [max(0, Double(size) - target.reduce(0, +))]
      var whole = targets.map { Int(($0 + 1e-6).rounded(.down)) }
      var left = size - whole.reduce(0, +)
      for option in options.indices {
        owed[options[option]] += targets[option] - Double(whole[option])
      }
      while left > 0 {
        let fractional = options.indices.filter { targets[$0] - Double(whole[$0]) > 1e-6 }
        let next = (fractional.isEmpty ? [options.count - 1] : fractional).max {
          owed[options[$0]] != owed[options[$1]] ? owed[options[$0]] < owed[options[$1]] : $0 < $1
        }!
        whole[next] += 1
        owed[options[next]] -= 1
        left -= 1
      }
      while left < 0, let last = whole.indices.dropLast().first(where: { whole[$0] > 0 }) {
        whole[last] -= 1
        left += 1
      }
      counts.append(Array(whole.dropLast()))
    }
    use = Array(repeating: 0, count: resources.count)
    for (menu, taken) in zip(menus.menus, counts) {
      for (offer, count) in zip(menu.offers, taken) {
        for resource in resources.indices { use[resource] += count * resources[resource].use[offer] }
      }
    }
  }

  /// Runs of places by offer, the strongest first.
  func blocks(_ menu: Int) -> [(offer: Int, places: Range<Int>)] {
    var out: [(offer: Int, places: Range<Int>)] = []
    var start = menus.menus[menu].places.lowerBound
    for (offer, count) in zip(menus.menus[menu].offers, counts[menu]).reversed() {
      out.append((offer, start..<start + count))
      start += count
    }
    return out
  }

  /// Takes away the least valuable clients until every limit holds, then adds the most valuable ones that fit.
  mutating func repair() {
    while let broken = resources.indices.first(where: { use[$0] > resources[$0].limit }) {
      var best: (menu: Int, place: Int, loss: Double)?
      for menu in counts.indices {
        for place in counts[menu].indices where counts[menu][place] > 0 {
          let relief = resources[broken].use[menus.menus[menu].offers[place]]
          if relief == 0 { continue }
          let loss = -change(menu, place, by: -1) / Double(relief)
          if loss < best?.loss ?? .infinity { best = (menu, place, loss) }
        }
      }
      guard let best else { return }
      apply(best.menu, best.place, by: -1)
    }
    for _ in 0..<200 {
      var best: (menu: Int, place: Int, gain: Double)?
      for menu in counts.indices where counts[menu].reduce(0, +) < menus.menus[menu].places.count {
        for place in counts[menu].indices {
          let offer = menus.menus[menu].offers[place]
          let fits = resources.indices.allSatisfy {
            use[$0] + resources[$0].use[offer] <= resources[$0].limit
          }
          guard fits else { continue }
          let gain = change(menu, place, by: 1)
          if gain > best?.gain ?? 1e-12 { best = (menu, place, gain) }
        }
      }
      guard let best else { return }
      apply(best.menu, best.place, by: 1)
    }
  }

  /// Change of the gain by one client more or less; the weaker offers of the menu move up or down by one place.
  private func change(_ menu: Int, _ place: Int, by step: Int) -> Double {
    let offers = menus.menus[menu].offers
    var start = menus.menus[menu].places.lowerBound
    for stronger in offers.indices.reversed() where stronger > place { start += counts[menu][stronger] }
    let own = menus.offers[offers[place]]
    var end = start + counts[menu][place]
    var gain =
      step > 0
      ? own.effect * menus.stake[end] - own.cost : -(own.effect * menus.stake[end - 1] - own.cost)
    for weaker in offers.indices.reversed() where weaker < place && counts[menu][weaker] > 0 {
      let effect = menus.offers[offers[weaker]].effect
      let next = end + counts[menu][weaker]
      gain +=
        step > 0
        ? effect * (menus.stake[next] - menus.stake[end])
        : effect * (menus.stake[end - 1] - menus.stake[next - 1])
      end = next
    }
    return gain
  }

  private mutating func apply(_ menu: Int, _ place: Int, by step: Int) {
    counts[menu][place] += step
    for resource in resources.indices {
      use[resource] += step * resources[resource].use[menus.menus[menu].offers[place]]
    }
  }
}
