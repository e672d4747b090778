package import EbbForecast

/// Spark's own words, with ANSI rules on: what overflows is an error. Its decimals have 38 digits, so long sums are taken
/// in pieces.
package struct SparkWords: SQLWords {
  package init() {}

  package var dialect: SQLDialect { .spark }
  package var wholeType: String { "BIGINT" }
  package var exactType: String { "DECIMAL(38,0)" }
  package var textType: String { "STRING" }
  package var doubleType: String { "DOUBLE" }

  private func cast(_ expression: String, _ type: String) -> String { "CAST(\(expression) AS \(type))" }

  package var countsBeforeOrder: Bool { true }
  package func grouping(_ names: String) -> String { "GROUPING_ID()" }
  package func anyOrder(_ value: String) -> String { " ORDER BY \(value)" }

  // MARK: Texts

  /// Doubles in plain digits where they are neither very large nor very small, whole ones without a fraction.
  package func text(_ place: String, _ family: WarehouseTable.Family) -> String {
    switch family {
    case .other: return place
    case .whole, .decimal, .truth: return cast(place, textType)
    case .double, .single:
      let written = cast(place, textType)
      let plain = "RTRIM('.', RTRIM('0', \(cast(cast(written, "DECIMAL(38,21)"), textType))))"
      return
        "CASE WHEN \(place) = 0 THEN '0' WHEN ABS(\(place)) >= 1e-4D AND ABS(\(place)) < 1e15D THEN \(plain)"
        + " ELSE \(written) END"
    }
  }

  package func matches(_ text: String, _ pattern: String) throws(WarehouseError) -> String {
    "\(text) RLIKE \(try WarehouseSQL(.spark).text("^\(pattern)\\z"))"
  }

  package func trimmed(_ text: String) -> String { "TRIM(\(text))" }

  // MARK: Numbers

  /// Digits with the point moved by an exponent: multiplied, a decimal would lose digits.
  private func shifted(_ text: String, _ scale: Int) -> String {
    cast("CONCAT(\(text), 'e\(scale)')", "DECIMAL(38,18)")
  }

  package func scaled(text: String, scale: Int) -> String { shifted(text, scale) }
  package func scaled(decimal place: String, scale: Int) -> String { shifted(cast(place, textType), scale) }

  package func scaled(double value: String, scale: Int, isNear: Bool) -> String {
    let unit = "1" + String(repeating: "0", count: scale)
    return isNear
      ? "RINT(\(cast(value, doubleType)) * \(unit)D)"
      : shifted(cast(cast(cast(value, textType), "DECIMAL(38,\(scale))"), textType), scale)
  }

  package func loses(text: String, scale: Int) -> String {
    let exact = shifted("(\(text))", scale)
    return "\(exact) <> FLOOR(\(exact))"
  }

  package func loses(decimal place: String, scale: Int) -> String {
    loses(text: cast(place, textType), scale: scale)
  }

  package func loses(double value: String, scale: Int) -> String {
    let written = cast(value, textType)
    return "\(cast(cast(written, "DECIMAL(38,\(scale))"), doubleType)) <> \(cast(written, doubleType))"
  }

  package func double(_ value: String, _ family: WarehouseTable.Family) -> String {
    // As it is written: single precision has fewer digits than its double.
    family == .single ? cast(cast(value, textType), doubleType) : cast(value, doubleType)
  }

  package func orderKey(_ double: String) -> String {
    let size = "ABS(\(double))"
    // Rounding may have the logarithm fall on the wrong side of a power of two.
    let near = "FLOOR(LOG2(\(size)))"
    let power = "POWER(2D, \(near))"
    let exponent =
      "(\(near) + CASE WHEN \(size) >= 2D * \(power) THEN 1 WHEN \(size) < \(power) THEN -1 ELSE 0 END)"
    let normal =
      "(\(exponent) + 1022) * 4503599627370496 + CAST(\(size) / POWER(2D, \(exponent)) * 4503599627370496D AS BIGINT)"
    let bits =
      "CASE WHEN \(size) < 2.2250738585072014E-308D THEN CAST(\(size) * \(0x1p537)D * \(0x1p537)D AS BIGINT)"
      + " ELSE \(normal) END"
    return "CASE WHEN \(double) >= 0 THEN \(bits) ELSE -1 - \(bits) END"
  }

  package func rounded(_ double: String, wide isWide: Bool) -> String { cast("RINT(\(double))", wholeType) }

  // MARK: Sums

  /// Bits that a sum may come to: DECIMAL(38,0) holds 2^126.
  private static let sumBits = 126
  private static let wholeBits = 62

  package func sum(_ whole: String) -> String { "SUM(\(cast(whole, "DECIMAL(20,0)")))" }

  package func products(_ factors: [WholeFactor], rows: Int) -> [SummedPiece] {
    let rowBits = Int.bitWidth - rows.leadingZeroBitCount
    let bits = factors.reduce(0) { $0 + $1.bits }
    let names = factors.map(\.expression)
    if bits + rowBits <= Self.wholeBits { return [SummedPiece(expression: names.joined(separator: " * "))] }
    if bits <= Self.wholeBits || names.count == 1 {
      return [SummedPiece(expression: cast(names.joined(separator: " * "), "DECIMAL(20,0)"))]
    }
    let room = Self.sumBits - rowBits
    if bits <= room { return [SummedPiece(expression: product(names))] }
    return limbed(factors, bits: min(Self.wholeBits, max(1, room / factors.count)))
  }

  private func product(_ names: [String]) -> String {
    names.map { cast($0, exactType) }.joined(separator: " * ")
  }

  /// Every factor as digits of so many bits, multiplied out.
  private func limbed(_ factors: [WholeFactor], bits: Int) -> [SummedPiece] {
    var pieces: [(names: [String], shift: Int)] = [([], 0)]
    for factor in factors {
      let limbs = stride(from: 0, to: max(1, factor.bits), by: bits).map { shift in
        ("(SHIFTRIGHT(\(factor.expression), \(shift)) & \((1 << bits) - 1))", shift)
      }
      pieces = pieces.flatMap { piece in limbs.map { (piece.names + [$0.0], piece.shift + $0.1) } }
    }
    var found: [String: SummedPiece] = [:]
    for piece in pieces {
      let expression = product(piece.names.sorted())
      found[expression, default: SummedPiece(expression: expression, shift: piece.shift, times: 0)].times += 1
    }
    return found.values.sorted { ($0.shift, $0.expression) < ($1.shift, $1.expression) }
  }

  package func real(_ double: String) -> String { double }
  package func real(_ constant: Double) -> String { "\(constant)D" }

  /// A double as two whole numbers of 45 bits: what of it is below the last of them does not matter, whatever cancels.
  package func realPieces(_ value: String, bound: Double) -> [RealPiece] {
    let exponent = bound > 0 && bound.isFinite ? max(-900, min(900, 44 - Int(bound.exponent))) : 0
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let steps = "\(value) * \(unit)D"
    return [
      RealPiece(expression: sumOf("RINT(\(steps))"), weight: 1 / unit),
      RealPiece(expression: sumOf("RINT((\(steps) - RINT(\(steps))) * \(0x1p45)D)"), weight: 0x1p-45 / unit),
    ]
  }

  private func sumOf(_ double: String) -> String { cast(cast(double, wholeType), "DECIMAL(20,0)") }
}
