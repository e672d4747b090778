import EbbStatistics
import EbbWords

/// A table with a bar for each row beside it: figures to read, lengths to compare, whiskers for the interval.
extension SlideComposer {
  struct BarRow: Sendable {
    let label: String
    let value: Double?
    let low: Double?
    let high: Double?
    /// Cells after the label.
    let cells: [String]
    var colour: DeckColour = .calm
    var isBold = false
  }

  /// - Parameters:
  ///   - columns: the label's and the cells'; shares of the part left of the bars.
  ///   - tableShare: what part of the box's width the table takes.
  func tableBars(
    _ rows: [BarRow], columns: [TableColumn], in box: Box, tableShare: Double, series: String,
    categoryTitle: String,
    format: String = "0.0%", alternative: String, minimum: Double? = 0, maximum: Double? = nil,
    isForest: Bool = false,
    spanWidth: Double = 2.5, tallest: Double = 0.62
  ) -> (elements: [Slide.Element], shown: Int) {
    let (left, right) = box.left(Int(Double(box.width) * tableShare), gap: Self.gap / 2)
    let cells = rows.map { row in
      [TableCell(row.label, bold: row.isBold)]
        + row.cells.enumerated().map {
          TableCell(
            $0.element, bold: row.isBold,
            alignment: columns.indices.contains($0.offset + 1) ? columns[$0.offset + 1].alignment : .right)
        }
    }
    let table = table(
      columns, cells, in: left, name: "Table", alternative: alternative, tallest: tallest)
    let shown = Array(rows.prefix(table.shown))
    let hasIntervals = shown.contains { $0.low != nil && $0.high != nil }
    let edge = maximum ?? (shown.flatMap { [$0.value, $0.high] }.compactMap(\.self).max() ?? 1) * 1.03
    var chart: NativeChart
    if isForest {
      let count = Double(shown.count)
      var points = NativeChart.Series(
        name: series, values: shown.indices.map { count - Double($0) }, xValues: shown.map(\.value),
        colour: .ink)
      points.hasMarkers = true
      for (index, row) in shown.enumerated() { points.pointColours[index] = row.colour }
      // A line from end to end for each row, with a gap after it: an interval that every program draws.
      var spans = NativeChart.Series(name: words.intervalSeries, values: [], colour: .ink)
      (spans.isJoined, spans.width) = (true, spanWidth)
      for (index, row) in shown.enumerated() {
        guard let low = row.low, let high = row.high else { continue }
        let height = count - Double(index)
        spans.xValues += [low, high, high]
        spans.values += [height, height, nil]
      }
      if spanWidth > 6 { spans.colour = .calm }
      var zero = NativeChart.Series(
        name: "0", values: [0.5, count + 0.5], xValues: [0, 0], colour: .quiet, isDashed: true, isJoined: true
      )
      zero.width = 1
      chart = NativeChart(
        kind: .scatter, categoryTitle: categoryTitle, categories: shown.map(\.label),
        series: [spans, zero, points].filter { !$0.values.isEmpty })
      chart.valueAxis = .init(minimum: 0.5, maximum: count + 0.5, isHidden: true)
      chart.categoryAxis = .init(minimum: minimum, maximum: edge, isHidden: true)
    } else {
      var bars = NativeChart.Series(name: series, values: shown.map(\.value), colour: .calm)
      if hasIntervals {
        bars.low = shown.map(\.low)
        bars.high = shown.map(\.high)
      }
      for (index, row) in shown.enumerated() where row.colour != .calm {
        bars.pointColours[index] = row.colour
      }
      chart = NativeChart(
        kind: .bars, categoryTitle: categoryTitle, categories: shown.map(\.label), series: [bars])
      chart.valueAxis = .init(format: format, minimum: minimum, maximum: edge, isHidden: true)
      chart.categoryAxis = .init(hasNames: false)
      chart.gap = 70
    }
    chart.labelFormat = format
    chart.fillsFrame = true
    let frame = Box(x: right.x, y: table.rowsBox.y, width: right.width, height: table.rowsBox.height)
    return (
      [
        table.element,
        Slide.Element(name: "Chart", box: frame, content: .chart(chart), alternative: alternative),
      ], table.shown
    )
  }

  /// A row of a share with its interval.
  func row(
    _ label: String, _ churn: Proportion, cells: [String], colour: DeckColour = .calm, isBold: Bool = false
  )
    -> BarRow
  {
    BarRow(
      label: label, value: churn.estimate, low: churn.interval?.low, high: churn.interval?.high, cells: cells,
      colour: colour, isBold: isBold)
  }
}
