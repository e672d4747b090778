import EbbRetention
import Testing

@testable import EbbWords

@Suite("Words for assumptions about money")
struct MoneyWordsTests {
  @Test("every assumption has a name and a unit in both languages")
  func names() {
    for known in MoneyAssumptionName.all + MoneyAssumptionName.ofCatalogue {
      for phrase in [MoneyWords.name(known.name), MoneyWords.unit(known.name)] {
        #expect(!phrase[.english].isEmpty && phrase[.english] != phrase[.russian], "\(known.name)")
      }
    }
    #expect(MoneyWords.name("cost.call") == MoneyWords.name("cost"))
  }

  @Test("an error names what was written and what could be", arguments: [Language.english, .russian])
  func errors(language: Language) {
    let unknown = ErrorWords.explain(
      MoneyAssumptionError.unknownName("balanceMargn", suggestion: "balanceMargin"), language)
    #expect(unknown.message.contains("balanceMargn"))
    #expect(unknown.remedy?.contains("balanceMargin") == true)
    let outside = ErrorWords.explain(
      MoneyAssumptionError.outOfRange(name: "balanceMargin", value: 3.5, low: 0, high: 1), language)
    #expect(outside.message.contains("3.5") && outside.remedy?.contains("0") == true)
  }
}
