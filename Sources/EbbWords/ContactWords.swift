import EbbForecast
public import EbbRetention
import EbbSegments

/// Words of the contact list: its columns, arms, and what stands in the cells of a client.
public struct ContactWords: Sendable {
  /// A column of the list.
  public enum Column: String, Sendable, CaseIterable {
    case priority, id, city, probability, band, reasons, group, recommendation, action, channel, arm, value
    case cost
    case gain = "expected_gain"
  }
  private let language: Language
  private let reasons: ReasonWords
  private let scores: ScoreWords
  /// By the group's id: thousands of clients share a few groups.
  private let groups: [String: String]

  /// - Parameter list: whose groups are to be named.
  public init(_ language: Language, list: ContactList) {
    self.language = language
    reasons = ReasonWords(language)
    scores = ScoreWords(language)
    let rules = RiskRuleWords(language)
    groups = Dictionary(
      list.groups.map { ($0.id, $0.id + ": " + rules.text($0.rule)) }, uniquingKeysWith: { first, _ in first }
    )
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// Columns of this list, in order.
  public static func columns(_ list: ContactList) -> [Column] {
    Column.allCases.filter { $0 != .city || list.hasCity }
  }

  /// For a reader; programs read `Column.rawValue`.
  public func heading(_ column: Column, hasIDs: Bool = true) -> String {
    switch column {
    case .priority: say("Priority", "Очередь")
    case .id:
      hasIDs
        ? say("Client id", "Код клиента") : say("Client's number in the table", "Номер клиента в таблице")
    case .city: say("City", "Город")
    case .probability: say("Probability of leaving", "Вероятность ухода")
    case .band: say("Risk", "Риск")
    case .reasons: say("Why", "Почему")
    case .group: say("Risk group", "Группа риска")
    case .recommendation: say("Recommendation", "Рекомендация")
    case .action: say("What to do", "Что сделать")
    case .channel: say("Channel", "Канал")
    case .arm: say("Contact or control", "Контакт или контроль")
    case .value: say("Worth of the client", "Ценность клиента")
    case .cost: say("Cost of the contact", "Стоимость контакта")
    case .gain: say("Expected gain", "Ожидаемая выгода")
    }
  }

  /// Programs and `ebb experiment` read these in the CSV; the workbook says them in the reader's language.
  public static func armCode(_ isControl: Bool) -> String { isControl ? "control" : "treat" }
  public func arm(_ isControl: Bool) -> String {
    isControl ? say("control: do not contact", "контроль: не связываться") : say("contact", "контакт")
  }

  public func band(_ contact: ContactList.Contact) -> String { scores.band(contact.band) }

  /// "3 products; not active"; empty where nothing stands out.
  public func why(_ contact: ContactList.Contact, _ list: ContactList) -> String {
    contact.reasons.compactMap { reason in
      list.features.first { $0.name == reason.feature }.map { reasons.text(reason, $0) }
    }.joined(separator: "; ")
  }

  /// "R2: 3–4 products"; empty for a client of no group that may be named.
  public func group(_ contact: ContactList.Contact) -> String {
    contact.group.flatMap { groups[$0.id] } ?? ""
  }

  public func action(_ contact: ContactList.Contact) -> String { text(contact.recommendation.action) }
  public func channel(_ contact: ContactList.Contact) -> String { text(contact.channel.name) }

  public func text(_ text: LocalizedText) -> String { say(text.en, text.ru) }
}
