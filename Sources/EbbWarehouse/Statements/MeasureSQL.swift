import EbbEngine
import EbbTable

/// A measure's values as expressions.
enum MeasureSQL {
  /// A value as a whole number whose sum does not depend on the order, as `ExactMeasure` has it.
  static func whole(_ source: ColumnSource, _ cells: CellSQL, _ exact: ExactMeasure) -> String {
    switch source.unit {
    case .scaled: return cells.offset(source)
    case .real:
      guard let number = cells.relation.number(source.column.name) else { return "0" }
      return cells.sql.words.rounded("d\(number) * \(cells.sql.double(exact.scale))", wide: true)
    }
  }

  /// A double in a form whose sums do not depend on the order.
  static func real(_ source: ColumnSource, _ cells: CellSQL) -> String {
    guard let number = cells.relation.number(source.column.name) else { return "0" }
    return cells.sql.words.real("d\(number)")
  }
}
