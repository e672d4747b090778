import Synchronization

/// Has every statement planned over all rows, and runs it over a few of them only, so that what follows is known.
final class PostgresPlanning: Warehouse {
  private let connection: PostgresConnection
  private let places: [(limited: String, whole: String)]
  private let planned = Mutex<[PlannedStatement]>([])

  init(_ connection: PostgresConnection, _ table: PostgresTable) {
    self.connection = connection
    places = table.unlimited
  }

  var statements: [PlannedStatement] { planned.withLock { $0 } }

  func rows(
    _ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void
  ) throws(WarehouseError) {
    try plan(statement)
    try connection.rows(statement, take)
  }

  func plan(_ statement: String) throws(WarehouseError) {
    var text = statement
    for place in places { text = text.replacing(place.limited, with: place.whole) }
    var first: String?
    try connection.rows("EXPLAIN \(text)") { (row) throws(WarehouseError) in first = first ?? row.text(0) }
    // Seq Scan on clients  (cost=0.00..194.00 rows=10000 width=4)
    func number(_ before: String, in line: String) -> Double {
      guard let start = line.firstRange(of: before)?.upperBound else { return 0 }
      return Double(line[start...].prefix { $0.isNumber || $0 == "." }) ?? 0
    }
    let line = first ?? ""
    let cost = line.firstIndex(of: "=").map { number("..", in: String(line[$0...])) } ?? 0
    let statement = PlannedStatement(text: text, cost: cost, unit: .pages, rows: number("rows=", in: line))
    planned.withLock { $0.append(statement) }
  }
}
