/// A cell of a table on a slide.
struct TableCell: Sendable, Equatable {
  var text: String
  var bold = false
  var colour: DeckColour = .ink
  var fill: DeckColour? = nil
  var alignment: TextParagraph.Alignment = .left

  init(
    _ text: String, bold: Bool = false, colour: DeckColour = .ink, fill: DeckColour? = nil,
    alignment: TextParagraph.Alignment = .left
  ) {
    self.text = text
    self.bold = bold
    self.colour = colour
    self.fill = fill
    self.alignment = alignment
  }
}

/// A real table: a heading, rows, a rule under each. DrawingML, ECMA-376 part 1, 21.1.3.
struct TableMarkup: Sendable {
  let heading: [TableCell]
  let rows: [[TableCell]]
  /// In EMU, as are the heights.
  let widths: [Int]
  let headingHeight: Int
  let rowHeight: Int
  let size: Double
  let language: String
  /// In a heat table cells touch; else rows are set apart by rules.
  var isHeat = false

  static let insetX = 5.0
  static let insetY = 2.0

  var markup: Markup {
    Markup(
      "a:graphicData", ["uri": "http://schemas.openxmlformats.org/drawingml/2006/table"],
      [
        Markup(
          "a:tbl", [:],
          [
            Markup("a:tblPr", ["firstRow": "1"]),
            Markup("a:tblGrid", [:], widths.map { Markup("a:gridCol", ["w": String($0)]) }),
            row(heading.map { Self.heading($0) }, height: headingHeight, isHeading: true),
          ] + rows.map { row($0, height: rowHeight, isHeading: false) })
      ])
  }

  private static func heading(_ cell: TableCell) -> TableCell {
    var copy = cell
    copy.bold = true
    return copy
  }

  private func row(_ cells: [TableCell], height: Int, isHeading: Bool) -> Markup {
    Markup("a:tr", ["h": String(height)], cells.map { cell($0, isHeading: isHeading) })
  }

  private func cell(_ cell: TableCell, isHeading: Bool) -> Markup {
    let body = TextBody(
      paragraphs: [TextParagraph(cell.text, bold: cell.bold, alignment: cell.alignment)], size: size,
      colour: cell.colour, language: language)
    let none = [DeckColour.noFill]
    let below = isHeading ? DeckColour.quiet : isHeat ? .paper : .rule
    let (x, y) = (Int(Self.insetX) * Box.point, Int(Self.insetY) * Box.point)
    func border(_ name: String, _ colour: DeckColour?, _ points: Double) -> Markup {
      Markup(
        name, ["w": String(Int(points * Double(Box.point)))],
        colour.map { [$0.fill] } ?? none)
    }
    return Markup(
      "a:tc", [:],
      [
        body.cellMarkup,
        Markup(
          "a:tcPr",
          ["marL": String(x), "marR": String(x), "marT": String(y), "marB": String(y), "anchor": "ctr"],
          [
            border("a:lnL", isHeat && !isHeading ? .paper : nil, isHeat ? 1.5 : 0),
            border("a:lnR", isHeat && !isHeading ? .paper : nil, isHeat ? 1.5 : 0),
            border("a:lnT", isHeat && !isHeading ? .paper : nil, isHeat ? 1.5 : 0),
            border("a:lnB", below, isHeading ? 1 : isHeat ? 1.5 : 0.5),
            cell.fill?.fill ?? DeckColour.noFill,
          ]),
      ])
  }
}
