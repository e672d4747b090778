import Testing

@testable import EbbTable

@Suite struct FieldTextTests {
  @Test(arguments: [
    ("", ""), (" ", ""), ("a", "a"), ("  a b\t", "a b"), ("\u{A0}да\u{202F}", "да"), ("\u{FEFF}id", "id"),
    ("ё ", "ё"),
    ("\u{2009}", ""), ("Ж\r\n", "Ж"),
  ])
  func trims(_ text: String, _ expected: String) {
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[FieldText.trimmed(bytes.span)], as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("", true), ("  ", true), ("NA", true), ("na", true), ("Н/Д", true), ("н/д", true), (" null ", true),
    ("—", true),
    ("#н/д", true), ("Нет Данных", true), ("нет", false), ("0", false), ("N", false), ("NAN", true),
    ("Nancy", false),
  ])
  func missing(_ text: String, _ expected: Bool) {
    let bytes = Array(text.utf8)
    #expect(MissingTokens(Dialect.defaultMissingTokens).contains(bytes.span) == expected)
  }

  @Test(arguments: [("Ушёл", true), ("ушел ", true), ("ОСТАЛСЯ", false), ("нет", nil)] as [(String, Bool?)])
  func flags(_ text: String, _ expected: Bool?) throws {
    let words = try #require(
      FlagWords(ColumnGrammar(name: "x", kind: .flag, flagNo: "остался", flagYes: "ушёл")))
    let bytes = Array(text.utf8)
    #expect(words.value(bytes.span) == expected)
  }

  @Test(arguments: [
    ("Итого", true), ("ИТОГО:", true), (" Всего по банку", true), ("Total", true), ("Grand total:", true),
    ("Total Bank", false), ("Тотал", false), ("", false), ("Итоговый", false),
  ])
  func totals(_ text: String, _ expected: Bool) {
    #expect(TotalsRow.isTotals([[], Array(" ".utf8), Array(text.utf8), Array("5".utf8)]) == expected)
  }
}
