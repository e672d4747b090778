public import EbbClients
public import EbbEngine

/// What groups are made of, in a form fit to be read in JSON.
public struct ComparisonAxis: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable {
    /// A group for each value.
    case levels
    /// Groups between cut points.
    case bands
    /// Groups of about equal size.
    case quantiles
    /// With and without a value.
    case presence
  }
  public let column: String
  public let role: Role?
  public let kind: Kind
  /// Cut points, for bands.
  public let cuts: [Double]?
  /// How many bands were asked for, for quantiles.
  public let bandCount: Int?

  public init(_ grouping: Grouping, schema: ClientSchema) {
    column = grouping.column
    role = schema.entries.first { $0.column == grouping.column }?.role
    switch grouping.cells {
    case .levels: (kind, cuts, bandCount) = (.levels, nil, nil)
    case .bands(let cuts, _): (kind, self.cuts, bandCount) = (.bands, cuts, nil)
    case .quantiles(let count): (kind, cuts, bandCount) = (.quantiles, nil, count)
    case .presence: (kind, cuts, bandCount) = (.presence, nil, nil)
    }
  }
}

/// A group's name: its value as the table has it, or a band's borders in interval notation.
public struct ComparisonValue: Sendable, Codable, Hashable {
  /// "Ж", "2", "[30; 40)", "missing".
  public let value: String
  /// A band's borders, `nil` where open or no band.
  public let low: Double?
  public let high: Double?

  /// `isFirst` of a quantile grouping: the first band includes its lower border.
  public init(_ level: Level, isFirst: Bool = false, of grouping: Grouping? = nil) {
    var closed = false
    if isFirst, case .quantiles? = grouping?.cells { closed = true }
    switch level.value {
    case .text(let text): (value, low, high) = (text, nil, nil)
    case .number(let number): (value, low, high) = (Self.text(number), nil, nil)
    case .band(let low, let high, let leftClosed):
      let from = low.map(Self.text) ?? "-∞"
      let to = high.map(Self.text) ?? "∞"
      let open = low == nil || !(leftClosed || closed) ? "(" : "["
      let close = high == nil || leftClosed ? ")" : "]"
      (value, self.low, self.high) = ("\(open)\(from); \(to)\(close)", low, high)
    case .missing: (value, low, high) = ("missing", nil, nil)
    case .present: (value, low, high) = ("present", nil, nil)
    }
  }

  /// Shortest exact text, whole numbers without ".0".
  static func text(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
