import Testing

@testable import EbbStatistics

/// Tables of counts, against scipy 1.17; intervals of V against own Poisson mixtures.
@Suite("Contingency tables")
struct ContingencyTests {
  @Test("Chi-squared and Cramér's V", arguments: Golden.cases("tables"))
  func chiSquared(_ sample: GoldenCase) {
    let result = chiSquaredContingency(table(sample))
    let figures = sample.expected
    expectClose(result.test.statistic, figures["chi2"][0].value, "chi2", absolute: 1e-13)
    expectClose(result.test.degreesOfFreedom.first, figures["chi2"][1].value, "df")
    expectClose(result.test.pValue, figures["chi2"][2].value, "p")
    expectClose(result.minimumExpected, figures["chi2"][3].value, "expected")
    expectClose(result.cramersV.estimate, figures["V"].value, "V", absolute: 1e-13)
    expectClose(result.cramersVBiasCorrected.estimate, figures["Vc"].value, "corrected V", absolute: 1e-13)
    let interval = result.cramersV.interval
    expectClose(interval?.low, figures["Vinterval"][0].value, "V low", tolerance: 1e-8)
    expectClose(interval?.high, figures["Vinterval"][1].value, "V high", tolerance: 1e-8)
  }

  @Test("Yates", arguments: Golden.cases("tables"))
  func yates(_ sample: GoldenCase) {
    let test = chiSquaredContingency(table(sample), yates: true).test
    expectClose(test.statistic, sample.expected["yates"][0].value, "chi2", absolute: 1e-13)
    expectClose(test.pValue, sample.expected["yates"][1].value, "p")
  }

  @Test(
    "Fisher's exact test",
    arguments: Golden.cases("tables").filter {
      $0["table"].items.count == 2 && $0["table"][0].items.count == 2
    })
  func fisher(_ sample: GoldenCase) {
    let test = fisherExact(table(sample))
    expectClose(test.statistic, sample.expected["fisher"][0].value, "odds ratio")
    // scipy's p of a deep table is nought: its logarithm is checked against chi-squared in order of size.
    let p = sample.expected["fisher"][1].double
    if p > 1e-290 {
      expectClose(test.pValue, p, "p", tolerance: 2e-9)
    } else {
      #expect((test.log10PValue ?? 0) < -300)
    }
  }

  /// The sum of every table no likelier than the one seen, in whole numbers: 2 of 9 against 7 of 11.
  @Test("Fisher by counting")
  func fisherByCounting() {
    func choose(_ n: Int, _ k: Int) -> Int {
      k < 0 || k > n ? 0 : (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) }
    }
    let ways = (0...9).map { choose(9, $0) * choose(11, 9 - $0) }
    let p = Double(ways.filter { $0 <= ways[2] }.reduce(0, +)) / Double(ways.reduce(0, +))
    expectClose(fisherExact([[2, 7], [7, 4]]).pValue, p, "p", tolerance: 1e-13)
  }

  @Test("Mutual information", arguments: Golden.cases("tables"))
  func information(_ sample: GoldenCase) {
    guard sample.expected["mi"][0].value != nil else { return }
    let result = mutualInformation(table(sample))
    expectClose(result?.nats, sample.expected["mi"][0].value, "nats", absolute: 1e-15)
    expectClose(result?.entropyNats, sample.expected["mi"][1].value, "entropy")
  }

  @Test("Weight of evidence", arguments: Golden.cases("woe"))
  func woe(_ sample: GoldenCase) {
    let result = weightOfEvidence(
      stayed: sample["stayed"].ints, churned: sample["churned"].ints, adjustment: sample["adjustment"].double)
    expectClose(result.informationValue, sample["total"].value, "IV", absolute: 1e-15)
    for (i, bin) in result.bins.enumerated() {
      expectClose(bin.woe, sample["woe"][i].value, "WoE \(i)", absolute: 1e-15)
      expectClose(bin.iv, sample["iv"][i].value, "IV \(i)", absolute: 1e-15)
    }
    #expect(result.undefinedBins == result.bins.indices.filter { sample["woe"][$0].value == nil })
  }

  private func table(_ sample: GoldenCase) -> [[Int]] { sample["table"].items.map(\.ints) }
}
