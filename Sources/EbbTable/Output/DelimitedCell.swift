/// A text as a cell of a CSV file that people open in a spreadsheet.
public enum DelimitedCell {
  /// In quotes where commas, quotes or line ends ask for them; what a spreadsheet would take for a formula gets an
  /// apostrophe first.
  public static func text(_ text: String) -> String {
    var text = text
    if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) { text = "'" + text }
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
