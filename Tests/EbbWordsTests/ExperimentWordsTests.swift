import EbbRetention
import Testing

@testable import EbbWords

@Suite("Experiments in words")
struct ExperimentWordsTests {
  private static func analysis(
    _ treated: (Int, Int), _ control: (Int, Int), planned: Double? = nil
  ) -> ExperimentAnalysis {
    .make(
      ExperimentCounts(
        treated: .init(left: treated.0, stayed: treated.1), control: .init(left: control.0, stayed: control.1)
      ),
      options: .init(plannedControlShare: planned))
  }

  private static let cases: [(ExperimentAnalysis, en: String, ru: String)] = [
    (analysis((150, 850), (210, 790)), "The action keeps clients", "Действие удерживает клиентов"),
    (analysis((210, 790), (150, 850)), "The action drives clients away", "Действие отталкивает клиентов"),
    (analysis((200, 800), (210, 790)), "Undecided", "Не решено"),
    (analysis((1, 9), (2, 8)), "Too few", "Клиентов или ушедших слишком мало"),
    (analysis((150, 850), (210, 790), planned: 0.1), "Nothing can be claimed", "Выводов нет"),
  ]

  @Test("the verdict comes first, in both languages")
  func headlines() {
    for (analysis, en, ru) in Self.cases {
      #expect(ExperimentWords(.english).headline(analysis).hasPrefix(en))
      #expect(ExperimentWords(.russian).headline(analysis).hasPrefix(ru))
    }
  }

  @Test("every note has words, different in the two languages", arguments: ExperimentAnalysis.Note.allCases)
  func notes(_ note: ExperimentAnalysis.Note) {
    let (en, ru) = (ExperimentWords(.english).note(note), ExperimentWords(.russian).note(note))
    #expect(!en.isEmpty && !ru.isEmpty && en != ru)
  }

  @Test("a design says beforehand whether it can be answered")
  func designs() {
    func words(_ treated: Int, _ control: Int, base: Double = 0.2) -> String {
      ExperimentWords(.english).verdict(
        .make(
          recommendation: "x", audience: .plan, treated: treated, control: control, baseRate: base,
          smallestEffect: 0.2))
    }
    #expect(words(9000, 1000).hasPrefix("Can be answered"))
    #expect(words(900, 100).contains("needs 7,221 contacted and 803 held out"))
    #expect(words(4000, 400).contains("Split into equal arms they would do: 1,445 in each."))
    #expect(words(900, 0).contains("nobody is held out"))
    #expect(words(0, 0).contains("there are no clients"))
    #expect(words(900, 100, base: 0).contains("nothing to see"))
  }
}
