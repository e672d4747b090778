import Testing

@testable import EbbDeck

@Suite struct MarkupTests {
  static func text(_ markup: Markup) -> String {
    var out: [UInt8] = []
    markup.write(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test func everythingIsEscaped() {
    let hostile = #"<a b="c">&'</a>"#
    #expect(
      Self.text(Markup("t", ["v": hostile], text: hostile))
        == #"<t v="&lt;a b=&quot;c&quot;&gt;&amp;'&lt;/a&gt;">&lt;a b=&quot;c&quot;&gt;&amp;'&lt;/a&gt;</t>"#)
  }

  @Test(arguments: [
    ("a\nb\tc\rd", "a b c d"), ("a\u{0}b\u{1B}[31mc\u{7F}d", "ab[31mcd"), ("\u{FFFE}x\u{FFFF}", "x"),
    ("Ярославль 🏦", "Ярославль 🏦"), ("a\u{85}b\u{A0}c", "a b\u{A0}c"), ("é\u{301}", "é\u{301}"),
  ])
  func whatXMLCannotHoldIsLeftOut(text: String, expected: String) {
    #expect(Markup.allowed(text) == expected)
  }
}
