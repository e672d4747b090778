import EbbForecast
import EbbStatistics
import Foundation
import Testing

/// Figures: Tests/golden/forecast.py (scikit-learn, scipy, statsmodels).
struct ValidationTests {
  @Test(arguments: GoldenForecast.names) func rocAndPrecisionRecall(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let curve = try #require(ROCCurve(scores: truth.forecast, churned: truth.left))
    #expect(near(curve.rocAUC, truth.rocAUC))
    #expect(near(curve.gini, 2 * truth.rocAUC - 1))
    #expect(near(curve.ks, truth.ks))
    #expect(near(curve.variance, truth.delong.firstVariance))
    #expect(curve.falsePositiveRate.first == 0 && curve.truePositiveRate.last == 1)
    let precision = try #require(PrecisionRecall(scores: truth.forecast, churned: truth.left))
    #expect(near(precision.prAUC, truth.prAUC))
  }

  @Test(arguments: GoldenForecast.names) func probabilities(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let score = try #require(ProbabilityScore(probabilities: truth.forecast, churned: truth.left))
    #expect(near(score.logLoss, truth.logLoss))
    #expect(near(score.brier, truth.brier))
    #expect(near(score.ece, truth.reliability.ece))
    #expect(near(score.reliability, truth.reliability.reliability))
    #expect(near(score.resolution, truth.reliability.resolution))
    #expect(near(score.uncertainty, truth.reliability.uncertainty))
    let curve = try #require(ReliabilityCurve(probabilities: truth.forecast, churned: truth.left))
    #expect(curve.bins.map(\.n) == truth.reliability.n)
    #expect(near(curve.bins.map(\.rate), truth.reliability.rate))
    #expect(near(curve.bins.map(\.meanForecast), truth.reliability.meanForecast))
  }

  @Test(arguments: GoldenForecast.names) func calibrationLine(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let line = try #require(CalibrationLine(probabilities: truth.forecast, churned: truth.left))
    #expect(near(line.intercept, truth.line.intercept))
    #expect(near(line.slope, truth.line.slope))
    #expect(near([line.interceptInterval.low, line.interceptInterval.high], truth.line.interceptInterval))
    #expect(near([line.slopeInterval.low, line.slopeInterval.high], truth.line.slopeInterval))
  }

  @Test(arguments: GoldenForecast.names) func deciles(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let table = try #require(DecileTable(scores: truth.forecast, churned: truth.left))
    #expect(near(table.rows.map(\.churned), truth.deciles.churned))
    #expect(near(table.rows.map(\.lift), truth.deciles.lift))
    #expect(near(table.rows.map(\.capture), truth.deciles.capture))
  }

  @Test(arguments: GoldenForecast.names) func deLong(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let test = try #require(DeLongTest(first: truth.forecast, second: truth.other, churned: truth.left))
    #expect(near(test.first, truth.delong.first))
    #expect(near(test.second, truth.delong.second))
    #expect(near(test.standardError, truth.delong.standardError))
    #expect(near(try #require(test.z), truth.delong.z))
    #expect(near(try #require(test.pValue), truth.delong.pValue))
  }

  @Test func equalRankingsDoNotDiffer() throws {
    let truth = GoldenForecast.figures("tied")
    let test = try #require(
      DeLongTest(first: truth.forecast, second: truth.forecast.map { $0 * $0 }, churned: truth.left))
    #expect(test.difference == 0 && test.z == nil && test.pValue == nil)
  }

  /// Nothing to measure is no figure, and no trap.
  @Test(arguments: [[], [true], [false, false, false]] as [[Bool]]) func oneClass(churned: [Bool]) {
    let scores = churned.map { _ in 0.5 }
    #expect(ROCCurve(scores: scores, churned: churned) == nil)
    #expect(PrecisionRecall(scores: scores, churned: churned) == nil)
    #expect(DecileTable(scores: scores, churned: churned) == nil)
    #expect(DeLongTest(first: scores, second: scores, churned: churned) == nil)
    #expect(CalibrationLine(probabilities: scores, churned: churned) == nil)
    #expect(ForecastMetrics(probabilities: [scores], churned: churned, seed: 1) == nil)
  }

  @Test(arguments: [[0, 1], [.nan, 0.5], [0.5, 0.5], [1, 0]] as [[Double]]) func twoClients(scores: [Double])
    throws
  {
    let curve = ROCCurve(scores: scores, churned: [false, true])
    #expect(curve == nil || curve!.rocAUC == (scores[0] == scores[1] ? 0.5 : scores[1]))
    #expect(CalibrationLine(probabilities: scores, churned: [false, true]) == nil)
    let metrics = ForecastMetrics(probabilities: [scores], churned: [false, true], seed: 1)
    if let metrics { _ = try JSONEncoder().encode(metrics) }
  }
}
