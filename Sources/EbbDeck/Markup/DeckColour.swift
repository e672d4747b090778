/// A colour on a slide: one of the theme's, perhaps lighter or darker, or a fixed one.
struct DeckColour: Sendable, Equatable {
  enum Base: Sendable, Equatable {
    /// "tx1", "bg1", "accent2"
    case scheme(String)
    /// "0072B2"
    case fixed(String)
  }
  let base: Base
  /// Share of the luminance kept, and added, in thousandths of a percent.
  var modulation: Int? = nil
  var offset: Int? = nil

  static func scheme(_ name: String) -> DeckColour { DeckColour(base: .scheme(name)) }
  static func fixed(_ rgb: String) -> DeckColour { DeckColour(base: .fixed(rgb)) }

  /// Running text and its background.
  static let ink = scheme("tx1")
  static let quiet = scheme("tx2")
  static let paper = scheme("bg1")
  /// Behind cards and headings of tables.
  static let panel = DeckColour(base: .scheme("bg1"), modulation: 95_000)
  /// Rules and grid lines.
  static let rule = DeckColour(base: .scheme("bg1"), modulation: 80_000)
  /// Bars that are there for comparison.
  static let backdrop = DeckColour(base: .scheme("bg1"), modulation: 70_000)
  /// What holds: stayed, gain.
  static let calm = scheme("accent1")
  /// What leaves: risk, loss, and what a slide points to.
  static let alarm = scheme("accent2")
  /// The same for text, dark enough on cards too.
  static let alarmText = DeckColour(base: .scheme("accent2"), modulation: 85_000)
  static let third = scheme("accent3")
  static let fourth = scheme("accent4")

  var markup: Markup {
    var tints: [Markup] = []
    if let modulation { tints.append(Markup("a:lumMod", val: String(modulation))) }
    if let offset { tints.append(Markup("a:lumOff", val: String(offset))) }
    return switch base {
    case .scheme(let name): Markup("a:schemeClr", ["val": name], tints)
    case .fixed(let rgb): Markup("a:srgbClr", ["val": rgb], tints)
    }
  }

  var fill: Markup { Markup("a:solidFill", [:], [markup]) }

  static let noFill = Markup("a:noFill")

  /// A line of this colour.
  func line(points: Double, dashed: Bool = false) -> Markup {
    Markup(
      "a:ln", ["w": String(Int(points * Double(Box.point))), "cap": "flat"],
      [fill, dashed ? Markup("a:prstDash", val: "dash") : nil, Markup("a:round")])
  }

  static let noLine = Markup("a:ln", [:], [noFill])
}
