package import EbbTable

/// One column as the passes read it: every present value is an offset `x` ≥ 0 from the column's smallest, in the
/// order of the values; missing is `range + 1`. Whole numbers and decimals keep their steps (x counts units of
/// 10^-scale), doubles only their order.
package struct ColumnSource: Sendable {
  package enum Unit: Sendable, Equatable {
    case scaled(low: Int64, scale: Int)
    case real(low: UInt64)
  }

  package let column: Column
  /// The highest code first: a flag whose *yes* sorts before its *no*, read as a number.
  package let reversed: Bool
  package let unit: Unit
  /// The greatest x of a present value.
  package let range: UInt64
  package let presentCount: Int

  /// The smallest and greatest stored values (codes, scaled integers, or order keys of doubles) make the source.
  package init(column: Column, reversed: Bool, bounds: ClosedRange<Int64>?, rowCount: Int) {
    self.column = column
    self.reversed = reversed
    presentCount = bounds == nil ? 0 : rowCount - column.missingCount
    let low = bounds?.lowerBound ?? 0
    let high = bounds?.upperBound ?? 0
    range = UInt64(bitPattern: high &- low)
    switch column.storage {
    case .scaled(_, let scale): unit = .scaled(low: low, scale: scale)
    case .real: unit = .real(low: UInt64(bitPattern: low) ^ 1 << 63)
    case .codes: unit = .scaled(low: reversed ? 1 - high : low, scale: 0)
    case .none: unit = .scaled(low: 0, scale: 0)
    }
  }

  package var missingX: UInt64 { range &+ 1 }
  /// Whether x and missing fit 32 bits.
  package var isNarrow: Bool { range < UInt64(UInt32.max) }
  /// x are codes of texts: never more of them than texts.
  package var isCoded: Bool { if case .codes = column.storage { true } else { false } }
  package var hasMissing: Bool { column.missingCount > 0 || presentCount == 0 }

  /// The value behind x, correctly rounded.
  package func number(_ x: UInt64) -> Double {
    switch unit {
    case .scaled(let low, let scale): ExactDecimal.double(Int128(low) + Int128(x), scale: scale)
    case .real(let low): OrderKey.double(low &+ x)
    }
  }

  /// The smallest x whose value is at least (or, if not `closed`, above) `cut`; `range + 1` where there is none.
  func firstX(from cut: Double, closed: Bool) -> UInt64 {
    func reaches(_ x: UInt64) -> Bool { closed ? number(x) >= cut : number(x) > cut }
    guard presentCount > 0, reaches(range) else { return missingX }
    var low: UInt64 = 0
    var high = range
    while low < high {
      let middle = low + (high - low) / 2
      if reaches(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Doubles as unsigned integers in the same order; both zeros are one.
package enum OrderKey {
  package static func key(_ value: Double) -> UInt64 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  package static func double(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}

/// value / 10^scale as the nearest double.
enum ExactDecimal {
  static func double(_ value: Int128, scale: Int) -> Double {
    if value.magnitude <= 1 << 53, scale <= 22 { return Double(Int64(value)) / power(scale) }
    return WideInteger(value).divided(by: WideInteger(powerOfTen: scale))
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  /// Exact up to 22.
  static func power(_ scale: Int) -> Double { powers[scale] }
}
