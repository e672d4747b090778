import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// Portraits, groups at risk, hypotheses.
extension SlideComposer {
  private var format: NumberFormat { words.format }

  var portrait: [Slide] {
    guard let said = words.portrait else { return [] }
    let traits = words.traits
    let reach = (traits.map(\.effect.magnitude).max() ?? 1) * 1.08
    let rows = traits.map { trait in
      BarRow(
        label: words.label(trait), value: trait.effect, low: nil, high: nil,
        cells: [
          words.figure(trait.here, of: trait), words.figure(trait.elsewhere, of: trait),
          (trait.kind == .number ? "d " : "h ") + format.signed(trait.effect, decimals: 2),
        ], colour: trait.effect > 0 ? .alarm : .calm)
    }
    let columns = [
      TableColumn(heading: label(.trait)),
      TableColumn(heading: label(.left), alignment: .right),
      TableColumn(heading: label(.stayed), alignment: .right),
      TableColumn(heading: label(.effect), alignment: .right),
    ]
    let anyBelow = traits.contains { $0.effect < 0 }
    return [
      slide(said) { content in
        tableBars(
          rows, columns: columns, in: content, tableShare: 0.62, series: label(.effect),
          categoryTitle: label(.trait), format: "0.00", alternative: alternative(said),
          minimum: anyBelow ? -reach : 0, maximum: reach
        ).elements
      }
    ]
  }

  var greatestRisk: [Slide] {
    guard let said = words.greatestRisk, let group = words.study.riskGroups?.risk.first else { return [] }
    let pairs = [
      (label(.here), group.churn, DeckColour.alarm), (label(.elsewhere), group.elsewhere, DeckColour.calm),
    ]
    let rows = pairs.map { name, churn, colour in
      row(
        name, churn, cells: [format.integer(churn.n), format.percent(churn.estimate), words.interval(churn)],
        colour: colour)
    }
    let columns = [
      TableColumn(heading: label(.group)),
      TableColumn(heading: label(.clients), alignment: .right),
      TableColumn(heading: label(.churn), alignment: .right),
      TableColumn(heading: label(.interval), alignment: .right),
    ]
    return [
      slide(said) { content in
        let (top, below) = content.top(content.height * 30 / 100, gap: Self.gap)
        let (left, right) = below.left(Int(Double(below.width) * 0.55), gap: 2 * Self.gap)
        let traits = group.portrait.prefix(6).map { trait -> [TableCell] in
          let number = trait.kind == .number
          return [
            TableCell(words.label(trait)),
            TableCell(number ? format.compact(trait.here) : format.percent(trait.here), alignment: .right),
            TableCell(
              number ? format.compact(trait.elsewhere) : format.percent(trait.elsewhere), alignment: .right),
          ]
        }
        var elements = tableBars(
          rows, columns: columns, in: top, tableShare: 0.6, series: label(.churn),
          categoryTitle: label(.group),
          alternative: alternative(said)
        ).elements
        if traits.isEmpty {
          elements += [points(said.points, in: below).element].compactMap(\.self)
        } else {
          elements.append(
            table(
              [
                TableColumn(heading: label(.trait)),
                TableColumn(heading: label(.here), alignment: .right),
                TableColumn(heading: label(.elsewhere), alignment: .right),
              ], Array(traits), in: left, name: "Portrait", alternative: alternative(said)
            ).element)
          elements += [points(said.points, in: right).element].compactMap(\.self)
        }
        return elements
      }
    ]
  }

  var riskGroups: [Slide] {
    guard let said = words.riskGroups, let chapter = words.study.riskGroups else { return [] }
    let rows = chapter.risk.prefix(9).map { group in
      row(
        words.rule(group), group.churn,
        cells: [
          format.integer(group.n), format.percent(group.churn.estimate),
          format.fixed(group.lift, decimals: 1),
          format.percent(group.ofChurned.share),
        ], colour: .alarm)
    }
    let all = row(
      label(.allClients), chapter.overall,
      cells: [
        format.integer(chapter.overall.n), format.percent(chapter.overall.estimate),
        format.fixed(1, decimals: 1),
        format.percent(1),
      ], colour: .backdrop, isBold: true)
    let columns = [
      TableColumn(heading: label(.group)),
      TableColumn(heading: label(.clients), alignment: .right),
      TableColumn(heading: label(.churn), alignment: .right),
      TableColumn(heading: label(.lift), alignment: .right),
      TableColumn(heading: label(.ofLeavers), alignment: .right),
    ]
    return [
      slide(said) { content in
        tableBars(
          rows + [all], columns: columns, in: content, tableShare: 0.72, series: label(.churn),
          categoryTitle: label(.group), alternative: alternative(said)
        ).elements
      }
    ]
  }

  var hypotheses: [Slide] {
    guard let said = words.hypothesisSlide else { return [] }
    let list = words.hypotheses.prefix(12)
    let rows = list.map { hypothesis -> BarRow in
      let effect = words.effect(hypothesis)
      let colour: DeckColour =
        switch hypothesis.verdict {
        case .differ: .alarm
        case .equivalent, .differNegligibly: .third
        case .undecided: .quiet
        }
      return BarRow(
        label: words.label(hypothesis), value: effect?.estimate, low: effect?.interval?.low,
        high: effect?.interval?.high,
        cells: [
          HypothesisWords.verdict(hypothesis.verdict)[words.language],
          words.figure(p: hypothesis.decision?.pValueAdjusted), format.signed(effect?.estimate, decimals: 2),
        ], colour: colour)
    }
    let ends = rows.flatMap { [$0.low, $0.high, $0.value] }.compactMap { $0?.magnitude }
    let reach = max(0.3, (ends.max() ?? 1) * 1.08)
    let columns = [
      TableColumn(heading: label(.hypothesis)),
      TableColumn(heading: label(.verdict)),
      TableColumn(heading: label(.pAdjusted), alignment: .right),
      TableColumn(heading: "d", alignment: .right),
    ]
    return [
      slide(said) { content in
        tableBars(
          rows, columns: columns, in: content, tableShare: 0.78, series: "d",
          categoryTitle: label(.hypothesis),
          format: "0.00", alternative: alternative(said), minimum: -reach, maximum: reach, isForest: true,
          tallest: 0.42
        ).elements
      }
    ]
  }
}
