/// A statement that a study would run, and what the server says it costs.
public struct PlannedStatement: Sendable, Equatable {
  public enum Unit: Sendable {
    /// The server's own: about one page read in order.
    case pages
    /// Bytes read.
    case bytes
  }
  public let text: String
  public let cost: Double
  public let unit: Unit
  /// Rows that would come back, by the server's estimate; `nil` where it has none.
  public let rows: Double?
}
