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

  /// The same of bytes, written to the end of `line`.
  public static func append(_ text: ArraySlice<UInt8>, to line: inout [UInt8]) {
    var isPlain = true
    for byte in text where byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { isPlain = false }
    if !isPlain { line.append(0x22) }
    switch text.first {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: line.append(0x27)
    default: break
    }
    if isPlain {
      line += text
    } else {
      for byte in text {
        line.append(byte)
        if byte == 0x22 { line.append(byte) }
      }
      line.append(0x22)
    }
  }
}
