/// How many terminal cells a text takes: combining marks take none, East Asian wide letters and emoji two.
public enum DisplayWidth {
  public static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.properties.isEmojiPresentation || isWide(first.value) { return 2 }
    if first.properties.generalCategory == .control { return 0 }
    return first.properties.canonicalCombiningClass == .notReordered ? 1 : 0
  }

  private static func isWide(_ code: UInt32) -> Bool {
    switch code {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// `text` cut to `width` cells, with an ellipsis where something was cut.
  public static func truncate(_ text: String, to width: Int) -> String {
    guard of(text) > width, width > 0 else { return text }
    var out = ""
    var used = 0
    for character in text {
      let size = of(character)
      if used + size > width - 1 { break }
      out.append(character)
      used += size
    }
    return out + "…"
  }
}
