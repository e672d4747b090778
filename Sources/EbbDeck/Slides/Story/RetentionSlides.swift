import EbbRetention
import EbbStudy
import EbbWords

/// Recommendations, plan and money, experiment.
extension SlideComposer {
  private var format: NumberFormat { words.format }

  /// Cards of the story; the others follow in the appendix.
  private static let told = 6

  var recommendations: [Slide] { cards(of: words.study.recommendations?.items.prefix(Self.told) ?? []) }

  var furtherRecommendations: [Slide] {
    cards(of: words.study.recommendations?.items.dropFirst(Self.told).prefix(Self.told) ?? [], isFirst: false)
  }

  /// Three cards a slide at most, slides filled evenly.
  private func cards(of items: ArraySlice<Recommendation>, isFirst: Bool = true) -> [Slide] {
    guard let said = words.recommendations, !items.isEmpty else { return [] }
    let count = (items.count + 2) / 3
    var rest = items
    let pages = (0..<count).map { page -> [Recommendation] in
      let size = (rest.count + count - page - 1) / (count - page)
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    return pages.enumerated().map { page, cards in
      let titles =
        page == 0 && isFirst
        ? said.titles
        : [
          words.continued(cards.map { words.text($0.title) }),
          words.continued(cards.prefix(1).map { words.text($0.title) }),
        ]
      let notes = said.notes + cards.map { words.text($0.title) + ". " + words.cardNote($0) }
      return slide(SlideWords(titles: titles, lead: said.lead, notes: notes)) { content in
        let boxes = content.columns(max(2, cards.count), gap: Self.gap)
        // All cards of a slide in one size.
        let size =
          [16.0, 15, 14].first { size in
            zip(cards, boxes).allSatisfy { card, box in
              cardBody(card, in: box, lines: words.card(card).count, size: size)
                .fits(box, metrics: stage.bodyMetrics)
            }
          } ?? Self.smallest
        return zip(cards, boxes).map { card($0, in: $1, size: size) }
      }
    }
  }

  private static let cardInset = 10.0

  private func cardBody(_ item: Recommendation, in box: Box, lines: Int, size: Double) -> TextBody {
    let heading = fitted(
      [words.text(item.title)], size: 18, lines: 3, width: box.width - Int(2 * Self.cardInset) * Box.point,
      bold: true)
    return TextBody(
      paragraphs: [
        TextParagraph(
          heading.text, bold: true, colour: item.isInvestigation ? .quiet : .calm, size: heading.size)
      ]
        + words.card(item).prefix(lines).map {
          TextParagraph([TextRun(text: $0.heading + ": ", bold: true), TextRun(text: $0.text)], space: 5)
        }, size: size, insetX: Self.cardInset, insetY: 12, language: tag)
  }

  private func card(_ item: Recommendation, in box: Box, size: Double) -> Slide.Element {
    let width = Double(box.width) / Double(Box.point) - 2 * Self.cardInset
    var kept = words.card(item).count
    var body = cardBody(item, in: box, lines: kept, size: size)
    // Too much for the card: long lines are cut, then the last ones left to the notes.
    while !body.fits(box, metrics: stage.bodyMetrics), kept >= 1 {
      body = cardBody(item, in: box, lines: kept, size: size)
      for index in body.paragraphs.indices.dropFirst() {
        let runs = body.paragraphs[index].runs
        let short = clipped(runs.map(\.text).joined(), size: size, bold: true, lines: 4, width: width)
        body.paragraphs[index].runs[1].text = String(short.dropFirst(runs[0].text.count))
      }
      kept -= 1
    }
    return Slide.Element(name: "Card", box: box, content: .text(body, fill: .panel))
  }

  var plan: [Slide] {
    guard let said = words.plan, let plan = words.study.plan else { return [] }
    let money = NativeChart.waterfall(
      names: [label(.value), label(.cost), label(.gain)],
      figures: [plan.contacted.value, plan.contacted.cost, plan.contacted.gain].map {
        format.fixed($0, decimals: 0)
      }, categoryTitle: label(.what),
      start: plan.contacted.value,
      steps: [-plan.contacted.cost], end: plan.contacted.gain, totals: label(.value), rise: label(.gain),
      fall: label(.cost), riseColour: .third, fallColour: .alarm, format: "#,##0")
    var curve = NativeChart.Series(
      name: label(.gain), values: plan.curve.map(\.gain), xValues: plan.curve.map { Double($0.contacts) },
      colour: .calm)
    (curve.isJoined, curve.width) = (true, 2.5)
    var line = NativeChart(
      kind: .scatter, categoryTitle: label(.contacts),
      categories: plan.curve.map { format.integer($0.contacts) },
      series: [curve])
    line.labelFormat = "#,##0"
    line.categoryAxis = .init(title: label(.contacts), format: "#,##0", minimum: 0)
    line.valueAxis = .init(title: label(.gain), format: "#,##0", hasGrid: true)
    return [
      slide(said) { content in
        let (top, below) = content.top(Int(Double(content.height) * 0.7), gap: Self.gap / 2)
        let halves = top.columns(2, gap: 2 * Self.gap)
        return [
          Slide.Element(
            name: "Money", box: halves[0], content: .chart(money), alternative: alternative(said)),
          plan.curve.count > 1
            ? Slide.Element(
              name: "Gain curve", box: halves[1], content: .chart(line), alternative: alternative(said))
            : nil,
          points(said.points, in: below, sizes: [16, 15, 14]).element,
        ].compactMap(\.self)
      }
    ]
  }

  var assumptions: [Slide] {
    guard let said = words.assumptions, let plan = words.study.plan else { return [] }
    let items = plan.sensitivity.sorted {
      abs($0.gainAtHigh - $0.gainAtLow) > abs($1.gainAtHigh - $1.gainAtLow)
    }.prefix(8)
    let ends: [Double] = items.map(\.gainAtLow) + items.map(\.gainAtHigh) + [0]
    let rows = items.map { item in
      // The bar runs between the two ends.
      BarRow(
        label: words.capitalised(words.assumption(item.assumption)), value: plan.selected.gain,
        low: min(item.gainAtLow, item.gainAtHigh), high: max(item.gainAtLow, item.gainAtHigh),
        cells: [words.money(item.gainAtLow), words.money(item.gainAtHigh)], colour: .ink)
    }
    let columns = [
      TableColumn(heading: label(.assumption)),
      TableColumn(heading: label(.low), alignment: .right),
      TableColumn(heading: label(.high), alignment: .right),
    ]
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 1)
    let margin = (high - low) * 0.05
    return [
      slide(said) { content in
        tableBars(
          Array(rows), columns: columns, in: content, tableShare: 0.6, series: label(.gain),
          categoryTitle: label(.assumption), format: "#,##0", alternative: alternative(said),
          minimum: low < 0 ? low - margin : 0, maximum: high + margin, isForest: true, spanWidth: 12
        ).elements
      }
    ]
  }

  var experiment: [Slide] {
    guard let said = words.experiment, let designs = words.study.experiments else { return [] }
    let rows = designs.prefix(8).map { design in
      [
        TableCell(words.title(design.recommendation), bold: true),
        TableCell(format.integer(design.treated), alignment: .right),
        TableCell(format.integer(design.control), alignment: .right),
        TableCell(format.percent(design.baseRate), alignment: .right),
        TableCell(format.percent(design.treatedRate), alignment: .right),
        TableCell(
          design.detectableFall.map { words.fall($0) } ?? "—", alignment: .right),
        TableCell(design.neededPerEqualArm.map { format.integer($0) } ?? "—", alignment: .right),
        TableCell(words.verdict(design.verdict)),
      ]
    }
    let columns = [
      TableColumn(heading: label(.what)),
      TableColumn(heading: label(.treated), alignment: .right),
      TableColumn(heading: label(.control), alignment: .right),
      TableColumn(heading: label(.withoutAction), alignment: .right),
      TableColumn(heading: label(.withAction), alignment: .right),
      TableColumn(heading: label(.detectable), alignment: .right),
      TableColumn(heading: label(.needed), alignment: .right),
      TableColumn(heading: label(.answer)),
    ]
    return [
      slide(said) { content in
        [
          table(
            columns, Array(rows), in: content, name: "Experiment", alternative: alternative(said),
            tallest: 0.7, lines: 2
          ).element
        ]
      }
    ]
  }
}
