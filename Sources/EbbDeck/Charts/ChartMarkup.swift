/// A chart part: ChartML, ECMA-376 part 1, 21.2. Elements stand in the order the schema asks for.
struct ChartMarkup {
  let chart: NativeChart
  let book: ChartBook
  let language: String

  private static let valueAxisID = "50010"
  private static let categoryAxisID = "50020"

  /// - Parameter relationship: of the embedded workbook.
  func part(relationship: String) -> Markup {
    Markup(
      "c:chartSpace",
      [
        "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
      ],
      [
        Markup("c:date1904", val: "0"), Markup("c:lang", val: language), Markup("c:roundedCorners", val: "0"),
        Markup(
          "c:chart", [:],
          [
            Markup("c:autoTitleDeleted", val: "1"), plotArea, legend, Markup("c:plotVisOnly", val: "1"),
            Markup("c:dispBlanksAs", val: "gap"),
          ]),
        Markup("c:spPr", [:], [DeckColour.noFill, DeckColour.noLine]), text(.ink),
        Markup("c:externalData", ["r:id": relationship], [Markup("c:autoUpdate", val: "0")]),
      ])
  }

  private var plotArea: Markup {
    Markup(
      "c:plotArea", [:],
      [layout] + plots + axes + [Markup("c:spPr", [:], [DeckColour.noFill, DeckColour.noLine])])
  }

  private var layout: Markup {
    guard chart.fillsFrame else { return Markup("c:layout") }
    return Markup(
      "c:layout", [:],
      [
        Markup(
          "c:manualLayout", [:],
          [
            Markup("c:layoutTarget", val: "inner"), Markup("c:xMode", val: "edge"),
            Markup("c:yMode", val: "edge"),
            Markup("c:x", val: "0.01"), Markup("c:y", val: "0"), Markup("c:w", val: "0.98"),
            Markup("c:h", val: "1"),
          ])
      ])
  }

  private var legend: Markup? {
    guard chart.hasLegend else { return nil }
    let hidden = chart.series.indices.filter { chart.series[$0].isInvisible }.map {
      Markup("c:legendEntry", [:], [Markup("c:idx", val: String($0)), Markup("c:delete", val: "1")])
    }
    return Markup(
      "c:legend", [:],
      [Markup("c:legendPos", val: "t")] + hidden + [Markup("c:overlay", val: "0"), text(.ink)])
  }

  // MARK: Plots

  private var plots: [Markup] {
    let indexed = Array(chart.series.indices)
    let ids = [Markup("c:axId", val: Self.categoryAxisID), Markup("c:axId", val: Self.valueAxisID)]
    let vary = Markup("c:varyColors", val: "0")
    switch chart.kind {
    case .columns, .bars:
      let bars = indexed.filter { !chart.series[$0].isLine }
      let lines = indexed.filter { chart.series[$0].isLine }
      let plot = Markup(
        "c:barChart", [:],
        [
          Markup("c:barDir", val: chart.kind == .bars ? "bar" : "col"),
          Markup("c:grouping", val: chart.isStacked ? "stacked" : "clustered"), vary,
        ] + bars.map(barSeries) + [
          Markup("c:gapWidth", val: String(chart.gap)),
          Markup("c:overlap", val: chart.isStacked ? "100" : bars.count > 1 ? "-5" : "0"),
        ] + ids)
      return [plot] + (lines.isEmpty ? [] : [linePlot(lines, vary, ids)])
    case .lines: return [linePlot(indexed, vary, ids)]
    case .scatter:
      return [
        Markup(
          "c:scatterChart", [:],
          [Markup("c:scatterStyle", val: "lineMarker"), vary] + indexed.map(scatterSeries) + ids)
      ]
    }
  }

  private func linePlot(_ series: [Int], _ vary: Markup, _ ids: [Markup]) -> Markup {
    Markup(
      "c:lineChart", [:],
      [Markup("c:grouping", val: "standard"), vary] + series.map(lineSeries) + [Markup("c:marker", val: "1")]
        + ids)
  }

  private func head(_ index: Int) -> [Markup] {
    let column = book.columns[index]
    return [
      Markup("c:idx", val: String(index)), Markup("c:order", val: String(index)),
      Markup("c:tx", [:], [ChartReference.texts(column.nameRange, [column.name])]),
    ]
  }

  private func barSeries(_ index: Int) -> Markup {
    let series = chart.series[index]
    let points = series.pointColours.sorted { $0.key < $1.key }.map { point, colour in
      Markup(
        "c:dPt", [:],
        [
          Markup("c:idx", val: String(point)), Markup("c:invertIfNegative", val: "0"),
          Markup("c:bubble3D", val: "0"),
          Markup("c:spPr", [:], [colour.fill, DeckColour.noLine]),
        ])
    }
    return Markup(
      "c:ser", [:],
      head(index) + [
        Markup(
          "c:spPr", [:], [series.isInvisible ? DeckColour.noFill : series.colour.fill, DeckColour.noLine]),
        Markup("c:invertIfNegative", val: "0"),
      ] + points + [
        // On stacked bars a label may not stand outside: Office then offers to repair the file.
        labels(series, position: chart.isStacked ? "ctr" : "outEnd"), errorBars(index, direction: nil),
        categories, values(index, "c:val"),
      ])
  }

  private func lineSeries(_ index: Int) -> Markup {
    let series = chart.series[index]
    return Markup(
      "c:ser", [:],
      head(index) + [
        Markup(
          "c:spPr", [:],
          [
            series.isInvisible
              ? DeckColour.noLine : series.colour.line(points: series.width, dashed: series.isDashed)
          ]), marker(series), labels(series, position: "t"), errorBars(index, direction: "y"), categories,
        values(index, "c:val"), Markup("c:smooth", val: "0"),
      ])
  }

  private func scatterSeries(_ index: Int) -> Markup {
    let series = chart.series[index]
    let points = series.pointColours.sorted { $0.key < $1.key }.map { point, colour in
      Markup(
        "c:dPt", [:],
        [
          Markup("c:idx", val: String(point)),
          Markup(
            "c:marker", [:],
            [
              Markup("c:symbol", val: "circle"), Markup("c:size", val: "9"),
              Markup("c:spPr", [:], [colour.fill, DeckColour.noLine]),
            ]),
          Markup("c:bubble3D", val: "0"),
        ])
    }
    return Markup(
      "c:ser", [:],
      head(index) + [
        Markup(
          "c:spPr", [:],
          [
            series.isJoined
              ? series.colour.line(points: series.width, dashed: series.isDashed) : DeckColour.noLine
          ]), marker(series),
      ] + points + [
        labels(series, position: "r"), errorBars(index, direction: "x"), values(index, "c:xVal"),
        values(index, "c:yVal"), Markup("c:smooth", val: "0"),
      ])
  }

  private func marker(_ series: NativeChart.Series) -> Markup {
    guard series.hasMarkers else { return Markup("c:marker", [:], [Markup("c:symbol", val: "none")]) }
    return Markup(
      "c:marker", [:],
      [
        Markup("c:symbol", val: "circle"), Markup("c:size", val: "8"),
        Markup("c:spPr", [:], [series.colour.fill, DeckColour.noLine]),
      ])
  }

  // MARK: Parts of a series

  private var categories: Markup {
    Markup("c:cat", [:], [ChartReference.texts(book.categoryRange, chart.categories)])
  }

  private func values(_ index: Int, _ name: String) -> Markup {
    let column = book.columns[index]
    let figures = name == "c:xVal" ? column.xValues ?? column.values : column.values
    return Markup(name, [:], [ChartReference.numbers(figures, format: chart.labelFormat)])
  }

  private func labels(_ series: NativeChart.Series, position: String) -> Markup? {
    guard series.hasLabels else { return nil }
    return Markup(
      "c:dLbls", [:],
      [
        Markup("c:numFmt", ["formatCode": chart.labelFormat, "sourceLinked": "0"]),
        Markup("c:spPr", [:], [DeckColour.noFill, DeckColour.noLine]), text(series.labelColour ?? .ink),
        Markup("c:dLblPos", val: position), Markup("c:showLegendKey", val: "0"),
        Markup("c:showVal", val: "1"),
        Markup("c:showCatName", val: "0"), Markup("c:showSerName", val: "0"),
        Markup("c:showPercent", val: "0"),
        Markup("c:showBubbleSize", val: "0"),
      ])
  }

  private func errorBars(_ index: Int, direction: String?) -> Markup? {
    let column = book.columns[index]
    guard let plus = column.plus, let minus = column.minus else { return nil }
    return Markup(
      "c:errBars", [:],
      [
        direction.map { Markup("c:errDir", val: $0) }, Markup("c:errBarType", val: "both"),
        Markup("c:errValType", val: "cust"), Markup("c:noEndCap", val: "0"),
        Markup("c:plus", [:], [ChartReference.numbers(plus, format: "General")]),
        Markup("c:minus", [:], [ChartReference.numbers(minus, format: "General")]),
        Markup("c:spPr", [:], [DeckColour.ink.line(points: 1.25)]),
      ])
  }

  private func text(_ colour: DeckColour) -> Markup {
    Markup(
      "c:txPr", [:],
      [
        Markup("a:bodyPr", ["rot": "0", "vert": "horz"]), Markup("a:lstStyle"),
        Markup(
          "a:p", [:],
          [
            Markup(
              "a:pPr", [:],
              [Markup("a:defRPr", ["sz": String(Int(chart.textSize * 100)), "b": "0"], [colour.fill])]),
            Markup("a:endParaRPr", ["lang": language]),
          ]),
      ])
  }

  // MARK: Axes

  private var axes: [Markup] {
    let lying = chart.kind == .bars
    let value = axis(
      chart.valueAxis, "c:valAx", id: Self.valueAxisID, crossing: Self.categoryAxisID,
      position: lying ? "b" : "l",
      isReversed: false)
    if chart.kind == .scatter {
      return [
        axis(
          chart.categoryAxis, "c:valAx", id: Self.categoryAxisID, crossing: Self.valueAxisID, position: "b",
          isReversed: false), value,
      ]
    }
    return [
      axis(
        chart.categoryAxis, "c:catAx", id: Self.categoryAxisID, crossing: Self.valueAxisID,
        position: lying ? "l" : "b", isReversed: lying && chart.startsAtTop), value,
    ]
  }

  private func axis(
    _ axis: NativeChart.Axis, _ element: String, id: String, crossing: String, position: String,
    isReversed: Bool
  ) -> Markup {
    let isValue = element == "c:valAx"
    let scaling = Markup(
      "c:scaling", [:],
      [
        Markup("c:orientation", val: isReversed ? "maxMin" : "minMax"),
        axis.maximum.map { Markup("c:max", val: ChartReference.text($0)) },
        axis.minimum.map { Markup("c:min", val: ChartReference.text($0)) },
      ])
    var parts: [Markup?] = [
      Markup("c:axId", val: id), scaling, Markup("c:delete", val: axis.isHidden ? "1" : "0"),
      Markup("c:axPos", val: position),
      axis.hasGrid
        ? Markup("c:majorGridlines", [:], [Markup("c:spPr", [:], [DeckColour.rule.line(points: 0.5)])]) : nil,
      axis.title.map(title), Markup("c:numFmt", ["formatCode": axis.format, "sourceLinked": "0"]),
      Markup("c:majorTickMark", val: "none"), Markup("c:minorTickMark", val: "none"),
      Markup(
        "c:tickLblPos", val: !axis.hasNames ? "none" : isValue && chart.kind != .scatter ? "nextTo" : "low"),
      Markup(
        "c:spPr", [:],
        [isValue && chart.kind != .scatter ? DeckColour.noLine : DeckColour.quiet.line(points: 0.75)]),
      text(.ink), Markup("c:crossAx", val: crossing), Markup("c:crosses", val: "autoZero"),
    ]
    if isValue {
      parts.append(Markup("c:crossBetween", val: chart.kind == .scatter ? "midCat" : "between"))
      if let step = axis.step { parts.append(Markup("c:majorUnit", val: ChartReference.text(step))) }
    } else {
      parts += [
        Markup("c:auto", val: "0"), Markup("c:lblAlgn", val: "ctr"), Markup("c:lblOffset", val: "100"),
        Markup("c:noMultiLvlLbl", val: "1"),
      ]
    }
    return Markup(element, [:], parts)
  }

  private func title(_ text: String) -> Markup {
    Markup(
      "c:title", [:],
      [
        Markup(
          "c:tx", [:],
          [
            Markup(
              "c:rich", [:],
              [
                Markup("a:bodyPr"), Markup("a:lstStyle"),
                Markup(
                  "a:p", [:],
                  [
                    Markup(
                      "a:pPr", [:],
                      [
                        Markup(
                          "a:defRPr", ["sz": String(Int(chart.textSize * 100)), "b": "0"],
                          [DeckColour.quiet.fill])
                      ]),
                    Markup(
                      "a:r", [:],
                      [
                        Markup(
                          "a:rPr", ["lang": language, "sz": String(Int(chart.textSize * 100)), "b": "0"],
                          [DeckColour.quiet.fill]), Markup("a:t", text: text),
                      ]),
                  ]),
              ])
          ]), Markup("c:overlay", val: "0"),
      ])
  }
}
