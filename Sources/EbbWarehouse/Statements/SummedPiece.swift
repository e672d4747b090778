import EbbEngine

/// Whole numbers that are multiplied, none of them negative.
package struct WholeFactor: Sendable {
  let expression: String
  /// The greatest.
  let range: UInt64

  var bits: Int { UInt64.bitWidth - range.leadingZeroBitCount }
}

/// A part of a sum that is too long for the warehouse's numbers: the sum is Σ times · 2^shift · piece.
package struct SummedPiece: Sendable {
  let expression: String
  var shift = 0
  var times = 1
}

/// A part of a sum of doubles: the sum is Σ weight · piece.
package struct RealPiece: Sendable {
  let expression: String
  var weight = 1.0
}

/// The sum of a product, as items of a SELECT.
struct SummedProduct {
  private let pieces: [SummedPiece]

  init(_ factors: [WholeFactor], rows: Int, _ sql: WarehouseSQL) {
    pieces = sql.words.products(factors, rows: rows)
  }

  var count: Int { pieces.count }

  func items(_ wrap: (String) -> String = { $0 }) -> [String] {
    pieces.map { "SUM(\(wrap($0.expression)))" }
  }

  /// The sum of whose pieces the first stands at `index`; `nil` where there were no rows.
  func total(_ row: borrowing WarehouseRow, at index: Int) throws(WarehouseError) -> WideInteger? {
    var total = WideInteger()
    for (place, piece) in pieces.enumerated() {
      guard let text = row.text(index + place) else { return nil }
      guard let value = WideInteger(decimal: text) else { throw .refused(server: text, state: "22003") }
      let weight = WideInteger(Int128(piece.times)).shiftedLeft(by: piece.shift)
      total = total + value * weight
    }
    return total
  }
}

/// The sum of doubles, as items of a SELECT.
struct SummedReal {
  private let pieces: [RealPiece]

  init(_ value: String, bound: Double, _ sql: WarehouseSQL) {
    pieces = sql.words.realPieces(value, bound: bound)
  }

  var count: Int { pieces.count }
  var items: [String] { pieces.map { "SUM(\($0.expression))" } }

  /// Zero where there were no rows.
  func total(_ row: borrowing WarehouseRow, at index: Int) -> Double {
    var total = 0.0
    // The smallest first: what is lost then is lost last.
    for (place, piece) in pieces.enumerated().reversed() {
      total += (row.text(index + place).flatMap { Double($0) } ?? 0) * piece.weight
    }
    return total
  }
}
