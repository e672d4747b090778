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
      return cells.sql.cast("ROUND(d\(number) * \(cells.sql.double(exact.scale)))", cells.sql.exactType)
    }
  }

  /// A double as the exact decimal that it is written as.
  static func decimal(_ source: ColumnSource, _ cells: CellSQL) -> String {
    guard let number = cells.relation.number(source.column.name) else { return "0" }
    return cells.sql.cast(cells.sql.cast("d\(number)", cells.sql.textType), cells.sql.exactType)
  }

  /// x·x and the like without overflow.
  static func product(_ first: String, _ second: String, isNarrow: Bool, _ sql: WarehouseSQL) -> String {
    isNarrow ? "\(first) * \(second)" : "\(sql.cast(first, sql.exactType)) * \(second)"
  }
}
