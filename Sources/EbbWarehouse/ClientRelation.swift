package import EbbTable

/// How one column of the clients is made in SQL.
package struct WarehouseColumn: Sendable {
  /// Name, kind and storage as in memory, without rows.
  package let column: Column
  /// The stored value: a scaled whole number, a code, or the order key of a double; NULL where missing.
  package let stored: String
  /// The double behind an order key.
  package let double: String?
  /// What has to be joined for it.
  package let join: String?

  package init(column: Column, stored: String, double: String? = nil, join: String? = nil) {
    self.column = column
    self.stored = stored
    self.double = double
    self.join = join
  }
}

/// The clients as a subquery: one row a client, every column as whole numbers (`c0`, `c1`, …; `d0`, … for doubles).
package struct ClientRelation: Sendable {
  package let columns: [WarehouseColumn]
  /// `(SELECT …) t`: the table's rows that count.
  private let rows: String
  /// The same rows part by part, each where it lies: aggregates of a part are then worked out there.
  private let parts: [String]
  private let conditions: [String]
  private let numberOf: [String: Int]

  package init(columns: [WarehouseColumn], rows: String, parts: [String] = [], conditions: [String]) {
    self.columns = columns
    self.rows = rows
    self.parts = parts
    self.conditions = conditions
    numberOf = Dictionary(columns.enumerated().map { ($1.column.name, $0) }) { first, _ in first }
  }

  package func number(_ name: String) -> Int? { numberOf[name] }

  package var isDivided: Bool { !parts.isEmpty }

  /// A statement whose rows may be added up, made once for all rows or once for every part.
  package func adding(
    _ wanted: some Sequence<Int>, where condition: String? = nil, _ make: (_ subquery: String) -> String
  ) -> String {
    let wanted = Array(wanted)
    return (parts.isEmpty ? [rows] : parts)
      .map { "(\(make(select(wanted, from: $0, where: condition))))" }.joined(separator: " UNION ALL ")
  }

  /// The subquery with the columns of these numbers, and their doubles where there are any.
  package func select(_ wanted: some Sequence<Int>, where condition: String? = nil) -> String {
    select(wanted, from: rows, where: condition)
  }

  private func select(_ wanted: some Sequence<Int>, from rows: String, where condition: String?) -> String {
    var items: [String] = []
    var joins: [String] = []
    for number in Set(wanted).sorted() {
      let column = columns[number]
      items.append("\(column.stored) AS c\(number)")
      if let double = column.double { items.append("\(double) AS d\(number)") }
      if let join = column.join { joins.append(join) }
    }
    return "SELECT \(items.isEmpty ? "1 AS one" : items.joined(separator: ", ")) FROM \(rows)"
      + joins.map { " \($0)" }.joined()
      + WarehouseSQL.filter(conditions + [condition].compactMap(\.self))
  }

  /// Statements that make two views: of the columns as they are made, then of their numbers alone.
  package func views(read: String, numbers: String, _ orderKey: (String) -> String) -> [String] {
    var (made, joins, kept) = ([String](), [String](), [String]())
    for (number, column) in columns.enumerated() {
      if let double = column.double {
        made.append("\(double) AS d\(number)")
        kept.append("\(orderKey("d\(number)")) AS c\(number), d\(number)")
      } else {
        made.append("\(column.stored) AS c\(number)")
        kept.append("c\(number)")
      }
      if let join = column.join { joins.append(" " + join) }
    }
    func view(_ name: String, _ items: [String], _ from: String) -> String {
      "CREATE OR REPLACE TEMPORARY VIEW \(name) AS SELECT"
        + " \(items.isEmpty ? "1 AS one" : items.joined(separator: ", ")) FROM \(from)"
    }
    let filter = WarehouseSQL.filter(conditions)
    return [view(read, made, rows + joins.joined() + filter), view(numbers, kept, read)]
  }
}
