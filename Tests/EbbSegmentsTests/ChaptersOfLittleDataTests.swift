import EbbClients
import EbbEngine
import EbbStatistics
import EbbTable
import Foundation
import Testing

@testable import EbbSegments

/// Tables at the edge: every chapter is made, is finite, and claims nothing.
@Suite struct ChaptersOfLittleDataTests {
  typealias Columns = [(name: String, role: Role, values: RowEngine.Values)]

  static func churn(_ values: [String?]) -> (name: String, role: Role, values: RowEngine.Values) {
    ("churn", .churn, .flag(values, yes: "1"))
  }

  static let tables: [(String, Columns)] = [
    ("one client", [churn(["1"]), ("age", .age, .numbers([30])), ("city", .city, .texts(["A"]))]),
    (
      "churn of one value",
      [
        churn(["0", "0", "0"]), ("age", .age, .numbers([30, 40, 50])),
        ("city", .city, .texts(["A", "B", "A"])),
      ]
    ),
    (
      "one product group",
      [
        churn(["0", "1", "0", "1"]), ("products", .products, .numbers([1, 1, 1, 1])),
        ("income", .income, .numbers([10, 20, 30, 40])),
      ]
    ),
    (
      "two values a group",
      [
        churn(["0", "1", "0", "1"]), ("products", .products, .numbers([1, 1, 2, 2])),
        ("income", .income, .numbers([10, 20, 30, 40])), ("score", .score, .numbers([5, 5, 5, 5])),
      ]
    ),
    (
      "a measure that is missing throughout",
      [
        churn(["0", "1", "0", "1"]), ("products", .products, .numbers([1, 2, 1, 2])),
        ("balance", .balance, .numbers([nil, nil, nil, nil])),
        ("income", .income, .numbers([1, nil, 2, nil])),
      ]
    ),
    ("only churn", [churn(["0", "1", "0", "1", "1"])]),
  ]

  static func answers(_ columns: Columns) async throws -> (Answers, ClientSchema) {
    let engine = RowEngine(columns)
    let questions = Hypotheses.questions(for: engine.schema)
      .union(Portraits.questions(for: engine.schema))
    return (try await engine.answer(questions), engine.schema)
  }

  @Test(arguments: tables.map(\.0))
  func nothingIsClaimed(name: String) async throws {
    let columns = try #require(Self.tables.first { $0.0 == name }).1
    let (answers, schema) = try await Self.answers(columns)
    let hypotheses = Hypotheses(answers: answers, schema: schema)
    let portraits = Portraits(answers: answers, schema: schema)
    // JSONEncoder throws on NaN and infinity
    _ = try JSONEncoder().encode(hypotheses)
    let written = try JSONEncoder().encode(portraits)
    #expect(try JSONDecoder().decode(Portraits.self, from: written) == portraits)
    #expect(hypotheses.tested.allSatisfy { $0.verdict == .undecided })
    #expect(hypotheses.ledger.count == hypotheses.tested.count)
    for portrait in portraits.churn + portraits.products {
      #expect(!portrait.traits.contains { $0.typical })
    }
    if name == "churn of one value" || name == "one client" { #expect(portraits.churn.isEmpty) }
  }

  static func numbers(_ n: Int, _ value: (Int) -> Int) -> RowEngine.Values {
    .numbers((0..<n).map { Double(value($0)) })
  }

  static func bank(_ n: Int) -> Columns {
    let hobbies: [String?] = (0..<n).map { $0 % 5 == 0 ? "chess" : "ski" }
    var columns: Columns = [churn((0..<n).map { $0 % 5 == 0 ? "1" : "0" })]
    columns.append(("products", .products, numbers(n) { $0 % 3 + 1 }))
    columns.append(("age", .age, numbers(n) { 30 + $0 % 17 + ($0 % 5 == 0 ? 12 : 0) }))
    columns.append(("income", .income, numbers(n) { 100 + $0 * 37 % 101 }))
    columns.append(("score", .score, numbers(n) { 500 + $0 * 53 % 211 }))
    columns.append(("shoe", .attribute, numbers(n) { 36 + $0 * 7 % 13 }))
    columns.append(("hobby", .attribute, .texts(hobbies)))
    return columns
  }

  @Test func declaredHypothesesAndEveryAttribute() async throws {
    let (answers, schema) = try await Self.answers(Self.bank(400))
    let chapter = Hypotheses(answers: answers, schema: schema)
    let declared = chapter.tested.filter { $0.family == .declared }.map(\.id)
    #expect(
      declared == ["income.by.products", "score.by.products", "income.by.churn", "score.by.churn"])
    // Unknown columns too, numbers and categories
    #expect(chapter["age.by.churn"]?.verdict == .differ)
    #expect(chapter["shoe.by.churn"] != nil)
    #expect(chapter["churn.by.hobby"]?.shares?.verdict == .differ)
    #expect(chapter["churn.by.products"] != nil)

    // Each family is corrected in its own way, and the chapter as a whole beside it
    let holm = EbbStatistics.holm(chapter.ledger.compactMap(\.pValue))
    #expect(chapter.ledger.compactMap(\.pValueHolm) == holm)
    let family = chapter.ledger.filter { $0.family == .declared }
    #expect(family.compactMap(\.pValueAdjusted) == EbbStatistics.holm(family.compactMap(\.pValue)))
    for line in chapter.ledger {
      let hochberg = line.pValueBenjaminiHochberg ?? 1
      #expect(line.pValueHolm ?? 1 >= hochberg * (1 - 1e-12))
      #expect(hochberg >= (line.pValue ?? 0) * (1 - 1e-12))
    }
  }

  @Test func traitsAreRankedAndCorrected() async throws {
    let (answers, schema) = try await Self.answers(Self.bank(400))
    let left = try #require(Portraits(answers: answers, schema: schema).left)
    #expect(left.share == CompositionShare(having: 80, of: 400))
    #expect(left.traits.prefix(2).map(\.column) == ["hobby", "age"])
    #expect(left.traits[0].value == "chess" && left.traits[0].here == 1 && left.traits[0].elsewhere == 0)
    let effects = left.traits.map { abs($0.effect) }
    #expect(effects == effects.sorted(by: >))
    #expect(left.traits.filter(\.typical).map(\.column) == ["hobby", "age"])
    // The stayed are the mirror image
    let stayed = try #require(Portraits(answers: answers, schema: schema).stayed)
    #expect(
      stayed.number(.age)?.meanDifference.estimate == left.number(.age)?.meanDifference.estimate.map { -$0 })
  }

  @Test func wideTablesAreAskedInProportion() {
    func questions(_ count: Int) -> Int {
      let schema = ClientSchema(
        entries: RowEngine(Self.bank(10)).schema.entries
          + (0..<count).map {
            ClientSchema.Entry(
              column: "a\($0)", role: .attribute, kind: $0 % 2 == 0 ? .decimal : .category, scale: 1,
              reason: .plainAttribute, distinct: $0 % 2 == 0 ? nil : 5)
          })
      return Hypotheses.questions(for: schema).union(Portraits.questions(for: schema)).count
    }
    let (few, many) = (questions(200), questions(2000))
    #expect(many < 11 * few)
    #expect(many < 60_000)
  }
}
