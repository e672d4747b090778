import EbbEngine
import EbbStatistics
import EbbTable
import Testing

@Suite struct EngineLimitsTests {
  static let rows = 3000

  static var engine: MemoryEngine {
    let numbers = (0..<Int64(rows)).map { Optional($0) }
    return MemoryEngine(
      HandMade.clients(
        [
          HandMade.scaled("number", numbers), HandMade.scaled("few", numbers.map { $0.map { $0 % 900 } }),
          HandMade.texts("text", numbers.map { "t\($0 ?? 0)" }),
          HandMade.texts("yes", numbers.map { $0! % 2 == 0 ? "Да" : "Нет" }, kind: .flag, positive: "Да"),
          HandMade.scaled("gone", numbers.map { _ in nil }),
        ], rows: rows), cores: 2)
  }

  @Test(
    arguments: [
      .counts(by: [Grouping("number")]),
      .counts(by: [
        Grouping("text"), Grouping("few"), Grouping("few", .bands(cuts: [1, 2, 3], leftClosed: true)),
      ]),
      .counts(by: [Grouping("number", .quantiles(count: .max))]),
      .ranks(of: "number", by: [Grouping("few"), Grouping("yes")]),
      .moments(of: "number", by: [Grouping("text"), Grouping("few")]),
    ] as [Question])
  func tooManyCellsAreRefused(question: Question) async {
    do {
      _ = try await Self.engine.answer([question])
      Issue.record("answered")
    } catch .tooManyCells(_, let cells, let limit) {
      #expect(cells > limit)
    } catch {
      Issue.record(error)
    }
  }

  @Test(
    arguments: [
      .moments(of: "text", by: []), .ranks(of: "text", by: []), .correlations(of: ["number", "text"]),
      .histogram(of: "text", edges: [0, 1], by: []),
    ] as [Question])
  func textsAreNotNumbers(question: Question) async {
    await #expect(throws: EngineError.notNumeric("text")) { _ = try await Self.engine.answer([question]) }
  }

  /// A flag whose *yes* sorts before its *no* still counts as 1.
  @Test func yesIsOne() async throws {
    let question = Question.moments(of: "yes", by: [])
    guard case .moments(let cells)? = try await Self.engine.answer([question])[question] else {
      Issue.record("no moments")
      return
    }
    #expect(cells.values[0].sum == Double(Self.rows / 2))
    let counts = Question.counts(by: [Grouping("yes")])
    guard case .counts(let found)? = try await Self.engine.answer([counts])[counts] else {
      Issue.record("no counts")
      return
    }
    #expect(found.axes == [[Level(.text("Да")), Level(.text("Нет"))]])
  }

  /// A column without a single value has answers all the same.
  @Test func nothingPresent() async throws {
    let questions: Set<Question> = [
      .moments(of: "gone", by: [Grouping("yes")]), .distinct(of: "gone"),
      .quantiles(of: "gone", by: [], probabilities: [0.5]), .ranks(of: "gone", by: [Grouping("yes")]),
      .deviations(of: "gone", by: [], from: .median), .histogram(of: "gone", edges: [0, 1, 2], by: []),
      .correlations(of: ["gone", "number"]), .counts(by: [Grouping("gone")]),
      .counts(by: [Grouping("gone", .quantiles(count: 4))]),
      .counts(by: [Grouping("gone", .bands(cuts: [1], leftClosed: true))]),
      .counts(by: [Grouping("gone", .presence)]),
    ]
    let answers = try await Self.engine.answer(questions)
    for question in questions { #expect(answers[question] != nil, "\(question)") }
    guard case .moments(let moments)? = answers[.moments(of: "gone", by: [Grouping("yes")])],
      case .quantiles(let quantiles)? = answers[.quantiles(of: "gone", by: [], probabilities: [0.5])],
      case .counts(let presence)? = answers[.counts(by: [Grouping("gone", .presence)])],
      case .counts(let levels)? = answers[.counts(by: [Grouping("gone")])]
    else {
      Issue.record("not answered in kind")
      return
    }
    #expect(moments.missing == [1500, 1500])
    #expect(quantiles.values == [nil])
    #expect(presence.counts == [Self.rows, 0])
    #expect(levels.axes == [[Level(.missing)]])
  }

  @Test func oddProbabilitiesAndEdgesDoNotTrap() async throws {
    let questions: Set<Question> = [
      .quantiles(of: "number", by: [], probabilities: [-1, 2, 0, 1]),
      .histogram(of: "number", edges: [], by: []), .histogram(of: "number", edges: [5], by: []),
      .histogram(of: "number", edges: [-.infinity, 10, .infinity], by: []),
      .counts(by: [Grouping("number", .quantiles(count: 0))]), .correlations(of: []),
      .correlations(of: ["few"]),
    ]
    let answers = try await Self.engine.answer(questions)
    for question in questions { #expect(answers[question] != nil, "\(question)") }
    guard
      case .quantiles(let ends)? = answers[.quantiles(of: "number", by: [], probabilities: [-1, 2, 0, 1])],
      case .histogram(let open)? = answers[
        .histogram(of: "number", edges: [-.infinity, 10, .infinity], by: [])]
    else {
      Issue.record("not answered in kind")
      return
    }
    #expect(ends.values == [[0, 2999, 0, 2999]])
    #expect(open.counts == [[10, 2990]])
  }
}
