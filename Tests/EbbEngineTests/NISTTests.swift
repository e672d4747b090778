import EbbEngine
import EbbStatistics
import EbbTable
import Testing

/// NIST StRD one-way analyses of variance; data and certified values as in `Tests/golden/nist_anova.py`.
@Suite struct NISTTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let scale: Int
    let groups: [[Int64]]
    let certified: Double
  }

  static let atmWtAg = Case(
    testDescription: "AtmWtAg", scale: 7,
    groups: [
      [
        1_078_681_568, 1_078_681_465, 1_078_681_572, 1_078_681_785, 1_078_681_446, 1_078_681_903,
        1_078_681_526,
        1_078_681_494, 1_078_681_616, 1_078_681_587, 1_078_681_519, 1_078_681_486, 1_078_681_419,
        1_078_681_569,
        1_078_681_508, 1_078_681_672, 1_078_681_385, 1_078_681_518, 1_078_681_662, 1_078_681_424,
        1_078_681_360,
        1_078_681_333, 1_078_681_610, 1_078_681_477,
      ],
      [
        1_078_681_079, 1_078_681_344, 1_078_681_513, 1_078_681_197, 1_078_681_604, 1_078_681_385,
        1_078_681_642,
        1_078_681_365, 1_078_681_151, 1_078_681_082, 1_078_681_517, 1_078_681_448, 1_078_681_198,
        1_078_681_482,
        1_078_681_334, 1_078_681_609, 1_078_681_101, 1_078_681_512, 1_078_681_469, 1_078_681_360,
        1_078_681_254,
        1_078_681_261, 1_078_681_450, 1_078_681_368,
      ],
    ], certified: 1.59467335677930E+01)

  static let siRstv = Case(
    testDescription: "SiRstv", scale: 4,
    groups: [
      [1_963_052, 1_961_240, 1_961_890, 1_962_569, 1_963_403],
      [1_963_042, 1_963_825, 1_961_669, 1_963_257, 1_960_422],
      [1_961_303, 1_962_005, 1_962_889, 1_960_343, 1_961_811],
      [1_962_795, 1_961_748, 1_961_494, 1_961_485, 1_959_885],
      [1_962_119, 1_961_051, 1_961_850, 1_960_052, 1_962_090],
    ], certified: 1.18046237440255)

  /// Simon and Lesage: nine groups about base + 0.4, 0.3 and 0.5; in each one value at the centre, others 0.1 off it.
  static func smls(_ number: Int) -> Case {
    let base: Int64 = [1, 1_000_000, 1_000_000_000_000][(number - 1) / 3]
    let replicates = [21, 201, 2001][(number - 1) % 3]
    let groups = ([4] + [3, 5, 3, 5, 3, 5, 3, 5]).map { center -> [Int64] in
      (0..<replicates).map { base * 10 + Int64(center) + ($0 == 0 ? 0 : $0 % 2 == 1 ? -1 : 1) }
    }
    return Case(testDescription: "SmLs0\(number)", scale: 1, groups: groups, certified: Double(replicates))
  }

  @Test(arguments: [atmWtAg, siRstv] + (1...9).map(smls))
  func varianceIsAnalysedToAllDigits(set: Case) async throws {
    // Groups by turns, so that no order helps.
    var rows: [(group: Int64, value: Int64)] = []
    for index in 0..<(set.groups.map(\.count).max() ?? 0) {
      for (group, values) in set.groups.enumerated() where index < values.count {
        rows.append((Int64(group), values[index]))
      }
    }
    let clients = HandMade.clients(
      [
        HandMade.scaled("group", rows.map(\.group), chunk: 1000),
        HandMade.scaled("value", rows.map(\.value), scale: set.scale, chunk: 1000),
      ], rows: rows.count, chunk: 1000)
    let question = Question.moments(of: "value", by: [Grouping("group")])
    let answers = try await MemoryEngine(clients, cores: 2).answer([question])
    guard case .moments(let moments)? = answers[question] else {
      Issue.record("no moments")
      return
    }
    let statistic = try #require(oneWayANOVA(moments.values).test.statistic)
    #expect(abs(statistic / set.certified - 1) < 1e-13, "\(statistic)")
  }
}
