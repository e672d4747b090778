import EbbClients
public import EbbForecast
public import EbbTable

/// Words of a scored file: its headings, bands and notes.
public struct ScoreWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// The columns' names are the same in both languages: programs read them.
  public static let headings = [
    "id", "probability", "band", "reasons_actionable", "reasons_context", "reasons_protected", "note",
  ]

  public func band(_ band: RiskBands.Band) -> String {
    switch band {
    case .veryHigh: say("very high", "очень высокий")
    case .high: say("high", "высокий")
    case .medium: say("medium", "средний")
    case .low: say("low", "низкий")
    }
  }

  public func note(_ oddity: FeatureReading.Oddity, _ features: [ModelFeature]) -> String {
    let feature = features[oddity.feature]
    switch oddity {
    case .newLevel(_, let text):
      return say("\(feature.name): new value \(text)", "\(feature.name): новое значение \(text)")
    case .outOfRange(_, let value):
      let range = "\(format.compact(feature.low))…\(format.compact(feature.high))"
      return say(
        "\(feature.name): \(format.compact(value)) is outside \(range)",
        "\(feature.name): \(format.compact(value)) вне \(range)")
    case .unread(_, let text):
      return say("\(feature.name): cannot read \(text)", "\(feature.name): не прочитано \(text)")
    }
  }

  /// A record that is no row.
  public func note(_ row: RejectedRow) -> String {
    say("line \(row.line): ", "строка \(row.line): ") + RejectedRowWords.reason(row.reason)[language]
  }
}
