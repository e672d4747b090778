public import EbbClients
public import EbbEngine

extension RiskCondition {
  /// The condition that a client lies in one cell of an attribute: a level by its name as `ComparisonValue` has it, a
  /// band by its borders, missing, present. `isFirst`: the first cell of its axis (a quantile band that includes its
  /// lower border).
  public init(_ grouping: Grouping, _ level: Level, isFirst: Bool = false, schema: ClientSchema) {
    self.init(
      grouping.column, schema.entry(grouping.column)?.role ?? .attribute, level, isFirst: isFirst,
      isQuantile: { if case .quantiles = grouping.cells { true } else { false } }())
  }

  private init(_ column: String, _ role: Role, _ level: Level, isFirst: Bool, isQuantile: Bool) {
    switch level.value {
    case .text, .number:
      self.init(column: column, role: role, kind: .values, values: [ComparisonValue(level).value])
    case .band(let low, let high, let leftClosed):
      self.init(
        column: column, role: role, kind: .band, low: low, high: high,
        isHighClosed: !leftClosed && high != nil,
        isLowOpen: low != nil && !leftClosed && !(isFirst && isQuantile))
    case .missing: self.init(column: column, role: role, kind: .missing)
    case .present: self.init(column: column, role: role, kind: .present)
    }
  }
}
