import EbbForecast

/// From a plan near the best to the best: exact search among the few clients on whom it can depend.
///
/// At the relaxation's prices every choice has a loss: by how much it falls short of the client's best choice, prices
/// paid. A plan's gain is the bound less all losses less the worth of what limits it leaves unused. So a plan that falls
/// short of the bound by s can only be beaten by one in which every choice loses less than s, and clients with no second
/// choice so near are settled (reduced-cost fixing). The others are gone through the nearest first, keeping for every use of
/// the limits the smallest loss (dynamic programming over an expanding core).
/// Source: D. Pisinger, European Journal of Operational Research 83 (1995).
struct PlanSearch {
  /// How much may be tried before the plan is given as it is, with its bound.
  struct Effort: Sendable, Equatable {
    var states: Int
    var steps: Int
    static let full = Effort(states: 20_000, steps: 2_000_000)
    static let brief = Effort(states: 1_000, steps: 30_000)
  }
  struct Move: Equatable {
    let place: Int
    /// `nil` for no offer.
    let offer: Int?
  }

  private struct Option {
    let offer: Int?
    let change: Double
    let use: [Int]
    let hash: UInt64
  }
  private struct Candidate {
    let place: Int
    var options: [Option]
    var least: Double
  }
  private struct State {
    var loss: Double
    /// Index in the trail, −1 for none.
    var trail: Int
    var hash: UInt64
  }

  let counts: PlanCounts
  let relaxation: PlanRelaxation
  let identity: [UInt64]
  private let tolerance: Double
  private let tolls: [Double]
  private let weights: [UInt64]

  init(_ counts: PlanCounts, _ relaxation: PlanRelaxation, identity: [UInt64]) {
    self.counts = counts
    self.relaxation = relaxation
    self.identity = identity
    tolerance = max(4e-12 * relaxation.bound, .leastNormalMagnitude)
    tolls = PlanRelaxation.tolls(relaxation.menus.offers, relaxation.resources, relaxation.prices)
    var generator = SplitMix64(seed: 0x0FFE_2B07)
    weights = relaxation.resources.map { _ in generator.next() | 1 }
  }

  /// Moves that make the best plan found of the counts, and whether it is proven best.
  func run(_ effort: Effort) -> (moves: [Move], isProven: Bool) {
    let shortfall = relaxation.bound - gain
    if shortfall <= tolerance { return ([], true) }
    var quota = 16
    var moves: [Move] = []
    var best = shortfall
    var steps = effort.steps
    while true {
      let core = core(quota, below: best)
      let found = search(core.candidates, best: best, states: effort.states, steps: &steps)
      if let better = found.moves {
        moves = better
        best = found.shortfall
      }
      if best <= tolerance { return (moves, true) }
      if !found.isCut, core.leastLeftOut >= best { return (moves, true) }
      if found.isCut || quota > 4096 || steps <= 0 { return (moves, false) }
      quota *= 4
    }
  }

  private var menus: OfferMenus { relaxation.menus }

  /// Gain of the counts as they are.
  private var gain: Double {
    menus.menus.indices.reduce(0.0) { total, menu in
      counts.blocks(menu).reduce(total) {
        let offer = menus.offers[$1.offer]
        return $0 + offer.effect * menus.sum(menu, $1.places) - offer.cost * Double($1.places.count)
      }
    }
  }

  /// Clients with another choice of a loss below the limit: of every kind of change (from this offer to that) the nearest.
  private func core(_ quota: Int, below limit: Double) -> (candidates: [Candidate], leastLeftOut: Double) {
    struct Entry {
      let change: Double
      let place: Int
    }
    let kinds = menus.offers.count + 1
    var nearest = [[Entry]](repeating: [], count: kinds * kinds)
    var threshold = [Double](repeating: limit, count: kinds * kinds)
    var leastLeftOut = Double.infinity
    func isBefore(_ first: Entry, _ second: Entry) -> Bool {
      if first.change != second.change { return first.change < second.change }
      let (one, other) = (identity[Int(menus.rows[first.place])], identity[Int(menus.rows[second.place])])
      return one != other ? one < other : first.place < second.place
    }
    func keep(_ kind: Int, _ entry: Entry) {
      nearest[kind].append(entry)
      if nearest[kind].count >= 2 * quota + 16 { cut(kind) }
    }
    func cut(_ kind: Int) {
      guard nearest[kind].count > quota else { return }
      nearest[kind].sort(by: isBefore)
      leastLeftOut = min(leastLeftOut, nearest[kind][quota].change)
      nearest[kind].removeSubrange(quota...)
      threshold[kind] = min(threshold[kind], nearest[kind][quota - 1].change)
    }
    for menu in menus.menus.indices {
      let offers = menus.menus[menu].offers
      var blocks: [(offer: Int?, places: Range<Int>)] = counts.blocks(menu).map { ($0.offer, $0.places) }
      let end = blocks.last?.places.upperBound ?? menus.menus[menu].places.lowerBound
      blocks.append((nil, end..<menus.menus[menu].places.upperBound))
      for block in blocks where !block.places.isEmpty {
        let from = (block.offer ?? -1) + 1
        let effect = block.offer.map { menus.offers[$0].effect } ?? 0
        let toll = block.offer.map { tolls[$0] } ?? 0
        for option in offers.map(Optional.some) + [nil] where option != block.offer {
          let kind = from * kinds + (option ?? -1) + 1
          let slope = effect - (option.map { menus.offers[$0].effect } ?? 0)
          let rise = (option.map { tolls[$0] } ?? 0) - toll
          // The loss grows from one end of the run to the other: only that end can be near.
          let fromTheEnd = slope > 0
          for step in 0..<block.places.count {
            let place = fromTheEnd ? block.places.upperBound - 1 - step : block.places.lowerBound + step
            let change = slope * menus.stake[place] + rise
            if change >= limit { break }
            if step == quota || change > threshold[kind] {
              leastLeftOut = min(leastLeftOut, change)
              break
            }
            keep(kind, Entry(change: change, place: place))
          }
        }
      }
    }
    for kind in nearest.indices { cut(kind) }
    var optionsOfPlace: [Int: [Option]] = [:]
    for from in 0..<kinds {
      for to in 0..<kinds {
        for entry in nearest[from * kinds + to] {
          var use = [Int](repeating: 0, count: weights.count)
          for resource in weights.indices {
            let amounts = relaxation.resources[resource].use
            use[resource] = (to > 0 ? amounts[to - 1] : 0) - (from > 0 ? amounts[from - 1] : 0)
          }
          let hash = zip(use, weights).reduce(UInt64(0)) { $0 &+ UInt64(bitPattern: Int64($1.0)) &* $1.1 }
          optionsOfPlace[entry.place, default: []].append(
            Option(offer: to > 0 ? to - 1 : nil, change: entry.change, use: use, hash: hash))
        }
      }
    }
    let candidates = optionsOfPlace.map { place, options in
      Candidate(place: place, options: options, least: options.map(\.change).min() ?? .infinity)
    }
    return (
      candidates.sorted {
        isBefore(Entry(change: $0.least, place: $0.place), Entry(change: $1.least, place: $1.place))
      }, leastLeftOut
    )
  }

  private func search(
    _ candidates: [Candidate], best start: Double, states limit: Int, steps: inout Int
  ) -> (moves: [Move]?, shortfall: Double, isCut: Bool) {
    let resources = relaxation.resources
    let slack = resources.indices.map { resources[$0].limit - counts.use[$0] }
    let width = resources.count
    let idle = zip(slack, relaxation.prices).reduce(0) { $0 + Double($1.0) * $1.1 }
    // Losses of the plan as it stands.
    let standing = relaxation.bound - gain - idle
    // What changes still to come could take off at most.
    var toCome = candidates.reduce(0.0) { $0 + min(0, $1.least) }
    var best = start
    var bestTrail: Int?
    var isCut = false
    var states = [State(loss: standing, trail: -1, hash: 0)]
    var slacks = slack
    var indexOfHash: [UInt64: Int] = [0: 0]
    var trail: [(move: Move, before: Int)] = []
    let worth = resources.indices.map { resource in
      max(relaxation.prices[resource], 0.5 * relaxation.bound / Double(max(1, resources[resource].limit)))
    }
    var pending: [(state: Int, loss: Double, trail: Int)] = []
    func prune(to limit: Int?) {
      var kept = states.indices.filter { states[$0].loss + toCome < best - tolerance }
      if let limit, kept.count > limit {
        isCut = true
        let scores = kept.map { index in
          (0..<width).reduce(states[index].loss) { score, resource in
            let left = Double(slacks[index * width + resource])
            return score + (left < 0 ? -left * worth[resource] : left * relaxation.prices[resource])
          }
        }
        let order = kept.indices.sorted {
          scores[$0] != scores[$1] ? scores[$0] < scores[$1] : kept[$0] < kept[$1]
        }
        kept = order.prefix(limit).map { kept[$0] }.sorted()
      }
      slacks = kept.flatMap { slacks[$0 * width..<($0 + 1) * width] }
      states = kept.map { states[$0] }
      indexOfHash = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1.hash, $0) })
    }
    for candidate in candidates {
      toCome -= min(0, candidate.least)
      let least = states.reduce(Double.infinity) { min($0, $1.loss) }
      if candidate.least >= 0, least + candidate.least >= best - tolerance { break }
      pending.removeAll(keepingCapacity: true)
      for index in states.indices {
        let state = states[index]
        // States made in this round have taken this client already.
        if state.loss == .infinity { break }
        for option in candidate.options {
          let loss = state.loss + option.change
          if loss + toCome >= best - tolerance { continue }
          steps -= 1
          let hash = state.hash &+ option.hash
          var isFeasible = true
          var left = 0.0
          for resource in 0..<width {
            let now = slacks[index * width + resource] - option.use[resource]
            if now < 0 { isFeasible = false }
            left += Double(now) * relaxation.prices[resource]
          }
          let target: Int
          if let known = indexOfHash[hash] {
            if states[known].loss <= loss { continue }
            target = known
          } else {
            target = states.count
            indexOfHash[hash] = target
            states.append(State(loss: .infinity, trail: -1, hash: hash))
            for resource in 0..<width {
              slacks.append(slacks[index * width + resource] - option.use[resource])
            }
          }
          trail.append((Move(place: candidate.place, offer: option.offer), state.trail))
          pending.append((target, loss, trail.count - 1))
          if isFeasible, loss + left < best - tolerance {
            best = max(0, loss + left)
            bestTrail = trail.count - 1
          }
        }
      }
      for (target, loss, trail) in pending where loss < states[target].loss {
        states[target].loss = loss
        states[target].trail = trail
      }
      if best <= tolerance { break }
      if steps <= 0 {
        isCut = true
        break
      }
      if states.count > limit { prune(to: limit) }
    }
    return (bestTrail.map { moves($0, trail) }, best, isCut)
  }

  private func moves(_ end: Int, _ trail: [(move: Move, before: Int)]) -> [Move] {
    var out: [Move] = []
    var place = end
    while place >= 0 {
      out.append(trail[place].move)
      place = trail[place].before
    }
    return out
  }
}
