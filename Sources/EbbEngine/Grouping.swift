/// One axis of a question: a column and how its values are made into cells.
///
/// Levels come in a fixed order: numbers ascending, texts by their UTF-8 bytes, bands from low to high,
/// and *missing* last where the column misses anything (`presence`: missing, present).
public struct Grouping: Sendable, Hashable, Codable {
  public enum Cells: Sendable, Hashable, Codable {
    /// A cell for each different value (texts, flags, whole numbers or decimals with few values).
    case levels
    /// Cells between cut points, in the column's unit. `leftClosed`: [a, b), with cells below the first and from
    /// the last cut on (n cuts make n + 1 cells; empty outer cells are kept out of the levels).
    case bands(cuts: [Double], leftClosed: Bool)
    /// Cells of about equal size, cut at type-7 quantiles of the values: the first is [min, q1], then (q1, q2], ...
    /// (pandas.qcut with duplicates="drop").
    case quantiles(count: Int)
    /// Missing and present.
    case presence
  }
  public let column: String
  public let cells: Cells

  public init(_ column: String, _ cells: Cells = .levels) {
    self.column = column
    self.cells = cells
  }
}

/// One cell of an axis.
public struct Level: Sendable, Hashable, Codable {
  /// The text as the table has it, the number, or the band's borders.
  public enum Value: Sendable, Hashable, Codable {
    case text(String)
    case number(Double)
    /// Lower and upper border, `nil` for open ends; `leftClosed` as in the grouping. The first quantile band
    /// includes its lower border.
    case band(low: Double?, high: Double?, leftClosed: Bool)
    case missing
    case present
  }
  public let value: Value

  public init(_ value: Value) { self.value = value }

  public var isMissing: Bool { value == .missing }
}
