import EbbCharts
import Foundation
import Testing

@Suite struct JSONTextTests {
  @Test(arguments: ["</script>", "<!--", "a & b", "\u{2028}\u{2029}", "\"\\\u{0}\n", "🏦\u{202E}"])
  func nothingEndsAScript(_ text: String) throws {
    let written = try JSONText.insideScript(["text": text])
    for character in ["<", ">", "&", "\u{2028}", "\u{2029}", "\n"] { #expect(!written.contains(character)) }
    #expect(try JSONDecoder().decode([String: String].self, from: Data(written.utf8)) == ["text": text])
  }

  @Test func keysAreSorted() throws {
    #expect(try JSONText.plain(["b": 1, "a": 0.1]) == "{\"a\":0.1,\"b\":1}")
  }
}
