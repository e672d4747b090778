import EbbCharts
public import EbbStudy
public import EbbWords
import Foundation

/// The dashboard: one HTML file that loads nothing.
public enum DashboardFile {
  public static let name = "dashboard.html"

  /// The page of a study, both languages inside, `language` shown first. The same study is the same bytes.
  ///
  /// The policy forbids every request; only our own script and style may run, known by their hashes. Vega's expressions
  /// are interpreted, not compiled, so nothing is evaluated. Data stand in script elements that are not run, in base64, so
  /// that nothing in them can end their element: texts and the drawing library deflated, cells as they are.
  ///
  /// - Throws: where the study cannot be encoded.
  public static func make(_ study: Study, language: Language) throws -> [UInt8] {
    let data = PageAsset(text: try JSONText.plain(PageData(study, language: language).json)).packed
    let cells = Data(CubeData(study)?.bytes ?? []).base64EncodedString()
    let scripts = [PageAsset(text: program)] + [PageAsset.drawing].compactMap(\.self)
    let policy =
      "default-src 'none'; script-src \(scripts.map(\.hash).joined(separator: " ")); "
      + "style-src \(PageAsset.style.hash); img-src data: blob:; base-uri 'none'; form-action 'none'"
    let title = MarkupText.escaped(DashboardWords(language).heading(study))
    var page = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <style>\(PageAsset.style.text)</style>
      </head>
      <body>
      \(PageAsset.markup.text)

      """
    let needs = Language.allCases.map { language in
      "<p lang=\"\(language.rawValue)\">\(MarkupText.escaped(DashboardWords(language).needs))</p>"
    }.joined()
    page +=
      "<div id=\"needs\" hidden>\(needs)</div>\n<noscript lang=\"\(language.rawValue)\">\(needs)</noscript>\n"
    func carry(_ id: String, _ text: String) {
      page += "<script type=\"application/octet-stream\" id=\"\(id)\">\(text)</script>\n"
    }
    carry("data", data)
    carry("cells", cells)
    page += "<script>\(program)</script>\n"
    if let drawing = PageAsset.drawing { carry("drawing", drawing.packed) }
    page += "</body>\n</html>\n"
    return Array(page.utf8)
  }

  private static var program: String { "'use strict';\n(() => {\n" + PageAsset.script.text + "})();\n" }
}
