import EbbCharts
public import EbbStudy
public import EbbWords

/// The dashboard: one HTML file that loads nothing.
public enum DashboardFile {
  public static let name = "dashboard.html"

  /// The page of a study, both languages inside, `language` shown first. The same study is the same bytes.
  ///
  /// The policy forbids every request; only our own script and style may run, known by their hashes. Vega's expressions
  /// are interpreted, not compiled, so nothing is evaluated. Data stand in a script element that is not run, with
  /// everything escaped that could end it.
  ///
  /// - Throws: where the study cannot be encoded.
  public static func make(_ study: Study, language: Language) throws -> [UInt8] {
    let data = try JSONText.insideScript(PageData(study, language: language).json)
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
      <script type="application/json" id="data">
      """
    page += data
    page += "</script>\n"
    for script in scripts { page += "<script>\(script.text)</script>\n" }
    page += "</body>\n</html>\n"
    return Array(page.utf8)
  }

  private static var program: String { "'use strict';\n(() => {\n" + PageAsset.script.text + "})();\n" }
}
