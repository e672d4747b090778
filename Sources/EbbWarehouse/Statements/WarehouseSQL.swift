package import EbbForecast

/// The words of SQL that all statements share. Names and texts are quoted here and nowhere else.
package struct WarehouseSQL: Sendable {
  package let words: any SQLWords

  package init(_ dialect: SQLDialect) {
    words =
      switch dialect {
      case .postgresql: PostgresWords()
      case .spark: SparkWords()
      }
  }

  private var dialect: SQLDialect { words.dialect }

  package func name(_ name: String) throws(WarehouseError) -> String {
    do { return try dialect.identifier(name) } catch { throw .noTable(name) }
  }

  /// A table's name, each part between dots quoted; parts may come in double quotes, which keep their dots.
  package func table(_ name: String) throws(WarehouseError) -> String {
    var parts: [String] = []
    for part in Self.parts(name) { parts.append(try self.name(part)) }
    return parts.joined(separator: ".")
  }

  /// `a.b`, `"a.b".c`: a quote in a quoted part is doubled.
  package static func parts(_ name: String, quotes: Set<Unicode.Scalar> = ["\""]) -> [String] {
    var parts = [""]
    var quote: Unicode.Scalar?
    var characters = Array(name.unicodeScalars)[...]
    while let scalar = characters.popFirst() {
      if let open = quote, scalar == open, characters.first == open {
        characters.removeFirst()
        parts[parts.count - 1].unicodeScalars.append(open)
      } else if scalar == quote {
        quote = nil
      } else if quote == nil, quotes.contains(scalar), parts[parts.count - 1].isEmpty {
        quote = scalar
      } else if scalar == ".", quote == nil {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    return parts
  }

  package func text(_ text: String) throws(WarehouseError) -> String {
    do { return try dialect.text(text) } catch { throw .refused(server: "\\0", state: "22021") }
  }

  package func double(_ value: Double) -> String { dialect.double(value) }

  package var wholeType: String { words.wholeType }
  package var exactType: String { words.exactType }
  package var textType: String { words.textType }
  package var doubleType: String { words.doubleType }

  /// Conditions that all hold.
  static func all(_ conditions: [String]) -> String {
    conditions.map { "(\($0))" }.joined(separator: " AND ")
  }

  /// Only rows for which all of them hold; nothing where there are none.
  static func filter(_ conditions: [String]) -> String {
    conditions.isEmpty ? "" : " WHERE " + all(conditions)
  }

  package func cast(_ expression: String, _ type: String) -> String { "CAST(\(expression) AS \(type))" }

  /// A rising step function: `codes[i]` from `starts[i]` on, the first for everything below the second start. A tree of
  /// comparisons, so that a thousand steps cost ten.
  package func steps(_ value: String, starts: [Int64], codes: [Int]) -> String {
    func tree(_ range: Range<Int>) -> String {
      if range.count == 1 { return "\(codes[range.lowerBound])" }
      let middle = (range.lowerBound + range.upperBound) / 2
      return "CASE WHEN \(value) < \(literal(starts[middle])) THEN \(tree(range.lowerBound..<middle))"
        + " ELSE \(tree(middle..<range.upperBound)) END"
    }
    return tree(codes.indices)
  }

  /// Rows by the position of their value `c` from 0, each or all of one value at once: `c`, `p` and where `isAt` needs it
  /// `n`.
  ///
  /// - Parameter column: positions are counted by its values.
  func positions(of rows: String, within column: String?, descending isReversed: Bool) -> String {
    let order = "ORDER BY c\(isReversed ? " DESC" : "")"
    let window = (column.map { "PARTITION BY \($0) " } ?? "") + order
    let kept = (column.map { "\($0), " } ?? "") + "c"
    if !words.countsBeforeOrder {
      return "SELECT \(kept), ROW_NUMBER() OVER (\(window)) - 1 AS p FROM \(rows)"
    }
    return "SELECT \(kept), n, SUM(n) OVER (\(window) ROWS UNBOUNDED PRECEDING) - n AS p"
      + " FROM (SELECT \(kept), COUNT(*) AS n FROM \(rows) GROUP BY \(kept)) u"
  }

  /// Whether a row of such positions `q` holds the one of this name.
  func isAt(_ position: String) -> String {
    words.countsBeforeOrder ? "\(position) >= q.p AND \(position) < q.p + q.n" : "q.p = \(position)"
  }

  /// A whole number of 64 bits; the smallest one has no literal of its own.
  package func literal(_ value: Int64) -> String {
    value == .min ? "(\(value + 1) - 1)" : value < 0 ? "(\(value))" : "\(value)"
  }
}
