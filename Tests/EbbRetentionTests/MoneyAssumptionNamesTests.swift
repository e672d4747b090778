import EbbRetention
import Testing

@Suite("Assumptions set by name")
struct MoneyAssumptionNamesTests {
  @Test("what is set is set, the rest are defaults, and both are told apart")
  func overriding() throws {
    let money = try MoneyAssumptions(overriding: [
      "balanceMargin": 0.05, "campaignDays": 10, "cost.call": 200,
    ])
    #expect(money.balanceMargin == 0.05 && money.campaignDays == 10 && money.productValue == 1000)
    #expect(money.overridden == ["balanceMargin", "campaignDays", "cost.call"])
    for known in MoneyAssumptionName.all {
      #expect(
        try MoneyAssumptions(overriding: [known.name: known.high]) != MoneyAssumptions(), "\(known.name)")
    }
  }

  @Test("an unknown name, a number out of range, a fraction of a day")
  func errors() {
    #expect(throws: MoneyAssumptionError.unknownName("balanceMargn", suggestion: "balanceMargin")) {
      try MoneyAssumptions(overriding: ["balanceMargn": 0.1])
    }
    #expect(throws: MoneyAssumptionError.outOfRange(name: "balanceMargin", value: 3, low: 0, high: 1)) {
      try MoneyAssumptions(overriding: ["balanceMargin": 3])
    }
    #expect(throws: MoneyAssumptionError.notWhole(name: "campaignDays", value: 1.5)) {
      try MoneyAssumptions(overriding: ["campaignDays": 1.5])
    }
    #expect(throws: MoneyAssumptionError.self) { try MoneyAssumptions(overriding: ["horizonYears": .nan]) }
  }

  private let catalogue = Catalogue(
    channels: [
      Catalogue.Channel(
        id: "call", name: LocalizedText(en: "call", ru: "звонок"), cost: 150, strength: 1, capacityPerDay: nil
      )
    ],
    recommendations: [
      Catalogue.Entry(
        id: "mature", title: LocalizedText(en: "", ru: ""), audience: [], when: [],
        why: LocalizedText(en: "", ru: ""), action: LocalizedText(en: "", ru: ""), offers: [],
        measure: LocalizedText(en: "", ru: ""), caution: nil, channels: ["call"], offerCost: 10, effect: 0.1,
        grade: .expert, isInvestigation: false, line: 3)
    ])

  @Test("a channel's and a recommendation's own money")
  func catalogueMoney() throws {
    let other = try catalogue.overridden(by: [
      "cost.call": 200, "strength.call": 0.5, "capacity.call": 300, "effect.mature": 0.05,
      "offerCost.mature": 7, "balanceMargin": 9,
    ])
    let channel = other.channels[0]
    #expect(channel.cost == 200 && channel.strength == 0.5 && channel.capacityPerDay == 300)
    #expect(other.recommendations[0].effect == 0.05 && other.recommendations[0].offerCost == 7)
    #expect(other.recommendations[0].line == 3)
    #expect(try catalogue.overridden(by: [:]) == catalogue)
  }

  @Test("a channel there is not, a name there is not, an effect above 1")
  func catalogueErrors() {
    #expect(
      throws: MoneyAssumptionError.unknownSubject(
        name: "cost.cal", id: "cal", suggestion: "call", known: ["call"])
    ) { try catalogue.overridden(by: ["cost.cal": 1]) }
    #expect(throws: MoneyAssumptionError.unknownName("costs", suggestion: "cost")) {
      try catalogue.overridden(by: ["costs.call": 1])
    }
    #expect(throws: MoneyAssumptionError.outOfRange(name: "effect.mature", value: 2, low: 0, high: 1)) {
      try catalogue.overridden(by: ["effect.mature": 2])
    }
  }
}
