/// Tables whose texts were measured: every cell in its width, rows of one height, the rest of the rows on another slide.
extension SlideComposer {
  struct TableColumn: Sendable {
    let heading: String
    var alignment: TextParagraph.Alignment = .left
    /// As wide as the others of its kind, as in a heat table.
    var isEven = false
  }

  struct FittedTable: Sendable {
    let element: Slide.Element
    /// Of each row, below the heading; for a chart in line with them.
    let rowsBox: Box
    let shown: Int
  }

  /// - Parameters:
  ///   - rowLimit: rows shown at most; more would be too thin to read.
  ///   - stretch: rows fill the box, up to a height that still looks like a table.
  func table(
    _ columns: [TableColumn], _ rows: [[TableCell]], in box: Box, name: String, alternative: String,
    isHeat: Bool = false, tallest: Double = 0.62, lines: Int = 1, sizes: [Double] = [16, 15, 14]
  ) -> FittedTable {
    let inset = 2 * TableMarkup.insetX + 2
    let whole = Double(box.width) / Double(Box.point)
    // The largest size at which every text stands in one line, else the smallest, with the widest texts cut.
    var size = sizes.last ?? Self.smallest
    var points: [Double] = []
    for candidate in sizes {
      size = candidate
      points = natural(columns, rows, size: candidate).map { $0 + inset }
      if points.reduce(0, +) <= whole { break }
    }
    let widths = spread(points, over: whole, columns).map { Int($0 * Double(Box.point)) }
    func room(_ column: Int) -> Double { Double(widths[column]) / Double(Box.point) - inset + 1 }
    // Where a text would be cut and the rows have room for a second line, it takes one.
    let isCut = rows.contains { row in
      row.enumerated().contains { column, cell in
        stage.bodyMetrics.width(cell.text, size: size, bold: cell.bold)
          > Double(widths[column]) / Double(Box.point) - inset + 1
      }
    }
    let twoLines = (2 * size * FontMetrics.lineHeight + 2 * TableMarkup.insetY + 2) * Double(Box.point)
    let headingRoom = 2.4 * size * FontMetrics.lineHeight * Double(Box.point)
    let lines =
      isCut && Double(rows.count) * twoLines + headingRoom <= Double(box.height) ? max(2, lines) : lines
    func needed(_ text: String, _ column: Int, _ size: Double, bold: Bool) -> Int {
      stage.bodyMetrics.lines(text, size: size, bold: bold, width: room(column)).count
    }
    let headingLines =
      columns.enumerated().map { needed($0.element.heading, $0.offset, size, bold: true) }.max() ?? 1
    let line = size * FontMetrics.lineHeight
    func height(_ count: Int) -> Int {
      Int((Double(count) * line + 2 * TableMarkup.insetY + 2) * Double(Box.point))
    }
    let headingHeight = height(min(2, headingLines))
    let most =
      rows.flatMap { row in
        row.enumerated().map { min(lines, needed($0.element.text, $0.offset, size, bold: $0.element.bold)) }
      }.max() ?? 1
    let least = height(max(1, most))
    let shown = max(1, min(rows.count, (box.height - headingHeight) / max(1, least)))
    let rowHeight = max(
      least, min(Int(tallest * Double(Box.inch)), (box.height - headingHeight) / max(1, shown)))
    let cut = rows.prefix(shown).map { row in
      row.enumerated().map { column, cell -> TableCell in
        var cell = cell
        cell.text = clipped(cell.text, size: size, bold: cell.bold, lines: lines, width: room(column))
        return cell
      }
    }
    let heading = columns.enumerated().map { column, item in
      TableCell(
        clipped(item.heading, size: size, bold: true, lines: 2, width: room(column)),
        alignment: item.alignment)
    }
    let markup = TableMarkup(
      heading: heading, rows: Array(cut), widths: widths, headingHeight: headingHeight, rowHeight: rowHeight,
      size: size, language: tag, isHeat: isHeat)
    let frame = Box(x: box.x, y: box.y, width: widths.reduce(0, +), height: headingHeight + rowHeight * shown)
    return FittedTable(
      element: Slide.Element(name: name, box: frame, content: .table(markup), alternative: alternative),
      rowsBox: Box(x: box.x, y: box.y + headingHeight, width: frame.width, height: rowHeight * shown),
      shown: shown)
  }

  /// What columns ask for: their widest cell, and a heading in two lines at most.
  private func natural(_ columns: [TableColumn], _ rows: [[TableCell]], size: Double) -> [Double] {
    var widths = columns.map { twoLines($0.heading, size: size) }
    for row in rows {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(
          widths[column], stage.bodyMetrics.width(cell.text, size: size, bold: cell.bold) + 1)
      }
    }
    let even = columns.indices.filter { columns[$0].isEven }
    let widest = even.map { widths[$0] }.max() ?? 0
    for column in even { widths[column] = widest }
    return widths
  }

  /// The least width in which a heading breaks once at most.
  private func twoLines(_ text: String, size: Double) -> Double {
    let words = text.split(separator: " ").map(String.init)
    func width(_ part: ArraySlice<String>) -> Double {
      stage.bodyMetrics.width(part.joined(separator: " "), size: size, bold: true)
    }
    return (1...max(1, words.count)).map {
      max(width(words.prefix($0)[...]), width(words.dropFirst($0)[...]))
    }.min()
      .map { $0 + 1 } ?? 0
  }

  /// What is over goes to all columns, texts first; what lacks is taken from the widest columns of text.
  private func spread(_ wanted: [Double], over whole: Double, _ columns: [TableColumn]) -> [Double] {
    var widths = wanted
    let spare = whole - wanted.reduce(0, +)
    if spare >= 0 {
      let even = columns.indices.filter { columns[$0].isEven }
      if !even.isEmpty {
        for column in even { widths[column] += spare * 0.9 / Double(even.count) }
        widths[0] += spare * 0.1
      } else {
        for column in widths.indices { widths[column] += spare * 0.5 / Double(widths.count) }
        widths[0] += spare * 0.5
      }
      return widths
    }
    var lacking = -spare
    let least = 60.0
    for _ in 0..<200 where lacking > 0.01 {
      let texts = widths.indices.filter { columns[$0].alignment == .left || columns[$0].isEven }
      let pool = texts.isEmpty ? Array(widths.indices) : texts
      guard let widest = pool.max(by: { widths[$0] < widths[$1] }), widths[widest] > least else { break }
      let step = min(lacking, max(1, widths[widest] - least), 6)
      widths[widest] -= step
      lacking -= step
    }
    // Nothing left to take from texts: all shrink alike.
    let total = widths.reduce(0, +)
    return total > whole ? widths.map { $0 * whole / total } : widths
  }

  func clipped(_ text: String, size: Double, bold: Bool, lines limit: Int, width: Double) -> String {
    let lines = stage.bodyMetrics.lines(text, size: size, bold: bold, width: width)
    guard lines.count > limit else { return text }
    return
      (lines.prefix(limit - 1) + [
        stage.bodyMetrics.cut(
          lines[(limit - 1)...].joined(separator: " "), size: size, bold: bold, width: width)
      ]).joined(separator: " ")
  }
}
