import Testing

@testable import EbbStatistics

/// Where there is nothing to say, the answer is nil: never a trap, never NaN.
@Suite("Too little to say")
struct UndefinedTests {
  static let groups: [[Double]] = [
    [], [1], [1, 1], [1, 2], [5, 5, 5, 5], [0, 0, 0], [1e308, -1e308, 1e308],
    [.leastNonzeroMagnitude, 0, 1e-300 * 1e-20],
    [1e300, 1e300, -1e300, 2e300], [-3, 0, 3, 1e-200],
  ]

  @Test("Every test and effect of every odd pair is finite or nil", arguments: groups, groups)
  func pairs(_ a: [Double], _ b: [Double]) {
    let (m1, m2) = (moments(a), moments(b))
    let ranks = pairRanks(a, b)
    let tests = [
      studentT(m1, m2), welchT(m1, m2), mannWhitneyU(ranks), kolmogorovSmirnov(ranks),
      oneWayANOVA([m1, m2]).test, welchANOVA([m1, m2]), brownForsytheANOVA([m1, m2]), bartlett([m1, m2]),
      levene([a, b].map { deviations($0, from: .mean) }, from: .mean),
      levene([a, b].map { deviations($0, from: .median) }, from: .median),
      kruskal([a, b]), dagostinoPearson(m1), jarqueBera(m1),
    ]
    let effects = [
      cohensD(m1, m2), hedgesG(m1, m2), hedgesG(m1, m2, correction: .gamma), cohensDNormalInterval(m1, m2),
      meanDifference(m1, m2), rankBiserial(ranks), commonLanguageEffect(ranks),
      oneWayANOVA([m1, m2]).etaSquared,
    ]
    for test in tests + gamesHowell([m1, m2]).map(\.test) + dunnOf([a, b]).map(\.test) { expectSound(test) }
    for effect in effects { expectSound(effect) }
    let tost = equivalenceTOST(m1, m2)
    for value in [tost.pValue, tost.pValueLower, tost.pValueUpper, tost.bound, tost.difference] {
      #expect(value?.isFinite ?? true)
    }
    for value in [skewness(m1), excessKurtosis(m1), meanInterval(m1)?.low] {
      #expect(value?.isFinite ?? true)
    }
  }

  @Test("One value, or no variance, answers nothing")
  func tooLittle() {
    let (one, constant, some) = (moments([3]), moments([2, 2, 2]), moments([1, 2, 4, 8]))
    #expect(studentT(one, one).pValue == nil)
    #expect(welchT(one, some).pValue == nil)
    #expect(welchT(constant, constant).statistic == nil)
    #expect(studentT(constant, moments([3, 3, 3])).pValue == nil)
    #expect(cohensD(constant, constant).estimate == nil)
    #expect(oneWayANOVA([some]).test.pValue == nil)
    #expect(oneWayANOVA([]).test.pValue == nil)
    #expect(oneWayANOVA([constant, constant]).etaSquared.estimate == nil)
    #expect(welchANOVA([some, constant]).pValue == nil)
    #expect(kruskal([[2, 2], [2, 2, 2]]).pValue == nil)
    #expect(mannWhitneyU(pairRanks([2, 2], [2, 2])).pValue == nil)
    #expect(mannWhitneyU(pairRanks([], [2, 2])).pValue == nil)
    #expect(kolmogorovSmirnov(pairRanks([], [])).pValue == nil)
    #expect(dagostinoPearson(moments([1, 2, 3, 4, 5, 6, 7])).pValue == nil)
    #expect(skewness(moments([1, 2])) == nil)
    #expect(excessKurtosis(moments([1, 2, 3])) == nil)
    #expect(meanInterval(one) == nil)
    #expect(gamesHowell([one, some]).isEmpty)
    #expect(equivalenceTOST(constant, constant).equivalent == nil)
    #expect(pearsonTest(r: 0.5, n: 2).pValue == nil)
    #expect(pearsonTest(r: nil, n: 20).pValue == nil)
    #expect(pearsonTest(r: 1, n: 20).pValue == 0)
  }

  @Test("Impossible counts, levels and tables answer nothing")
  func impossible() {
    #expect(wilsonInterval(successes: 0, n: 0) == nil)
    #expect(wilsonInterval(successes: 3, n: 2) == nil)
    #expect(wilsonInterval(successes: -1, n: 2) == nil)
    #expect(wilsonInterval(successes: 1, n: 2, level: 1) == nil)
    #expect(wilsonInterval(successes: 1, n: 2, level: .nan) == nil)
    #expect(newcombeInterval(successes1: 1, n1: 2, successes2: 0, n2: 0) == nil)
    #expect(twoProportionZ(successes1: 0, n1: 3, successes2: 0, n2: 4).pValue == nil)
    #expect(relativeRisk(successes1: 1, n1: 3, successes2: 0, n2: 4).estimate == nil)
    #expect(oddsRatio(successes1: 3, n1: 3, successes2: 1, n2: 4).estimate == nil)
    #expect(fisherExact([[1, 2]]).pValue == nil)
    #expect(fisherExact([[1, 2], [3, -4]]).pValue == nil)
    #expect(fisherExact([[0, 0], [3, 4]]).pValue == 1)
    #expect(fisherExact([[.max, .max], [.max, .max]]).pValue == nil)
    #expect(chiSquaredContingency([]).test.pValue == nil)
    #expect(chiSquaredContingency([[1, 2], [3]]).test.pValue == nil)
    #expect(chiSquaredContingency([[1, 0], [3, 0]]).test.pValue == nil)
    #expect(chiSquaredContingency([[0, 0], [0, 0]]).cramersV.estimate == nil)
    #expect(kruskalWallis(n: [1, 2], rankSums: [1], tieTerm: 0).pValue == nil)
    #expect(dunn(n: [1, 2], rankSums: [1], tieTerm: 0).isEmpty)
    #expect(sampleSizeTwoProportions(p1: 0.2, p2: 0.2) == nil)
    #expect(sampleSizeTwoProportions(p1: -0.1, p2: 0.2) == nil)
    #expect(sampleSizeTwoMeans(d: 0) == nil)
    #expect(powerTwoMeans(d: 0.5, n1: 1) == nil)
    #expect(weightOfEvidence(stayed: [0, 0], churned: [1, 2]).informationValue == nil)
    #expect(weightOfEvidence(stayed: [1], churned: [1, 2]).bins.isEmpty)
    #expect(mutualInformation([[0]]) == nil)
    #expect(standardizedRate([]).estimate == nil)
    #expect(rateMixDecomposition(first: [(1, 2)], second: []) == nil)
    #expect(mantelHaenszel([]).oddsRatio.estimate == nil)
    #expect(quantile(sorted: [], 0.5) == nil)
    #expect(quantile(sorted: [1], 1.5) == nil)
    #expect(quantile(sorted: [1], .nan) == nil)
    #expect(holm([]).isEmpty)
    #expect(holm([.nan, 0.01])[1] == 0.01)
  }

  private func kruskal(_ groups: [[Double]]) -> HypothesisTest {
    let ranks = rankSums(groups)
    return kruskalWallis(n: ranks.n, rankSums: ranks.sums, tieTerm: ranks.tieTerm)
  }

  private func dunnOf(_ groups: [[Double]]) -> [PairwiseTest] {
    let ranks = rankSums(groups)
    return dunn(n: ranks.n, rankSums: ranks.sums, tieTerm: ranks.tieTerm)
  }

  private func expectSound(_ test: HypothesisTest) {
    for value in [test.statistic, test.log10PValue] + test.degreesOfFreedom.map({ $0 }) {
      #expect(value?.isFinite ?? true, "\(test)")
    }
    if let p = test.pValue { #expect(p >= 0 && p <= 1, "\(test)") }
  }

  private func expectSound(_ effect: EffectSize) {
    #expect(effect.estimate?.isFinite ?? true, "\(effect)")
    guard let interval = effect.interval else { return }
    #expect(interval.low.isFinite && interval.high.isFinite && interval.low <= interval.high, "\(effect)")
  }
}
