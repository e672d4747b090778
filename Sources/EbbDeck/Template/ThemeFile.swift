import EbbWords
import Foundation

/// A small file that says the deck's colours, fonts and logo; what it does not say stays Ebb's.
///
///     {"colours": {"text": "1B2733", "calm": "1F6FAE", "alarm": "C4501B"},
///      "fonts": {"heading": "Arial", "body": "Arial"}, "logo": "logo.png"}
enum ThemeFile {
  private struct Content: Decodable {
    struct Fonts: Decodable {
      let heading: String?
      let body: String?
    }
    let colours: [String: String]?
    let fonts: Fonts?
    let logo: String?
  }

  /// - Parameter path: also where the logo is looked for.
  static func read(_ path: String) throws(DeckError) -> DeckTheme {
    guard let data = FileManager.default.contents(atPath: path) else { throw .cannotRead(path: path) }
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: data)
    } catch {
      throw .badTheme(path: path, what: "JSON")
    }
    var theme = DeckTheme.ebb
    for (name, value) in (content.colours ?? [:]).sorted(by: { $0.key < $1.key }) {
      let rgb = value.hasPrefix("#") ? String(value.dropFirst()).uppercased() : value.uppercased()
      guard rgb.count == 6, UInt32(rgb, radix: 16) != nil, theme.set(name, rgb) else {
        throw .badTheme(path: path, what: "\(name): \(value)")
      }
    }
    // Text that cannot be read on the background helps nobody.
    for (name, rgb) in [
      ("text", theme.text), ("quiet", theme.quiet), ("calm", theme.calm), ("alarm", theme.alarm),
    ]
    where HeatShade.contrast(HeatShade.rgb(rgb), HeatShade.rgb(theme.background)) < 4.5 {
      throw .badTheme(path: path, what: "\(name) \(rgb) / background \(theme.background) < 4.5 : 1")
    }
    theme.headingFont = content.fonts?.heading ?? theme.headingFont
    theme.bodyFont = content.fonts?.body ?? theme.bodyFont
    if let logo = content.logo {
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      let place = logo.hasPrefix("/") || folder.isEmpty ? logo : folder + "/" + logo
      guard let bytes = FileManager.default.contents(atPath: place) else { throw .cannotRead(path: place) }
      guard let picture = DeckTheme.Logo([UInt8](bytes)) else { throw .badLogo(path: place) }
      theme.logo = picture
    }
    return theme
  }
}

extension DeckTheme {
  /// `false` for a name there is no colour of.
  fileprivate mutating func set(_ name: String, _ rgb: String) -> Bool {
    switch name {
    case "text": text = rgb
    case "background": background = rgb
    case "quiet": quiet = rgb
    case "panel": panel = rgb
    case "calm": calm = rgb
    case "alarm": alarm = rgb
    case "third": third = rgb
    case "fourth": fourth = rgb
    default: return false
    }
    return true
  }
}

extension DeckTheme.Logo {
  /// A PNG or JPEG with its size; `nil` for anything else.
  init?(_ bytes: [UInt8]) {
    func big(_ at: Int, _ count: Int) -> Int { bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) } }
    var size: (Int, Int)?
    var kind = "png"
    if bytes.count > 24, bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] {
      size = (big(16, 4), big(20, 4))
    } else if bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 {
      kind = "jpg"
      var at = 2
      while at + 9 < bytes.count, bytes[at] == 0xFF {
        let marker = bytes[at + 1]
        if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
          size = (big(at + 7, 2), big(at + 5, 2))
          break
        }
        at += 2 + big(at + 2, 2)
      }
    }
    guard let size, size.0 > 0, size.1 > 0 else { return nil }
    self.init(bytes: bytes, pathExtension: kind, width: size.0, height: size.1)
  }
}
