import Testing

@testable import EbbStudy

@Suite("How files call the arms")
struct ArmWordsTests {
  @Test(
    "words that need no heading",
    arguments: [
      ("control", true), ("Control group", true), ("контроль", true), ("Контрольная группа", true),
      ("контроль: не связываться", true), ("без контакта", true), ("не звонили", true), ("no contact", true),
      ("holdout", true), ("untreated", true), ("not treated", true), ("контроль, без звонка", true),
      ("treat", false), ("Treatment", false), ("звонок", false), ("контакт", false), ("тест", false),
      ("Тестовая группа", false), ("не контроль", false), ("SMS", false), ("целевая", false),
    ])
  func plain(text: String, isControl: Bool) {
    #expect(ArmWords.isControl(text, underHeading: false) == isControl)
    #expect(ArmWords.isControl(text, underHeading: true) == isControl)
  }

  @Test(
    "short words only under a heading", arguments: [("A", true), ("B", false), ("c", true), ("T", false)])
  func short(text: String, isControl: Bool) {
    #expect(ArmWords.isControl(text, underHeading: false) == nil)
    #expect(ArmWords.isControl(text, underHeading: true) == isControl)
  }

  @Test("other words say nothing", arguments: ["Ростов Великий", "female", "", "1", "да", "3 products"])
  func others(text: String) { #expect(ArmWords.isControl(text, underHeading: true) == nil) }

  @Test("headings")
  func headings() {
    #expect(ArmWords.claim("is_control") == .control)
    #expect(ArmWords.claim("Контрольная группа") == .control)
    #expect(ArmWords.claim("arm") == .arm)
    #expect(ArmWords.claim("Группа эксперимента") == .arm)
    #expect(ArmWords.claim("Контакт или контроль") == .arm)
    #expect(ArmWords.claim("balance") == nil)
  }
}
