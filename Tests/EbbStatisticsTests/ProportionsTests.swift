import Testing

@testable import EbbStatistics

/// Shares and their comparison, against statsmodels 0.15.
@Suite("Proportions")
struct ProportionsTests {
  @Test("Wilson", arguments: Golden.cases("proportions"))
  func wilson(_ sample: GoldenCase) {
    let (x1, n1, _, _) = counts(sample)
    for (key, level) in [("wilson", 0.95), ("wilson99", 0.99)] {
      let interval = wilsonInterval(successes: x1, n: n1, level: level)
      // statsmodels loses digits of a lower bound near nought: it subtracts.
      expectClose(interval?.low, sample.expected[key][0].value, "low", absolute: 1e-15)
      expectClose(interval?.high, sample.expected[key][1].value, "high")
    }
    #expect(Proportion(successes: x1, n: n1).interval == wilsonInterval(successes: x1, n: n1))
  }

  @Test("Newcombe and Wald", arguments: Golden.cases("proportions"))
  func differences(_ sample: GoldenCase) {
    let (x1, n1, x2, n2) = counts(sample)
    let newcombe = newcombeInterval(successes1: x1, n1: n1, successes2: x2, n2: n2)
    expectClose(newcombe?.low, sample.expected["newcombe"][0].value, "low", absolute: 1e-14)
    expectClose(newcombe?.high, sample.expected["newcombe"][1].value, "high", absolute: 1e-14)
    let wald = waldDifferenceInterval(successes1: x1, n1: n1, successes2: x2, n2: n2)
    expectClose(wald?.low, sample.expected["wald"][0].value, "Wald low", absolute: 1e-14)
    expectClose(wald?.high, sample.expected["wald"][1].value, "Wald high", absolute: 1e-14)
    let effect = riskDifference(successes1: x1, n1: n1, successes2: x2, n2: n2)
    expectClose(effect.estimate, Double(x1) / Double(n1) - Double(x2) / Double(n2), "difference")
    #expect(effect.interval == newcombe)
  }

  @Test("z test", arguments: Golden.cases("proportions"))
  func zTest(_ sample: GoldenCase) {
    let (x1, n1, x2, n2) = counts(sample)
    let test = twoProportionZ(successes1: x1, n1: n1, successes2: x2, n2: n2)
    expectClose(test.statistic, sample.expected["z"][0].value, "z", absolute: 1e-14)
    expectClose(test.pValue, sample.expected["z"][1].value, "p")
  }

  @Test("Relative risk and odds ratio", arguments: Golden.cases("proportions"))
  func ratios(_ sample: GoldenCase) {
    let (x1, n1, x2, n2) = counts(sample)
    let risk = relativeRisk(successes1: x1, n1: n1, successes2: x2, n2: n2)
    let odds = oddsRatio(successes1: x1, n1: n1, successes2: x2, n2: n2)
    for (effect, key) in [(risk, "rr"), (odds, "or")] {
      expectClose(effect.estimate, sample.expected[key][0].value, key)
      // No interval for an empty cell, where statsmodels gives nought or infinity.
      let cells = key == "or" ? [x1, n1 - x1, x2, n2 - x2] : [x1, x2]
      if cells.contains(0) {
        #expect(effect.interval == nil)
      } else {
        expectClose(effect.interval?.low, sample.expected[key][1].value, "\(key) low")
        expectClose(effect.interval?.high, sample.expected[key][2].value, "\(key) high")
      }
    }
  }

  @Test("Mantel-Haenszel over strata", arguments: Golden.cases("strata"))
  func strata(_ sample: GoldenCase) {
    let result = mantelHaenszel(sample["tables"].items.map { $0.items.map(\.ints) })
    expectClose(result.test.statistic, sample["test"][0].value, "statistic")
    expectClose(result.test.pValue, sample["test"][1].value, "p")
    expectClose(result.oddsRatio.estimate, sample["or"][0].value, "odds ratio")
    expectClose(result.oddsRatio.interval?.low, sample["or"][1].value, "low")
    expectClose(result.oddsRatio.interval?.high, sample["or"][2].value, "high")
    expectClose(result.relativeRisk.estimate, sample["rr"].value, "relative risk")
    expectClose(result.homogeneity.statistic, sample["equal"][0].value, "Breslow-Day")
    expectClose(result.homogeneity.pValue, sample["equal"][1].value, "Breslow-Day p")
  }

  @Test("Direct standardisation", arguments: Golden.cases("standardization"))
  func standardised(_ sample: GoldenCase) {
    let rows = sample["rows"].items.map(\.ints)
    let strata = zip(rows, sample["weights"].doubles).map { Stratum(successes: $0[0], n: $0[1], weight: $1) }
    let rate = standardizedRate(strata)
    expectClose(rate.estimate, sample.expected[0].value, "rate")
    expectClose(rate.interval?.low, sample.expected[1].value, "low", absolute: 1e-15)
    expectClose(rate.interval?.high, sample.expected[2].value, "high")
    expectClose(rate.coverage, sample["coverage"].value, "coverage")
  }

  /// Kitagawa's parts by hand: rates 0.5 and 0.2 against 0.4 and 0.1, mix 30:70 against 60:40.
  @Test("Rate and mix")
  func rateAndMix() {
    let result = rateMixDecomposition(first: [(15, 30), (14, 70)], second: [(24, 60), (4, 40)])
    expectClose(result?.difference, 0.29 - 0.28, "difference", tolerance: 1e-12)
    expectClose(result?.rate, 0.45 * 0.1 + 0.55 * 0.1, "rate", tolerance: 1e-12)
    expectClose(result?.mix, -0.3 * 0.45 + 0.3 * 0.15, "mix", tolerance: 1e-12)
  }

  private func counts(_ sample: GoldenCase) -> (Int, Int, Int, Int) {
    let c = sample["counts"].ints
    return (c[0], c[1], c[2], c[3])
  }
}
