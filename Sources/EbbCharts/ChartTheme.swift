public import EbbWords

/// Colours, type and the way numbers are written, for every chart: Vega-Lite's `config`.
///
/// Colours are told apart by people who see few of them (after Okabe and Ito), and series differ in dash as well.
public struct ChartTheme: Sendable, Equatable {
  public let ink: String
  public let faintInk: String
  public let grid: String
  public let paper: String
  /// Bars that nothing is said about, and the one the title speaks of.
  public let bar: String
  public let accent: String
  public let series: [String]
  /// From little to much, for heatmaps.
  public let heat: [String]

  /// Colours by name: the page's style sheet says what they are, in light, dark and print.
  public static let page = ChartTheme(
    ink: "var(--ink)", faintInk: "var(--ink-2)", grid: "var(--grid)", paper: "var(--paper)",
    bar: "var(--bar)",
    accent: "var(--accent)", series: (1...6).map { "var(--series-\($0))" },
    heat: (1...7).map { "var(--heat-\($0))" })

  /// For a chart that stands alone on white.
  public static let light = ChartTheme(
    ink: "#1b2733", faintInk: "#4d5b69", grid: "#e3e8ed", paper: "#ffffff", bar: "#5b8db8",
    accent: "#c4501b",
    series: ["#1f6fae", "#c4501b", "#15806a", "#8a4b9c", "#8a6d00", "#4d5b69"],
    heat: ["#f1f5f9", "#fde3cf", "#fbc8a2", "#f2a26e", "#e27a42", "#c4501b", "#8f3308"])

  /// Vega-Lite's `config` in a language.
  public func config(_ language: Language) -> JSONValue {
    let axis: JSONValue = [
      "aria": false, "domainColor": .text(grid), "gridColor": .text(grid), "tickColor": .text(grid),
      "labelColor": .text(ink), "titleColor": .text(faintInk), "labelFontSize": 12, "titleFontSize": 12,
      "titleFontWeight": "normal", "labelLimit": 200, "titlePadding": 8, "labelPadding": 5,
    ]
    let strings: [JSONValue] = series.map { .text($0) }
    return [
      "font": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
      "background": "transparent",
      "view": ["stroke": nil],
      "axis": axis,
      "axisY": ["grid": false, "ticks": false, "domain": false],
      "axisX": ["tickCount": 5, "labelOverlap": true],
      "legend": [
        "aria": false, "orient": "top", "title": nil, "labelColor": .text(ink), "labelFontSize": 12,
        "symbolSize": 120, "symbolStrokeWidth": 2, "labelLimit": 260, "columns": 2, "direction": "horizontal",
      ],
      "title": [
        "aria": false, "anchor": "start", "color": .text(ink), "fontSize": 15, "fontWeight": 600,
        "subtitleColor": .text(faintInk), "subtitleFontSize": 12, "offset": 12,
      ],
      "text": ["fill": .text(ink), "fontSize": 12],
      "rule": ["stroke": .text(ink)],
      "range": ["category": .list(strings)],
      "locale": ["number": locale(language)],
    ]
  }

  private func locale(_ language: Language) -> JSONValue {
    switch language {
    case .english:
      [
        "decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""], "minus": "−", "percent": "%",
      ]
    case .russian:
      [
        "decimal": ",", "thousands": "\u{202F}", "grouping": [3], "currency": ["", ""], "minus": "−",
        "percent": "\u{00A0}%",
      ]
    }
  }
}
