import Testing

@testable import EbbDeck

@Suite struct FontMetricsTests {
  /// Advance widths of Liberation Sans by fontTools: "A" 1366, "Ж" 1891, bold "a" 1139, of 2048.
  @Test func widthsAreTheFonts() {
    let metrics = FontMetrics.arial
    #expect(metrics.width("A", size: 2048) == 1366)
    #expect(metrics.width("Ж", size: 2048) == 1891)
    #expect(metrics.width("a", size: 2048, bold: true) == 1139)
    #expect(metrics.width("AA", size: 10) == 2 * metrics.width("A", size: 10))
  }

  @Test func unknownLettersAreWide() {
    #expect(FontMetrics.arial.width("🏦", size: 10) > FontMetrics.arial.width("W", size: 10))
    #expect(FontMetrics.arial.width("e\u{301}", size: 10) == FontMetrics.arial.width("e", size: 10))
  }

  @Test(arguments: [40.0, 80, 200, 1000]) func noLineIsWider(width: Double) {
    let text = "Ростов Великий " + String(repeating: "щ", count: 80) + " и ещё несколько слов"
    let lines = FontMetrics.arial.lines(text, size: 14, width: width)
    for line in lines { #expect(FontMetrics.arial.width(line, size: 14) <= width) }
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test func cutsSaySo() {
    let cut = FontMetrics.arial.cut(String(repeating: "Ж", count: 80), size: 14, width: 100)
    #expect(cut.hasSuffix("…") && FontMetrics.arial.width(cut, size: 14) <= 100)
    #expect(FontMetrics.arial.cut("коротко", size: 14, width: 100) == "коротко")
  }
}
