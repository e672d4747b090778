import Testing

@testable import EbbStatistics

/// Comparisons of several groups, against scipy 1.17 and statsmodels 0.15.
@Suite("Many groups")
struct ManyGroupsTests {
  @Test("One-way ANOVA, its table and effect sizes", arguments: Golden.cases("manyGroups"))
  func anova(_ sample: GoldenCase) {
    let result = oneWayANOVA(groups(sample))
    let figures = sample.expected
    expectClose(result.test.statistic, figures["anova"][0].value, "F", absolute: 1e-13)
    expectClose(result.test.pValue, figures["anova"][1].value, "p", tolerance: 2e-9)
    if result.test.statistic == nil {
      #expect(result.etaSquared.estimate == nil)
      return
    }
    let sums = [result.ssBetween, result.ssWithin, result.ssTotal, result.msBetween, result.msWithin]
    for (i, value) in sums.enumerated() {
      expectClose(value, figures["sums"][i].value, "sum \(i)", absolute: 1e-12)
    }
    let effects = [result.etaSquared, result.omegaSquared, result.epsilonSquared]
    for (i, effect) in effects.enumerated() {
      expectClose(effect.estimate, figures["effects"][i].value, effect.name, absolute: 1e-13)
      expectClose(effect.interval?.low, figures["etaInterval"][0].value, "low", tolerance: 1e-8)
      expectClose(effect.interval?.high, figures["etaInterval"][1].value, "high", tolerance: 1e-8)
    }
  }

  @Test("Welch's ANOVA and Brown-Forsythe's", arguments: Golden.cases("manyGroups"))
  func unequalVariances(_ sample: GoldenCase) {
    for (key, test) in [
      ("welch", welchANOVA(groups(sample))), ("brownForsytheANOVA", brownForsytheANOVA(groups(sample))),
    ] {
      let figures = sample.expected[key]
      expectClose(test.statistic, figures[0].value, key, absolute: 1e-12)
      expectClose(test.pValue, figures[3].value, "\(key) p", tolerance: 2e-9)
      if test.statistic == nil { continue }
      expectClose(test.degreesOfFreedom.first, figures[1].value, "\(key) df 1")
      expectClose(test.degreesOfFreedom.last, figures[2].value, "\(key) df 2")
    }
  }

  @Test("Kruskal-Wallis", arguments: Golden.cases("manyGroups"))
  func kruskal(_ sample: GoldenCase) {
    let ranks = rankSums(sample["groups"].items.map(\.doubles))
    let test = kruskalWallis(n: ranks.n, rankSums: ranks.sums, tieTerm: ranks.tieTerm)
    expectClose(test.statistic, sample.expected["kruskal"][0].value, "H", absolute: 1e-12)
    expectClose(test.pValue, sample.expected["kruskal"][1].value, "p")
    let epsilon = kruskalEpsilonSquared(h: test.statistic, n: test.n).estimate
    expectClose(epsilon, test.statistic.map { $0 / Double(test.n - 1) }, "epsilon squared")
  }

  @Test("Levene, Brown-Forsythe, Bartlett", arguments: Golden.cases("manyGroups"))
  func spread(_ sample: GoldenCase) {
    let values = sample["groups"].items.map(\.doubles)
    for (key, center) in [("levene", LeveneCenter.mean), ("brownForsythe", .median)] {
      let test = levene(values.map { deviations($0, from: center) }, from: center)
      expectClose(test.statistic, sample.expected[key][0].value, key, tolerance: 1e-8, absolute: 1e-12)
      expectClose(test.pValue, sample.expected[key][1].value, "\(key) p", tolerance: 1e-8)
    }
    let test = bartlett(groups(sample))
    expectClose(test.pValue, sample.expected["bartlett"][1].value, "Bartlett p", tolerance: 1e-8)
  }

  @Test(
    "Games-Howell over every pair",
    arguments: Golden.cases("manyGroups").filter { !$0.expected["gamesHowell"].items.isEmpty })
  func afterANOVA(_ sample: GoldenCase) {
    let pairs = gamesHowell(groups(sample))
    let figures = sample.expected["gamesHowell"].items
    #expect(pairs.count == figures.count)
    for (pair, expected) in zip(pairs, figures) {
      let name = "\(pair.first) and \(pair.second)"
      expectClose(pair.difference, expected[0].value, name, absolute: 1e-9)
      // scipy takes the tail as one minus the integral, good to about 1e-10.
      expectClose(pair.test.pValue, expected[1].value, "\(name) p", tolerance: 1e-8, absolute: 1e-10)
      let reach = 1e-8 * (abs(expected[2].double) + abs(expected[3].double))
      expectClose(pair.interval?.low, expected[2].value, "\(name) low", absolute: reach)
      expectClose(pair.interval?.high, expected[3].value, "\(name) high", absolute: reach)
    }
  }

  @Test(
    "Dunn over every pair, corrected three ways",
    arguments: Golden.cases("manyGroups").filter { !$0.expected["dunn"]["z"].items.isEmpty })
  func afterKruskal(_ sample: GoldenCase) {
    let ranks = rankSums(sample["groups"].items.map(\.doubles))
    let pairs = dunn(n: ranks.n, rankSums: ranks.sums, tieTerm: ranks.tieTerm)
    let figures = sample.expected["dunn"]
    #expect(pairs.count == figures["z"].items.count)
    for (i, pair) in pairs.enumerated() {
      expectClose(pair.test.statistic, figures["z"][i].value, "z", absolute: 1e-12)
      expectClose(pair.test.pValue, figures["p"][i].value, "p")
      expectClose(pair.pValueHolm, figures["holm"][i].value, "Holm")
      expectClose(pair.pValueBenjaminiHochberg, figures["fdr_bh"][i].value, "Benjamini-Hochberg")
      expectClose(pair.pValueBonferroni, figures["bonferroni"][i].value, "Bonferroni")
    }
  }

  @Test(
    "Exact decimals keep their digits in the manner of NIST's hardest sets",
    arguments: Golden.cases("exactGroups"))
  func exactDecimals(_ sample: GoldenCase) {
    let rows = sample["groups"].items.map(\.ints)
    let pivot = rows[0][0]
    let groups = rows.map { moments(exact: $0, scale: sample["scale"].int, pivot: pivot) }
    let result = oneWayANOVA(groups)
    expectClose(result.test.statistic, sample["F"].value, "F", tolerance: 1e-13)
    expectClose(result.ssBetween, sample["ssb"].value, "between", tolerance: 1e-13)
    expectClose(result.ssWithin, sample["ssw"].value, "within", tolerance: 1e-13)
    expectClose(result.etaSquared.estimate, sample["eta"].value, "eta squared", tolerance: 1e-13)
    expectClose(welchT(groups[0], groups[1]).statistic, sample["welchT"].value, "t", tolerance: 1e-13)
  }

  private func groups(_ sample: GoldenCase) -> [Moments] {
    groupMoments(sample["groups"].items.map(\.doubles))
  }
}
