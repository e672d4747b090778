import Synchronization

/// Has every statement's cost told over all rows, and runs it over a few of them only, so that what follows is known: every
/// view is there twice.
final class SparkPlanning: Sendable {
  /// Rows that a plan looks at.
  static let rows = 2000

  private let application: SparkApplication
  private let seconds: Int?
  private let planned = Mutex<[PlannedStatement]>([])

  init(
    _ application: SparkApplication, _ source: SparkSource, seconds: Int?
  ) throws(WarehouseError) {
    self.application = application
    self.seconds = seconds
    planned.withLock { planned in
      planned = source.making.map { PlannedStatement(text: $0, cost: 0, unit: .bytes, rows: nil) }
    }
    for statement in source.making.dropFirst(source.making.count - 2) {
      let isFirst = statement.contains(" \(SparkSource.source) (")
      try run(try few(statement) + (isFirst ? " LIMIT \(Self.rows)" : ""))
    }
    // A limit takes other rows each time it is asked.
    try run("CACHE TABLE \(try few(SparkSource.clients))")
  }

  var statements: [PlannedStatement] { planned.withLock { $0 } }

  /// The same over the few rows.
  func few(_ statement: String) throws(WarehouseError) -> String {
    ["source", "clients", "read", "numbers"].reduce(statement) {
      $0.replacing("ebb_\($1)", with: "ebb_few_\($1)")
    }
  }

  private func run(_ statement: String) throws(WarehouseError) {
    try application.rows(.init(do: "rows", sql: statement, seconds: seconds))
  }

  /// A view, of all rows and of the few.
  func make(_ statement: String) throws(WarehouseError) {
    try run(statement)
    try run(try few(statement))
    planned.withLock { $0.append(PlannedStatement(text: statement, cost: 0, unit: .bytes, rows: nil)) }
  }

  func rows(
    _ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void
  ) throws(WarehouseError) {
    try plan(statement)
    try application.rows(.init(do: "rows", sql: try few(statement), seconds: seconds), take: take)
  }

  func plan(_ statement: String) throws(WarehouseError) {
    var (bytes, rows): (Double, Double?) = (0, nil)
    try application.rows(.init(do: "cost", sql: statement), isCounted: false) {
      (row) throws(WarehouseError) in
      bytes = row.text(0).flatMap { Double($0) } ?? 0
      rows = row.text(1).flatMap { Double($0) }
    }
    let statement = PlannedStatement(text: statement, cost: bytes, unit: .bytes, rows: rows)
    planned.withLock { $0.append(statement) }
  }
}
