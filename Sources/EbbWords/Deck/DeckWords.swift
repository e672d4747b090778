public import EbbClients
public import EbbRetention
import EbbSegments
public import EbbStatistics
public import EbbStudy

/// The words of a deck, every figure from the study. Each chapter's words are in a file of their own.
public struct DeckWords: Sendable {
  public let study: Study
  public let language: Language
  public let format: NumberFormat
  /// Short checksum of study.json.
  public let run: String
  let rules: RiskRuleWords

  /// Letters of a name from the table that are shown; the rest is cut with "…".
  public static let nameWidth = 28
  /// Fewer clients than this are no headline.
  static let headlineClients = 100

  public init(_ study: Study, language: Language, run: String) {
    self.study = study
    self.language = language
    self.run = run
    format = NumberFormat(language)
    rules = RiskRuleWords(language)
  }

  func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }

  /// What a catalogue's author wrote.
  public func text(_ written: LocalizedText) -> String { language == .russian ? written.ru : written.en }

  public func capitalised(_ text: String) -> String { capital(text) }

  func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// A column's name, or its role's.
  public func name(_ column: String, _ role: Role?) -> String {
    guard let role, role != .attribute, role != .ignored else { return short(column) }
    return RoleWords.name(role)[language]
  }

  public func short(_ text: String, width: Int = nameWidth) -> String {
    DisplayWidth.truncate(TextTable.visible(text), to: width)
  }

  /// Clients of one level: "women", "50–59 лет", "Омск", "3 продукта".
  public func clients(
    _ value: String, column: String, role: Role?, low: Double? = nil, high: Double? = nil
  ) -> String {
    if value == "pooled" { return say("small groups together", "малые группы вместе") }
    let kind: RiskCondition.Kind =
      low != nil || high != nil
      ? .band : value == "missing" ? .missing : value == "present" ? .present : .values
    let condition = RiskCondition(
      column: short(column), role: role ?? .attribute, kind: kind,
      values: kind == .values ? [short(value)] : [],
      low: low, high: high, isHighClosed: value.hasSuffix("]"))
    return rules.text(condition)
  }

  /// The same as people: "clients with 3 products".
  func people(_ value: String, column: String, role: Role?, low: Double? = nil, high: Double? = nil) -> String
  {
    guard role == .products, let count = Int(value) else {
      return clients(value, column: column, role: role, low: low, high: high)
    }
    return say(
      "clients with " + Plural.products.counted(count, language),
      "клиенты с " + FindingWords.withProducts.counted(count, language))
  }

  /// The same as the beginning of a line.
  public func label(_ value: String, column: String, role: Role?, low: Double? = nil, high: Double? = nil)
    -> String
  {
    capital(clients(value, column: column, role: role, low: low, high: high))
  }

  /// "20,4 % [19,6; 21,2 %]"
  public func rate(_ proportion: Proportion) -> String {
    format.percent(proportion.estimate) + " " + interval(proportion)
  }

  public func interval(_ proportion: Proportion) -> String {
    format.percentInterval(proportion.interval?.low, proportion.interval?.high)
  }

  /// Money of the table: "76,5 млн", "12 345".
  public func money(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "—" }
    switch value.magnitude {
    case 1e9...: return format.fixed(value / 1e9, decimals: 1) + say(" bn", "\u{00A0}млрд")
    case 1e6...: return format.fixed(value / 1e6, decimals: 1) + say(" m", "\u{00A0}млн")
    default: return format.fixed(value, decimals: 0)
    }
  }

  public func count(_ n: Int) -> String { Plural.clients.counted(n, language) }

  /// "p < 0,001"
  public func p(_ value: Double?) -> String { format.pValue(value) }

  /// The same in a column that is headed by p: "< 0,001".
  public func figure(p value: Double?) -> String {
    let text = format.pValue(value)
    for start in ["p\u{00A0}=\u{00A0}", "p\u{00A0}", "p "] where text.hasPrefix(start) {
      return String(text.dropFirst(start.count))
    }
    return text
  }

  /// Footer of every slide: the source, and the study it comes from.
  public var footers: [String] {
    let source =
      study.provenance.source == "-"
      ? say("standard input", "стандартный ввод") : short(study.provenance.source, width: 48)
    let start = say("Source: \(source)", "Источник: \(source)")
    let end = say(" · study \(run)", " · исследование \(run)")
    return [start + ", " + count(study.schema.clients) + end, start + end, start]
  }

  /// The name of the sheet behind charts.
  public var sheet: String { say("Data", "Данные") }
  public var intervalSeries: String { say("95% interval", "Интервал 95\u{00A0}%") }
  public var across: String { say(" (across)", " (по горизонтали)") }
  public var plus: String { say(": to the interval's end above", ": до верхнего конца интервала") }
  public var minus: String { say(": to the interval's end below", ": до нижнего конца интервала") }

  /// Above every interval of the deck.
  var intervalNote: String {
    say(
      "Intervals hold the true figure with 95% confidence (Wilson's for shares).",
      "Интервалы накрывают истинную величину с уверенностью 95\u{00A0}% (для долей\u{00A0}— интервал Уилсона)."
    )
  }
  var notCause: String {
    say(
      "This is an association: the data do not say what would happen if it were changed.",
      "Это связь, а не причина: что будет, если её изменить, данные не говорят.")
  }
}
