/// A piece of text with one look.
struct TextRun: Sendable, Equatable {
  var text: String
  var bold = false
  var colour: DeckColour? = nil
  /// In points; `nil` for the box's.
  var size: Double? = nil
}

struct TextParagraph: Sendable, Equatable {
  enum Alignment: String, Sendable {
    case left = "l"
    case centre = "ctr"
    case right = "r"
  }
  var runs: [TextRun]
  var isBullet = false
  var alignment: Alignment = .left
  /// Above it, in points.
  var space: Double = 0

  init(
    _ text: String, bold: Bool = false, colour: DeckColour? = nil, size: Double? = nil, bullet: Bool = false,
    alignment: Alignment = .left, space: Double = 0
  ) {
    runs = [TextRun(text: text, bold: bold, colour: colour, size: size)]
    isBullet = bullet
    self.alignment = alignment
    self.space = space
  }

  init(_ runs: [TextRun], bullet: Bool = false, alignment: Alignment = .left, space: Double = 0) {
    self.runs = runs
    isBullet = bullet
    self.alignment = alignment
    self.space = space
  }

  var text: String { runs.map(\.text).joined() }
}

/// Text with its size, inside a box or a cell. Nothing shrinks or grows by itself: what is written was measured.
struct TextBody: Sendable {
  enum Anchor: String, Sendable {
    case top = "t"
    case middle = "ctr"
    case bottom = "b"
  }
  /// Space for a bullet, in points.
  static let indent = 14.0

  var paragraphs: [TextParagraph]
  var size: Double
  var colour: DeckColour = .ink
  var anchor: Anchor = .top
  /// Between the border and the text, in points.
  var insetX: Double = 0
  var insetY: Double = 0
  /// Colour, weight, anchor and insets are the placeholder's; only the size is ours.
  var inheritsLook = false
  let language: String

  func markup(_ name: String) -> Markup {
    Markup(
      name, [:],
      [
        inheritsLook
          ? Markup("a:bodyPr", [:], [Markup("a:noAutofit")])
          : Markup(
            "a:bodyPr",
            [
              "wrap": "square", "lIns": units(insetX), "tIns": units(insetY), "rIns": units(insetX),
              "bIns": units(insetY), "anchor": anchor.rawValue,
            ], [Markup("a:noAutofit")]),
        Markup("a:lstStyle"),
      ] + inner)
  }

  /// In a table's cell, whose insets and anchor stand elsewhere.
  var cellMarkup: Markup { Markup("a:txBody", [:], [Markup("a:bodyPr"), Markup("a:lstStyle")] + inner) }

  private var inner: [Markup] {
    (paragraphs.isEmpty ? [TextParagraph("")] : paragraphs).map(paragraph)
  }

  private func paragraph(_ paragraph: TextParagraph) -> Markup {
    var properties = Markup("a:pPr")
    if paragraph.isBullet {
      properties = properties.adding("marL", units(Self.indent)).adding("indent", "-" + units(Self.indent))
    } else {
      properties = properties.adding("marL", "0").adding("indent", "0")
    }
    if !inheritsLook { properties = properties.adding("algn", paragraph.alignment.rawValue) }
    properties = properties.appending([
      Markup("a:lnSpc", [:], [Markup("a:spcPct", val: "100000")]),
      Markup("a:spcBef", [:], [Markup("a:spcPts", val: String(Int(paragraph.space * 100)))]),
      Markup("a:spcAft", [:], [Markup("a:spcPts", val: "0")]),
      paragraph.isBullet ? Markup("a:buFont", ["typeface": "Arial"]) : nil,
      paragraph.isBullet ? Markup("a:buChar", ["char": "•"]) : Markup("a:buNone"),
    ])
    let runs = paragraph.runs.filter { !$0.text.isEmpty }
    return Markup(
      "a:p", [:],
      [properties] + runs.map(run)
        + (runs.isEmpty ? [Markup("a:endParaRPr", ["lang": language, "sz": hundredths(size)])] : []))
  }

  private func run(_ run: TextRun) -> Markup {
    var properties = Markup("a:rPr", ["lang": language, "sz": hundredths(run.size ?? size)])
    if !inheritsLook {
      properties = properties.adding("b", run.bold ? "1" : "0").adding("dirty", "0")
      properties = properties.appending([(run.colour ?? colour).fill])
    }
    return Markup("a:r", [:], [properties, Markup("a:t", text: run.text)])
  }

  private func units(_ points: Double) -> String { String(Int((points * Double(Box.point)).rounded())) }
  private func hundredths(_ points: Double) -> String { String(Int((points * 100).rounded())) }
}

extension TextBody {
  /// Height of the text in a column this wide, in points.
  func height(width: Double, metrics: FontMetrics) -> Double {
    paragraphs.enumerated().reduce(2 * insetY) { total, item in
      let paragraph = item.element
      let size = paragraph.runs.map { $0.size ?? self.size }.max() ?? self.size
      let bold = paragraph.runs.contains(where: \.bold)
      let room = width - 2 * insetX - (paragraph.isBullet ? Self.indent : 0)
      let lines = metrics.lines(paragraph.text, size: size, bold: bold, width: max(1, room)).count
      return total + Double(lines) * size * FontMetrics.lineHeight + (item.offset > 0 ? paragraph.space : 0)
    }
  }

  func fits(_ box: Box, metrics: FontMetrics) -> Bool {
    let points = Double(Box.point)
    return height(width: Double(box.width) / points, metrics: metrics) <= Double(box.height) / points
  }
}
