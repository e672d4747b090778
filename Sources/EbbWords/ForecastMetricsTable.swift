import EbbForecast

/// Figures of forecasting methods side by side, for a terminal.
struct ForecastMetricsTable {
  private var table: TextTable
  private let format: NumberFormat
  private let language: Language

  init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
    func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }
    table = TextTable([
      .init(say("model", "модель")), .init("ROC AUC", .right),
      .init(say("95% interval", "интервал 95 %"), .right),
      .init(say("Gini", "Джини"), .right), .init("KS", .right),
      .init(say("lift 10%", "лифт 10 %"), .right),
      .init("ECE", .right), .init(""),
    ])
  }

  mutating func add(_ method: ForecastMethod, _ metrics: ForecastMetrics, mark: String) {
    table.add([
      ForecastWords.method(method)[language], format.fixed(metrics.rocAUC.estimate, decimals: 3),
      format.interval(metrics.rocAUC.lower, metrics.rocAUC.upper, decimals: 3),
      format.fixed(metrics.gini.estimate, decimals: 3), format.fixed(metrics.ks.estimate, decimals: 3),
      format.fixed(metrics.liftTopTenth.estimate, decimals: 2),
      format.fixed(metrics.ece.estimate, decimals: 4),
      mark,
    ])
  }

  func render(style: TextStyle) -> String { table.render(indent: 2, style: style) }
}
