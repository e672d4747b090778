import EbbRetention

/// Assumptions about money: what they are called, in what they are counted, and what is wrong with one.
public enum MoneyWords {
  /// A field of `MoneyAssumptions`, or `cost.call` and the like: the part before the dot decides.
  public static func name(_ assumption: String) -> Phrase {
    switch assumption.prefix(while: { $0 != "." }) {
    case "balanceMargin": Phrase(en: "margin on balance", ru: "маржа на баланс")
    case "productValue": Phrase(en: "value of a product", ru: "доход с продукта")
    case "horizonYears": Phrase(en: "horizon", ru: "горизонт")
    case "effectFactor": Phrase(en: "effect of offers", ru: "действенность предложений")
    case "contactCostFactor": Phrase(en: "cost of contacts", ru: "стоимость контактов")
    case "offerCostFactor": Phrase(en: "cost of offers", ru: "стоимость предложений")
    case "campaignDays": Phrase(en: "days of the campaign", ru: "дни кампании")
    case "cost": Phrase(en: "cost of a contact", ru: "стоимость контакта")
    case "strength": Phrase(en: "strength of the channel", ru: "сила канала")
    case "capacity": Phrase(en: "contacts a day", ru: "контактов в день")
    case "effect": Phrase(en: "share of contacted leavers who stay", ru: "доля удержанных из уходящих")
    case "offerCost": Phrase(en: "cost of the offer", ru: "стоимость предложения")
    default: Phrase(same: assumption)
    }
  }

  /// What its number counts.
  public static func unit(_ assumption: String) -> Phrase {
    switch assumption.prefix(while: { $0 != "." }) {
    case "balanceMargin": Phrase(en: "of the balance a year", ru: "от баланса в год")
    case "productValue": Phrase(en: "money a year", ru: "денег в год")
    case "horizonYears": Phrase(en: "years", ru: "лет")
    case "effectFactor", "contactCostFactor", "offerCostFactor":
      Phrase(en: "times the catalogue's", ru: "к указанному в каталоге")
    case "campaignDays": Phrase(en: "days", ru: "дней")
    case "cost", "offerCost": Phrase(en: "money for a client", ru: "денег на клиента")
    case "strength": Phrase(en: "of the full effect", ru: "от полного эффекта")
    case "capacity": Phrase(en: "contacts", ru: "контактов")
    case "effect": Phrase(en: "of leavers", ru: "от уходящих")
    default: Phrase(same: "")
    }
  }

  static func explain(_ error: MoneyAssumptionError, _ language: Language) -> Explanation {
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    let format = NumberFormat(language)
    switch error {
    case .unknownName(let name, let suggestion):
      let names =
        MoneyAssumptionName.all.map(\.name) + ["cost.<…>", "strength.<…>", "capacity.<…>", "effect.<…>"]
        + ["offerCost.<…>"]
      return Explanation(
        message: Phrase(
          en: "there is no assumption \(q(name))", ru: "нет допущения \(q(name))")[language],
        details: [
          Phrase(en: "there are: ", ru: "есть: ")[language] + names.joined(separator: ", ")
        ], remedy: suggestion.map { meant($0, q, language) })
    case .unknownSubject(let name, let id, let suggestion, let known):
      return Explanation(
        message: Phrase(
          en: "\(q(name)): the catalogue has no \(q(id))", ru: "\(q(name)): в каталоге нет \(q(id))")[
            language],
        details: [
          Phrase(en: "it has: ", ru: "в нём есть: ")[language]
            + known.prefix(40).map(TextTable.visible).joined(separator: ", ")
        ], remedy: suggestion.map { meant($0, q, language) })
    case .outOfRange(let name, let value, let low, let high):
      return Explanation(
        message: Phrase(
          en: "\(q(name)) is \(number(value)), outside what it can be",
          ru: "\(q(name)) вне допустимого: \(number(value))"
        )[language],
        remedy: Phrase(
          en: "Give a number from \(number(low)) to \(number(high)).",
          ru: "Укажите число от \(number(low)) до \(number(high)).")[language])
    case .notWhole(let name, let value):
      return Explanation(
        message: Phrase(
          en: "\(q(name)) must be a whole number, not \(number(value))",
          ru: "\(q(name)) должно быть целым, а не \(number(value))")[language])
    }
    func number(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e15 ? format.integer(Int(value)) : "\(value)"
    }
  }

  private static func meant(_ name: String, _ quote: (String) -> String, _ language: Language) -> String {
    Phrase(en: "Perhaps \(quote(name)) is meant.", ru: "Возможно, имелось в виду \(quote(name)).")[language]
  }
}
