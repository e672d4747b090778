import EbbClients
public import EbbSegments

/// A rule of clients as a reader says it: "3–4 products, not active", "50–59 лет, женщины, Омск".
public struct RiskRuleWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  /// "all clients" for a rule without conditions.
  public func text(_ rule: RiskRule) -> String {
    rule.conditions.isEmpty
      ? say("all clients", "все клиенты") : rule.conditions.map(text).joined(separator: ", ")
  }

  /// The rule as the beginning of a sentence or a title.
  public func title(_ rule: RiskRule) -> String {
    let text = text(rule)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  public func text(_ condition: RiskCondition) -> String {
    switch condition.kind {
    case .values: values(condition)
    case .band: band(condition)
    case .missing: missing(condition)
    case .present: present(condition)
    }
  }

  // MARK: Values

  private func values(_ condition: RiskCondition) -> String {
    let texts = condition.values
    switch condition.role {
    case .products:
      if let numbers = wholes(texts), let last = numbers.last {
        return listed(numbers) + "\u{00A0}" + Plural.products.form(spread(numbers) ? 5 : last, language)
      }
      return say("products: ", "продуктов: ") + any(texts)
    case .objects:
      if let numbers = wholes(texts), let last = numbers.last {
        return listed(numbers) + "\u{00A0}" + Self.objects.form(spread(numbers) ? 5 : last, language)
      }
      return name(condition) + ": " + any(texts)
    case .city: return any(texts)
    case .gender:
      let meanings = texts.map { GenderMeaning.of($0, heading: condition.column) }
      if texts.count == 1, let meaning = meanings[0] {
        return meaning == .woman ? say("women", "женщины") : say("men", "мужчины")
      }
      return say("gender ", "пол ") + any(texts)
    case .activity:
      return flag(texts, yes: say("active", "активные"), no: say("not active", "неактивные"))
        ?? name(condition) + ": " + any(texts)
    case .card:
      return flag(
        texts, yes: say("with a credit card", "с кредитной картой"),
        no: say("without a credit card", "без кредитной карты")) ?? name(condition) + ": " + any(texts)
    case .age:
      if let numbers = wholes(texts) { return say("age ", "возраст ") + listed(numbers) }
      return say("age ", "возраст ") + any(texts)
    default: return name(condition) + ": " + any(texts)
    }
  }

  private func flag(_ texts: [String], yes: String, no: String) -> String? {
    guard texts.count == 1, let meaning = FlagWord.isYes(texts[0]) else { return nil }
    return meaning ? yes : no
  }

  private func any(_ texts: [String]) -> String {
    let seen = texts.map { TextTable.visible($0) }
    guard let last = seen.last, seen.count > 1 else { return seen.first ?? "" }
    return seen.dropLast().joined(separator: ", ") + say(" or ", " или ") + last
  }

  private func wholes(_ texts: [String]) -> [Int]? {
    let numbers = texts.compactMap { Int($0) }
    return numbers.count == texts.count && !numbers.isEmpty ? numbers.sorted() : nil
  }

  /// Several numbers beyond four: Russian takes the form of many.
  private func spread(_ numbers: [Int]) -> Bool { numbers.count > 1 && (numbers.last ?? 0) > 4 }

  /// "3–4" where nothing lies between, else "1 or 4".
  private func listed(_ numbers: [Int]) -> String {
    guard let first = numbers.first, let last = numbers.last, numbers.count > 1 else {
      return numbers.map { format.integer($0) }.joined()
    }
    if last - first == numbers.count - 1 { return format.integer(first) + "–" + format.integer(last) }
    return any(numbers.map { format.integer($0) })
  }

  // MARK: Bands

  private func band(_ condition: RiskCondition) -> String {
    let (low, high) = (condition.low, condition.high)
    if condition.role == .age { return age(low, condition.isHighClosed ? high.map { $0 + 1 } : high) }
    let range: String
    switch (low, high) {
    case (let low?, let high?):
      range = say("\(amount(low)) to \(amount(high))", "от \(amount(low)) до \(amount(high))")
    case (let low?, nil): range = say("from \(amount(low))", "от \(amount(low))")
    case (nil, let high?): range = say("below \(amount(high))", "до \(amount(high))")
    case (nil, nil): range = say("any", "любой")
    }
    return name(condition) + " " + range
  }

  private func age(_ low: Double?, _ high: Double?) -> String {
    switch (low, high) {
    case (let low?, let high?):
      if low == low.rounded(), high == high.rounded() {
        return say("aged \(amount(low))–\(amount(high - 1))", "\(amount(low))–\(amount(high - 1)) лет")
      }
      return say("aged \(amount(low)) to \(amount(high))", "возраст от \(amount(low)) до \(amount(high))")
    case (let low?, nil): return say("aged \(amount(low)) and over", "\(amount(low)) лет и старше")
    case (nil, let high?): return say("under \(amount(high))", "моложе \(amount(high)) лет")
    case (nil, nil): return say("any age", "любой возраст")
    }
  }

  private func amount(_ value: Double) -> String {
    value == value.rounded() ? format.fixed(value, decimals: 0) : format.compact(value)
  }

  // MARK: Presence

  private func missing(_ condition: RiskCondition) -> String {
    if condition.role == .balance { return say("without a balance", "без остатка на счёте") }
    return say("\(name(condition)) unknown", "\(name(condition)): нет данных")
  }

  private func present(_ condition: RiskCondition) -> String {
    if condition.role == .balance { return say("with a balance", "с остатком на счёте") }
    return say("\(name(condition)) known", "\(name(condition)): данные есть")
  }

  private func name(_ condition: RiskCondition) -> String {
    condition.role == .attribute || condition.role == .ignored
      ? TextTable.visible(condition.column) : RoleWords.name(condition.role)[language]
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  private static let objects = Plural(
    en: ("property object", "property objects"),
    ru: ("объект собственности", "объекта собственности", "объектов собственности"))
}
