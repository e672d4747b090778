import EbbForecast
import Foundation
import Testing

@testable import EbbRetention

/// A made-up bank with three recommendations and three channels.
struct PlanExample {
  var clients: PlanClients
  var recommendations = [
    PlanRecommendation(id: "mature", channels: ["call", "push"], offerCost: 100, effect: 0.2),
    PlanRecommendation(id: "single", channels: ["sms", "push"], offerCost: 0, effect: 0.08),
    PlanRecommendation(id: "look", channels: [], offerCost: 0, effect: 0.5),
  ]
  var channels = [
    channel("call", cost: 150, strength: 1, perDay: 10), channel("sms", cost: 5, strength: 0.5, perDay: nil),
    channel("push", cost: 0.5, strength: 0.4, perDay: 40),
  ]

  static func channel(_ id: String, cost: Double, strength: Double, perDay: Int?) -> Catalogue.Channel {
    Catalogue.Channel(
      id: id, name: LocalizedText(en: id, ru: id), cost: cost, strength: strength, capacityPerDay: perDay)
  }

  init(_ count: Int = 1000, seed: UInt64 = 1) {
    var generator = SplitMix64(seed: seed)
    clients = PlanClients(
      probability: (0..<count).map { _ in Double.random(in: 0...1, using: &generator) },
      balance: (0..<count).map { _ in
        Int.random(in: 0..<3, using: &generator) == 0
          ? .nan : Double.random(in: -1000...200_000, using: &generator)
      },
      products: (0..<count).map { _ in Double(Int.random(in: 1...4, using: &generator)) },
      audiences: (0..<count).map { _ in generator.next() & 7 },
      permission: (0..<count).map { _ in [0, 0, 0, 0, 0, 0, 1, 2].randomElement(using: &generator)! },
      identity: (0..<count).map { _ in generator.next() },
      attributes: [
        PlanClients.Attribute(
          name: "gender", groups: [.init(value: "F"), .init(value: "M")],
          codes: (0..<count).map { Int16($0 % 2) })
      ])
  }

  func run(
    money: MoneyAssumptions = MoneyAssumptions(), budget: Double? = 20_000, contacts: Int? = 500,
    capacities: [String: Int] = [:], controlShare: Double = 0.1, seed: UInt64 = 1
  ) -> RetentionPlanOutcome {
    RetentionPlanRunner.run(
      clients: clients, offered: recommendations, channels: channels, money: money, budget: budget,
      contacts: contacts, capacities: capacities, controlShare: controlShare, seed: seed,
      effort: .brief)
  }
}

@Suite("The plan of retention")
struct RetentionPlanRunnerTests {
  @Test("totals are those of the clients marked; limits hold; parts add up")
  func totals() {
    let example = PlanExample()
    let outcome = example.run()
    let plan = outcome.plan
    let selected = outcome.choice.indices.filter { outcome.choice[$0] >= 0 }
    #expect(plan.selected.clients == selected.count)
    #expect(plan.contacted.clients + plan.control.clients == selected.count)
    #expect(outcome.isControl.count { $0 } == plan.control.clients)
    #expect(selected.count <= 500)
    #expect(plan.selected.cost <= 20_000)
    #expect(plan.limits.capacities == ["call": 200, "push": 800])
    var gain = 0.0
    for row in selected {
      let offer = outcome.offers[Int(outcome.choice[row])]
      #expect(example.clients.permission[row] == 0)
      #expect(example.clients.audiences[row] >> UInt64(offer.recommendation) & 1 == 1)
      let balance = example.clients.balance[row]
      let value = 0.03 * (balance.isNaN ? 0 : max(0, balance)) + 1000 * example.clients.products[row]
      gain += example.clients.probability[row] * offer.effect * value - offer.cost
    }
    #expect(abs(gain - plan.selected.gain) < 1e-6 * gain)
    for parts in [plan.byRecommendation, plan.byChannel] {
      #expect(parts.reduce(0) { $0 + $1.totals.clients } == selected.count)
      #expect(abs(parts.reduce(0) { $0 + $1.totals.gain } - plan.selected.gain) < 1e-6)
    }
    #expect(plan.upperBound >= plan.selected.gain)
    #expect(plan.upperBound - plan.selected.gain < 200)
    let inAudience = example.clients.audiences.count { $0 & 3 != 0 }
    #expect(plan.inAudience == inAudience)
    #expect(plan.withoutConsent > 0 && plan.doNotContact > 0)
    #expect(plan.worthwhile <= inAudience - plan.withoutConsent - plan.doNotContact)
    let names = plan.byRecommendation.map(\.id)
    #expect(names == ["mature", "single"])
  }

  @Test("the curve rises, bends down, and passes through the plan")
  func curve() {
    for (budget, contacts) in [(nil, nil), (20_000.0, nil), (nil, 300), (5_000, 300)] as [(Double?, Int?)] {
      let plan = PlanExample().run(budget: budget, contacts: contacts).plan
      #expect(plan.curve.count > 20)
      #expect(plan.curve.first?.contacts == 0)
      let slopes = zip(plan.curve, plan.curve.dropFirst()).map { first, second in
        (second.gain - first.gain) / Double(second.contacts - first.contacts)
      }
      #expect(slopes.allSatisfy { $0 > -1e-6 })
      for (first, second) in zip(slopes, slopes.dropFirst()) { #expect(second <= first + 1e-6) }
      // Under a budget the plan may have a client more than the divisible one.
      let here = plan.curve.last { $0.contacts <= plan.selected.clients }
      #expect(here.map { plan.selected.clients - $0.contacts <= (budget == nil ? 0 : 5) } == true)
      #expect(here.map { abs($0.gain - plan.selected.gain) < (budget == nil ? 1e-6 : 200) } == true)
      if budget == nil {
        #expect(here.map { abs($0.kept - plan.selected.kept) < 1e-6 } == true)
        #expect(here.map { abs($0.cost - plan.selected.cost) < 1e-6 } == true)
      }
    }
  }

  @Test("prices of the limits are found in few rounds where clients are many")
  func rounds() {
    let example = PlanExample(10_000)
    let money = MoneyAssumptions()
    let optimiser = PlanOptimiser(
      clients: example.clients, stakes: example.clients.atStake(money),
      offers: PlanOffer.all(example.recommendations, channels: example.channels, money: money),
      limits: PlanLimits(budget: 60_000, capacities: [200, 500, 800]))
    for contacts in stride(from: 50, through: 1500, by: 50) {
      let relaxation = optimiser.relaxation(
        PlanLimits(budget: 60_000, contacts: contacts, capacities: [200, 500, 800]))
      #expect(relaxation.rounds < 400)
      #expect(relaxation.bound - relaxation.gain < 1e-10 * relaxation.bound)
    }
  }

  @Test("prices are what one more brings")
  func prices() {
    let example = PlanExample()
    let base = example.run(budget: nil, contacts: 300)
    let more = example.run(budget: nil, contacts: 301)
    #expect(abs(base.plan.priceOfContact! - (more.plan.selected.gain - base.plan.selected.gain)) < 1e-6)
    #expect(base.plan.priceOfBudget == nil)
    let calls = example.run(budget: nil, contacts: 300, capacities: ["call": 201])
    #expect(
      abs(base.plan.priceOfCapacity["call"]! - (calls.plan.selected.gain - base.plan.selected.gain)) < 1e-6)
    let closed = example.run(budget: nil, contacts: nil, capacities: ["call": 0, "push": 10_000])
    let first = example.run(budget: nil, contacts: nil, capacities: ["call": 1, "push": 10_000])
    #expect(closed.plan.priceOfCapacity.keys.sorted() == ["call"])
    #expect(
      abs(closed.plan.priceOfCapacity["call"]! - (first.plan.selected.gain - closed.plan.selected.gain))
        < 1e-6)
    let wide = example.run(budget: 1e9, contacts: 1_000_000)
    #expect(wide.plan.priceOfContact == 0 && wide.plan.priceOfBudget == 0)
    let poor = example.run(budget: 4000, contacts: nil).plan
    let rich = example.run(budget: 4400, contacts: nil).plan
    let slope = (rich.selected.gain - poor.selected.gain) / 400
    #expect(poor.priceOfBudget! >= slope * 0.95 && rich.priceOfBudget! <= slope * 1.05)
    #expect(example.run(budget: nil, contacts: 0).plan.priceOfContact! > 0)
  }

  @Test("at the break-even factor the kept plan gains nothing, capped effects too")
  func breakEven() {
    for effect in [0.2, 0.9, 3.0] {
      var example = PlanExample(500)
      example.recommendations[0] = PlanRecommendation(
        id: "mature", channels: ["call", "push"], offerCost: 100, effect: effect)
      let outcome = example.run()
      let factor = outcome.plan.breakEvenEffectFactor!
      let stakes = example.clients.atStake(MoneyAssumptions())
      let gain = outcome.choice.indices.reduce(0.0) { sum, row in
        guard outcome.choice[row] >= 0 else { return sum }
        let offer = outcome.offers[Int(outcome.choice[row])]
        return sum + stakes[row] * min(1, offer.fullEffect * factor) - offer.cost
      }
      #expect(abs(gain) < 1e-6 * outcome.plan.selected.cost)
      #expect(factor > 0 && factor < 1)
    }
  }

  @Test("sensitivity: the plan made anew is a run under that assumption, and never worse than the plan kept")
  func sensitivity() {
    let example = PlanExample(600)
    let plan = example.run(budget: nil).plan
    #expect(
      plan.sensitivity.map(\.assumption) == [
        "balanceMargin", "productValue", "horizonYears", "effectFactor", "contactCostFactor",
        "offerCostFactor", "campaignDays",
      ])
    for entry in plan.sensitivity {
      #expect(entry.gainAtLow >= entry.keptPlanGainAtLow - 1e-6, "\(entry.assumption)")
      #expect(entry.gainAtHigh >= entry.keptPlanGainAtHigh - 1e-6, "\(entry.assumption)")
    }
    let effect = plan.sensitivity.first { $0.assumption == "effectFactor" }!
    #expect(effect.low == 0.5 && effect.base == 1 && effect.high == 1.5)
    let half = example.run(money: MoneyAssumptions(effectFactor: 0.5), budget: nil).plan
    #expect(abs(effect.gainAtLow - half.selected.gain) < 1e-6)
    // Half the effect, the same costs.
    #expect(abs(effect.keptPlanGainAtLow - (plan.selected.value / 2 - plan.selected.cost)) < 1e-6)
  }

  @Test(
    "hostile input: never NaN, never a crash",
    arguments: [
      ([0.0, 0], [1.0, 1], [1.0, 1], UInt64(3)), ([1, 1], [-5, -1e12], [0, -3], 3),
      ([.nan, 0.5], [.infinity, .nan], [.nan, .nan], 3), ([1, 0.9], [1e9, 1e6], [2, 2], 0),
      ([1, 0.9], [1e300, 1e6], [2, 2], 3), ([], [], [], 0),
    ] as [([Double], [Double], [Double], UInt64)])
  func hostile(chances: [Double], balances: [Double], products: [Double], audience: UInt64) throws {
    var example = PlanExample(0)
    let count = chances.count
    example.clients = PlanClients(
      probability: chances, balance: balances, products: products,
      audiences: Array(repeating: audience, count: count), permission: Array(repeating: 0, count: count),
      identity: Array(repeating: 7, count: count),
      attributes: [.init(name: "age", groups: [], codes: Array(repeating: -1, count: count))])
    for money in [
      MoneyAssumptions(), MoneyAssumptions(horizonYears: 0), MoneyAssumptions(contactCostFactor: 0),
      MoneyAssumptions(contactCostFactor: 0, offerCostFactor: 0, campaignDays: 0),
    ] {
      for budget in [nil, 0, -1, 100, .nan, 1e300] as [Double?] {
        for contacts in [nil, 0, 1, .max] as [Int?] {
          let plan = example.run(money: money, budget: budget, contacts: contacts).plan
          // Refuses NaN and infinity.
          #expect(throws: Never.self) { try JSONEncoder().encode(plan) }
          if money.horizonYears == 0 || audience == 0 { #expect(plan.selected.clients == 0) }
          #expect(plan.selected.gain >= 0)
        }
      }
    }
  }

  @Test("free contacts have no return on cost")
  func free() {
    let money = MoneyAssumptions(contactCostFactor: 0, offerCostFactor: 0)
    let plan = PlanExample(100).run(money: money, budget: nil, contacts: nil).plan
    #expect(plan.selected.cost == 0 && plan.selected.returnOnCost == nil)
    #expect(plan.breakEvenEffectFactor == 0)
    #expect(plan.worthwhile == plan.selected.clients)
  }

  @Test(
    "the expected gain is what a simulation finds, within four standard errors",
    arguments: [1, 2, 3] as [UInt64])
  func simulation(seed: UInt64) {
    let example = PlanExample(1500, seed: seed)
    let outcome = example.run()
    let stakes = example.clients.atStake(MoneyAssumptions())
    let members = outcome.choice.indices.filter { outcome.choice[$0] >= 0 }
    var generator = SplitMix64(seed: seed + 77)
    func simulate(effectBias: Double) -> (mean: Double, error: Double) {
      let runs = 400
      let gains = (0..<runs).map { _ in
        members.reduce(0.0) { sum, row in
          let offer = outcome.offers[Int(outcome.choice[row])]
          let chance = example.clients.probability[row]
          let isLeaving = Double.random(in: 0..<1, using: &generator) < chance
          let stays = isLeaving && Double.random(in: 0..<1, using: &generator) < offer.effect * effectBias
          return sum - offer.cost + (stays ? stakes[row] / chance : 0)
        }
      }
      let mean = gains.reduce(0, +) / Double(runs)
      let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs - 1)
      return (mean, (variance / Double(runs)).squareRoot())
    }
    let fair = simulate(effectBias: 1)
    #expect(abs(fair.mean - outcome.plan.selected.gain) < 4 * fair.error)
    // A world where offers work a tenth less well is told apart.
    let worse = simulate(effectBias: 0.9)
    #expect(abs(worse.mean - outcome.plan.selected.gain) > 4 * worse.error)
  }
}
