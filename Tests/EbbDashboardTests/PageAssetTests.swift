import Testing

@testable import EbbDashboard

@Suite struct PageAssetTests {
  /// `printf abc | openssl dgst -sha256 -binary | base64`
  @Test func theHashIsSHA256() {
    #expect(PageAsset(text: "abc").hash == "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='")
    #expect(PageAsset(text: "").hash == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='")
  }

  /// Python: `base64.b64encode(zlib.compress(b"abc", 9))`
  @Test func whatIsLongIsDeflated() {
    #expect(PageAsset(text: "abc").packed == "eNpLTEoGAAJNASc=")
    #expect(PageAsset(text: "").packed == "eNoDAAAAAAE=")
    #expect(PageAsset.script.packed.utf8.count < PageAsset.script.text.utf8.count / 2)
  }

  @Test func ourOwnFilesAreThere() {
    for asset in [PageAsset.markup, .style, .script] { #expect(asset.text.count > 100) }
  }

  /// Nothing inside an element may end it.
  @Test func noFileEndsItsElement() {
    for asset in [PageAsset.script, PageAsset.drawing].compactMap(\.self) {
      #expect(!asset.text.lowercased().contains("</script"))
      #expect(!asset.text.contains("<!--"))
    }
    #expect(!PageAsset.style.text.lowercased().contains("</style"))
  }

  @Test(arguments: [("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("", ""), ("Омск", "Омск")])
  func markupIsEscaped(text: String, escaped: String) {
    #expect(MarkupText.escaped(text) == escaped)
  }
}
