import EbbClients
import EbbForecast
import EbbWords
import Testing

struct ReasonWordsTests {
  private static func said(
    _ role: Role, _ value: Reason.Value, name: String = "column", yes: String? = nil, _ language: Language
  ) -> String {
    let feature = ModelFeature(
      feature: FeatureMatrix.Feature(name: name, kind: .number), role: role, yes: yes,
      no: yes.map { _ in "0" })
    let reason = Reason(feature: name, value: value, kind: .context, contribution: 1)
    return ReasonWords(language).text(reason, feature).replacing("\u{A0}", with: " ").replacing(
      "\u{202F}", with: " ")
  }

  @Test(
    arguments: [
      (.products, .number(1), "1 product", "1 продукт"), (.products, .number(3), "3 products", "3 продукта"),
      (.age, .number(21), "21 years old", "21 год"), (.age, .number(52), "52 years old", "52 года"),
      (.age, .number(45), "45 years old", "45 лет"), (.activity, .number(0), "not active", "неактивен"),
      (.card, .number(0), "no credit card", "нет кредитной карты"),
      (.balance, .number(120_345), "balance 120,345", "баланс 120 345"),
      (.balance, .missing, "balance unknown", "баланс: нет данных"),
      (.gender, .level("Ж"), "woman", "женщина"), (.gender, .level("Male"), "man", "мужчина"),
      (.city, .level("Омск"), "city Омск", "город Омск"),
      (.objects, .number(2), "2 property objects", "2 объекта собственности"),
      (.attribute, .number(3.5), "column: 3.50", "column: 3,50"),
    ] as [(Role, Reason.Value, String, String)])
  func reasonsAreSaidInAFewWords(role: Role, value: Reason.Value, english: String, russian: String) {
    #expect(Self.said(role, value, .english) == english)
    #expect(Self.said(role, value, .russian) == russian)
  }

  @Test func aFlagOfTheBanksOwnIsYesOrNo() {
    #expect(Self.said(.attribute, .number(1), name: "HasApp", yes: "1", .english) == "HasApp: yes")
    #expect(Self.said(.attribute, .number(0), name: "HasApp", yes: "1", .russian) == "HasApp: нет")
  }
}
