import EbbWords

/// What a chart's kind is drawn of: marks in layers.
struct VegaLiteLayers {
  let chart: Chart
  let language: Language
  let theme: ChartTheme

  init(_ chart: Chart, language: Language, theme: ChartTheme) {
    self.chart = chart
    self.language = language
    self.theme = theme
  }

  private var isGrouped: Bool { chart.series.count > 1 }
  private var hasWhiskers: Bool { chart.points.contains { $0.low != nil && $0.high != nil } }
  private var longestSeries: Int { chart.series.map(\.points.count).max() ?? 0 }

  /// By rows: Vega-Lite fits a width only beside a height that is a number.
  var height: JSONValue {
    switch chart.kind {
    case .bars, .forest:
      .integer(isGrouped ? longestSeries * (20 * chart.series.count + 8) : longestSeries * 28)
    case .waterfall, .stackedBars: .integer(longestSeries * 28)
    case .heatmap: .integer(chart.series.count * 36)
    case .lines, .scatter: 300
    }
  }

  /// Room beside the plot: values of labelled charts stand in a column at the right.
  var padding: JSONValue {
    ["left": 4, "top": 4, "bottom": 4, "right": hasValueColumn ? 64 : 14]
  }

  private var hasValueColumn: Bool {
    switch chart.kind {
    case .bars, .forest: !isGrouped
    case .waterfall: true
    case .stackedBars, .heatmap, .lines, .scatter: false
    }
  }

  var all: [JSONValue] {
    switch chart.kind {
    case .bars: [bars] + whiskers + reference + values
    case .stackedBars: [stack]
    case .forest: reference + whiskers + [dots] + values
    case .waterfall: [floating] + reference + values
    case .heatmap: heatmap
    case .lines: reference + lines
    case .scatter: reference + [scatter]
    }
  }

  // MARK: Parts

  private func layer(_ mark: JSONValue, _ encoding: [String: JSONValue]) -> JSONValue {
    ["mark": mark, "encoding": .object(encoding)]
  }

  /// A mark that is read out with its row's words.
  private func mark(_ type: String, _ more: JSONValue = [:]) -> JSONValue {
    let word = Phrase(en: "mark", ru: "отметка")[language]
    let basic: JSONValue = ["type": .text(type), "ariaRoleDescription": .text(word)]
    return basic.merging(more)
  }

  /// A mark drawn beside one that is read out already.
  private func silent(_ type: String, _ more: JSONValue = [:]) -> JSONValue {
    let basic: JSONValue = ["type": .text(type), "aria": false]
    return basic.merging(more)
  }

  private var words: JSONValue { ["field": "text", "type": "nominal"] }

  private var dimming: JSONValue {
    ["condition": ["test": "datum.dimmed", "value": 0.3], "value": 1]
  }

  private func names(_ field: String, axis: JSONValue = ["title": nil]) -> JSONValue {
    ["field": .text(field), "type": "nominal", "sort": nil, "axis": axis]
  }

  private func number(_ field: String, _ axis: Chart.Axis, zero: Bool) -> JSONValue {
    [
      "field": .text(field), "type": "quantitative", "axis": ticks(axis),
      "scale": ["zero": .bool(zero), "nice": true],
    ]
  }

  private func ticks(_ axis: Chart.Axis) -> JSONValue {
    ["title": .text(axis.title), "labelExpr": .text(ChartAxisLabels.expression(axis.unit, language))]
  }

  /// Where a row of a labelled chart lies.
  private var place: [String: JSONValue] {
    var out = ["y": names("label")]
    if isGrouped, chart.kind == .bars || chart.kind == .forest {
      out["yOffset"] = ["field": "series", "type": "nominal", "sort": nil]
    }
    return out
  }

  /// Bars begin at nothing; intervals of effects need not.
  private var beginsAtZero: Bool { chart.kind == .bars || chart.kind == .stackedBars }

  private var colour: JSONValue {
    if isGrouped { return seriesColour }
    return [
      "condition": ["test": "datum.highlighted", "value": .text(theme.accent)], "value": .text(theme.bar),
    ]
  }

  private var seriesColour: JSONValue {
    [
      "field": "series", "type": "nominal", "sort": nil,
      "scale": [
        "domain": .list(chart.series.map { .text($0.name) }),
        "range": .list(chart.series.indices.map { .text(theme.series[$0 % theme.series.count]) }),
      ],
    ]
  }

  private var bars: JSONValue {
    layer(
      mark("bar", ["cornerRadiusEnd": 2, "height": ["band": isGrouped ? 0.9 : 0.72]]),
      place.merging([
        "x": number("y", chart.y, zero: true), "color": colour, "opacity": dimming, "description": words,
      ]) { $1 })
  }

  private var whiskers: [JSONValue] {
    guard hasWhiskers else { return [] }
    let ink: JSONValue = isGrouped && chart.kind == .forest ? seriesColour : ["value": .text(theme.ink)]
    return [
      layer(
        silent("rule", ["strokeWidth": 1.6]),
        place.merging([
          "x": number("low", chart.y, zero: beginsAtZero), "x2": ["field": "high"], "color": ink,
          "opacity": dimming,
        ]) { $1 })
    ]
  }

  private var dots: JSONValue {
    layer(
      mark("point", ["filled": true, "size": 90]),
      place.merging([
        "x": number("y", chart.y, zero: false), "color": colour, "opacity": dimming, "description": words,
      ]) { $1 })
  }

  private var stack: JSONValue {
    layer(
      mark("bar", ["height": ["band": 0.72]]),
      place.merging([
        "x": number("y", chart.y, zero: true), "color": seriesColour, "opacity": dimming,
        "description": words,
      ]) { $1 })
  }

  private var floating: JSONValue {
    layer(
      mark("bar", ["height": ["band": 0.6], "cornerRadius": 2]),
      place.merging([
        "x": number("low", chart.y, zero: false), "x2": ["field": "high"], "color": colour,
        "description": words,
      ]) { $1 })
  }

  /// The column of figures at the right.
  private var values: [JSONValue] {
    guard hasValueColumn else { return [] }
    return [
      layer(
        silent("text", ["align": "right", "dx": 58, "fontSize": 12]),
        place.merging([
          "x": ["value": "width"], "text": ["field": "value", "type": "nominal"], "opacity": dimming,
        ]) { $1 })
    ]
  }

  private var heatmap: [JSONValue] {
    let columns: JSONValue = [
      "title": .text(chart.x.title), "orient": "top", "labelAngle": 0, "domain": false, "ticks": false,
    ]
    let place = ["x": names("label", axis: columns), "y": names("series")]
    return [
      layer(
        mark("rect", ["stroke": .text(theme.paper), "strokeWidth": 2]),
        place.merging([
          "color": [
            "field": "y", "type": "quantitative", "legend": nil,
            "scale": ["type": "quantize", "range": .list(theme.heat.map { .text($0) }), "zero": true],
          ],
          "opacity": dimming, "description": words,
        ]) { $1 }),
      layer(
        silent("text", ["fontSize": 12]),
        place.merging([
          "text": ["field": "value", "type": "nominal"],
          "color": [
            "condition": ["test": "datum.strong", "value": .text(theme.paper)], "value": .text(theme.ink),
          ],
          "opacity": dimming,
        ]) { $1 }),
    ]
  }

  private var lines: [JSONValue] {
    let dashes: [JSONValue] = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]
    let ink: JSONValue = isGrouped ? seriesColour : ["value": .text(theme.series[0])]
    let x = number("x", chart.x, zero: false)
    func place(_ field: String) -> [String: JSONValue] {
      ["x": x, "y": number(field, chart.y, zero: false), "color": ink]
    }
    var line = place("y")
    if isGrouped {
      line["strokeDash"] = [
        "field": "series", "type": "nominal", "sort": nil,
        "scale": [
          "domain": .list(chart.series.map { .text($0.name) }),
          "range": .list(chart.series.indices.map { dashes[$0 % dashes.count] }),
        ],
      ]
    }
    var out = [layer(silent("line", ["strokeWidth": 2.5]), line)]
    if hasWhiskers {
      out.append(
        layer(silent("rule", ["strokeWidth": 1.4]), place("low").merging(["y2": ["field": "high"]]) { $1 }))
    }
    // Points carry the words; many of them only where nobody sees them but a screen reader and the pointer. What the title
    // speaks of is seen.
    let isSpoken: JSONValue = "datum.highlighted"
    let faint: JSONValue = longestSeries <= 30 ? 1 : 0
    var points = place("y").merging([
      "description": words,
      "opacity": ["condition": ["test": isSpoken, "value": 1], "value": faint],
      "size": ["condition": ["test": isSpoken, "value": 150], "value": 50],
    ]) { $1 }
    if !isGrouped {
      points["color"] = [
        "condition": ["test": isSpoken, "value": .text(theme.accent)], "value": .text(theme.series[0]),
      ]
    }
    out.append(layer(mark("point", ["filled": true]), points))
    return out
  }

  private var scatter: JSONValue {
    layer(
      mark("point", ["filled": true, "opacity": 0.85]),
      [
        "x": number("x", chart.x, zero: false), "y": number("y", chart.y, zero: false),
        "size": ["field": "n", "type": "quantitative", "legend": nil, "scale": ["range": [40, 600]]],
        "color": colour, "description": words,
      ])
  }

  private var reference: [JSONValue] {
    guard let reference = chart.reference else { return [] }
    let isAcross = chart.kind == .lines || chart.kind == .scatter
    let place: JSONValue = [
      "field": "value", "type": "quantitative", "axis": ticks(chart.y),
      "scale": ["zero": .bool(beginsAtZero), "nice": true],
    ]
    return [
      [
        "data": ["name": "reference", "values": [["value": .number(reference.value)]]],
        "mark": silent("rule", ["strokeDash": [4, 3], "strokeWidth": 1.4, "color": .text(theme.ink)]),
        "encoding": isAcross ? ["y": place] : ["x": place],
      ]
    ]
  }
}
