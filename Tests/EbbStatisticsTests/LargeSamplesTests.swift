import Testing

@testable import EbbStatistics

/// Millions of clients: intervals of effects against own integration, deep tails against mpmath, and all of it quick.
@Suite("Large samples")
struct LargeSamplesTests {
  private static let large = Golden.all["large"]

  @Test("Interval of Cohen's d", arguments: large["d"].items.map(\.doubles))
  func cohen(_ row: [Double]) {
    let (n1, n2) = (row[0], row[1])
    // Two samples of variance 1 that lie d apart.
    let a = sample(n1, mean: row[2], variance: (n1 + n2 - 2) / (n1 + n2 - 2))
    let b = sample(n2, mean: 0, variance: (n1 + n2 - 2) / (n1 + n2 - 2))
    let effect = cohensD(a, b)
    expectClose(effect.estimate, row[2], "d", absolute: 1e-15)
    let width = row[4] - row[3]
    expectClose(effect.interval?.low, row[3], "low", tolerance: 1e-9, absolute: 1e-8 * width)
    expectClose(effect.interval?.high, row[4], "high", tolerance: 1e-9, absolute: 1e-8 * width)
  }

  @Test("Interval of the explained variance", arguments: large["eta"].items.map(\.doubles))
  func explained(_ row: [Double]) {
    let interval = explainedVarianceInterval(f: row[2], d1: row[0] - 1, d2: row[1] - row[0], level: 0.95)
    expectClose(interval?.low, row[3], "low", tolerance: 1e-8)
    expectClose(interval?.high, row[4], "high", tolerance: 1e-8)
  }

  @Test("Interval of Cramér's V", arguments: large["V"].items.map { GoldenCase(name: "table", figures: $0) })
  func association(_ row: GoldenCase) {
    let interval = chiSquaredContingency(row["table"].items.map(\.ints)).cramersV.interval
    expectClose(interval?.low, row.expected[0].value, "low", tolerance: 1e-8)
    expectClose(interval?.high, row.expected[1].value, "high", tolerance: 1e-8)
  }

  /// The whole of a comparison of four groups of ten million; a series that does not converge would hang here.
  @Test(
    "All tests of ten million clients in a moment", .timeLimit(.minutes(5)),
    arguments: [0, 0.01, 30])
  func allTests(_ shift: Double) {
    let groups = [5_084_000.0, 4_590_000, 266_000, 60_000].enumerated().map {
      sample($1, mean: 100_000 + shift * Double($0) * 57_000, variance: 57_000 * 57_000)
    }
    let clock = ContinuousClock()
    let time = clock.measure {
      let anova = oneWayANOVA(groups)
      #expect(anova.etaSquared.interval != nil, "\(shift)")
      #expect(anova.test.log10PValue != nil)
      for test in [welchANOVA(groups), brownForsytheANOVA(groups), bartlett(groups)] {
        #expect(test.pValue != nil && test.log10PValue != nil, "\(test)")
      }
      for pair in gamesHowell(groups) {
        #expect(pair.test.log10PValue != nil && pair.interval != nil, "\(pair)")
      }
      for i in 0..<4 {
        for j in (i + 1)..<4 {
          #expect(cohensD(groups[i], groups[j]).interval != nil, "\(i) \(j)")
          #expect(hedgesG(groups[i], groups[j]).interval != nil)
          #expect(equivalenceTOST(groups[i], groups[j]).equivalent != nil)
        }
      }
    }
    #expect(time < .seconds(60), "\(time)")
  }

  @Test("Ranks of ten million", arguments: [0.5, 0.5001, 0.7, 0.999])
  func ranks(_ share: Double) {
    let pair = PairRanks(
      first: 0, second: 1, n1: 2_037_000, n2: 7_963_000, u1: share * 2_037_000 * 7_963_000, tieTerm: 1e15,
      maximumDistance: 2 * share - 1)
    #expect(mannWhitneyU(pair).log10PValue != nil)
    #expect(rankBiserial(pair).interval != nil)
    #expect(kolmogorovSmirnov(pair).pValue != nil)
  }

  /// A p-value beyond the least double: 10 to the power of log10PValue, against mpmath's tail in `tails`.
  @Test(
    "Deep tails tell their exponent",
    arguments: Golden.all["tails"]["f"].items.map(\.doubles).filter { $0[3] < -690 })
  func deepTails(_ row: [Double]) {
    let test = HypothesisTest(
      "anova", statistic: row[0], tail: FisherF.upper(row[0], row[1], row[2]), n: 0, method: "")
    expectClose(test.log10PValue, row[3] / 2.302585092994046, "log10", tolerance: 1e-10)
  }

  private func sample(_ n: Double, mean: Double, variance: Double) -> Moments {
    Moments(
      n: Int(n), pivot: 0, offset: mean, m2: variance * (n - 1), m3: 0, m4: 3 * variance * variance * n,
      sum: mean * n, minimum: nil, maximum: nil)
  }
}
