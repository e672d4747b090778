import EbbCharts
import EbbClients
import EbbSegments

/// What a mark of a chart chooses when it is clicked: values of the cells' attributes.
struct CellChoice {
  let cube: ClientCube
  let churn: Churn

  /// Place of an attribute's value, as the page's script knows it: axis and index; `nil` where the cells do not tell it.
  func value(_ column: String, _ value: String) -> JSONValue? {
    guard value != "pooled", value != "other",
      let axis = cube.axes.firstIndex(where: {
        $0.attribute.column == column && $0.attribute.kind != .presence
      }),
      let index = cube.axes[axis].values.firstIndex(of: value)
    else { return nil }
    return [.integer(axis), .integer(index)]
  }

  /// A chart's picks, in the order of its points; `nil` where none of them chooses anything.
  static func picks(_ picks: [JSONValue?]) -> [String: JSONValue] {
    picks.contains { $0 != nil } ? ["picks": .list(picks.map { $0 ?? .null })] : [:]
  }

  /// Axes with the values that a rule allows; `nil` where a condition's borders are not those of the cells.
  func rule(_ rule: RiskRule) -> JSONValue? {
    let conditions = rule.conditions.map(condition)
    guard !conditions.isEmpty, !conditions.contains(where: { $0 == nil }) else { return nil }
    return .list(conditions.compactMap(\.self))
  }

  private func condition(_ condition: RiskCondition) -> JSONValue? {
    guard let axis = cube.axes.firstIndex(where: { $0.attribute.column == condition.column }) else {
      return nil
    }
    let values = cube.axes[axis].values
    let allowed: [Int]?
    switch condition.kind {
    case .values:
      let places = condition.values.map { values.firstIndex(of: $0) }
      allowed = places.contains { $0 == nil } ? nil : places.compactMap(\.self).sorted()
    case .missing: allowed = values.firstIndex(of: "missing").map { [$0] }
    case .present:
      allowed =
        values.contains("missing")
        ? values.indices.filter { values[$0] != "missing" && values[$0] != "pooled" } : nil
    case .band: allowed = bands(condition, axis)
    }
    guard let allowed, !allowed.isEmpty else { return nil }
    return [.integer(axis), .list(allowed.map { .integer($0) })]
  }

  /// Bands of the cells that make up a band; `nil` where one of them is cut.
  private func bands(_ condition: RiskCondition, _ axis: Int) -> [Int]? {
    let attribute = cube.axes[axis].attribute
    guard !condition.isHighClosed, !condition.isLowOpen,
      let by = churn.by.first(where: {
        $0.attribute.column == attribute.column && $0.attribute.kind == attribute.kind
      })
    else { return nil }
    let (from, to) = (condition.low ?? -.infinity, condition.high ?? .infinity)
    var inside: [Int] = []
    for (index, value) in cube.axes[axis].values.enumerated() where value != "pooled" && value != "missing" {
      guard let level = by.levels.first(where: { $0.value == value }), level.low != nil || level.high != nil
      else { return nil }
      let (low, high) = (level.low ?? -.infinity, level.high ?? .infinity)
      if low >= from, high <= to {
        inside.append(index)
      } else if low < to, high > from {
        // The outermost bands reach as far as the table: a rule's border may lie beyond everybody.
        return nil
      }
    }
    return inside
  }
}
