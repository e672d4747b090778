/// A place that answers SQL.
package protocol Warehouse: Sendable {
  /// Runs one statement and hands over its rows, each a list of texts with `nil` for NULL, as they come.
  func rows(_ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void)
    throws(WarehouseError)
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
