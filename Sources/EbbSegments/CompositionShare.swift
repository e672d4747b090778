public import EbbStatistics

/// What part of a group's clients has a trait: of those who left, the share of women.
///
/// Not the rate at which women leave: that is a churn rate, a different type with a different denominator, and
/// neither converts into the other.
public struct CompositionShare: Sendable, Codable, Equatable {
  /// Clients of the group that have the trait.
  public let having: Int
  /// Clients of the group.
  public let of: Int
  /// `nil` for an empty group.
  public let share: Double?
  /// Wilson, 95 %.
  public let interval: Interval?

  public init(having: Int, of: Int) {
    self.having = having
    self.of = of
    self.share = of > 0 ? Double(having) / Double(of) : nil
    self.interval = wilsonInterval(successes: having, n: of)
  }
}
