public import EbbClients

/// A level of an attribute as a reader says it: "yes", "Омск", "[112 289; 127 148)".
public struct LevelWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  /// - Parameters:
  ///   - value: as the study has it: a level, a band in interval notation, "missing", "present" or "pooled".
  ///   - low: the band's lower border, if there is one.
  ///   - high: its upper border.
  public func name(_ value: String, role: Role?, low: Double? = nil, high: Double? = nil, width: Int = 28)
    -> String
  {
    func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }
    switch value {
    case "missing": return say("missing", "нет данных")
    case "present": return say("present", "есть")
    case "pooled": return say("others, small", "прочие, малые")
    case "0" where role == .card || role == .activity: return say("no", "нет")
    case "1" where role == .card || role == .activity: return say("yes", "да")
    default: return DisplayWidth.truncate(band(value, low, high) ?? TextTable.visible(value), to: width)
    }
  }

  private func band(_ value: String, _ low: Double?, _ high: Double?) -> String? {
    guard low != nil || high != nil, let opening = value.first, let closing = value.last else { return nil }
    switch (low, high) {
    case (let low?, let high?):
      return "\(opening)\(border(low)); \(border(high))\(closing)"
    case (let low?, nil): return (opening == "[" ? "≥\u{00A0}" : ">\u{00A0}") + border(low)
    case (nil, let high?): return (closing == "]" ? "≤\u{00A0}" : "<\u{00A0}") + border(high)
    case (nil, nil): return nil
    }
  }

  private func border(_ value: Double) -> String {
    value == value.rounded() ? format.fixed(value, decimals: 0) : format.compact(value)
  }
}
