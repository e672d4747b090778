import Testing

@testable import EbbTable

@Suite struct NumberTextTests {
  private static let point = NumberStyle(decimal: UInt8(ascii: "."))
  private static let comma = NumberStyle(decimal: UInt8(ascii: ","))

  private func read(_ text: String, _ style: NumberStyle) -> NumberText {
    let bytes = Array(text.utf8)
    return NumberText(bytes.span, style: style)
  }

  @Test(arguments: [
    ("0", 0, 0), ("-0", 0, 0), ("5", 5, 0), ("-5", -5, 0), ("+5", 5, 0), ("12,50", 1250, 2), (",5", 5, 1),
    ("5,", 5, 0),
    ("1 234 567,89", 123_456_789, 2), ("1\u{A0}234\u{A0}567,89 ₽", 123_456_789, 2), ("1\u{202F}234", 1234, 0),
    ("1'234'567", 1_234_567, 0), ("\u{2212}5,5", -55, 1), ("(123)", -123, 0), ("(1 000,5)", -10_005, 1),
    ("12 %", 12, 0), ("12%", 12, 0), ("1,5 тыс.", 1500, 0), ("1,5 тыс. руб.", 1500, 0),
    ("2 млн ₽", 2_000_000, 0),
    ("0,0005 тыс.", 5, 1), ("5 000 руб.", 5000, 0), ("7 РУБ", 7, 0), ("₽ 15", 15, 0), ("-$5", -5, 0),
    ("$-5", -5, 0),
    ("42 года", 42, 0), ("  77  ", 77, 0), ("123456789012345678", 123_456_789_012_345_678, 0),
    ("000000000000000000000012", 12, 0),
  ])
  func exactWithComma(_ text: String, _ value: Int64, _ scale: Int) {
    #expect(read(text, Self.comma).outcome == .exact(value, scale: scale))
  }

  @Test(arguments: [
    "", " ", "-", "+", "()", "(", ")", ",", "%", "₽", "abc", "1.5", "1,5,5", "1 23", "12 34 567", "1234 567",
    "0 123",
    "1 234'567", "01.02.2024", "10:30", "1e", "e5", "5 рост", "5 кг", "--5", "5-", "1 234 56", "NaN", "inf",
    "0x10",
    "тыс.", "5 тыс. млн", "5 $ €", "1,234.5", "+7 916 123-45-67", "½", "٣",
  ])
  func notNumbersWithComma(_ text: String) {
    #expect(read(text, Self.comma).outcome == .notANumber)
  }

  @Test(arguments: [
    ("1,234.50", 123_450, 2), ("1,234,567", 1_234_567, 0), ("$1,234.50", 123_450, 2), ("12", 12, 0),
  ])
  func englishGroups(_ text: String, _ value: Int64, _ scale: Int) {
    #expect(
      read(text, NumberStyle(decimal: UInt8(ascii: "."), group: UInt8(ascii: ","))).outcome
        == .exact(value, scale: scale))
    if text.contains(",") { #expect(read(text, Self.point).outcome == .notANumber) }
  }

  @Test(arguments: [
    ("1,55E+07", 1.55e7), ("1e3", 1e3), ("-2,5e-3", -2.5e-3),
    ("1234567890123456789", 1_234_567_890_123_456_768),
    ("0,1234567890123456789", 0.1234567890123456789), ("1e-400", 0.0),
    ("12345678901234567890123,5", 1.2345678901234568e22),
  ])
  func reals(_ text: String, _ value: Double) {
    #expect(read(text, Self.comma).outcome == .real(value))
  }

  @Test func tooLarge() {
    #expect(read("1e400", Self.comma).outcome == .outOfRange)
    #expect(read("1e99999999999999999999", Self.comma).outcome == .outOfRange)
  }

  @Test(arguments: [
    ("15.5", true), ("-15", true), ("007", true), ("+1", false), (" 1", false), ("1 000", false),
    ("5%", false),
    ("1e5", false), (".5", false), ("5.", false), ("- 5", false),
  ])
  func plainness(_ text: String, _ plain: Bool) {
    #expect(read(text, Self.point).isPlain == plain)
  }

  @Test func marks() {
    #expect(read("007", Self.point).hasLeadingZero)
    #expect(!read("0", Self.point).hasLeadingZero)
    #expect(!read("0.5", Self.point).hasLeadingZero)
    #expect(read("1234567890123456", Self.point).integerDigits == 16)
    #expect(read("3 млн руб.", Self.point).unit?.text == "млн ₽")
    #expect(read("1.25", Self.point).scaled(to: 4) == 12_500)
    #expect(read("1.25", Self.point).scaled(to: 1) == nil)
    #expect(read("999999999999999999", Self.point).scaled(to: 4) == nil)
    #expect(read("101348.88", Self.point).double == 101348.88)
    #expect(read("0.1", Self.point).double == 0.1)
  }
}
