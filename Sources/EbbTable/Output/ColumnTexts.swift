/// Values of a column of one chunk as texts, the way the table has them.
package struct ColumnTexts {
  private let column: Column

  package init(_ column: Column) { self.column = column }

  /// `nil` where missing.
  package subscript(row: Int) -> String? {
    if column.missing[0]?[row] == true { return nil }
    switch column.storage {
    case .codes(let chunks, let levels): return levels.texts[Int(chunks[0][row])]
    case .scaled(let chunks, let scale): return Self.decimal(chunks[0][row], scale)
    case .real(let chunks): return "\(chunks[0][row])"
    case .none: return nil
    }
  }

  private static func decimal(_ value: Int64, _ scale: Int) -> String {
    guard scale > 0 else { return "\(value)" }
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
