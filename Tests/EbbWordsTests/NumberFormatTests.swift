import EbbWords
import Testing

@Suite struct NumberFormatTests {
  let english = NumberFormat(.english)
  let russian = NumberFormat(.russian)

  @Test(arguments: [
    (0.0, 2, "0.00"), (1234.5, 1, "1,234.5"), (0.285, 2, "0.29"), (1.005, 2, "1.01"), (-0.004, 2, "0.00"),
    (-1234567.891, 2, "−1,234,567.89"), (999.999, 2, "1,000.00"), (1e21, 0, "1,000,000,000,000,000,000,000"),
    (1e-7, 3, "0.000"), (0.5, 0, "1"), (9.995, 2, "10.00"),
  ])
  func fixed(value: Double, decimals: Int, expected: String) {
    #expect(english.fixed(value, decimals: decimals) == expected)
  }

  @Test func russianNumbersUseSpacesAndCommas() {
    #expect(russian.integer(10_000) == "10\u{202F}000")
    #expect(russian.integer(1_234) == "1234")
    #expect(russian.fixed(1_234_567.5, decimals: 1) == "1\u{202F}234\u{202F}567,5")
    #expect(russian.percent(0.2037) == "20,4\u{00A0}%")
    #expect(russian.percentInterval(0.196, 0.212) == "[19,6; 21,2\u{00A0}%]")
  }

  @Test func englishNumbers() {
    #expect(english.integer(-10_000) == "−10,000")
    #expect(english.percent(1) == "100.0%")
    #expect(english.points(0.12073) == "+12.1\u{00A0}pp")
    #expect(english.compact(0.0000123) == "1.2·10⁻⁵")
  }

  @Test func pValuesAreNeverZero() {
    #expect(english.pValue(0) == "p\u{00A0}<\u{00A0}0.001")
    #expect(russian.pValue(0.4459) == "p\u{00A0}=\u{00A0}0,446")
    #expect(english.pValue(nil) == "p —")
    #expect(english.fixed(.nan, decimals: 1) == "—")
  }
}
