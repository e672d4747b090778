import EbbForecast
public import EbbStudy

/// What a scoring said about the table, for the reader of standard error.
public struct ScoreReport: Sendable {
  private let columns: ScoringColumns
  private let language: Language
  private let format: NumberFormat

  public init(_ columns: ScoringColumns, language: Language) {
    self.columns = columns
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  public func text(_ counts: ScoringCounts) -> String {
    let expected = format.fixed(counts.expected, decimals: 0)
    var lines = [
      say(
        "Scored: \(Plural.clients.counted(counts.clients, language)); expected to leave: \(expected).",
        "Посчитано: \(Plural.clients.counted(counts.clients, language)); ожидаемо уйдут: \(expected).")
    ]
    let words = ScoreWords(language)
    let bands = RiskBands.Band.allCases.map { words.band($0) + " " + format.integer(counts.byBand[$0] ?? 0) }
    lines.append(say("Risk: ", "Риск: ") + bands.joined(separator: ", ") + ".")
    if counts.unreadable > 0 {
      lines.append(
        say(
          "Rows that could not be read, without a forecast: \(format.integer(counts.unreadable)).",
          "Строк, которые не удалось прочитать, без прогноза: \(format.integer(counts.unreadable))."))
    }
    if !columns.missing.isEmpty {
      let names = columns.missing.map { TextTable.visible($0.name) }.joined(separator: ", ")
      lines.append(
        say(
          "Columns the model knows and the table lacks, taken for missing: \(names).",
          "Столбцов модели нет в таблице, считаются незаполненными: \(names)."))
    }
    for (index, feature) in columns.features.features.enumerated() {
      let name = TextTable.visible(feature.name)
      let texts = (counts.newTexts[index] ?? []).map { TableErrorWords.quoted($0, language) }.joined(
        separator: ", ")
      if let n = counts.newLevels[index] {
        lines.append(
          say(
            "\(name): values not met in training, \(format.integer(n)): \(texts).",
            "\(name): значений, которых не было при обучении, \(format.integer(n)): \(texts)."))
      }
      if let n = counts.unread[index] {
        lines.append(
          say(
            "\(name): could not be read and count as missing, \(format.integer(n)): \(texts).",
            "\(name): не прочитаны и считаются незаполненными, \(format.integer(n)): \(texts)."))
      }
      if let n = counts.outOfRange[index] {
        let range = "\(format.compact(feature.low))…\(format.compact(feature.high))"
        lines.append(
          say(
            "\(name): outside the training range \(range): \(format.integer(n)).",
            "\(name): вне диапазона обучения \(range): \(format.integer(n))."))
      }
    }
    return lines.joined(separator: "\n")
  }
}
