import EbbCharts
import EbbWords

/// What rooms are built of, as the page's script knows them.
enum PageBlock {
  static func text(_ text: String, note: Bool = false) -> JSONValue {
    .object(leavingOutNull: ["kind": "text", "text": .text(text), "class": note ? "note" : .null])
  }

  static func heading(_ text: String) -> JSONValue { ["kind": "heading", "text": .text(text)] }

  static func list(_ items: [JSONValue]) -> JSONValue { ["kind": "list", "items": .list(items)] }

  static func item(_ text: String, badge: String, kind: String = "") -> JSONValue {
    ["text": .text(text), "badge": .text(badge), "kind": .text(kind)]
  }

  static func fold(_ title: String, badge: String? = nil, kind: String = "", _ blocks: [JSONValue])
    -> JSONValue
  {
    .object(leavingOutNull: [
      "kind": "fold", "title": .text(title), "badge": JSONValue(badge), "badgeKind": .text(kind),
      "blocks": .list(blocks),
    ])
  }

  static func cards(_ cards: [JSONValue]) -> JSONValue { ["kind": "cards", "cards": .list(cards)] }

  static func card(_ title: String, badge: String? = nil, kind: String = "", _ blocks: [JSONValue])
    -> JSONValue
  {
    .object(leavingOutNull: [
      "title": .text(title), "badge": JSONValue(badge), "kind": .text(kind), "blocks": .list(blocks),
    ])
  }

  /// Key figures.
  static func facts(_ facts: [Fact]) -> JSONValue {
    [
      "kind": "facts",
      "items": .list(
        facts.map {
          .object(leavingOutNull: [
            "id": JSONValue($0.id), "title": .text($0.title), "value": $0.value, "unit": JSONValue($0.unit),
            "beside": JSONValue($0.beside),
          ])
        }),
    ]
  }

  struct Fact {
    let id: String?
    let title: String
    let value: JSONValue
    let unit: String?
    let beside: String?

    init(_ title: String, _ value: JSONValue, _ unit: String? = nil, beside: String? = nil) {
      self.init(nil, title, value, unit, beside: beside)
    }

    init(_ id: String?, _ title: String, _ value: JSONValue, _ unit: String? = nil, beside: String? = nil) {
      self.id = id
      self.title = title
      self.value = value
      self.unit = unit
      self.beside = beside
    }
  }

  static func charts(_ charts: [Chart], _ language: Language) -> JSONValue? {
    charts.isEmpty ? nil : ["kind": "charts", "charts": .list(charts.map { chart($0, language) })]
  }

  /// A chart that has the room's width to itself.
  static func alone(_ chart: Chart?, _ language: Language, _ more: [String: JSONValue] = [:]) -> JSONValue? {
    chart.map { ["kind": "chart", "class": "alone", "chart": Self.chart($0, language, more)] }
  }

  /// - Parameter more: how it follows the filter ("axis", "twins", "rules"), or what its marks choose ("picks").
  static func chart(
    _ chart: Chart, _ language: Language, id: String? = nil, _ more: [String: JSONValue] = [:]
  )
    -> JSONValue
  {
    let basic: JSONValue = [
      "id": .text(id ?? chart.id),
      "spec": VegaLiteSpecification.make(chart, language: language, theme: .page, config: false),
      "columns": .list(columns(chart, language)),
    ]
    return basic.merging(.object(more))
  }

  /// The table behind a chart.
  private static func columns(_ chart: Chart, _ language: Language) -> [JSONValue] {
    func column(_ title: String, _ field: String, _ unit: String?, isInterval: Bool = false) -> JSONValue {
      .object(leavingOutNull: [
        "title": .text(title), "field": .text(field), "unit": JSONValue(unit),
        "isInterval": isInterval ? true : .null,
      ])
    }
    let words = DashboardWords(language)
    let points = chart.points
    var out: [JSONValue] = []
    let isOfLabels = points.contains { !$0.label.isEmpty }
    if isOfLabels { out.append(column(chart.x.title, "label", nil)) }
    if chart.series.count > 1 { out.append(column(words.series, "series", nil)) }
    if points.contains(where: { $0.x != nil }) { out.append(column(chart.x.title, "x", unit(chart.x.unit))) }
    out.append(column(chart.y.title, "y", unit(chart.y.unit)))
    if points.contains(where: { $0.low != nil }) {
      out.append(
        column(
          chart.kind == .waterfall ? words.range : words.interval, "low", unit(chart.y.unit),
          isInterval: true))
    }
    if points.contains(where: { $0.n != nil }) { out.append(column(words.clients, "n", "number0")) }
    return out
  }

  static func unit(_ unit: Chart.Unit) -> String? {
    switch unit {
    case .share: "share"
    case .count, .money: "number0"
    case .number(let decimals): "number\(decimals)"
    case .category: nil
    }
  }

  static func interval(_ low: Double?, _ high: Double?) -> JSONValue {
    guard let low, let high else { return nil }
    return [.number(low), .number(high)]
  }
}

/// A table of the page: columns with their units, rows of figures and texts.
struct PageTable {
  struct Column {
    let title: String
    /// `nil` for texts; "share", "number2", "p", "signed", "points".
    let unit: String?
    let isInterval: Bool

    init(_ title: String, _ unit: String? = nil, interval: Bool = false) {
      self.title = title
      self.unit = unit
      isInterval = interval
    }
  }
  let id: String
  let title: String
  let columns: [Column]
  var rows: [[JSONValue]] = []
  var note: String?

  /// Rows shown at most; study.json has them all.
  static let rowLimit = 200

  init(_ id: String, _ title: String, _ columns: [Column]) {
    self.id = id
    self.title = title
    self.columns = columns
  }

  /// `nil` for a table without rows.
  func block(_ language: Language) -> JSONValue? {
    rows.isEmpty ? nil : ["kind": "table", "table": json(language)]
  }

  func json(_ language: Language) -> JSONValue {
    var notes = [note].compactMap(\.self)
    if rows.count > Self.rowLimit {
      notes.append(DashboardWords(language).cut(Self.rowLimit, of: rows.count))
    }
    return .object(leavingOutNull: [
      "id": .text(id), "title": .text(title),
      "columns": .list(
        columns.map {
          .object(leavingOutNull: [
            "title": .text($0.title), "unit": JSONValue($0.unit),
            "isInterval": $0.isInterval ? true : .null,
          ])
        }),
      "rows": .list(rows.prefix(Self.rowLimit).map { .list($0) }),
      "note": notes.isEmpty ? .null : .text(notes.joined(separator: " ")),
    ])
  }
}
