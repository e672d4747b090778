import EbbEngine
import EbbTable

/// Codes of axes and numbers of cells as expressions over the relation's columns.
struct CellSQL {
  let sql: WarehouseSQL
  let relation: ClientRelation
  let sources: [ColumnSource]
  let axes: [Axis]

  init(_ sql: WarehouseSQL, _ relation: ClientRelation, _ sources: [ColumnSource], _ axes: [Axis]) {
    self.sql = sql
    self.relation = relation
    self.sources = sources
    self.axes = axes
  }

  init(_ sql: WarehouseSQL, _ relation: ClientRelation, _ resolver: AxisResolver) {
    self.init(sql, relation, resolver.sources, resolver.axes)
  }

  /// Numbers of the relation's columns that some axes read.
  func columns(of wanted: [Int]) -> [Int] {
    wanted.compactMap { relation.number(sources[axes[$0].source].column.name) }
  }

  /// The cell of a row, the last axis running fastest.
  func cell(_ wanted: [Int], sizes: [Int]) -> String {
    if wanted.isEmpty { return "0" }
    var out = ""
    for (position, (axis, size)) in zip(wanted, sizes).enumerated() {
      out = position == 0 ? "(\(code(axis)))" : "(\(out)) * \(size) + (\(code(axis)))"
    }
    return sql.cast(out, sql.wholeType)
  }

  /// Codes never are NULL.
  func code(_ axis: Int) -> String {
    let source = sources[axes[axis].source]
    guard let number = relation.number(source.column.name) else { return "0" }
    let value = "c\(number)"
    let missing = source.missingX
    switch axes[axis].coding {
    case .identity:
      let known =
        source.reversed ? "\(sql.literal(source.low)) - \(value)" : "\(value) - \(sql.literal(source.low))"
      return source.hasMissing ? "CASE WHEN \(value) IS NULL THEN \(missing) ELSE \(known) END" : known
    case .presence: return "CASE WHEN \(value) IS NULL THEN 0 ELSE 1 END"
    case .table(let table):
      let starts = (0..<table.count).filter { $0 == 0 || table[$0] != table[$0 - 1] }
      return stepped(
        source, value, starts: starts.filter { $0 < Int(missing) }.map { UInt64($0) },
        codes: starts.filter { $0 < Int(missing) }.map { Int(table[$0]) },
        missing: table.last.map { Int($0) } ?? 0)
    case .thresholds(let thresholds):
      let starts = Set([0] + thresholds.cuts.filter { $0 < missing }).sorted()
      return stepped(
        source, value, starts: starts, codes: starts.map { start in thresholds.cuts.count { $0 <= start } },
        missing: thresholds.cuts.count)
    }
  }

  private func stepped(
    _ source: ColumnSource, _ value: String, starts: [UInt64], codes: [Int], missing: Int
  ) -> String {
    if source.presentCount == 0 || starts.isEmpty { return "\(missing)" }
    let known: String
    if source.reversed {
      // The highest code first: x falls as the code rises.
      known = sql.steps(
        "(\(sql.literal(source.low)) - \(value))", starts: starts.map { Int64($0) }, codes: codes)
    } else {
      known = sql.steps(value, starts: starts.map { source.low &+ Int64(bitPattern: $0) }, codes: codes)
    }
    return source.hasMissing ? "CASE WHEN \(value) IS NULL THEN \(missing) ELSE \(known) END" : known
  }

  /// x, the measure's steps above its smallest value: a whole number of 64 bits, or an exact one where it may be larger.
  func offset(_ source: ColumnSource) -> String {
    guard let number = relation.number(source.column.name) else { return "0" }
    let value = source.range <= UInt64(Int64.max) ? "c\(number)" : sql.cast("c\(number)", sql.exactType)
    return source.reversed
      ? "(\(sql.literal(source.low)) - \(value))" : "(\(value) - \(sql.literal(source.low)))"
  }
}

extension ColumnSource {
  /// The greatest magnitude of its values.
  var greatest: Double { max(abs(number(0)), abs(number(range))) }

  /// The stored value of x = 0: of a reversed flag the highest code.
  var low: Int64 {
    switch unit {
    case .scaled(let low, _): reversed ? 1 - low : low
    case .real(let low): Int64(bitPattern: low ^ 1 << 63)
    }
  }

  /// x of a stored value.
  func x(of stored: Int64) -> UInt64 {
    UInt64(bitPattern: reversed ? low &- stored : stored &- low)
  }
}
