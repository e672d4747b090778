public import EbbWords

/// Values of a chart as a reader sees them.
public struct ChartNumbers: Sendable {
  private let format: NumberFormat
  private let language: Language

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  /// "20.4%", "2,037", "0.74"; "—" for none.
  public func text(_ value: Double?, _ unit: Chart.Unit) -> String {
    switch unit {
    case .share: format.percent(value)
    case .count, .money: format.fixed(value, decimals: 0)
    case .number(let decimals): format.fixed(value, decimals: decimals)
    case .category: value.map { format.compact($0) } ?? "—"
    }
  }

  /// "[19.6, 21.2%]".
  public func interval(_ low: Double?, _ high: Double?, _ unit: Chart.Unit) -> String {
    switch unit {
    case .share: format.percentInterval(low, high)
    case .count, .money, .category: format.interval(low, high, decimals: 0)
    case .number(let decimals): format.interval(low, high, decimals: decimals)
    }
  }

  /// Everything about a point in one line: "Omsk: 32.4% [30.6, 34.3%], 2,509 clients".
  public func line(_ point: Chart.Point, of chart: Chart, series: String) -> String {
    var name = [series, point.label].filter { !$0.isEmpty }.joined(separator: ", ")
    if let x = point.x { name += (name.isEmpty ? "" : ", ") + text(x, chart.x.unit) }
    var out = name.isEmpty ? "" : name + ": "
    if let y = point.y {
      out += text(y, chart.y.unit)
      if point.low != nil, point.high != nil, chart.kind != .waterfall {
        out += " " + interval(point.low, point.high, chart.y.unit)
      }
    } else {
      out += interval(point.low, point.high, chart.y.unit)
    }
    if let n = point.n { out += format.listSeparator + Plural.clients.counted(n, language) }
    return out
  }
}
