package import EbbForecast

/// PostgreSQL's own words; `numeric` is as long as it has to be.
package struct PostgresWords: SQLWords {
  package init() {}

  package var dialect: SQLDialect { .postgresql }
  package var wholeType: String { "bigint" }
  package var exactType: String { "numeric" }
  package var textType: String { "text" }
  package var doubleType: String { "double precision" }

  private func cast(_ expression: String, _ type: String) -> String { "CAST(\(expression) AS \(type))" }
  private func unit(_ scale: Int) -> String {
    scale == 0 ? "" : " * 1" + String(repeating: "0", count: scale)
  }
  private func exact(_ text: String, _ scale: Int) -> String { cast(text, exactType) + unit(scale) }

  package var countsBeforeOrder: Bool { false }
  package func grouping(_ names: String) -> String { "GROUPING(\(names))" }
  package func anyOrder(_ value: String) -> String { "" }

  package func text(_ place: String, _ family: WarehouseTable.Family) -> String { cast(place, textType) }

  package func matches(_ text: String, _ pattern: String) throws(WarehouseError) -> String {
    "\(text) ~ \(try WarehouseSQL(.postgresql).text("^\(pattern)$"))"
  }

  package func trimmed(_ text: String) -> String { "BTRIM(\(text))" }

  package func scaled(text: String, scale: Int) -> String { exact(text, scale) }

  package func scaled(decimal place: String, scale: Int) -> String {
    "CASE WHEN \(place) <> 'NaN' THEN \(place)\(unit(scale)) END"
  }

  package func scaled(double value: String, scale: Int, isNear: Bool) -> String {
    isNear ? "ROUND(\(cast(value, doubleType))\(unit(scale)))" : exact(cast(value, textType), scale)
  }

  package func loses(text: String, scale: Int) -> String {
    let exact = "(\(exact(text, scale)))"
    return "\(exact) <> TRUNC\(exact)"
  }

  package func loses(decimal place: String, scale: Int) -> String {
    "\(place)\(unit(scale)) <> TRUNC(\(place)\(unit(scale)))"
  }

  package func loses(double value: String, scale: Int) -> String {
    let exact = exact(cast(value, textType), scale)
    return "\(exact) <> TRUNC(\(exact))"
  }

  package func double(_ value: String, _ family: WarehouseTable.Family) -> String {
    switch family {
    case .decimal: cast("NULLIF(\(value), 'NaN')", doubleType)
    // As it is written: single precision has fewer digits than its double.
    case .double, .single: cast(cast(value, textType), doubleType)
    case .whole, .truth, .other: cast(value, doubleType)
    }
  }

  package func orderKey(_ double: String) -> String {
    let bits = "CAST(CAST('x' || ENCODE(FLOAT8SEND(\(double) + 0), 'hex') AS bit(64)) AS bigint)"
    return "CASE WHEN \(bits) >= 0 THEN \(bits) ELSE ~(\(bits)) # (-9223372036854775807 - 1) END"
  }

  package func rounded(_ double: String, wide isWide: Bool) -> String {
    cast("ROUND(\(double))", isWide ? exactType : wholeType)
  }

  package func sum(_ whole: String) -> String { "SUM(\(whole))" }

  package func products(_ factors: [WholeFactor], rows: Int) -> [SummedPiece] {
    // Two below 2³¹ stay within 64 bits.
    let isNarrow = factors.allSatisfy { $0.range < 1 << 31 }
    let names = factors.map(\.expression)
    let expression =
      switch (names.count, isNarrow) {
      case (1, _): names[0]
      case (2, true): names.joined(separator: " * ")
      case (_, true):
        cast(names[0..<2].joined(separator: " * "), exactType) + names[2...].map { " * \($0)" }.joined()
      case (_, false): cast(names[0], exactType) + names[1...].map { " * \($0)" }.joined()
      }
    return [SummedPiece(expression: expression)]
  }

  /// A double as the exact decimal that it is written as.
  package func real(_ double: String) -> String { cast(cast(double, textType), exactType) }
  package func real(_ constant: Double) -> String { cast("'\(constant)'", exactType) }
  package func realPieces(_ value: String, bound: Double) -> [RealPiece] { [RealPiece(expression: value)] }
}
