import EbbForecast
import Testing

@testable import EbbRetention

/// A made-up problem, and its best plan by looking at all of them.
struct PlanCase {
  var clients: PlanClients
  var stakes: [Double]
  var offers: [PlanOffer]
  var limits: PlanLimits

  /// Clients with random stakes (often tied), random choices and random limits.
  init(seed: UInt64, clients count: Int, offers offerCount: Int, channels: Int, limits kinds: Int) {
    var generator = SplitMix64(seed: seed)
    let hasTies = Bool.random(using: &generator)
    let decimals: Double = [1, 10, 100].randomElement(using: &generator)!
    offers = (0..<offerCount).map { index in
      PlanOffer(
        recommendation: index / max(1, channels), channel: index % max(1, channels),
        cost: (Double.random(in: 0...30, using: &generator) * decimals).rounded() / decimals
          * (Int.random(in: 0..<6, using: &generator) == 0 ? 0 : 1),
        effect: hasTies
          ? [0.1, 0.2, 0.2].randomElement(using: &generator)! : Double.random(in: 0...0.4, using: &generator))
    }
    stakes = (0..<count).map { _ in
      hasTies
        ? Double(Int.random(in: 0...4, using: &generator)) * 100
        : Double.random(in: 0...400, using: &generator)
    }
    let all = UInt64(1) << UInt64((offerCount - 1) / max(1, channels) + 1) - 1
    clients = PlanClients(
      probability: Array(repeating: 0.5, count: count), balance: Array(repeating: .nan, count: count),
      products: Array(repeating: 1, count: count),
      audiences: (0..<count).map { _ in Bool.random(using: &generator) ? all : generator.next() & all },
      permission: (0..<count).map { _ in Int.random(in: 0..<8, using: &generator) == 0 ? 1 : 0 },
      channelsAllowed: Bool.random(using: &generator) ? nil : (0..<count).map { _ in generator.next() },
      identity: (0..<count).map { _ in generator.next() })
    let scale = Double(count) * 6
    limits = PlanLimits(
      budget: kinds & 1 == 0
        ? nil
        : Int.random(in: 0..<8, using: &generator) == 0
          ? 0 : (Double.random(in: 0...scale, using: &generator) * decimals).rounded() / decimals,
      contacts: kinds & 2 == 0 ? nil : Int.random(in: 0...count, using: &generator),
      capacities: (0..<channels).map { _ in
        kinds & 4 == 0 || Int.random(in: 0..<3, using: &generator) == 0
          ? nil : Int.random(in: 0...max(1, count / 2), using: &generator)
      })
  }

  func options(_ row: Int) -> [Int] {
    guard clients.mayBeContacted(row) else { return [] }
    return offers.indices.filter {
      clients.audiences[row] >> UInt64(offers[$0].recommendation) & 1 == 1
        && (clients.channelsAllowed?[row] ?? .max) >> UInt64(offers[$0].channel) & 1 == 1
    }
  }

  /// Costs in thousandths, exactly.
  func thousandths(_ cost: Double) -> Int { Int((cost * 1000).rounded()) }

  func isFeasible(_ chosen: [(row: Int, offer: Int)]) -> Bool {
    guard Set(chosen.map(\.row)).count == chosen.count else { return false }
    guard chosen.allSatisfy({ options($0.row).contains($0.offer) }) else { return false }
    if let contacts = limits.contacts, chosen.count > contacts { return false }
    if let budget = limits.budget,
      chosen.reduce(0, { $0 + thousandths(offers[$1.offer].cost) }) > thousandths(budget)
    {
      return false
    }
    return limits.capacities.indices.allSatisfy { channel in
      chosen.count { offers[$0.offer].channel == channel } <= limits.capacities[channel] ?? .max
    }
  }

  func gain(_ chosen: [(row: Int, offer: Int)]) -> Double {
    chosen.reduce(0) { $0 + stakes[$1.row] * offers[$1.offer].effect - offers[$1.offer].cost }
  }

  func best() -> Double {
    var best = 0.0
    let budget = limits.budget.map(thousandths) ?? .max
    var left = (0..<offers.count).map { limits.capacity($0) ?? .max }
    func go(_ row: Int, _ gain: Double, _ money: Int, _ contacts: Int) {
      best = max(best, gain)
      if row == stakes.count { return }
      go(row + 1, gain, money, contacts)
      if contacts == 0 { return }
      for offer in options(row) {
        let cost = thousandths(offers[offer].cost)
        let channel = offers[offer].channel
        if cost > money || left[channel] == 0 { continue }
        left[channel] -= 1
        go(
          row + 1, gain + stakes[row] * offers[offer].effect - offers[offer].cost, money - cost, contacts - 1)
        left[channel] += 1
      }
    }
    go(0, 0, budget, limits.contacts ?? .max)
    return best
  }

  func solve(_ effort: PlanSearch.Effort = .full) -> PlanOptimiser.Solution {
    PlanOptimiser(clients: clients, stakes: stakes, offers: offers, limits: limits).solve(effort: effort)
  }
}

@Suite("The best plan under limits")
struct PlanOptimiserTests {
  @Test("the same gain as looking at every plan, under every set of limits", arguments: 0..<8)
  func exhaustive(kinds: Int) {
    var generator = SplitMix64(seed: UInt64(kinds) + 100)
    for seed in 0..<400 {
      let example = PlanCase(
        seed: UInt64(seed * 8 + kinds), clients: Int.random(in: 0...7, using: &generator),
        offers: Int.random(in: 1...4, using: &generator), channels: Int.random(in: 1...3, using: &generator),
        limits: kinds)
      let solution = example.solve()
      let best = example.best()
      #expect(example.isFeasible(solution.chosen), "seed \(seed)")
      #expect(abs(example.gain(solution.chosen) - best) <= 1e-9, "seed \(seed)")
      #expect(solution.upperBound >= best - 1e-9, "seed \(seed)")
      #expect(solution.isOptimal, "seed \(seed)")
    }
  }

  @Test("without a budget exact at any size; under one within the stated bound", arguments: 0..<8)
  func larger(kinds: Int) {
    for seed in 0..<6 {
      let example = PlanCase(
        seed: UInt64(seed * 8 + kinds) + 10_000, clients: 1000, offers: 9, channels: 4, limits: kinds)
      let solution = example.solve(kinds & 1 == 0 ? .full : .brief)
      let gain = example.gain(solution.chosen)
      #expect(example.isFeasible(solution.chosen), "seed \(seed)")
      #expect(gain <= solution.relaxation.bound * (1 + 1e-12) + 1e-9, "seed \(seed)")
      if kinds & 1 == 0 {
        #expect(solution.isOptimal, "seed \(seed)")
        #expect(solution.relaxation.bound - gain <= 1e-9 * solution.relaxation.bound, "seed \(seed)")
      }
      // Rounding a divisible plan costs an offer or so.
      #expect(solution.relaxation.bound - gain <= 150, "seed \(seed)")
      #expect(solution.isOptimal ? solution.upperBound == solution.gain : solution.upperBound >= gain)
    }
  }

  @Test("the same clients get the same offers in any order of rows", arguments: 0..<8)
  func rowOrder(kinds: Int) {
    for seed in 0..<4 {
      let example = PlanCase(
        seed: UInt64(seed * 8 + kinds) + 20_000, clients: 200, offers: 6, channels: 3, limits: kinds)
      var generator = SplitMix64(seed: UInt64(seed))
      let order = example.stakes.indices.shuffled(using: &generator)
      var shuffled = example
      shuffled.stakes = order.map { example.stakes[$0] }
      shuffled.clients = PlanClients(
        probability: order.map { example.clients.probability[$0] },
        balance: order.map { example.clients.balance[$0] },
        products: order.map { example.clients.products[$0] },
        audiences: order.map { example.clients.audiences[$0] },
        permission: order.map { example.clients.permission[$0] },
        channelsAllowed: example.clients.channelsAllowed.map { allowed in order.map { allowed[$0] } },
        identity: order.map { example.clients.identity[$0] })
      let here = Dictionary(uniqueKeysWithValues: example.solve(.brief).chosen.map { ($0.row, $0.offer) })
      let there = Dictionary(
        uniqueKeysWithValues: shuffled.solve(.brief).chosen.map { (order[$0.row], $0.offer) })
      #expect(here == there, "seed \(seed)")
    }
  }

  @Test("a search that gives up says so, and its bound still holds")
  func givesUp() {
    var unproven = 0
    for seed in 0..<20 {
      let example = PlanCase(seed: UInt64(seed) + 30_000, clients: 12, offers: 6, channels: 3, limits: 7)
      let hasty = example.solve(PlanSearch.Effort(states: 2, steps: 20))
      let thorough = example.solve()
      #expect(example.isFeasible(hasty.chosen))
      #expect(hasty.upperBound >= thorough.gain - 1e-9)
      if hasty.isOptimal { #expect(abs(hasty.gain - thorough.gain) < 1e-6) } else { unproven += 1 }
    }
    #expect(unproven > 0)
  }

  @Test("costs with decimals fill a budget exactly")
  func decimals() {
    let offers = [
      PlanOffer(recommendation: 0, channel: 0, cost: 0.1, effect: 0.5),
      PlanOffer(recommendation: 1, channel: 0, cost: 0.2, effect: 0.5),
    ]
    let clients = PlanClients(
      probability: [1, 1], balance: [0, 0], products: [1, 1], audiences: [1, 2], permission: [0, 0],
      identity: [1, 2])
    func chosen(_ budget: Double) -> Int {
      PlanOptimiser(clients: clients, stakes: [10, 10], offers: offers, limits: PlanLimits(budget: budget))
        .solve().chosen.count
    }
    #expect(chosen(0.3) == 2)
    #expect(chosen(0.1 + 0.2) == 2)
    #expect(chosen(0.29) == 1)
    #expect(chosen(0.09) == 0)
  }
}
