import EbbTable

/// Runs `body` over the present values of one chunk.
@inline(__always)
func scanPresent<Value>(_ values: [Value], _ missing: BitMask?, _ body: (Value) -> Void) {
  guard let missing, missing.count > 0 else {
    for value in values { body(value) }
    return
  }
  for (index, word) in missing.words.enumerated() {
    let start = index << 6
    let end = min(start + 64, values.count)
    if word == 0 {
      for row in start..<end { body(values[row]) }
    } else if word != ~0 {
      for row in start..<end where word >> UInt64(row & 63) & 1 == 0 { body(values[row]) }
    }
  }
}

extension PackedIntegers {
  /// Runs `body` over the present values, in order.
  @inline(__always)
  func scanPresent(_ missing: BitMask?, _ body: (Int64) -> Void) {
    switch self {
    case .int8(let values): EbbClients.scanPresent(values, missing) { body(Int64($0)) }
    case .int16(let values): EbbClients.scanPresent(values, missing) { body(Int64($0)) }
    case .int32(let values): EbbClients.scanPresent(values, missing) { body(Int64($0)) }
    case .int64(let values): EbbClients.scanPresent(values, missing) { body($0) }
    }
  }

  /// Runs `body` over row numbers (in the chunk) and present values, in order.
  @inline(__always)
  func scanRows(_ missing: BitMask?, _ body: (Int, Int64) -> Void) {
    switch self {
    case .int8(let values): Self.rows(values, missing, body)
    case .int16(let values): Self.rows(values, missing, body)
    case .int32(let values): Self.rows(values, missing, body)
    case .int64(let values): Self.rows(values, missing, body)
    }
  }

  @inline(__always)
  private static func rows<Value: BinaryInteger>(
    _ values: [Value], _ missing: BitMask?, _ body: (Int, Int64) -> Void
  ) {
    guard let missing, missing.count > 0 else {
      for row in 0..<values.count { body(row, Int64(truncatingIfNeeded: values[row])) }
      return
    }
    for row in 0..<values.count where !missing[row] { body(row, Int64(truncatingIfNeeded: values[row])) }
  }
}

/// 10ⁿ as whole numbers.
enum PowersOfTen {
  static func value(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
