import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// Churn: where it is high, by products, by city, by two attributes together.
extension SlideComposer {
  private var format: NumberFormat { words.format }

  private var churnColumns: [TableColumn] {
    [
      TableColumn(heading: label(.group)),
      TableColumn(heading: label(.clients), alignment: .right),
      TableColumn(heading: label(.churn), alignment: .right),
      TableColumn(heading: label(.interval), alignment: .right),
    ]
  }

  private func cells(_ churn: Proportion) -> [String] {
    [format.integer(churn.n), format.percent(churn.estimate), words.interval(churn)]
  }

  private func overall(_ churn: Proportion) -> BarRow {
    row(label(.allClients), churn, cells: cells(churn), colour: .backdrop, isBold: true)
  }

  /// Above the bank's rate for certain.
  private func colour(_ churn: Proportion, against overall: Proportion) -> DeckColour {
    guard let low = churn.interval?.low, let rate = overall.estimate else { return .calm }
    return low > rate ? .alarm : .calm
  }

  var churn: [Slide] {
    guard let said = words.churn, let chapter = words.study.churn else { return [] }
    let rows = words.standingOut.map {
      row(
        words.label($0), $0.level.churn, cells: cells($0.level.churn),
        colour: colour($0.level.churn, against: chapter.overall))
    }
    return [
      slide(said) { content in
        tableBars(
          [overall(chapter.overall)] + rows, columns: churnColumns, in: content, tableShare: 0.6,
          series: label(.churn), categoryTitle: label(.group), alternative: alternative(said)
        ).elements
      }
    ]
  }

  /// What a chart shows, for those who do not see it: the finding, and what is drawn.
  func alternative(_ said: SlideWords) -> String { (said.titles.first ?? "") + ". " + said.lead }

  var products: [Slide] {
    guard let said = words.products, let segments = words.study.segments,
      let overall = words.study.churn?.overall
    else { return [] }
    let groups = shownGroups(segments)
    // Many groups take the room of the points, which are in the notes too.
    let isLong = groups.count > 5
    let hasBalance = groups.contains { $0.balance?.share != nil }
    var columns = [
      TableColumn(heading: label(.group)),
      TableColumn(heading: label(.clients), alignment: .right),
      TableColumn(heading: label(.churn), alignment: .right),
      TableColumn(heading: label(.interval), alignment: .right),
      TableColumn(heading: label(.adjusted), alignment: .right),
    ]
    if hasBalance { columns.append(TableColumn(heading: label(.balanceShare), alignment: .right)) }
    let rows = groups.map { group -> BarRow in
      let adjusted = segments.adjustedProducts.first { $0.value == group.values[0] }
      var cells = cells(group.churn) + [format.percent(adjusted?.adjusted.estimate)]
      if hasBalance { cells.append(format.percent(group.balance?.share)) }
      return row(
        words.label(group.values[0], column: "", role: .products), group.churn, cells: cells,
        colour: colour(group.churn, against: overall))
    }
    return [
      slide(said) { content in
        let (top, below) = content.top(
          Int(Double(content.height) * (isLong ? 0.88 : 0.6)), gap: isLong ? Self.gap / 2 : Self.gap)
        let all = row(
          label(.allClients), overall,
          cells: cells(overall) + [""] + (hasBalance ? [""] : []), colour: .backdrop, isBold: true)
        return tableBars(
          rows + [all], columns: columns, in: top, tableShare: 0.68, series: label(.churn),
          categoryTitle: label(.group), alternative: alternative(said)
        ).elements
          + [points(isLong ? Array(said.points.prefix(1)) : said.points, in: below).element].compactMap(
            \.self)
      }
    ]
  }

  /// The largest groups by products where there are many, the most and the least stable among them.
  private func shownGroups(_ segments: Segments) -> [Segment] {
    let limit = 8
    guard segments.byProducts.count > limit else { return segments.byProducts }
    let named = [segments.stability?.most, segments.stability?.least].compactMap(\.self)
    let ranked = segments.byProducts.enumerated().sorted { first, second in
      let (one, other) = (named.contains(first.element.values[0]), named.contains(second.element.values[0]))
      if one != other { return one }
      return (first.element.n, second.offset) > (second.element.n, first.offset)
    }
    return ranked.prefix(limit).sorted { $0.offset < $1.offset }.map(\.element)
  }

  // MARK: Cities

  var cities: [Slide] {
    guard let said = words.cities, let by = words.study.churn?.by(.city),
      let overall = words.study.churn?.overall
    else { return [] }
    let rows = words.largestCities.map {
      row(
        words.label($0.value, column: by.attribute.column, role: .city), $0.churn,
        cells: [format.integer($0.n), format.percent($0.churn.estimate)],
        colour: colour($0.churn, against: overall))
    }
    let all = row(
      label(.allClients), overall, cells: [format.integer(overall.n), format.percent(overall.estimate)],
      colour: .backdrop, isBold: true)
    let columns = [
      TableColumn(heading: label(.group)),
      TableColumn(heading: label(.clients), alignment: .right),
      TableColumn(heading: label(.churn), alignment: .right),
    ]
    return [
      slide(said) { content in
        guard let city = words.cityDifference else {
          return tableBars(
            [all] + rows, columns: columns, in: content, tableShare: 0.6, series: label(.churn),
            categoryTitle: label(.group), alternative: alternative(said)
          ).elements
        }
        let (left, right) = content.left(Int(Double(content.width) * 0.55), gap: 2 * Self.gap)
        let (top, below) = right.top(Int(Double(right.height) * 0.58), gap: Self.gap / 2)
        return tableBars(
          [all] + rows, columns: columns, in: left, tableShare: 0.6, series: label(.churn),
          categoryTitle: label(.group), alternative: alternative(said)
        ).elements
          + [
            Slide.Element(
              name: "Waterfall", box: top, content: .chart(waterfall(city)),
              alternative: said.points.joined(separator: " ")),
            points(said.points, in: below, sizes: [16, 15, 14]).element,
          ].compactMap(\.self)
      }
    ]
  }

  /// From the others' churn to the city's in two steps.
  private func waterfall(_ city: CityDifference) -> NativeChart {
    let start = city.secondChurn.estimate ?? 0
    let end = city.firstChurn.estimate ?? 0
    return NativeChart.waterfall(
      names: words.citySteps,
      figures: [
        format.percent(start), format.points(city.rate), format.points(city.mix), format.percent(end),
      ], categoryTitle: label(.what), start: start, steps: [city.rate, city.mix],
      end: end,
      totals: label(.churn), rise: label(.high), fall: label(.low), riseColour: .alarm, fallColour: .third)
  }

  // MARK: Two attributes

  var pairs: [Slide] {
    guard let said = words.pairs, let pair = words.pair else { return [] }
    let rows = Self.levels(pair.cells.map { ($0.first, $0.n) }, limit: 9)
    let columns = Self.levels(pair.cells.map { ($0.second, $0.n) }, limit: 6)
    let byPair = Dictionary(pair.cells.map { ([$0.first, $0.second], $0) }) { first, _ in first }
    let largest = pair.cells.compactMap(\.churn.estimate).max() ?? 1
    let heading = words.name(pair.first.column, pair.first.role)
    let cells = rows.map { first in
      [TableCell(words.pairTitle(first, pair.first), bold: true)]
        + columns.map { second -> TableCell in
          guard let cell = byPair[[first, second]], let rate = cell.churn.estimate else {
            return TableCell("", fill: .panel, alignment: .centre)
          }
          let shade = HeatShade.colour(rate / max(largest, 0.000_1), palette: stage.palette)
          return TableCell(
            format.percent(rate) + (cell.n < 30 ? "*" : ""), colour: shade.text, fill: shade.fill,
            alignment: .centre)
        }
    }
    return [
      slide(said) { content in
        [
          table(
            [TableColumn(heading: words.capitalised(heading))]
              + columns.map {
                TableColumn(heading: words.pairTitle($0, pair.second), alignment: .centre, isEven: true)
              }, cells, in: content, name: "Heat table", alternative: alternative(said), isHeat: true,
            tallest: 0.95
          ).element
        ]
      }
    ]
  }

  /// Levels in the order they come, the largest where there are too many.
  private static func levels(_ values: [(String, Int)], limit: Int) -> [String] {
    var sizes: [String: Int] = [:]
    var order: [String] = []
    for (value, n) in values where value != "pooled" {
      if sizes[value] == nil { order.append(value) }
      sizes[value, default: 0] += n
    }
    let kept = Set(order.sorted { (sizes[$0] ?? 0, $1) > (sizes[$1] ?? 0, $0) }.prefix(limit))
    return order.filter(kept.contains)
  }
}
