/// A statement that a study would run, and what the server says it costs.
public struct PlannedStatement: Sendable, Equatable {
  public let text: String
  /// In the server's own units: about one page read in order.
  public let cost: Double
  /// Rows that would come back, by the server's estimate.
  public let rows: Double
}
