import Testing

@testable import EbbStatistics

/// Against scipy.stats.chisquare; more cases come with the experiments of EbbRetentionTests.
@Suite("Goodness of fit")
struct GoodnessOfFitTests {
  @Test("chisquare([16, 18, 16, 14, 12, 12]) and with expected frequencies")
  func scipy() {
    let even = chiSquaredGoodnessOfFit([16, 18, 16, 14, 12, 12], weights: [1, 1, 1, 1, 1, 1])
    expectClose(even.statistic, 2.0)
    expectClose(even.pValue, 0.84914503608460956)
    #expect(even.degreesOfFreedom == [5] && even.n == 88)
    let weighted = chiSquaredGoodnessOfFit([16, 18, 16, 14, 12, 12], weights: [16, 16, 16, 16, 16, 8])
    expectClose(weighted.statistic, 3.5)
    expectClose(weighted.pValue, 0.62338762774958223)
  }

  @Test("undefined without categories, clients or expectations")
  func undefined() {
    #expect(chiSquaredGoodnessOfFit([], weights: []).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([5], weights: [1]).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([0, 0], weights: [1, 1]).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([1, 2], weights: [1, 0]).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([1, 2], weights: [1, .nan]).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([1, -2], weights: [1, 1]).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([1, 2, 3], weights: [1, 1]).pValue == nil)
    #expect(chiSquaredGoodnessOfFit([.max, .max], weights: [1, 1]).pValue == nil)
  }
}
