/// How wide a text is, so that it can be fitted before anybody opens the deck.
///
/// Widths are Arial's (`FontWidths`). A theme or template with another font is measured by the same table, times a
/// factor: known for common fonts, generous for unknown ones.
struct FontMetrics: Sendable, Equatable {
  /// Width of the font's letters against Arial's.
  let factor: Double

  /// Of the size: Arial's ascent, descent and line gap, as PowerPoint and LibreOffice set lines.
  static let lineHeight = 1.17

  static let arial = FontMetrics(factor: 1)

  init(factor: Double) { self.factor = factor }

  /// The average width of running Latin and Cyrillic text against Arial's, rounded up.
  init(font: String) {
    switch font.lowercased() {
    case "arial", "liberation sans", "helvetica", "arimo", "nimbus sans": factor = 1
    case "calibri", "carlito", "arial narrow", "liberation sans narrow", "times new roman",
      "liberation serif", "cambria":
      factor = 1
    case "segoe ui", "tahoma", "roboto", "inter", "open sans": factor = 1.08
    case "verdana", "dejavu sans": factor = 1.22
    default: factor = 1.15
    }
  }

  /// In points.
  func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    var units = 0
    for scalar in text.unicodeScalars { units += Self.advance(scalar.value, bold ? Self.bold : Self.regular) }
    return Double(units) * size / Double(FontWidths.unitsPerEm) * factor
  }

  /// Lines of the text in a column this wide, broken between words; words longer than a line are broken inside.
  func lines(_ text: String, size: Double, bold: Bool = false, width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true).map(String.init) {
      let longer = line.isEmpty ? word : line + " " + word
      if self.width(longer, size: size, bold: bold) <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = word
      while self.width(line, size: size, bold: bold) > width, line.count > 1 {
        let head = prefix(of: line, size: size, bold: bold, width: width)
        lines.append(head)
        line = String(line.dropFirst(head.count))
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The text, cut with "…" where it is wider.
  func cut(_ text: String, size: Double, bold: Bool = false, width: Double) -> String {
    guard self.width(text, size: size, bold: bold) > width else { return text }
    let room = width - self.width("…", size: size, bold: bold)
    return prefix(of: text, size: size, bold: bold, width: max(0, room)).trimmingSuffix(" ") + "…"
  }

  private func prefix(of text: String, size: Double, bold: Bool, width: Double) -> String {
    var head = ""
    var used = 0.0
    for character in text {
      used += self.width(String(character), size: size, bold: bold)
      if used > width, !head.isEmpty { break }
      head.append(character)
    }
    return head
  }

  private static let regular = table(FontWidths.regular)
  private static let bold = table(FontWidths.bold)

  private static func table(_ ranges: [(first: UInt32, widths: [UInt16])]) -> [UInt16] {
    var table = [UInt16](repeating: 0, count: 0x2300)
    for range in ranges {
      for (offset, width) in range.widths.enumerated() { table[Int(range.first) + offset] = width }
    }
    return table
  }

  private static func advance(_ code: UInt32, _ table: [UInt16]) -> Int {
    if code < table.count, table[Int(code)] > 0 { return Int(table[Int(code)]) }
    // Marks that stand above a letter, and joiners.
    if (0x300...0x36F).contains(code) || (0x200B...0x200D).contains(code) || (0xFE00...0xFE0F).contains(code)
    {
      return 0
    }
    // Thin and no-break spaces.
    if (0x2000...0x200A).contains(code) || code == 0x202F { return 600 }
    // Emoji and far scripts are about as wide as high; other letters no wider than "W".
    return code >= 0x2300 ? 2_600 : 1_900
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var copy = self
    while copy.last == character { copy.removeLast() }
    return copy
  }
}
