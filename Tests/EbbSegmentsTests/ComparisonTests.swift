import EbbClients
import EbbEngine
import EbbStatistics
import Foundation
import Testing

@testable import EbbSegments

/// Figures: Tests/golden/comparison.py.
@Suite struct ComparisonTests {
  static let groups: [(String, [Double])] = [
    ("a", [12.1, 14.3, 11.8, 15.2, 13.3, 12.9, 14.8, 13.1, 12.2, 15.9, 13.7, 14.1]),
    ("b", [15.4, 18.9, 12.7, 21.3, 16.8, 14.2, 19.5, 17.7, 13.1, 20.6]),
    ("c", [13.0, 13.4, 12.8, 13.9, 13.2, 12.6, 13.7, 13.3, 13.1]),
  ]

  static func compare(
    _ groups: [(String, [Double?])], options: ComparisonOptions = ComparisonOptions()
  ) async throws -> Comparison {
    let engine = RowEngine([
      ("x", .attribute, .numbers(groups.flatMap(\.1))),
      ("g", .attribute, .texts(groups.flatMap { group in group.1.map { _ in group.0 } })),
    ])
    let answers = try await engine.answer(Comparison.questions("x", by: Grouping("g")))
    return try #require(
      Comparison(answers, "x", by: Grouping("g"), schema: engine.schema, options: options))
  }

  @Test func testsOfManyGroups() async throws {
    let comparison = try await Self.compare(Self.groups)
    let expected: [(String, Double, Double)] = [
      ("anova", 11.566569942996864, 0.00021796058888799588),
      ("welchANOVA", 7.400460368695307, 0.005930859293184768),
      ("brownForsytheANOVA", 11.466723871311643, 0.0037948512177697204),
      ("kruskalWallis", 9.04555241555645, 0.01085883540019049),
      ("levene", 14.524834278956964, 4.706181582264764e-05),
      ("brownForsythe", 14.146931395678958, 5.672280974152802e-05),
      ("bartlett", 24.27754894299904, 5.348071809281703e-06),
    ]
    #expect(comparison.tests.map(\.name) == expected.map(\.0))
    for (name, statistic, p) in expected {
      let test = try #require(comparison.test(name))
      #expect(isClose(test.statistic, statistic, 1e-10), "\(name)")
      #expect(isClose(test.pValue, p, 1e-8), "\(name)")
    }
    #expect(comparison.groups.map(\.value) == ["a", "b", "c"])
    #expect(comparison.groups.map(\.n) == [12, 10, 9])
    #expect(isClose(comparison.groups[0].mean, 13.61666666666667, 1e-12))
    #expect(comparison.n == 31)
  }

  @Test func pairsAreCorrectedTogether() async throws {
    let comparison = try await Self.compare(Self.groups)
    #expect(comparison.pairs.map { $0.first + $0.second } == ["ab", "ac", "bc"])
    let welch = comparison.pairs.map { $0.test("welchT")! }
    for (test, (t, p)) in zip(
      welch,
      [
        (-3.2544217416334447, 0.007184951411783208), (0.9936233977725584, 0.337465059649722),
        (3.848781855532958, 0.0036416384820178605),
      ])
    {
      #expect(isClose(test.statistic, t, 1e-10))
      #expect(isClose(test.pValue, p, 1e-8))
    }
    for (test, holm) in zip(welch, [0.0143699, 0.33746506, 0.01092492]) {
      #expect(isClose(test.pValueHolm, holm, 1e-6))
    }
    for (test, hochberg) in zip(welch, [0.01077743, 0.33746506, 0.01077743]) {
      #expect(isClose(test.pValueBenjaminiHochberg, hochberg, 1e-6))
    }
    let ranks = comparison.pairs.map { $0.test("mannWhitneyU")! }
    for (test, (u, p, holm)) in zip(
      ranks,
      [
        (21.5, 0.012198359306459622, 0.03399992), (63.5, 0.5220256494554548, 0.52202565),
        (76.5, 0.011333306423631855, 0.03399992),
      ])
    {
      #expect(test.statistic == u)
      #expect(isClose(test.pValue, p, 1e-8))
      #expect(isClose(test.pValueHolm, holm, 1e-6))
    }
    for (pair, p) in zip(comparison.pairs, [0.01821719, 0.59281815, 0.00921267]) {
      #expect(isClose(pair.test("gamesHowell")?.pValue, p, 1e-4))
      #expect(pair.simultaneousInterval != nil)
    }
    for (pair, p) in zip(comparison.pairs, [0.9920137428041957, 0.6809761828993681, 0.9962128443644844]) {
      #expect(isClose(pair.equivalence.pValue, p, 1e-8))
      #expect(pair.equivalence.pValueHolm == 1)
      #expect(pair.equivalence.within == false)
    }
    #expect(comparison.pairs.map(\.verdict) == [.differ, .undecided, .differ])
  }

  @Test func unequalSpreadIsNamedAsTheReason() async throws {
    // Enough values for means, so that spread is what decides
    let groups = Self.groups.map { name, values in (name, values + values + values as [Double?]) }
    let comparison = try await Self.compare(groups)
    #expect(comparison.chosen.test == "welchANOVA")
    #expect(comparison.chosen.reason == .unequalVariances)
    #expect(comparison.verdict == .differ)
    #expect(comparison.decision.test == "welchANOVA")
  }

  @Test func equalSpreadLeavesWelch() async throws {
    let comparison = try await Self.compare([("a", bell(40, 10, 1)), ("b", bell(40, 10.2, 1))])
    #expect(comparison.chosen.test == "welchT")
    #expect(comparison.chosen.reason == .welchByDefault)
  }

  @Test func skewedSmallGroupsAreRanked() async throws {
    let skewed: [Double?] = (0..<24).map { Double($0 * $0) / 100 } + [500]
    let comparison = try await Self.compare([("a", skewed), ("b", bell(25, 10, 1)), ("c", bell(25, 11, 1))])
    #expect(comparison.chosen.test == "kruskalWallis")
    #expect(comparison.chosen.reason == .shapeTooFarForMeans)
    #expect(comparison.pairs.allSatisfy { $0.equivalence.rankEffect?.interval?.level == 0.9 })
  }

  @Test func largeEqualGroupsAreEquivalentAndSmallOnesUndecided() async throws {
    let large = try await Self.compare([
      ("a", bell(1500, 10, 2)), ("b", bell(1500, 10.02, 2)), ("c", bell(1500, 10.01, 2)),
    ])
    #expect(large.verdict == .equivalent)
    #expect((large.decision.equivalencePValue ?? 1) < 0.05)
    let small = try await Self.compare([("a", bell(15, 10, 2)), ("b", bell(15, 10.02, 2))])
    #expect(small.verdict == .undecided)
    #expect((small.decision.pValue ?? 0) > 0.5)
  }

  @Test func aTrueTrifleIsNegligible() async throws {
    let comparison = try await Self.compare([("a", bell(20000, 10, 1)), ("b", bell(20000, 10.05, 1))])
    #expect(comparison.verdict == .differNegligibly)
    #expect(comparison.pairs[0].verdict == .differNegligibly)
    // The same difference under a tighter bound is a difference
    let strict = try await Self.compare(
      [("a", bell(20000, 10, 1)), ("b", bell(20000, 10.05, 1))],
      options: ComparisonOptions(bound: 0.01))
    #expect(strict.verdict == .differ)
  }

  @Test func tinyGroupsAreListedAndLeftOut() async throws {
    let groups = Self.groups.map { ($0.0, $0.1 as [Double?]) } + [("z", [99])] + [("y", [nil, nil])]
    let comparison = try await Self.compare(groups)
    #expect(comparison.groups.map(\.value) == ["a", "b", "c"])
    #expect(comparison.leftOut.map(\.value) == ["y", "z"])
    #expect(comparison.leftOut.map(\.n) == [0, 1])
    #expect(comparison.missing == 2)
    #expect(isClose(comparison.test("anova")?.statistic, 11.566569942996864, 1e-10))
    #expect(comparison.test("kruskalWallis")?.n == 32)
    #expect(comparison.pairs.count == 3)
    #expect(comparison.notes.contains { $0.kind == .groupsLeftOut && $0.count == 2 })
  }

  @Test func nothingToCompare() async throws {
    let one = try await Self.compare([("a", [1, 2, 3])])
    #expect(one.chosen.reason == .tooFewGroups)
    #expect(one.tests.isEmpty && one.pairs.isEmpty)
    #expect(one.verdict == .undecided)
    let constant = try await Self.compare([("a", [5, 5, 5]), ("b", [5, 5])])
    #expect(constant.chosen.reason == .noVariation)
    #expect(constant.verdict == .undecided)
    let half = try await Self.compare([("a", [5, 5, 5, 5]), ("b", [1, 2, 3, 4])])
    #expect(half.chosen.reason == .groupWithoutVariation)
    #expect(half.chosen.test == "mannWhitneyU")
  }

  @Test func heavyTailsExplainADisagreement() async throws {
    var first = bell(200, 10, 1)
    var second = bell(200, 10.5, 1)
    first[0] = 400
    second[0] = -400
    let comparison = try await Self.compare([("a", first), ("b", second)])
    let note = try #require(comparison.notes.first { $0.kind == .ranksOnly })
    #expect(note.cause == .heavyTails)
    #expect(note.first == "a" && note.second == "b")
  }

  @Test func theSameTwiceAndInAnyOrder() async throws {
    let groups = Self.groups.map { ($0.0, $0.1 as [Double?]) }
    let once = try await Self.compare(groups)
    #expect(try await Self.compare(groups) == once)
    let shuffled = try await Self.compare(groups.reversed())
    #expect(shuffled.groups.map(\.value) == once.groups.map(\.value))
    #expect(shuffled.verdict == once.verdict)
  }

  @Test func powerTellsWhatCouldBeSeen() async throws {
    let comparison = try await Self.compare([("a", bell(100, 0, 1)), ("b", bell(50, 0, 1))])
    let power = comparison.pairs[0].power
    // statsmodels TTestIndPower().solve_power(None, nobs1=100, alpha=0.05, power=0.8, ratio=0.5)
    #expect(isClose(power.minimalDetectableD, 0.4884, 1e-3))
    #expect((power.powerAtBound ?? 1) < 0.3)
  }
}

func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance * max(abs(expected), 1e-300)
}

/// `n` values in the shape of a bell about `mean`: normal quantiles, no chance in them.
func bell(_ n: Int, _ mean: Double, _ deviation: Double) -> [Double?] {
  (0..<n).map { i in
    let p = (Double(i) + 0.5) / Double(n)
    return mean + deviation * bellQuantile(p)
  }
}

/// Tukey's lambda distribution, λ = 0.14: within 0.01 of the normal quantile in the middle.
private func bellQuantile(_ p: Double) -> Double {
  let lambda = 0.14
  return (pow(p, lambda) - pow(1 - p, lambda)) / 0.1975
}
