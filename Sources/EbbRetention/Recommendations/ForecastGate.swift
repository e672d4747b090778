import EbbForecast

/// How well the forecast tells leavers from stayers, out of fold.
struct ForecastGate {
  let rocAUC: Double
  let rocAUCLow: Double
  let lift: Double
  let capture: Double

  /// The champion's; `nil` where there is no forecast.
  init?(_ forecast: Forecast?) {
    guard let forecast, forecast.refusal == nil, let champion = forecast.champion,
      let metrics = forecast.model(champion)?.metrics
    else { return nil }
    rocAUC = metrics.rocAUC.estimate
    rocAUCLow = metrics.rocAUC.lower
    lift = metrics.liftTopTenth.estimate
    capture = metrics.captureTopTenth.estimate
  }

  /// An audience told by the forecast is worth something only where its ROC AUC lies above this beyond doubt.
  static let leastAUC = 0.6
}
