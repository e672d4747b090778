public import EbbWords

/// A chart as Vega-Lite reads it (https://vega.github.io/vega-lite/, schema v6): one specification, its rows inside it
/// under the name `points`, so that a page can put other rows in their place.
///
/// A row has `label`, `series`, `x`, `y`, `low`, `high`, `n`, `highlighted`, `text` (all of it in words, for tooltips and
/// screen readers) and, where a page sets it, `dimmed`.
public enum VegaLiteSpecification {
  public static let schema = "https://vega.github.io/schema/vega-lite/v6.json"

  /// - Parameter config: `false` leaves the theme's `config` out, for a page that keeps it once for all charts.
  public static func make(
    _ chart: Chart, language: Language, theme: ChartTheme = .light, config: Bool = true
  ) -> JSONValue {
    let layers = VegaLiteLayers(chart, language: language, theme: theme)
    var spec: [String: JSONValue] = [
      "$schema": .text(schema), "description": .text(chart.alternativeText),
      "title": .object(leavingOutNull: [
        "text": .text(chart.title), "subtitle": JSONValue(chart.note),
      ]),
      "width": 480, "height": layers.height,
      "autosize": ["type": "fit-x", "contains": "padding"],
      "padding": layers.padding,
      "data": ["name": "points", "values": .list(rows(chart, language))],
      "layer": .list(layers.all),
    ]
    if config { spec["config"] = theme.config(language) }
    return .object(spec)
  }

  static func rows(_ chart: Chart, _ language: Language) -> [JSONValue] {
    let numbers = ChartNumbers(language)
    let most = chart.kind == .heatmap ? chart.points.compactMap(\.y).max() : nil
    return chart.series.flatMap { series in
      let labels = distinct(series.points.map(\.label))
      return zip(series.points, labels).map { point, label in
        JSONValue.object(leavingOutNull: [
          "label": chart.kind.isOfLabels ? .text(label) : label.isEmpty ? .null : .text(label),
          "series": series.name.isEmpty ? .null : .text(series.name),
          "x": JSONValue(point.x), "y": JSONValue(point.y), "low": JSONValue(point.low),
          "high": JSONValue(point.high), "n": JSONValue(point.n),
          "highlighted": point.isHighlighted ? true : .null,
          "text": .text(numbers.line(point, of: chart, series: series.name)),
          "value": chart.kind.isOfLabels ? .text(numbers.text(point.y, chart.y.unit)) : .null,
          "strong": isStrong(point, most) ? true : .null,
        ])
      }
    }
  }

  /// Whether a heatmap's cell is so dark that its figure has to be light.
  private static func isStrong(_ point: Chart.Point, _ most: Double?) -> Bool {
    guard let y = point.y, let most, most > 0 else { return false }
    return y / most >= 5 / 7
  }

  /// Labels that are the same twice would fall on one another.
  private static func distinct(_ labels: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return labels.map { label in
      let count = (seen[label] ?? 0) + 1
      seen[label] = count
      return count == 1 ? label : "\(label) (\(count))"
    }
  }
}

extension Chart.Kind {
  /// Whether labels, not numbers, run along the other axis.
  var isOfLabels: Bool {
    switch self {
    case .bars, .stackedBars, .heatmap, .forest, .waterfall: true
    case .lines, .scatter: false
    }
  }
}
