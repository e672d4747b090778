/// A place that answers SQL.
package protocol Warehouse: Sendable {
  /// Runs one statement and hands over its rows, each a list of texts with `nil` for NULL, as they come.
  func rows(_ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void)
    throws(WarehouseError)
}

/// A warehouse with the clients' table opened for one study.
protocol WarehouseServer: Warehouse {
  /// Where it is, without user and password.
  var source: String { get }
  /// The moment all answers are of, as the server names it.
  var snapshot: String { get }
  var sql: WarehouseSQL { get }
  var table: WarehouseTable { get }
  /// Bytes of values received so far.
  var received: Int { get }
  var statements: [String] { get }
  /// Every statement planned so far; none where statements are run.
  var planned: [PlannedStatement] { get }

  /// Rows asked for.
  func count() throws(WarehouseError) -> Int
  /// Writes rows as a file that the reader takes, all or a share of them: drawn by a hash of their values, so that the
  /// same rows are drawn wherever they lie.
  func fetch(_ draw: (share: Double, seed: UInt64)?, into file: UnnamedFile) throws
  /// The clients in a form that is cheap to ask.
  func settled(_ relation: ClientRelation) throws(WarehouseError) -> ClientRelation
  /// All has been asked.
  ///
  /// - Throws: where the answers cannot be of one moment.
  func end() throws(WarehouseError)
}

extension WarehouseServer {
  func count() throws(WarehouseError) -> Int {
    var count = 0
    try table.explaining { () throws(WarehouseError) in
      try rows("SELECT COUNT(*) FROM \(table.rows)") { (row) throws(WarehouseError) in
        count = try row.integer(0)
      }
    }
    return count
  }
}

/// One row of an answer.
package struct WarehouseRow {
  package let fields: [String?]

  package init(_ fields: [String?]) { self.fields = fields }

  package func text(_ index: Int) -> String? { fields[index] }

  package func integer(_ index: Int) throws(WarehouseError) -> Int {
    guard let number = try optionalInteger(index) else { throw .refused(server: "NULL", state: "22004") }
    return number
  }

  package func optionalInteger(_ index: Int) throws(WarehouseError) -> Int? {
    guard let text = fields[index] else { return nil }
    guard let number = Int(text) else { throw .refused(server: text, state: "22003") }
    return number
  }
}
