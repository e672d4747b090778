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
    let text = Array(try plain(value).utf8)
    var out: [UInt8] = []
    out.reserveCapacity(text.count + text.count / 16)
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        out += Array("\\u00".utf8) + Array(String(byte, radix: 16).utf8)
      // U+2028 and U+2029
      case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8:
        out += Array((text[index + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
        index += 2
      default: out.append(byte)
      }
      index += 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}
