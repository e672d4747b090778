import EbbClients
import EbbSegments
import EbbWords
import Testing

@Suite("Rules of clients in words")
struct RiskRuleWordsTests {
  private static func values(_ role: Role, _ values: [String], column: String = "c") -> RiskCondition {
    RiskCondition(column: column, role: role, kind: .values, values: values)
  }
  private static func band(_ role: Role, _ low: Double?, _ high: Double?, column: String = "c")
    -> RiskCondition
  {
    RiskCondition(column: column, role: role, kind: .band, low: low, high: high)
  }

  @Test(
    arguments: [
      (values(.products, ["3", "4"]), "3–4 products", "3–4 продукта"),
      (values(.products, ["1"]), "1 product", "1 продукт"),
      (values(.products, ["1", "4"]), "1 or 4 products", "1 или 4 продукта"),
      (values(.products, ["4", "5", "6"]), "4–6 products", "4–6 продуктов"),
      (values(.city, ["Омск"]), "Омск", "Омск"),
      (values(.city, ["Омск", "Томск"]), "Омск or Томск", "Омск или Томск"),
      (values(.gender, ["Ж"]), "women", "женщины"),
      (values(.gender, ["0"], column: "is_female"), "men", "мужчины"),
      (values(.activity, ["0"]), "not active", "неактивные"),
      (values(.card, ["да"]), "with a credit card", "с кредитной картой"),
      (values(.attribute, ["A"], column: "tariff"), "tariff: A", "tariff: A"),
      (band(.age, 50, 60), "aged 50–59", "50–59 лет"),
      (band(.age, 60, nil), "aged 60 and over", "60 лет и старше"),
      (band(.age, nil, 30), "under 30", "моложе 30 лет"),
      (band(.score, 580, 670), "credit score 580 to 670", "кредитный рейтинг от 580 до 670"),
      (band(.attribute, 1.5, nil, column: "x"), "x from 1.50", "x от 1,50"),
      (
        RiskCondition(column: "b", role: .balance, kind: .missing), "without a balance",
        "без остатка на счёте"
      ),
    ])
  func condition(_ condition: RiskCondition, english: String, russian: String) {
    #expect(RiskRuleWords(.english).text(condition).replacing("\u{00A0}", with: " ") == english)
    #expect(RiskRuleWords(.russian).text(condition).replacing("\u{00A0}", with: " ") == russian)
  }

  @Test("conditions are joined; none means everybody")
  func rule() {
    let rule = RiskRule([Self.values(.products, ["3", "4"]), Self.values(.activity, ["нет"])])
    #expect(RiskRuleWords(.russian).text(rule).replacing("\u{00A0}", with: " ") == "3–4 продукта, неактивные")
    #expect(RiskRuleWords(.english).title(RiskRule([Self.values(.gender, ["F"])])) == "Women")
    #expect(RiskRuleWords(.english).text(RiskRule([])) == "all clients")
  }
}
