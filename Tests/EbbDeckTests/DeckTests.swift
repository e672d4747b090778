import EbbStudy
import EbbWords
import Testing

@testable import EbbDeck

@Suite struct DeckTests {
  @Test func theSameStudyIsTheSameBytes() async throws {
    let study = DeckFixture.withRetention(try await DeckFixture.typical.value)
    #expect(try Deck.make(study, language: .russian) == Deck.make(study, language: .russian))
    #expect(try Deck.make(study, language: .russian) != Deck.make(study, language: .english))
  }

  @Test(arguments: Language.allCases) func theWholeStoryIsTold(language: Language) async throws {
    let study = DeckFixture.withRetention(try await DeckFixture.typical.value)
    let slides = SlideCheck.composer(study, language).story
    #expect((14...22).contains(slides.count), "\(slides.map(\.title))")
    #expect(Set(slides.map(\.title)).count == slides.count)
    SlideCheck.check(slides, language)
  }

  /// Chapters that are not there leave no slide behind.
  @Test func missingChaptersAreLeftOut() async throws {
    let study = try await DeckFixture.study(await DeckFixture.rows(300), chapters: [.churn])
    let slides = SlideCheck.composer(study, .english).story
    #expect(slides.count < 10)
    SlideCheck.check(slides, .english)
    #expect(try !Deck.make(study, language: .english).isEmpty)
  }

  struct Hostile: Sendable, CustomTestStringConvertible {
    let name: String
    let column: String
    let value: @Sendable (Int) -> String
    var testDescription: String { name }
  }
  static let hostile = [
    Hostile(name: "long cities", column: "City") { String(repeating: "Ъ", count: 80) + "\($0 % 3)" },
    Hostile(name: "markup", column: "City") { #"<a:t>&"' \#($0 % 4)</a:t>"# },
    Hostile(name: "emoji", column: "City") { "🏦👩‍👩‍👧‍👦 \($0 % 2)" },
    Hostile(name: "sixty cities", column: "City") { "Город \($0 % 60)" },
    Hostile(name: "two cities", column: "City") { "Город \($0 % 2)" },
    Hostile(name: "one product group", column: "Products") { _ in "2" },
    Hostile(name: "twelve product groups", column: "Products") { "\($0 % 12 + 1)" },
    Hostile(name: "one client in a group", column: "Products") { $0 == 1 ? "9" : "\($0 % 2 + 1)" },
    Hostile(name: "vast balances", column: "Balance") { "\($0)99999999999.5" },
  ]

  @Test(arguments: hostile, Language.allCases)
  func hostileDataStayWithinTheirBoxes(what: Hostile, language: Language) async throws {
    let rows = DeckFixture.changing(what.column, await DeckFixture.rows(600), what.value)
    let text = what.column == "City" ? what.value(1) : "Позвонить"
    let study = DeckFixture.withRetention(try await DeckFixture.study(rows), text: text)
    SlideCheck.check(SlideCheck.composer(study, language).story, language)
    #expect(try !Deck.make(study, language: language).isEmpty)
  }
}
