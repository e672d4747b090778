import EbbForecast
import Foundation
import Testing

/// Figures: Tests/golden/forecast.py; intervals against what theory says.
struct ForecastMetricsTests {
  @Test(arguments: GoldenForecast.names) func sameFiguresAsApart(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let metrics = try #require(
      ForecastMetrics(probabilities: [truth.forecast], churned: truth.left, seed: 1, resamples: 50))
    #expect(near(metrics.rocAUC.estimate, truth.rocAUC))
    #expect(near(metrics.gini.estimate, 2 * truth.rocAUC - 1))
    #expect(near(metrics.ks.estimate, truth.ks))
    #expect(near(metrics.prAUC.estimate, truth.prAUC))
    #expect(near(metrics.logLoss.estimate, truth.logLoss))
    #expect(near(metrics.brier.estimate, truth.brier))
    #expect(near(metrics.brierSkill.estimate, 1 - truth.brier / truth.reliability.uncertainty))
    #expect(near(metrics.ece.estimate, truth.reliability.ece))
    #expect(near(metrics.liftTopTenth.estimate, truth.deciles.lift[0]))
    #expect(near(metrics.captureTopTenth.estimate, truth.deciles.capture[0]))
  }

  @Test(arguments: GoldenForecast.names) func intervalOfTheAreaIsDeLongs(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let metrics = try #require(
      ForecastMetrics(probabilities: [truth.forecast], churned: truth.left, seed: 3, resamples: 1000))
    let half = 1.96 * truth.delong.firstVariance.squareRoot()
    #expect(abs(metrics.rocAUC.lower - (truth.rocAUC - half)) < half / 4)
    #expect(abs(metrics.rocAUC.upper - (truth.rocAUC + half)) < half / 4)
  }

  @Test(arguments: GoldenForecast.names) func intervalsHoldTheirEstimate(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let metrics = try #require(
      ForecastMetrics(probabilities: [truth.forecast, truth.other], churned: truth.left, seed: 3))
    for figure in [
      metrics.rocAUC, metrics.gini, metrics.ks, metrics.prAUC, metrics.logLoss, metrics.brier,
      metrics.brierSkill,
      metrics.ece, metrics.liftTopTenth, metrics.captureTopTenth,
    ] {
      #expect(figure.lower <= figure.estimate && figure.estimate <= figure.upper)
      #expect(figure.lower < figure.upper)
    }
  }
}
