/// A chart as a value: numbers, what they mean, and in words what they show. The page and the deck draw the same value.
///
/// Values are on `y`, whatever way the bars lie; `x` is for numbers that run along the other axis (lines, scatter).
/// A chart without a title that says the finding, or without an alternative text, cannot be made.
public struct Chart: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable, CaseIterable {
    /// A bar for each label; `low` and `high` are whiskers. Several series stand beside each other.
    case bars
    /// Series are parts of each label's bar.
    case stackedBars
    /// Each series is a line through (x, y); `low` and `high` are whiskers.
    case lines
    /// A dot for each point at (x, y); `n` is its size.
    case scatter
    /// Series are rows, labels are columns, `y` is the cell's value; `nil` leaves the cell empty.
    case heatmap
    /// A dot for each label at y, with its interval `low ... high`.
    case forest
    /// A floating bar for each label from `low` to `high`; `y` is the step or, in a tornado, the width.
    case waterfall
  }
  /// How values are written.
  public enum Unit: Sendable, Codable, Equatable {
    /// 0.204 is 20.4 %.
    case share
    case count
    /// In the table's money.
    case money
    case number(decimals: Int)
    /// Names, not numbers.
    case category
  }
  public struct Axis: Sendable, Codable, Equatable {
    /// With its unit where there is one: "Share of clients who left".
    public let title: String
    public let unit: Unit

    public init(_ title: String, _ unit: Unit) {
      self.title = title
      self.unit = unit
    }
  }
  public struct Point: Sendable, Codable, Equatable {
    public let label: String
    public let x: Double?
    public let y: Double?
    public let low: Double?
    public let high: Double?
    /// Clients behind the point.
    public let n: Int?
    public let isHighlighted: Bool

    public init(
      label: String = "", x: Double? = nil, y: Double?, low: Double? = nil, high: Double? = nil,
      n: Int? = nil, isHighlighted: Bool = false
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.low = low
      self.high = high
      self.n = n
      self.isHighlighted = isHighlighted
    }
  }
  public struct Series: Sendable, Codable, Equatable {
    public let name: String
    public let points: [Point]

    public init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }
  /// A line across the values: the bank's average, no effect.
  public struct Reference: Sendable, Codable, Equatable {
    public let value: Double
    public let label: String

    public init(_ value: Double, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  /// "churn.city": what the chart is of; the same in every language.
  public let id: String
  public let kind: Kind
  /// The finding, a sentence.
  public let title: String
  /// What somebody who does not see the chart should know of it.
  public let alternativeText: String
  public let x: Axis
  public let y: Axis
  public let series: [Series]
  public let reference: Reference?
  /// Where the numbers come from: source, n, method.
  public let note: String?

  /// `nil` without a title, an alternative text or a point to draw; and where a number is not finite.
  public init?(
    id: String, kind: Kind, title: String, alternativeText: String, x: Axis, y: Axis, series: [Series],
    reference: Reference? = nil, note: String? = nil
  ) {
    func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
    guard !isBlank(title), !isBlank(alternativeText) else { return nil }
    let points = series.flatMap(\.points)
    guard points.contains(where: { $0.y != nil || $0.low != nil }) else { return nil }
    let numbers = points.flatMap { [$0.x, $0.y, $0.low, $0.high] } + [reference?.value]
    guard numbers.allSatisfy({ $0?.isFinite ?? true }) else { return nil }
    self.id = id
    self.kind = kind
    self.title = title
    self.alternativeText = alternativeText
    self.x = x
    self.y = y
    self.series = series
    self.reference = reference
    self.note = note
  }

  public var points: [Point] { series.flatMap(\.points) }
}
