import Testing

/// Files somebody might feed to the reader: none of them may crash it, whatever it says.
struct OddFile: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  var testDescription: String { name }

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  init(_ name: String, _ text: String) {
    self.init(name, Array(text.utf8))
  }

  static let all: [OddFile] = texts + encodings + binaries + long

  private static let texts = [
    OddFile("one byte", "a"), OddFile("one digit", "1"), OddFile("space", " "), OddFile("newline", "\n"),
    OddFile("newlines", String(repeating: "\n", count: 1000)),
    OddFile("CRs", String(repeating: "\r", count: 1000)),
    OddFile("CRLFs", String(repeating: "\r\n", count: 1000)), OddFile("LFCR", "a,b\n\r1,2\n\r"),
    OddFile("lone quote", "\""), OddFile("two quotes", "\"\""), OddFile("three quotes", "\"\"\""),
    OddFile("quotes", String(repeating: "\"", count: 999)), OddFile("quote newline", "\"\n"),
    OddFile("apostrophes", "'a','b'\n'1','2'\n"), OddFile("lone apostrophe", "'"),
    OddFile("delimiter", ","), OddFile("delimiters", ",,,,,,"), OddFile("delimiter lines", ",\n,\n,\n"),
    OddFile("all delimiters", ",;\t|\n,;\t|\n"), OddFile("mixed delimiters", "a,b;c\td|e\n1|2\t3;4,5\n"),
    OddFile("empty heading", ",,\n1,2,3\n"), OddFile("blank heading", " , ,\n1,2,3\n"),
    OddFile("same headings", "a,a,a\n1,2,3\n"), OddFile("heading only", "a,b,c"),
    OddFile("heading line", "a,b,c\n"),
    OddFile("no heading", "1,2,3\n4,5,6\n"), OddFile("ragged", "a\na,b\na,b,c\na,b,c,d\n"),
    OddFile("shrinking", "a,b,c,d\na,b,c\na,b\na\n"), OddFile("trailing delimiter", "a,b\n1,2,\n3,4,\n"),
    OddFile("row names", "a,b\nx,1,2\ny,3,4\n"), OddFile("heading too long", "a,b,c,d\n1,2\n3,4\n"),
    OddFile("unclosed at start", "\"a,b\n1,2\n3,4\n"), OddFile("unclosed at end", "a,b\n1,2\n3,\"4\n"),
    OddFile("text after quote", "a,b\n\"x\"y,2\n"), OddFile("quote in the middle", "a,b\nx\"y,2\nx\"\"y,3\n"),
    OddFile("newline in quotes", "a,b\n\"x\ny\",2\n\"\n\n\",3\n"),
    OddFile("CR in quotes", "a,b\r\n\"x\ry\",2\r\n"),
    OddFile("quoted heading", "\"a\nb\",\"c,d\"\n1,2\n"),
    OddFile("mixed line ends", "a,b\r\n1,2\n3,4\r5,6\n"),
    OddFile("no last newline", "a,b\n1,2"), OddFile("only sep", "sep=;"), OddFile("sep line", "sep=;\n"),
    OddFile("sep and nothing", "sep=,\n\n\n"), OddFile("sep of newline", "sep=\n\na\n"),
    OddFile("sep of letter", "sep=x\n1x2\n3x4\n"), OddFile("quoted sep", "\"sep=;\"\na;b\n1;2\n"),
    OddFile("titles only", "Отчёт\n\nКлиенты\n"), OddFile("titles", "Отчёт;;;\n;;;\na;b;c;d\n1;2;3;4\n"),
    OddFile("totals only", "a,b\nИтого,5\n"), OddFile("totals heading", "Итого,Всего\n1,2\n"),
    OddFile("prose", "It was a dark night; rain fell, as it does.\nThe end, | or not?\n\nReally.\n"),
    OddFile("json", "{\"a\": [1, 2, {\"b\": null}], \"c\": \"d,e\"}\n"),
    OddFile("html", "<html><p a=\"b,c\">x</p>\n"),
    OddFile("markdown", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
    OddFile("comments", "# by us\n# really\na,b\n1,2\n"),
    OddFile("fixed width", "id   name    sum\n1    Anna     12\n2    Pavel    13\n"),
    OddFile(
      "numbers gone wild", "x\n1e999\n-1e-999\n99999999999999999999\n0x10\n.\n-\n+\n,\n1.2.3\nNaN\ninf\n"),
    OddFile("units gone wild", "x\n5 ₽ ₽\n₽\n%%\n((5))\n(5\n5)\n-(5)\n−−5\nтыс. тыс.\n5 тыс млн\n"),
    OddFile("groups gone wild", "x;y\n1 2 3;1'2\n1  000;1 000 00\n 1 000 ;1\u{A0}000\u{202F}000\n"),
    OddFile("formula", "a,b\n=1+1,\"=cmd|' /C calc'!A0\"\n@SUM(1),+1\n"),
    OddFile("escape sequences", "a,b\n\u{1B}[31mred\u{1B}[0m,\u{7}\u{8}\n"),
    OddFile("bidi", "a,b\n\u{202E}evil\u{202C},\u{2066}x\u{2069}\n"),
    OddFile("combining", "a,b\ne\u{301},\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\n"),
    OddFile("line separators", "a,b\u{2028}1,2\u{2029}3,4\u{85}5,6\n"),
    OddFile("form feed", "a,b\u{C}\n1,2\u{B}\n"),
    OddFile("Ctrl-Z", "a,b\n1,2\n\u{1A}"), OddFile("missing everywhere", "a,b\nNA,\n-,н/д\nnull,NaN\n"),
    OddFile("look-alikes", "credit_\u{441}ard,Бaланс\n1,2\n"),
    OddFile("backslash quotes", "a,b\n\"x\\\"y\",2\n"),
  ]

  private static let encodings = [
    OddFile("mark only", [0xEF, 0xBB, 0xBF]), OddFile("mark and newline", [0xEF, 0xBB, 0xBF, 0x0A]),
    OddFile("half a mark", [0xEF, 0xBB]),
    OddFile("two marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x61, 0x0A]),
    OddFile("mark and quote", [0xEF, 0xBB, 0xBF] + Array("\"a\",b\n1,2\n".utf8)),
    OddFile("UTF-16 mark only", [0xFF, 0xFE]), OddFile("UTF-16 BE mark only", [0xFE, 0xFF]),
    OddFile("UTF-16 odd length", [0xFF, 0xFE, 0x61, 0x00, 0x2C]),
    OddFile("UTF-16 lone surrogate", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x00, 0xD8, 0x0A, 0x00]),
    OddFile("UTF-16 swapped surrogates", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x00, 0xDC, 0x00, 0xD8]),
    OddFile(
      "UTF-16 BE no mark",
      [0x00, 0x61, 0x00, 0x2C, 0x00, 0x62, 0x00, 0x0A, 0x00, 0x31, 0x00, 0x2C, 0x00, 0x32]),
    OddFile("UTF-16 with NUL", [0xFF, 0xFE, 0x61, 0x00, 0x00, 0x00, 0x62, 0x00]),
    OddFile("UTF-32", [0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00, 0x0A, 0x00, 0x00, 0x00]),
    OddFile(
      "invalid UTF-8", [0x61, 0x2C, 0x62, 0x0A, 0xFF, 0x2C, 0xC3, 0x0A, 0xE2, 0x82, 0x2C, 0xF0, 0x9F, 0x0A]),
    OddFile("overlong UTF-8", [0x61, 0x0A, 0xC0, 0xAF, 0x0A, 0xE0, 0x80, 0xAF, 0x0A]),
    OddFile("encoded surrogate", [0x61, 0x0A, 0xED, 0xA0, 0x80, 0x0A]),
    OddFile("cut in a character", Array("a,b\n1,Ярослав".utf8.dropLast())),
    OddFile("only high bytes", [UInt8](repeating: 0xE0, count: 300)), OddFile("one high byte", [0xFF]),
    OddFile(
      "windows-1251",
      [0xE3, 0xEE, 0xF0, 0xEE, 0xE4, 0x3B, 0x61, 0x0A, 0xD2, 0xF3, 0xEB, 0xE0, 0x3B, 0x31, 0x0A]),
    OddFile(
      "windows-1251 hole", [0xE3, 0xEE, 0xF0, 0xEE, 0xE4, 0x0A, 0x98, 0x0A, 0xD2, 0xF3, 0xEB, 0xE0, 0x0A]),
    OddFile("Latin-1", [0x63, 0x61, 0x66, 0xE9, 0x2C, 0x31, 0x0A, 0x6E, 0x61, 0xEF, 0x66, 0x2C, 0x32, 0x0A]),
  ]

  private static let binaries =
    [
      OddFile("NUL", [0]), OddFile("NULs", [UInt8](repeating: 0, count: 100)),
      OddFile("NUL in a field", "a,b\n1,\0\n"),
      OddFile("NUL at the end", "a,b\n1,2\n\0"),
      OddFile("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]),
      OddFile("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10]), OddFile("PDF", "%PDF-1.7\n%âãÏÓ\n"),
      OddFile("ZIP", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]), OddFile("gzip mark", [0x1F, 0x8B]),
      OddFile("gzip broken", [0x1F, 0x8B, 0x08, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      OddFile("gzip of nothing", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      OddFile("all bytes", Array(0...255)), OddFile("all bytes but NUL", Array(1...255)),
      OddFile("controls", [UInt8](repeating: 1, count: 500)),
      OddFile("DEL", [UInt8](repeating: 0x7F, count: 50)),
    ]
    + (1...20).map { seed in OddFile("noise \(seed)", noise(seed: UInt64(seed), count: 200 * seed, low: 0)) }
    + (1...20).map { seed in
      OddFile("noise without NUL \(seed)", noise(seed: UInt64(seed), count: 200 * seed, low: 1))
    }
    + (1...60).map { seed in OddFile("csv noise \(seed)", csvNoise(seed: UInt64(seed), count: 40 * seed)) }

  private static let long = [
    OddFile(
      "wide",
      (1...3000).map { "c\($0)" }.joined(separator: ",") + "\n"
        + [String](repeating: "1", count: 3000).joined(separator: ",") + "\n"),
    OddFile("too wide", String(repeating: ",", count: 20_000) + "\n"),
    OddFile("long line", [UInt8](repeating: 0x61, count: 3 << 20)),
    OddFile(
      "long field", Array("a,b\n1,".utf8) + [UInt8](repeating: 0x78, count: 2 << 20) + Array("\n3,4\n".utf8)),
    OddFile(
      "long quoted field",
      Array("a,b\n1,\"".utf8) + [UInt8](repeating: 0x0A, count: 2 << 20) + Array("\"\n3,4\n".utf8)),
    OddFile("long unclosed quote", Array("a,b\n1,\"".utf8) + [UInt8](repeating: 0x0A, count: 2 << 20)),
    OddFile("many quotes", Array("a,b\n".utf8) + (0..<200_000).flatMap { _ in Array("\"\n".utf8) }),
    OddFile("many newlines", [UInt8](repeating: 0x0A, count: 2 << 20) + Array("a,b\n1,2\n".utf8)),
  ]

  static func noise(seed: UInt64, count: Int, low: UInt8) -> [UInt8] {
    var state = SplitMix(state: seed)
    return (0..<count).map { _ in UInt8.random(in: low...255, using: &state) }
  }

  /// Bytes that matter to a reader of delimited text, in any order.
  static func csvNoise(seed: UInt64, count: Int) -> [UInt8] {
    var state = SplitMix(state: seed &+ 1000)
    let alphabet = Array("aЖ1,,;\t|\"\"'\n\n\r. -(%₽\u{A0}0".utf8)
    return (0..<count).map { _ in alphabet.randomElement(using: &state)! }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same odd files on every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
