import Testing

@testable import EbbStatistics

/// What must hold for any data: seeded samples, not golden figures.
@Suite("Invariance")
struct InvarianceTests {
  static let seeds: [UInt64] = Array(1...12)

  private func samples(_ seed: UInt64) -> [[Double]] {
    var numbers = SeededNumbers(state: seed)
    return (0..<4).map { group in
      (0..<Int.random(in: 4...40, using: &numbers)).map { _ in
        (numbers.bell(Double(group) * 0.4, 1 + Double(group) / 2) * 8).rounded() / 8
      }
    }
  }

  @Test("Swapping two samples turns the sign and nothing else", arguments: seeds)
  func swap(_ seed: UInt64) {
    let groups = samples(seed)
    let m = groupMoments(groups)
    let (there, back) = (pairRanks(groups[0], groups[1]), pairRanks(groups[1], groups[0]))
    for (a, b) in [(studentT(m[0], m[1]), studentT(m[1], m[0])), (welchT(m[0], m[1]), welchT(m[1], m[0]))] {
      #expect(a.statistic == b.statistic.map { -$0 })
      #expect(a.pValue == b.pValue)
    }
    #expect(mannWhitneyU(there).pValue == mannWhitneyU(back).pValue)
    #expect(kolmogorovSmirnov(there).pValue == kolmogorovSmirnov(back).pValue)
    let (d, e) = (cohensD(m[0], m[1]), cohensD(m[1], m[0]))
    #expect(d.estimate == e.estimate.map { -$0 })
    expectClose(d.interval?.low, e.interval.map { -$0.high }, "interval", tolerance: 1e-9, absolute: 1e-12)
    expectClose(rankBiserial(there).estimate, rankBiserial(back).estimate.map { -$0 }, "r", absolute: 1e-15)
    let (up, down) = (equivalenceTOST(m[0], m[1]), equivalenceTOST(m[1], m[0]))
    #expect(up.pValueLower == down.pValueUpper)
  }

  @Test("Unit and zero point do not matter", arguments: seeds)
  func unit(_ seed: UInt64) {
    let groups = samples(seed)
    let others = groups.map { $0.map { $0 * 1024 - 512 } }
    let (m, n) = (groupMoments(groups), groupMoments(others))
    let pairs = [
      (oneWayANOVA(m).test, oneWayANOVA(n).test), (welchANOVA(m), welchANOVA(n)),
      (brownForsytheANOVA(m), brownForsytheANOVA(n)), (bartlett(m), bartlett(n)),
      (jarqueBera(m[2]), jarqueBera(n[2])),
    ]
    for (a, b) in pairs {
      expectClose(a.statistic, b.statistic, a.name, tolerance: 1e-12)
      expectClose(a.pValue, b.pValue, a.name, tolerance: 1e-10)
    }
    expectClose(cohensD(m[0], m[3]).estimate, cohensD(n[0], n[3]).estimate, "d", tolerance: 1e-12)
    expectClose(
      oneWayANOVA(m).etaSquared.estimate, oneWayANOVA(n).etaSquared.estimate, "eta", tolerance: 1e-12)
  }

  @Test("The order of groups does not matter", arguments: seeds)
  func order(_ seed: UInt64) {
    let groups = samples(seed)
    let turned = Array(groups.reversed())
    let (m, n) = (groupMoments(groups), groupMoments(turned))
    expectClose(oneWayANOVA(m).test.statistic, oneWayANOVA(n).test.statistic, "F", tolerance: 1e-12)
    expectClose(welchANOVA(m).statistic, welchANOVA(n).statistic, "Welch", tolerance: 1e-12)
    let (r, s) = (rankSums(groups), rankSums(turned))
    expectClose(
      kruskalWallis(n: r.n, rankSums: r.sums, tieTerm: r.tieTerm).statistic,
      kruskalWallis(n: s.n, rankSums: s.sums, tieTerm: s.tieTerm).statistic, "H", tolerance: 1e-12)
  }

  @Test("Two groups: F is t squared, Kruskal-Wallis is Mann-Whitney without its correction", arguments: seeds)
  func twoGroups(_ seed: UInt64) {
    let groups = Array(samples(seed).prefix(2))
    let m = groupMoments(groups)
    let t = studentT(m[0], m[1])
    expectClose(oneWayANOVA(m).test.statistic, t.statistic.map { $0 * $0 }, "F", tolerance: 1e-11)
    expectClose(oneWayANOVA(m).test.pValue, t.pValue, "p", tolerance: 1e-10)
    let welch = welchT(m[0], m[1])
    expectClose(welchANOVA(m).statistic, welch.statistic.map { $0 * $0 }, "Welch", tolerance: 1e-11)
    expectClose(welchANOVA(m).degreesOfFreedom.last, welch.degreesOfFreedom.first, "df", tolerance: 1e-11)
    let ranks = rankSums(groups)
    let z = dunn(n: ranks.n, rankSums: ranks.sums, tieTerm: ranks.tieTerm).first?.test.statistic
    let h = kruskalWallis(n: ranks.n, rankSums: ranks.sums, tieTerm: ranks.tieTerm).statistic
    expectClose(z.map { $0 * $0 }, h, "H", tolerance: 1e-11)
    expectClose(
      gamesHowell(m).first?.test.pValue, welch.pValue, "Games-Howell of two is Welch", tolerance: 1e-9)
  }

  @Test("Intervals hold their estimate and grow with the level", arguments: seeds)
  func intervals(_ seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let groups = samples(seed)
    let m = groupMoments(groups)
    let n1 = Int.random(in: 1...500, using: &numbers)
    let n2 = Int.random(in: 1...500, using: &numbers)
    let x1 = Int.random(in: 0...n1, using: &numbers)
    let x2 = Int.random(in: 0...n2, using: &numbers)
    func effects(_ level: Double) -> [EffectSize] {
      [
        cohensD(m[0], m[1], level: level), rankBiserial(pairRanks(groups[0], groups[1]), level: level),
        meanDifference(m[0], m[1], level: level),
        riskDifference(successes1: x1, n1: n1, successes2: x2, n2: n2, level: level),
        oddsRatio(successes1: x1, n1: n1, successes2: x2, n2: n2, level: level),
        relativeRisk(successes1: x1, n1: n1, successes2: x2, n2: n2, level: level),
      ]
    }
    for (narrow, wide) in zip(effects(0.9), effects(0.99)) {
      guard let estimate = narrow.estimate, let a = narrow.interval, let b = wide.interval else { continue }
      #expect(a.contains(estimate), "\(narrow)")
      #expect(b.low <= a.low && b.high >= a.high, "\(narrow) \(wide)")
    }
  }

  @Test("Corrected p-values are never smaller, nor out of order", arguments: seeds)
  func corrections(_ seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let p = (0..<30).map { _ in Double.random(in: 0...1, using: &numbers) }
    let (h, b, f) = (holm(p), bonferroni(p), benjaminiHochberg(p))
    for i in p.indices {
      #expect(p[i] <= f[i] && f[i] <= h[i] && h[i] <= b[i])
      for j in p.indices where p[i] < p[j] { #expect(h[i] <= h[j] && f[i] <= f[j]) }
    }
  }

  @Test("Exact Mann-Whitney tails of all outcomes add up", arguments: [(3, 4), (5, 9), (8, 12), (1, 20)])
  func exactTails(_ n1: Int, _ n2: Int) {
    // The expected U is the sum of its tails.
    let mean = (1...(n1 * n2)).map { exactMannWhitneyTail(n1: n1, n2: n2, atLeast: Double($0)) ?? .nan }
      .reduce(0, +)
    expectClose(mean, Double(n1 * n2) / 2, "mean", tolerance: 1e-12)
    expectClose(exactMannWhitneyTail(n1: n1, n2: n2, atLeast: 0), 1, "all", tolerance: 1e-14)
  }

  @Test("Transposing a table keeps its association")
  func transpose() {
    let table = [[14, 36, 5], [35, 42, 9]]
    let turned = (0..<3).map { c in table.map { $0[c] } }
    expectClose(
      chiSquaredContingency(table).test.statistic, chiSquaredContingency(turned).test.statistic, "chi2")
    expectClose(mutualInformation(table)?.nats, mutualInformation(turned)?.nats, "information")
    expectClose(fisherExact([[3, 9], [7, 2]]).pValue, fisherExact([[3, 7], [9, 2]]).pValue, "Fisher")
  }
}
