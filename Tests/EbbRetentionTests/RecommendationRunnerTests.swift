import EbbClients
import EbbRetention
import EbbSegments
import EbbStatistics
import EbbTable
import Foundation
import Testing

@Suite("What of the catalogue a bank's clients call for")
struct RecommendationRunnerTests {
  private static func run(
    _ clients: ClientTable, catalogue: Catalogue = CatalogueFile.builtIn, probabilities: [Double] = [],
    protected: ProtectedPolicy = .caution, threshold: Int = 5
  ) -> (chapter: Recommendations, audiences: [[Bool]]) {
    RecommendationRunner.run(
      catalogue: catalogue, catalogueName: "built-in", clients: clients, probabilities: probabilities,
      forecast: nil, money: MoneyAssumptions(), protected: protected, privacyThreshold: threshold)
  }

  @Test(
    "on the public table: what its analysts found, and not what does not matter",
    .enabled(if: BankTable.path != nil))
  func bank() async throws {
    let clients = try await BankTable.bank()
    let (chapter, audiences) = Self.run(clients)
    let shown = Set(chapter.items.map(\.id))
    #expect(
      shown.isSuperset(of: ["many-products", "one-product", "mature", "women", "worst-city", "inactive"]))
    #expect(shown.isDisjoint(with: ["card-holders", "without-balance", "high-risk"]))
    let reasons = Dictionary(uniqueKeysWithValues: chapter.skipped.map { ($0.id, $0.reason) })
    #expect(reasons["card-holders"] == .noEvidence)
    #expect(reasons["without-balance"] == .noEvidence)
    #expect(reasons["high-risk"] == .noForecast)
    #expect(reasons["savings-at-risk"] == .noForecast)
    // Large balances leave more often for being in Ростов Великий: among alike clients nothing is left of it.
    let large = try #require(chapter.skipped.first { $0.id == "large-balances" })
    #expect(large.reason == .conditionNotMet && large.condition == "adjusted difference low > 0")
    #expect(large.churn?.successes == 367 && large.churn?.n == 1596)
    let city = try #require(chapter.items.first { $0.id == "worst-city" })
    #expect(city.evidenceTexts["city"] == "Ростов Великий")
    #expect(city.n == 2509 && city.churned == 814)
    let many = try #require(chapter.items.first { $0.id == "many-products" })
    #expect(many.n == 326 && many.churned == 280 && many.isInvestigation && many.worthwhile == 0)
    #expect(audiences.count == chapter.items.count)
    for (item, mask) in zip(chapter.items, audiences) { #expect(mask.count { $0 } == item.n) }
  }

  @Test(
    "a hundred tables with who left dealt anew: hardly a recommendation", .enabled(if: BankTable.path != nil))
  func shuffled() async throws {
    let clients = try await BankTable.bank()
    let constant = [Double](repeating: 0.2, count: clients.table.rowCount)
    let with = (1...100).count { seed in
      !Self.run(BankTable.shuffled(clients, seed: UInt64(seed)), probabilities: constant).chapter.items
        .isEmpty
    }
    #expect(with <= 1)
  }

  struct Planted: Sendable {
    let name: String
    let leaves: @Sendable (BankTable.MadeUp) -> Double
    let shown: Set<String>
  }

  @Test(
    "one planted rule: only audiences it touches",
    arguments: [
      Planted(name: "inactive", leaves: { $0.isActive ? 0.1 : 0.3 }, shown: ["inactive"]),
      Planted(name: "age", leaves: { $0.age >= 45 ? 0.35 : 0.1 }, shown: ["mature"]),
      Planted(name: "city", leaves: { $0.city == "Тверь" ? 0.3 : 0.1 }, shown: ["worst-city"]),
      Planted(name: "card", leaves: { $0.hasCard ? 0.3 : 0.1 }, shown: ["card-holders"]),
      Planted(name: "nothing", leaves: { _ in 0.2 }, shown: []),
      Planted(
        name: "both", leaves: { !$0.isActive && $0.products == 1 ? 0.4 : 0.1 },
        shown: ["inactive", "one-product"]),
    ])
  func planted(_ planted: Planted) async throws {
    let clients = try await BankTable.clients(
      csv: BankTable.madeUp(6000, seed: 11, leaves: planted.leaves))
    let shown = Self.run(clients).chapter.items.map(\.id)
    #expect(Set(shown) == planted.shown, "\(planted.name)")
  }

  @Test("rows in another order make the same chapter", .enabled(if: BankTable.path != nil))
  func order() async throws {
    let text = try String(contentsOfFile: BankTable.path!, encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
    let clients = try await BankTable.bank()
    let risk = (0..<clients.table.rowCount).map { Double($0 * 7919 % 1000) / 1000 }
    let first = Self.run(clients, probabilities: risk).chapter
    let second = Self.run(
      try await BankTable.clients(csv: turned), probabilities: Array(risk.reversed())
    ).chapter
    #expect(first == second)
  }

  @Test("forbidding gender and age leaves their audiences out", .enabled(if: BankTable.path != nil))
  func protected() async throws {
    let chapter = Self.run(try await BankTable.bank(), protected: .forbid).chapter
    #expect(chapter.items.allSatisfy { !$0.usesProtected && !$0.audience.isProtected })
    let forbidden = chapter.skipped.filter { $0.reason == .protectedForbidden }.map(\.id)
    #expect(Set(forbidden) == ["mature", "women"])
  }

  @Test("a table of other columns: what lacks is said")
  func otherColumns() async throws {
    var csv = "client_id,segment,churn\n"
    for id in 0..<400 { csv += "\(5000 + id),\(id % 2 == 0 ? "A" : "B"),\(id % 5 == 0 ? 1 : 0)\n" }
    let chapter = Self.run(try await BankTable.clients(csv: csv)).chapter
    #expect(chapter.items.isEmpty)
    #expect(chapter.skipped.allSatisfy { $0.reason == .noSuchAttribute || $0.reason == .noForecast })
  }

  @Test("expected money against the sum by hand")
  func money() async throws {
    // 200 clients who leave in 3 of 4 cases, 600 in 1 of 20; no balance, one product or two.
    var csv = "client_id,products,segment,churn\n"
    for id in 0..<200 { csv += "\(5000 + id),1,A,\(id % 4 != 0 ? 1 : 0)\n" }
    for id in 0..<600 { csv += "\(6000 + id),2,B,\(id % 20 == 0 ? 1 : 0)\n" }
    let text = """
      channels:
        - {id: call, name: {ru: Звонок, en: Call}, cost: 10, strength: 0.5}
        - {id: sms, name: {ru: SMS, en: SMS}, cost: 1, strength: 0.1}
      recommendations:
        - id: a
          title: {ru: А, en: A}
          audience: ['"segment" = A']
          why: {ru: "{rate}", en: "{rate}"}
          action: {ru: а, en: a}
          offers: [{ru: а, en: a}]
          measure: {ru: а, en: a}
          channels: [call, sms]
          offerCost: 5
          effect: 0.1
          grade: expert
      """
    let catalogue = try CatalogueFile.read(Array(text.utf8), name: "a.yaml")
    let clients = try await BankTable.clients(csv: csv)
    // Value 1000 a product. Half at risk 0.8: 1000 × 0.8 × 0.05 − 15 = 25 by call; half at 0.1: nothing pays.
    let risk = (0..<800).map { $0 % 2 == 0 ? 0.8 : 0.1 }
    let item = try #require(Self.run(clients, catalogue: catalogue, probabilities: risk).chapter.items.first)
    #expect(item.n == 200 && item.worthwhile == 100)
    #expect(item.expectedGain == 2500)
    #expect(item.expectedCost == 1500)
    #expect(item.atStake == 90_000)
    // 200 × 15 / (0.5 × 90,000), and by SMS 200 × 6 / (0.1 × 90,000).
    #expect(item.breakEvenEffect == 200 * 15 / 45_000.0)
    #expect(
      item.audience.conditions == [
        RiskCondition(column: "segment", role: .attribute, kind: .values, values: ["A"])
      ])
  }
}
