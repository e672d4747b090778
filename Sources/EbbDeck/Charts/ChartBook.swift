/// The workbook behind a chart: where every series finds its names, values and intervals.
struct ChartBook: Sendable {
  /// A column of figures in the sheet, and the same figures for the chart's own copy.
  struct Figures: Sendable {
    let range: String
    let values: [Double?]
  }
  struct Column: Sendable {
    let name: String
    let nameRange: String
    let values: Figures
    let xValues: Figures?
    let plus: Figures?
    let minus: Figures?
  }
  let book: EmbeddedBook
  let categoryRange: String
  let columns: [Column]

  /// - Parameter words: the sheet's name, and what follows a series' name above the distances to its interval's ends.
  init(_ chart: NativeChart, sheet: String, words: ChartBookWords) {
    let rowCount = max(chart.categories.count, chart.series.map(\.values.count).max() ?? 0)
    var heading = [chart.categoryTitle]
    var columns: [[EmbeddedBook.Cell]] = [
      (0..<rowCount).map { $0 < chart.categories.count ? .text(chart.categories[$0]) : .empty }
    ]
    let empty = EmbeddedBook(sheet: sheet, heading: [], rows: [])
    func place(_ title: String, _ values: [Double?]) -> Figures {
      heading.append(title)
      columns.append((0..<rowCount).map { $0 < values.count ? EmbeddedBook.Cell(values[$0]) : .empty })
      return Figures(
        range: empty.range(column: columns.count - 1, rows: 1...max(1, values.count)), values: values)
    }
    var made: [Column] = []
    for series in chart.series {
      let x = chart.kind == .scatter ? place(series.name + words.across, series.xValues) : nil
      let values = place(series.name, series.values)
      let nameColumn = columns.count - 1
      // A scatter's intervals lie along x.
      let centre = chart.kind == .scatter ? series.xValues : series.values
      func distances(_ ends: [Double?], _ sign: Double) -> [Double?] {
        zip(centre, ends).map { value, end in
          value.flatMap { value in end.map { max(0, sign * ($0 - value)) } }
        }
      }
      let plus = series.high.map { place(series.name + words.plus, distances($0, 1)) }
      let minus = series.low.map { place(series.name + words.minus, distances($0, -1)) }
      made.append(
        Column(
          name: series.name, nameRange: empty.range(column: nameColumn, rows: 0...0), values: values,
          xValues: x,
          plus: plus, minus: minus))
    }
    let all = columns
    book = EmbeddedBook(
      sheet: sheet, heading: heading, rows: (0..<rowCount).map { row in all.map { $0[row] } })
    categoryRange = empty.range(column: 0, rows: 1...max(1, chart.categories.count))
    self.columns = made
  }
}

/// What stands above the helping columns of a chart's workbook.
struct ChartBookWords: Sendable {
  let across: String
  let plus: String
  let minus: String
}
