/// An element of XML: name, attributes in order, children. Texts and values are escaped when they are written, so no
/// name from a table can become markup.
struct Markup: Sendable {
  enum Node: Sendable {
    case element(Markup)
    case text(String)
    /// Markup taken from a template, well-formed already.
    case raw([UInt8])
  }
  let name: String
  private(set) var attributes: [(name: String, value: String)]
  private(set) var children: [Node]

  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup?] = []) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.children = children.compactMap { $0.map(Node.element) }
  }

  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    children = [.text(text)]
  }

  /// `<c:gapWidth val="50"/>`
  init(_ name: String, val: String) { self.init(name, ["val": val]) }

  func adding(_ name: String, _ value: String) -> Markup {
    var copy = self
    copy.attributes.append((name, value))
    return copy
  }

  func appending(_ more: [Markup?]) -> Markup {
    var copy = self
    copy.children += more.compactMap { $0.map(Node.element) }
    return copy
  }

  func appending(raw: [UInt8]) -> Markup {
    var copy = self
    copy.children.append(.raw(raw))
    return copy
  }

  /// The element as a whole file.
  func document() -> [UInt8] {
    var out = Array(#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.utf8)
    out.append(UInt8(ascii: "\n"))
    write(to: &out)
    return out
  }

  func write(to out: inout [UInt8]) {
    out.append(UInt8(ascii: "<"))
    out += name.utf8
    for attribute in attributes {
      out.append(UInt8(ascii: " "))
      out += attribute.name.utf8
      out += "=\"".utf8
      Self.escape(attribute.value, to: &out)
      out.append(UInt8(ascii: "\""))
    }
    if children.isEmpty {
      out += "/>".utf8
      return
    }
    out.append(UInt8(ascii: ">"))
    for child in children {
      switch child {
      case .element(let element): element.write(to: &out)
      case .text(let text): Self.escape(text, to: &out)
      case .raw(let bytes): out += bytes
      }
    }
    out += "</".utf8
    out += name.utf8
    out.append(UInt8(ascii: ">"))
  }

  private static func escape(_ text: String, to out: inout [UInt8]) {
    for byte in allowed(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case UInt8(ascii: "\""): out += "&quot;".utf8
      default: out.append(byte)
      }
    }
  }

  /// The text without what XML 1.0 cannot hold; line breaks and tabs become spaces, for no name has lines.
  static func allowed(_ text: String) -> String {
    var clean = true
    for byte in text.utf8 where byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xEF {
      clean = false
      break
    }
    if clean { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85: out.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: break
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
