import EbbEngine
import EbbStatistics
import EbbTable
import Testing

/// A small table by hand; figures by numpy and scipy, made with `Tests/golden/engine.py`.
@Suite struct GoldenAnswersTests {
  static let group = ["a", "a", "b", "b", "b", "a", "b", "a", "a", "b", "b", "a"]
  static let money: [Int64?] = [1025, 9950, 1025, -375, 4700, 4700, 12010, 5, nil, 6330, 4700, 8880]
  static let score: [Int64?] = [3, 7, 7, 1, 4, 4, nil, 2, 9, 9, 5, 6]

  /// The money once as decimals, once as doubles.
  func answer(_ question: Question, asReal: Bool) async throws -> Answer? {
    let money =
      asReal
      ? HandMade.real("money", Self.money.map { $0.map { Double($0) / 100 } })
      : HandMade.scaled("money", Self.money, scale: 2)
    let columns = [HandMade.texts("group", Self.group), money, HandMade.scaled("score", Self.score)]
    let engine = MemoryEngine(HandMade.clients(columns, rows: 12), cores: 2)
    return try await engine.answer([question])[question]
  }

  func near(_ found: Double?, _ expected: Double, _ relative: Double = 1e-12) -> Bool {
    found.map { abs($0 - expected) <= relative * max(abs(expected), 1) } ?? false
  }

  @Test(arguments: [false, true])
  func moments(asReal: Bool) async throws {
    guard
      case .moments(let cells)? = try await answer(
        .moments(of: "money", by: [Grouping("group")]), asReal: asReal)
    else {
      Issue.record("no moments")
      return
    }
    #expect(cells.axes == [[Level(.text("a")), Level(.text("b"))]])
    #expect(cells.values.map(\.n) == [5, 6])
    #expect(cells.missing == [1, 0])
    let expected = [
      (49.120000000000005, 8035.883000000001, 13456.726229999855, 17001817.3860941),
      (47.31666666666666, 9534.823333333332, 205547.39655555555, 36816203.38466944),
    ]
    for (cell, figures) in zip(cells.values, expected) {
      #expect(near(cell.mean, figures.0))
      #expect(near(cell.pivot + cell.offset, figures.0))
      #expect(near(cell.m2, figures.1))
      #expect(near(cell.m3, figures.2, 1e-10))
      #expect(near(cell.m4, figures.3))
    }
  }

  @Test(arguments: [false, true])
  func quantiles(asReal: Bool) async throws {
    let question = Question.quantiles(
      of: "money", by: [Grouping("group")], probabilities: [0.05, 0.25, 0.5, 0.9])
    guard case .quantiles(let cells)? = try await answer(question, asReal: asReal) else {
      Issue.record("no quantiles")
      return
    }
    let expected = [[2.09, 10.25, 47, 95.22], [-0.25, 19.4375, 47, 91.7]]
    for (cell, figures) in zip(cells.values, expected) {
      for (found, figure) in zip(cell ?? [], figures) { #expect(near(found, figure)) }
      #expect(cell?.count == 4)
    }
  }

  @Test(arguments: [false, true])
  func deviations(asReal: Bool) async throws {
    let expected: [(Question.Center, [(Double, Double)])] = [
      (.mean, [(180.12, 8035.883), (177.5333333333333, 9534.823333333332)]),
      (.median, [(178, 8058.355), (176.9, 9535.425)]),
    ]
    for (center, figures) in expected {
      guard
        case .deviations(let cells)? = try await answer(
          .deviations(of: "money", by: [Grouping("group")], from: center), asReal: asReal)
      else {
        Issue.record("no deviations")
        return
      }
      for (cell, figure) in zip(cells.values, figures) {
        #expect(near(cell.sum, figure.0))
        #expect(near(cell.sumOfSquares, figure.1))
      }
    }
  }

  @Test(arguments: [false, true])
  func ranks(asReal: Bool) async throws {
    guard
      case .ranks(let cells)? = try await answer(.ranks(of: "money", by: [Grouping("group")]), asReal: asReal)
    else {
      Issue.record("no ranks")
      return
    }
    #expect(cells.rankSum == [30.5, 35.5])
    #expect(cells.tieTerm == 30)
    #expect(cells.pairs.count == 1)
    #expect(cells.pairs.first?.u1 == 15.5)
    #expect(cells.pairs.first?.tieTerm == 30)
    #expect(near(cells.pairs.first?.maximumDistance, 0.23333333333333334))
  }

  @Test(arguments: [false, true])
  func correlations(asReal: Bool) async throws {
    guard
      case .correlations(let found)? = try await answer(
        .correlations(of: ["money", "score"]), asReal: asReal)
    else {
      Issue.record("no correlations")
      return
    }
    #expect(found.pairs.map(\.n) == [10])
    #expect(near(found.pairs.first?.pearson, 0.6689352120140423))
    #expect(near(found.pairs.first?.spearman, 0.7523544332636938))
  }

  @Test(arguments: [false, true])
  func histogramAndBands(asReal: Bool) async throws {
    let edges = [0, 10.25, 47, 99.5]
    let histogram = Question.histogram(of: "money", edges: edges, by: [Grouping("group")])
    guard case .histogram(let bins)? = try await answer(histogram, asReal: asReal) else {
      Issue.record("no histogram")
      return
    }
    #expect(bins.counts == [[1, 1, 3], [0, 1, 3]])
    guard
      case .counts(let thirds)? = try await answer(
        .counts(by: [Grouping("money", .quantiles(count: 3))]), asReal: asReal)
    else {
      Issue.record("no counts")
      return
    }
    #expect(thirds.counts == [4, 3, 4, 1])
    #expect(thirds.axes.first?.last?.isMissing == true)
    guard case .band(let low, let high, _)? = thirds.axes.first?[1].value else {
      Issue.record("no band")
      return
    }
    #expect(near(low, 22.5) && near(high, 57.86666667, 1e-9))
  }
}
