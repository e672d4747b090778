import EbbStudy
import EbbWords
import Testing

struct FindingWordsTests {
  static let samples: [Finding] = [
    Finding(
      kind: .overallChurn, certainty: .descriptive,
      figures: ["n": 10_000, "churned": 2_037, "rate": 0.2037, "low": 0.1959, "high": 0.2117]),
    Finding(
      kind: .highestChurnLevel, certainty: .descriptive,
      subject: ["attribute": "Balance", "role": "balance", "value": "(112288.516; 127148.172]"],
      figures: [
        "n": 500, "churned": 200, "rate": 0.4, "low": 0.35, "high": 0.45, "lift": 1.96,
        "shareOfChurned": 0.098, "from": 112_288.516, "to": 127_148.172,
      ]),
    Finding(
      kind: .mostStableProducts, certainty: .established, subject: ["value": "2"],
      figures: ["n": 4_590, "churned": 348, "rate": 0.0758, "low": 0.0685, "high": 0.0838]),
    Finding(
      kind: .leastStableProducts, certainty: .undecided, subject: ["value": "21"],
      figures: ["n": 60, "churned": 60, "rate": 1, "low": 0.94, "high": 1]),
    Finding(
      kind: .adjustedProducts, certainty: .descriptive, subject: ["value": "3"],
      figures: ["raw": 0.827, "adjusted": 0.741, "coverage": 1]),
    Finding(
      kind: .structuralMissing, certainty: .established,
      subject: ["attribute": "Balance", "role": "balance"],
      figures: ["missing": 3_617, "share": 0.3617]),
  ]

  @Test func figuresAreSaidInEnglish() {
    let words = FindingWords(.english)
    #expect(
      Self.samples.map(words.sentence) == [
        "20.4% of clients left: 2,037 of 10,000 (95% interval [19.6, 21.2%]).",
        "Most is lost where balance is (112,289; 127,148]: 40.0% of them leave, 1.96 times the overall rate (95% interval [35.0, 45.0%]); they make up 9.8% of all who left.",
        "The most stable clients have 2\u{A0}products: 7.6% left, 348 of 4,590 (95% interval [6.9, 8.4%]).",
        "The least stable clients have 21\u{A0}products: 100.0% left, 60 of 60 (95% interval [94.0, 100.0%]). The data do not set this group apart for certain.",
        "Composition explains a part: with the bank's mix of clients, those with 3\u{A0}products would leave at 74.1% instead of 82.7%.",
        "Balance is missing for 36.2% of clients, and not by chance: they are a group of their own.",
      ])
  }

  @Test func figuresAreSaidInRussian() {
    let words = FindingWords(.russian)
    let said = Self.samples.map {
      words.sentence($0).replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    }
    #expect(
      said == [
        "Ушли 20,4 % клиентов: 2037 из 10 000 (интервал 95 % [19,6; 21,2 %]).",
        "Больше всего потерь там, где баланс — (112 289; 127 148]: из них уходят 40,0 %, в 1,96 раза больше, чем в целом (интервал 95 % [35,0; 45,0 %]); среди всех ушедших их 9,8 %.",
        "Устойчивее всего клиенты с 2 продуктами: ушли 7,6 %, 348 из 4590 (интервал 95 % [6,9; 8,4 %]).",
        "Хуже всего удерживаются клиенты с 21 продуктом: ушли 100,0 %, 60 из 60 (интервал 95 % [94,0; 100,0 %]). Уверенно выделить эту группу данные не позволяют.",
        "Часть различий — от состава: при таком же составе, как у всего банка, из имеющих 3 продукта ушли бы 74,1 %, а не 82,7 %.",
        "Баланс: данных нет у 36,2 % клиентов, и не случайно; это отдельная группа.",
      ])
  }

  /// A large p is never said to show equality; only a verdict of equivalence is.
  @Test(arguments: [Finding.Kind.hypothesis, .attributeAgainstChurn], Language.allCases)
  func verdictsAreWordedApart(kind: Finding.Kind, language: Language) {
    let words = FindingWords(language)
    func sentence(_ verdict: String) -> String {
      words.sentence(
        Finding(
          kind: kind, certainty: .established,
          subject: [
            "id": "income.by.products", "measure": "salary", "measureRole": "income", "by": "Products",
            "byRole": "products", "verdict": verdict,
          ], figures: ["pValue": 0.4, "pValueAdjusted": 0.8]))
    }
    let said = ["differ", "differNegligibly", "equivalent", "undecided"].map(sentence)
    #expect(Set(said).count == 4)
    #expect(!said.contains(""))
    let undecided = language == .english ? "undecided" : "не"
    #expect(said[3].contains(undecided))
    #expect(said[3].contains(language == .english ? "0.800" : "0,800"))
  }

  @Test(
    arguments: [
      "identicalRows", "repeatedIDs", "impossibleValues", "activeAndGone", "stayedWithoutProducts",
    ],
    Language.allCases)
  func dataQualityNamesItsIssueAndCount(issue: String, language: Language) {
    let said = FindingWords(language).sentence(
      Finding(
        kind: .dataQuality, certainty: .descriptive,
        subject: ["issue": issue, "attribute": "возр\u{1B}аст", "role": "attribute"], figures: ["count": 17]))
    #expect(said.contains("17"))
    #expect(!said.contains("\u{1B}"))
  }
}
