public import EbbForecast

/// A cross-validation on one screen of a terminal.
public struct CrossValidationReport: Sendable {
  private let validation: CrossValidation
  private let language: Language
  private let style: TextStyle
  private let format: NumberFormat

  public init(_ validation: CrossValidation, language: Language, style: TextStyle = .plain) {
    self.validation = validation
    self.language = language
    self.style = style
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// - Parameters:
  ///   - source: the table's name; nothing for standard input.
  ///   - file: where the forecasts of single clients were written.
  public func text(source: String?, rejected: Int, file: String?) -> String {
    let name = source.map(TextTable.visible) ?? say("standard input", "стандартный ввод")
    let rate = format.percent(Double(validation.churned) / Double(max(1, validation.n)))
    let churned = format.integer(validation.churned)
    var heading =
      style.bold(name) + ": " + Plural.clients.counted(validation.n, language)
      + say(", left: \(churned) (\(rate))", ", из них ушли: \(churned) (\(rate))")
    if rejected > 0 {
      let text = say("rows rejected: ", "строк отклонено: ") + format.integer(rejected)
      heading += ", " + style.yellow(text)
    }
    let parts = [heading, judgement, differences, aside, file.map { written($0) } ?? ""]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var judgement: String {
    if let refusal = validation.refusal {
      let words = ForecastWords.refusal(refusal)[language]
      return say("No forecast: \(words).", "Прогноза нет: \(words).")
    }
    var table = ForecastMetricsTable(language)
    for method in validation.methods { table.add(method.name, method.metrics, mark: "") }
    let title = style.bold(
      say(
        "Forecast of clients that the models did not see", "Прогноз клиентов, которых модели не видели"))
    let (folds, repeats) = (validation.folds, validation.repeats)
    let learnt = format.integer(validation.learntFrom)
    let way = say(
      "  \(folds) folds, repeats: \(repeats), seed \(validation.seed); models of a fold learn from \(learnt) clients of the others.",
      "  Разбиений: \(folds), повторов: \(repeats), зерно \(validation.seed); модели учатся на \(learnt) клиентах из остальных частей."
    )
    let quick =
      validation.isQuick
      ? say(
        "  --quick: trees with one setting, not trained again after they stopped.",
        "  --quick: деревья с одной настройкой, без повторного обучения.") : ""
    return [title, table.render(style: style), way, quick].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var differences: String {
    let models = validation.comparisons.filter { !$0.first.isBaseline && !$0.second.isBaseline }
    if models.isEmpty { return "" }
    var table = TextTable([
      .init(say("model", "модель")), .init(say("against", "против")),
      .init(say("difference", "разность"), .right), .init("", .right),
    ])
    for pair in models {
      table.add([
        ForecastWords.method(pair.second)[language], ForecastWords.method(pair.first)[language],
        format.signed(-pair.test.difference, decimals: 4), format.pValue(pair.test.pValue),
      ])
    }
    let title = style.bold(
      say("Differences of ROC AUC, DeLong's test", "Разности ROC AUC, критерий Делонга"))
    return title + "\n" + table.render(indent: 2, style: style)
  }

  private var aside: String {
    if validation.setAside.isEmpty { return "" }
    let columns = validation.setAside.map {
      "  " + TextTable.visible($0.feature) + ": " + ForecastWords.setAside($0.reason)[language]
    }
    return ([style.bold(say("Columns that take no part", "Столбцы, которые не участвуют"))] + columns)
      .joined(separator: "\n")
  }

  private func written(_ file: String) -> String {
    say("Written: ", "Записано: ") + TextTable.visible(file)
  }
}
