import EbbClients
public import EbbForecast

/// Why a client is at risk, in a few words: "3 products", "not active", "52 years old".
public struct ReasonWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  /// - Parameter value: as a `FeatureMatrix` has it: NaN for missing, a category's code.
  func text(_ value: Double, _ feature: ModelFeature) -> String {
    text(feature.feature.meaning(of: value), feature)
  }

  public func text(_ reason: Reason, _ feature: ModelFeature) -> String { text(reason.value, feature) }

  private func text(_ value: Reason.Value, _ feature: ModelFeature) -> String {
    switch value {
    case .missing:
      let name = name(feature)
      return say("\(name) unknown", "\(name): нет данных")
    case .number(let number): return said(number, feature)
    case .level(let level): return said(level, feature)
    }
  }

  private func said(_ level: String, _ feature: ModelFeature) -> String {
    switch feature.role {
    case .city: return say("city \(level)", "город \(level)")
    case .gender:
      switch GenderMeaning.of(level, heading: feature.name) {
      case .woman: return say("woman", "женщина")
      case .man: return say("man", "мужчина")
      case nil: return say("gender \(level)", "пол \(level)")
      }
    case .products: return say("products: \(level)", "продуктов: \(level)")
    default: return say("\(name(feature)): \(level)", "\(name(feature)): \(level)")
    }
  }

  private func said(_ number: Double, _ feature: ModelFeature) -> String {
    let whole = Int(exactly: number)
    switch feature.role {
    case .products:
      if let whole { return Plural.products.counted(whole, language) }
    case .objects:
      if let whole { return Self.objects.counted(whole, language) }
    case .age:
      return whole.map { Self.years.counted($0, language) }
        ?? say("age \(amount(number))", "возраст \(amount(number))")
    case .activity: return number == 1 ? say("active", "активен") : say("not active", "неактивен")
    case .card:
      return number == 1
        ? say("has a credit card", "есть кредитная карта") : say("no credit card", "нет кредитной карты")
    case .balance: return say("balance \(amount(number))", "баланс \(amount(number))")
    case .income: return say("income \(amount(number))", "доход \(amount(number))")
    case .score: return say("credit score \(amount(number))", "кредитный рейтинг \(amount(number))")
    default: break
    }
    if feature.yes != nil {
      return "\(name(feature)): " + (number == 1 ? say("yes", "да") : say("no", "нет"))
    }
    return "\(name(feature)): \(amount(number))"
  }

  private func amount(_ number: Double) -> String {
    number == number.rounded() ? format.fixed(number, decimals: 0) : format.compact(number)
  }

  private func name(_ feature: ModelFeature) -> String {
    feature.role == .attribute || feature.role == .ignored
      ? feature.name : RoleWords.name(feature.role)[language]
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  private static let years = Plural(en: ("year old", "years old"), ru: ("год", "года", "лет"))
  private static let objects = Plural(
    en: ("property object", "property objects"),
    ru: ("объект собственности", "объекта собственности", "объектов собственности"))
}
