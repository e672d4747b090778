import EbbCharts
import Foundation
import Testing

@Suite struct JSONTextTests {
  @Test(arguments: ["</script>", "\u{2028}\u{2029}", "\"\\\u{0}\n", "🏦\u{202E}"])
  func anyTextReadsBack(_ text: String) throws {
    let written = try JSONText.plain(["text": text])
    #expect(try JSONDecoder().decode([String: String].self, from: Data(written.utf8)) == ["text": text])
  }

  @Test func keysAreSorted() throws {
    #expect(try JSONText.plain(["b": 1, "a": 0.1]) == "{\"a\":0.1,\"b\":1}")
  }
}
