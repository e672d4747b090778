import Testing

@testable import EbbStatistics

/// Everything about two samples, against scipy 1.17, statsmodels 0.15 and own integration of the noncentral t.
@Suite("Two samples")
struct TwoSamplesTests {
  let level = 0.95

  @Test("Student, Welch and their intervals", arguments: Golden.cases("twoSamples"))
  func tTests(_ sample: GoldenCase) {
    let (a, b) = pair(sample)
    for (key, equal, test) in [("student", true, studentT(a, b)), ("welch", false, welchT(a, b))] {
      let figures = sample.expected[key]
      // scipy divides by zero where both are constant: infinity, written as null.
      expectClose(test.statistic, figures[0].value, "\(key) t", tolerance: 1e-9, absolute: 1e-12)
      if test.statistic == nil { continue }
      expectClose(test.degreesOfFreedom.first, figures[1].value, "\(key) df")
      expectClose(test.pValue, figures[2].value, "\(key) p", tolerance: 2e-9)
      let interval = meanDifference(a, b, level: level, equalVariances: equal).interval
      let reach = abs(figures[3].double) + abs(figures[4].double)
      expectClose(interval?.low, figures[3].value, "\(key) low", absolute: 1e-9 * reach)
      expectClose(interval?.high, figures[4].value, "\(key) high", absolute: 1e-9 * reach)
    }
  }

  @Test("Mann-Whitney and rank-biserial correlation", arguments: Golden.cases("twoSamples"))
  func mannWhitney(_ sample: GoldenCase) {
    let ranks = pairRanks(sample["a"].doubles, sample["b"].doubles)
    let test = mannWhitneyU(ranks)
    let tied = Set(sample["a"].doubles + sample["b"].doubles).count == 1
    if tied {
      // scipy says p = 1 for a sample of one value; there is nothing to compare.
      #expect(test.pValue == nil)
    } else {
      expectClose(test.statistic, sample.expected["mwu"][0].value, "U")
      expectClose(test.pValue, sample.expected["mwu"][1].value, "p")
    }
    let effect = rankBiserial(ranks, level: level)
    expectClose(effect.estimate, sample.expected["rankBiserial"].value, "r", absolute: 1e-15)
    let interval = sample.expected["rankBiserialInterval"]
    expectClose(effect.interval?.low, interval[0].value, "low")
    expectClose(effect.interval?.high, interval[1].value, "high")
  }

  @Test("Kolmogorov-Smirnov", arguments: Golden.cases("twoSamples"))
  func kolmogorov(_ sample: GoldenCase) {
    let test = kolmogorovSmirnov(pairRanks(sample["a"].doubles, sample["b"].doubles))
    expectClose(test.statistic, sample.expected["ks"][0].value, "D", absolute: 1e-15)
    expectClose(test.pValue, sample.expected["ks"][1].value, "p")
  }

  @Test("Levene, Brown-Forsythe, Bartlett", arguments: Golden.cases("twoSamples"))
  func spread(_ sample: GoldenCase) {
    let values = [sample["a"].doubles, sample["b"].doubles]
    for (key, center) in [("levene", LeveneCenter.mean), ("brownForsythe", .median)] {
      let test = levene(values.map { deviations($0, from: center) }, from: center)
      // Two values lie equally far from their centre: the spread within is rounding only, and undefined here.
      if values.allSatisfy({ $0.count < 3 }) {
        #expect(test.pValue == nil)
        continue
      }
      expectClose(test.statistic, sample.expected[key][0].value, key, tolerance: 1e-8, absolute: 1e-12)
      expectClose(test.pValue, sample.expected[key][1].value, "\(key) p", tolerance: 1e-8)
    }
    // Where a group does not vary at all scipy divides by nought and says p = 0.
    if values.allSatisfy({ Set($0).count > 1 }) {
      let test = bartlett(groupMoments(values))
      expectClose(
        test.statistic, sample.expected["bartlett"][0].value, "Bartlett", tolerance: 1e-8, absolute: 1e-12)
      expectClose(test.pValue, sample.expected["bartlett"][1].value, "Bartlett p", tolerance: 1e-8)
    }
  }

  @Test("Cohen's d, Hedges' g and their intervals", arguments: Golden.cases("twoSamples"))
  func standardised(_ sample: GoldenCase) {
    let (a, b) = pair(sample)
    let d = cohensD(a, b, level: level)
    expectClose(d.estimate, sample.expected["d"].value, "d", absolute: 1e-13)
    expectClose(d.interval?.low, sample.expected["dNoncentral"][0].value, "d low", tolerance: 1e-8)
    expectClose(d.interval?.high, sample.expected["dNoncentral"][1].value, "d high", tolerance: 1e-8)
    let normal = cohensDNormalInterval(a, b, level: level).interval
    expectClose(normal?.low, sample.expected["dNormal"][0].value, "d normal low")
    expectClose(normal?.high, sample.expected["dNormal"][1].value, "d normal high")
    expectClose(hedgesG(a, b).estimate, sample.expected["g"].value, "g", absolute: 1e-13)
    expectClose(
      hedgesG(a, b, correction: .gamma).estimate, sample.expected["gExact"].value, "g exact", absolute: 1e-13)
  }

  @Test("Equivalence by two one-sided tests", arguments: Golden.cases("twoSamples"))
  func equivalence(_ sample: GoldenCase) {
    let (a, b) = pair(sample)
    for (key, equal) in [("tost", false), ("tostPooled", true)] {
      let result = equivalenceTOST(a, b, boundD: 0.2, level: level, equalVariances: equal)
      expectClose(result.pValueLower, sample.expected[key][0].value, "\(key) lower", tolerance: 2e-9)
      expectClose(result.pValueUpper, sample.expected[key][1].value, "\(key) upper", tolerance: 2e-9)
      expectClose(result.pValue, sample.expected[key][2].value, key, tolerance: 2e-9)
      guard let interval = result.interval, let bound = result.bound else { continue }
      #expect(result.equivalent == (interval.low > -bound && interval.high < bound))
    }
  }

  private func pair(_ sample: GoldenCase) -> (Moments, Moments) {
    let groups = groupMoments([sample["a"].doubles, sample["b"].doubles])
    return (groups[0], groups[1])
  }
}
