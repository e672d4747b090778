import EbbEngine
import EbbStatistics
import EbbTable
import Foundation
import Testing

@testable import EbbClients
@testable import EbbSegments

@Suite struct ChurnTests {
  /// Women leave at 1 in 4, and are 2 of 3 of those who left: two figures, two types.
  @Test func rateAndCompositionAreDifferentTypes() async throws {
    var clients: [MadeUpBank.Client] = []
    for index in 0..<80 {
      clients.append(.init(gender: "F", age: 20 + index % 40, churn: index < 20 ? 1 : 0))
    }
    for index in 0..<120 {
      clients.append(.init(gender: "M", age: 20 + index % 40, churn: index < 10 ? 1 : 0))
    }
    let churn = try #require(try await MadeUpBank.chapters(MadeUpBank.csv(clients)).churn)
    let women = try #require(churn.by(.gender)?.levels.first { $0.value == "F" })
    #expect(women.churn.estimate == 0.25 && women.churn.n == 80)
    #expect(women.ofChurned == CompositionShare(having: 20, of: 30))
    #expect(women.lift == 0.25 / 0.15)
    #expect(women.againstRest.map(\.name) == ["riskDifference", "relativeRisk", "oddsRatio"])
    let risk = try #require(women.againstRest.first { $0.name == "riskDifference" })
    #expect(abs((risk.estimate ?? 0) - (0.25 - 10.0 / 120)) < 1e-15)
    #expect(risk.interval?.contains(0) == false)
  }

  /// Levels sum to the whole whatever is pooled, and no cell is small.
  @Test(arguments: 1...8) func totalsAreKept(seed: Int) async throws {
    let clients = ClientCubeTests.random(60 * seed, cities: 25, seed: seed)
    let chapters = try await MadeUpBank.chapters(MadeUpBank.csv(clients))
    let churn = try #require(chapters.churn)
    let left = clients.reduce(0) { $0 + $1.churn }
    #expect(churn.overall.n == clients.count && churn.overall.successes == left)
    for by in churn.by {
      #expect(by.levels.reduce(0) { $0 + $1.n } == clients.count, "\(by.attribute.column)")
      #expect(by.levels.reduce(0) { $0 + $1.churned } == left)
      #expect(by.levels.allSatisfy { $0.n >= 5 && $0.n == $0.churn.n })
    }
    for table in churn.cross {
      #expect(table.cells.reduce(0) { $0 + $1.n } == clients.count)
      #expect(table.cells.reduce(0) { $0 + $1.churned } == left)
      #expect(table.cells.allSatisfy { $0.n >= 5 })
    }
    for attribute in try #require(chapters.profile.association).information {
      #expect(attribute.bins.reduce(0) { $0 + $1.n } == clients.count)
      #expect(attribute.bins.allSatisfy { $0.n >= 5 })
    }
    for column in chapters.profile.columns where !column.counts.isEmpty {
      #expect(column.counts.reduce(column.missing) { $0 + $1.count } == clients.count)
    }
  }

  @Test func withoutProducts() async throws {
    let lines = MadeUpBank.csv(MadeUpBank.clients).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).enumerated().filter { $0.offset != 7 }
        .map { String($0.element) }.joined(separator: ",")
    }
    let churn = try #require(try await MadeUpBank.chapters(lines.joined(separator: "\n") + "\n").churn)
    #expect(churn.by(.products) == nil)
    #expect(!churn.cross.isEmpty)
    #expect(!churn.cross.contains { $0.first.role == .products || $0.second.role == .products })
    #expect(churn.cube?.axes.contains { $0.attribute.role == .products } == false)
  }

  enum Change: String, CaseIterable {
    case oneProductGroup, allBalancesMissing, oneCity
  }

  @Test(arguments: Change.allCases) func degenerateTables(change: Change) async throws {
    var clients = MadeUpBank.clients
    for index in clients.indices {
      switch change {
      case .oneProductGroup: clients[index].products = 1
      case .allBalancesMissing: clients[index].balance = nil
      case .oneCity: clients[index].city = "A"
      }
    }
    try await Self.expectSound(clients, change.rawValue)
  }

  @Test(arguments: [2, 3, 6]) func fewClients(count: Int) async throws {
    // The eighth of the made-up clients left, the seventh stayed.
    try await Self.expectSound(Array(MadeUpBank.clients.dropFirst(6).prefix(count)), "\(count) clients")
  }

  /// The tool refuses such a table; the chapters say that there is nothing to say.
  @Test(arguments: [(1, 0), (1, 1), (150, 0), (150, 1)]) func churnOfOneValue(count: Int, churn: Int)
    async throws
  {
    var clients = Array(MadeUpBank.clients.prefix(count + 1))
    for index in clients.indices { clients[index].churn = index == count ? 1 - churn : churn }
    let (table, quality) = try await MadeUpBank.read(MadeUpBank.csv(clients))
    let oneSided = ClientTable(
      table: RowFilter.table(table.table, dropping: [count]), schema: table.schema)
    let chapters = try await MadeUpBank.chapters(oneSided, quality)
    #expect(chapters.churn == nil)
    #expect(try !JSONEncoder().encode(chapters.profile).isEmpty)
    let association = try #require(chapters.profile.association)
    #expect(association.information.isEmpty && association.singleFeatures.isEmpty)
    let ages = association.correlations.first { $0.first == "age" && $0.second == "income" }
    #expect((ages?.pearson == nil) == (count == 1))
    // A constant goes with nothing.
    #expect(association.correlations.filter { $0.second == "churn" }.allSatisfy { $0.pearson == nil })
  }

  /// JSONEncoder throws on NaN and infinity; what is written is what is read.
  static func expectSound(_ clients: [MadeUpBank.Client], _ name: String) async throws {
    let (profile, churn) = try await MadeUpBank.chapters(MadeUpBank.csv(clients))
    let decoder = JSONDecoder()
    #expect(try decoder.decode(Profile.self, from: JSONEncoder().encode(profile)) == profile, "\(name)")
    #expect(try decoder.decode(Churn?.self, from: JSONEncoder().encode(churn)) == churn, "\(name)")
    #expect(churn?.overall.n == clients.count, "\(name)")
    #expect(profile.rows == clients.count)
    if clients.count < 5 { #expect(profile.columns.allSatisfy { $0.numbers == nil }, "\(name)") }
  }

  /// Questions grow with the columns, not with their square; two-way tables are those of the roles.
  @Test func wideTables() async throws {
    func schema(_ count: Int) -> ClientSchema {
      let roles: [ClientSchema.Entry] = [
        .init(column: "churn", role: .churn, kind: .flag, scale: 0, reason: .byName, distinct: 2),
        .init(column: "products", role: .products, kind: .integer, scale: 0, reason: .byName, distinct: 4),
        .init(column: "city", role: .city, kind: .category, scale: 0, reason: .byName, distinct: 400_000),
        .init(column: "age", role: .age, kind: .integer, scale: 0, reason: .byName, distinct: 70),
      ]
      return ClientSchema(
        entries: roles
          + (0..<count).map {
            .init(
              column: "a\($0)", role: .attribute, kind: $0 % 2 == 0 ? .decimal : .category, scale: 1,
              reason: .plainAttribute, distinct: $0 % 2 == 0 ? nil : 5)
          })
    }
    let data = try await MadeUpBank.read(MadeUpBank.csv(MadeUpBank.clients)).quality
    func questions(_ count: Int) -> Set<Question> {
      Profile.questions(for: schema(count), data: data).union(Churn.questions(for: schema(count), data: data))
    }
    let many = questions(2000)
    #expect(many.count < 11 * questions(200).count)
    #expect(many.count < 12_000)
    for question in many {
      if case .correlations(let columns) = question { #expect(columns.count <= 41) }
      // No cross of more cells than an engine counts: 400,000 cities by 4 products.
      if case .counts(let by) = question { #expect(CellBudget.cells(by, schema(0)) <= 3 * CellBudget.limit) }
    }
  }
}
