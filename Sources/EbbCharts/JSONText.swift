import Foundation

/// JSON as text: sorted keys, shortest digits that read back exactly.
public enum JSONText {
  /// The text as it stands in a file of its own.
  public static func plain(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The text as it may stand inside a page's script element: nothing in it can end the element, begin a comment or a
  /// line that scripts take for two. Every escape is JSON's own, so it reads back as it was.
  public static func insideScript(_ value: some Encodable) throws -> String {
    var out = ""
    let text = try plain(value)
    out.reserveCapacity(text.utf8.count + text.utf8.count / 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": out += "\\u003c"
      case ">": out += "\\u003e"
      case "&": out += "\\u0026"
      case "\u{2028}": out += "\\u2028"
      case "\u{2029}": out += "\\u2029"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
