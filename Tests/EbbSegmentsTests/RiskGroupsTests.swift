import EbbClients
import EbbEngine
import Foundation
import Testing

@testable import EbbSegments

@Suite struct RiskGroupsTests {
  struct Client {
    var products, age, objects, income, score, card, active: Int
    var balance: Int?
    var city, gender, tariff: String
    var churn = 0

    init(_ random: inout Generator) {
      func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
      products = [1, 1, 1, 2, 2, 2, 2, 3, 3, 4][pick(0...9)]
      (age, objects, income) = (pick(18...79), pick(0...10), pick(10_000...200_000))
      (score, card, active) = (pick(350...850), pick(0...1), pick(0...1))
      balance = pick(0...2) == 0 ? nil : pick(30_000...200_000)
      city = ["Омск", "Томск", "Пермь"][pick(0...2)]
      gender = ["Ж", "М"][pick(0...1)]
      tariff = ["базовый", "золотой", "плюс", "семейный"][pick(0...3)]
    }
  }

  static let columns = [
    "userid", "score", "city", "gender", "age", "objects", "balance", "products", "card", "active", "income",
    "tariff", "churn",
  ]

  static func csv(_ clients: [Client], columns: [String] = columns) -> String {
    let fields = clients.enumerated().map { index, c in
      let values = [
        "\(100_000 + index)", "\(c.score)", c.city, c.gender, "\(c.age)", "\(c.objects)",
        c.balance.map(String.init) ?? "", "\(c.products)", "\(c.card)", "\(c.active)", "\(c.income)",
        c.tariff, "\(c.churn)",
      ]
      let byName = Dictionary(uniqueKeysWithValues: zip(Self.columns, values))
      return columns.map { byName[$0] ?? "" }.joined(separator: ",")
    }
    return ([columns.joined(separator: ",")] + fields).joined(separator: "\n") + "\n"
  }

  static func made(
    _ count: Int, seed: UInt64, background: Double = 0.12, planted: Double = 0.5,
    _ rule: (Client) -> Bool
  ) -> [Client] {
    var random = Generator(state: seed)
    return (0..<count).map { _ in
      var client = Client(&random)
      client.churn = Double.random(in: 0..<1, using: &random) < (rule(client) ? planted : background) ? 1 : 0
      return client
    }
  }

  static func groups(
    _ csv: String, cores: Int? = nil, options: RiskOptions = RiskOptions()
  ) async throws -> RiskGroups? {
    let (clients, quality) = try await MadeUpBank.read(csv)
    let engine = MemoryEngine(clients, cores: cores)
    let answers = try await engine.answer(
      RiskGroups.questions(for: clients.schema, data: quality, options: options))
    return try await RiskGroups.find(engine, answers: answers, data: quality, options: options)
  }

  /// "city=Омск", "age=[50, )".
  static func text(_ rule: RiskRule) -> [String] {
    rule.conditions.map { condition in
      switch condition.kind {
      case .values: "\(condition.column)=\(condition.values.joined(separator: "|"))"
      case .band:
        "\(condition.column)=[\(condition.low.map { "\($0)" } ?? ""), \(condition.high.map { "\($0)" } ?? ""))"
      case .missing, .present: "\(condition.column) \(condition.kind.rawValue)"
      }
    }
  }

  struct Planted: Sendable, CustomTestStringConvertible {
    let conditions: [String]
    let holds: @Sendable (Client) -> Bool
    var testDescription: String { conditions.joined(separator: " & ") }
  }

  static let planted: [Planted] = [
    Planted(conditions: ["city=Омск"]) { $0.city == "Омск" },
    Planted(conditions: ["products=3|4"]) { $0.products >= 3 },
    Planted(conditions: ["age=[50.0, )"]) { $0.age >= 50 },
    Planted(conditions: ["tariff=золотой"]) { $0.tariff == "золотой" },
    Planted(conditions: ["balance missing"]) { $0.balance == nil },
    Planted(conditions: ["age=[50.0, 70.0)", "active=0"]) {
      $0.age >= 50 && $0.age < 70 && $0.active == 0
    },
    Planted(conditions: ["city=Томск", "tariff=плюс"]) { $0.city == "Томск" && $0.tariff == "плюс" },
    Planted(conditions: ["products=1", "city=Пермь", "gender=Ж"]) {
      $0.products == 1 && $0.city == "Пермь" && $0.gender == "Ж"
    },
    Planted(conditions: ["gender=М", "card=1", "active=0"]) {
      $0.gender == "М" && $0.card == 1 && $0.active == 0
    },
  ]

  @Test(arguments: zip(planted, 1...planted.count)) func plantedRuleIsTheOnlyGroup(
    planted: Planted, seed: Int
  ) async throws {
    let clients = Self.made(6000, seed: UInt64(seed * 7919), planted.holds)
    let groups = try #require(try await Self.groups(Self.csv(clients)))
    #expect(groups.risk.map { Self.text($0.rule) } == [planted.conditions])
    #expect(groups.loyal.isEmpty)
    let group = try #require(groups.risk.first)
    #expect(group.n == clients.count { planted.holds($0) })
    #expect(group.churned == clients.count { planted.holds($0) && $0.churn == 1 })
    #expect(groups.covered.churned == group.churned)
    let held = clients.filter { planted.holds($0) }.compactMap(\.balance)
    #expect(group.balance?.holders == held.count)
    #expect(group.balance?.sum == Double(held.reduce(0, +)))
  }

  /// The figures of a group are those of the clients for whom its rule holds.
  @Test func ruleHoldsForTheClientsCounted() async throws {
    let text = Self.csv(Self.made(6000, seed: 5) { $0.age >= 50 && $0.age < 70 && $0.products == 1 })
    let (clients, _) = try await MadeUpBank.read(text)
    let groups = try #require(try await Self.groups(text))
    #expect(!groups.risk.isEmpty)
    for group in groups.risk + groups.loyal {
      #expect(group.rule.holds(in: clients).count { $0 } == group.n)
    }
  }

  @Test func orderOfRowsAndColumnsAndCoresDoNotMatter() async throws {
    let clients = Self.made(4000, seed: 3) { $0.products >= 3 || $0.age >= 60 && $0.active == 0 }
    let first = try await Self.groups(Self.csv(clients), cores: 1)
    let second = try await Self.groups(
      Self.csv(clients.reversed(), columns: Self.columns.reversed()), cores: 4)
    #expect(first != nil)
    #expect(first?.risk.isEmpty == false)
    #expect(first == second)
  }

  @Test func nothingIsFoundAmongFewLeavers() async throws {
    for count in [1, 5, 15] {
      var clients = Self.made(400, seed: 9, background: 0) { _ in false }
      for index in 0..<count { clients[index * 7].churn = 1 }
      let groups = try await Self.groups(Self.csv(clients))
      #expect(groups?.risk.isEmpty == true)
      #expect(groups?.loyal.isEmpty == true)
    }
  }

  /// Churn that has to do with nothing: the same clients, leavers drawn anew a hundred times.
  @Test func shuffledChurnHasNoGroups() async throws {
    let (clients, quality) = try await MadeUpBank.read(
      Self.csv(Self.made(2000, seed: 21, background: 0.2) { _ in false }))
    let schema = clients.schema
    let engine = MemoryEngine(clients)
    // Without the columns of most bands, to be quick.
    let options = RiskOptions(excluded: ["income", "objects", "score"])
    let answers = try await engine.answer(RiskGroups.questions(for: schema, data: quality))
    let sides = try #require(ChurnSides(answers, schema))
    let plan = RiskGroupings(
      answers, schema, clients: quality.rows.used, cuts: BandCuts(), excluded: options.excluded)
    let question = Question.cells(by: plan.groupings + [sides.grouping], sums: [])
    guard case .cells(let cells)? = try await engine.answer([question])[question] else {
      Issue.record("no cells")
      return
    }
    var found = 0
    for seed in 0..<100 {
      let shuffled = Self.shuffled(cells, seed: UInt64(seed))
      let made = try #require(
        RiskCells(shuffled, plan.groupings, left: sides.left, share: 0.5, seed: 1))
      let list = RiskList(made, share: 0.5, options: options)
      if !list.risk.isEmpty || !list.loyal.isEmpty { found += 1 }
    }
    #expect(found <= 5)
  }

  /// Bands of numbers are cut at figures that can be said.
  @Test func quantilesAreRounded() {
    let quantiles = (0...10).map { 1234.5 + Double($0) * 1011.7 }
    #expect(RiskGroupings.rounded(quantiles) == [2000, 3500, 4500, 5500, 6500, 7500, 8500, 9500, 10_500])
    #expect(RiskGroupings.rounded([0, 0.104, 0.236, 0.32, 0.414, 0.5]) == [0.1, 0.24, 0.32, 0.42])
    #expect(RiskGroupings.rounded([3, 3, 3]) == [])
    #expect(RiskGroupings.rounded([0, 0, 0, 1]) == [])
  }

  /// The same clients, churn dealt out anew.
  static func shuffled(_ cells: SparseCells, seed: UInt64) -> SparseCells {
    let last = cells.codes.count - 1
    var random = Generator(state: seed)
    var churn: [UInt16] = []
    for (cell, count) in cells.counts.enumerated() {
      churn += [UInt16](repeating: cells.codes[last][cell], count: count)
    }
    churn.shuffle(using: &random)
    var codes = [[UInt16]](repeating: [], count: cells.codes.count)
    var counts: [Int] = []
    var (cell, next) = (0, 0)
    while cell < cells.counts.count {
      var end = cell + 1
      while end < cells.counts.count,
        (0..<last).allSatisfy({ cells.codes[$0][end] == cells.codes[$0][cell] })
      { end += 1 }
      let n = cells.counts[cell..<end].reduce(0, +)
      let sides = churn[next..<next + n]
      next += n
      for side in Set(sides).sorted() {
        for axis in 0..<last { codes[axis].append(cells.codes[axis][cell]) }
        codes[last].append(side)
        counts.append(sides.count { $0 == side })
      }
      cell = end
    }
    return SparseCells(axes: cells.axes, codes: codes, counts: counts)
  }
}
