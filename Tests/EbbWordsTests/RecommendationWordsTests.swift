import EbbRetention
import EbbStatistics
import Testing

@testable import EbbWords

@Suite("Recommendations and catalogue errors in words")
struct RecommendationWordsTests {
  @Test("places are filled as their figures are written")
  func places() {
    let figures = ["rate": 0.3244, "clients": 2509, "adjustedDifference": 0.051, "lift": 1.592]
    let filled = RecommendationWords.fill(
      "{city}: {clients}, {rate}, {adjusted difference}, {lift}, {elsewhere}", figures: figures,
      texts: ["city": "Омск"], .russian)
    #expect(
      filled
        == "Омск: 2509\u{A0}клиентов, 32,4\u{A0}%, +5,1\u{A0}п.\u{A0}п., 1,6, —")
    let english = RecommendationWords.fill("{clients}, {rate}", figures: figures, texts: [:], .english)
    #expect(english == "2,509\u{A0}clients, 32.4%")
  }

  @Test("every text of the shipped catalogue fills without a brace left", arguments: Language.allCases)
  func shipped(language: Language) {
    let figures = Dictionary(
      uniqueKeysWithValues: CatalogueFigure.allCases.map { ($0.rawValue, 0.25) })
    for entry in CatalogueFile.builtIn.recommendations {
      let filled = RecommendationWords.fill(
        RecommendationWords.text(entry.why, language), figures: figures, texts: ["city": "Омск"], language)
      #expect(!filled.contains("{") && !filled.contains("—\u{A0}%"))
      #expect(filled != RecommendationWords.text(entry.why, language))
    }
  }

  @Test("an error says the line, what was found and what is expected")
  func errors() {
    let error = CatalogueError(
      name: "my.yaml", line: 12,
      problem: .unknownFigure("lft", nearest: "lift", known: ["lift", "rate"]))
    let russian = ErrorWords.explain(error, .russian)
    #expect(russian.message == "каталог my.yaml, строка 12: нет показателя «lft»; может быть, «lift»?")
    #expect(russian.remedy == "Ожидается одно из: lift, rate")
    let english = ErrorWords.explain(error, .english)
    #expect(
      english.message == "the catalogue my.yaml, line 12: there is no figure “lft”; did you mean “lift”?")
  }

  @Test("why one does not appear")
  func skipped() {
    let title = LocalizedText(en: "A", ru: "А")
    let item = SkippedRecommendation(
      id: "a", title: title, reason: .noEvidence, condition: nil, figure: 0.9,
      churn: Proportion(successes: 20, n: 100), elsewhere: Proportion(successes: 21, n: 100),
      pValueAdjusted: 1)
    #expect(
      RecommendationWords.skipped(item, .russian)
        == "Уходят не чаще остальных: 20,0\u{A0}% против 21,0\u{A0}%.")
    let condition = SkippedRecommendation(
      id: "a", title: title, reason: .conditionNotMet, condition: "share of leavers >= 20%", figure: 0.1)
    #expect(
      RecommendationWords.skipped(condition, .english)
        == "The condition “share of leavers >= 20%” does not hold: their share of all leavers is 10.0%.")
  }
}
