/// A signed whole number of 512 bits (two's complement): room for n³·Σx⁴ of any 64-bit column of 2³³ rows, so
/// that every moment is one exact fraction, rounded once.
package struct WideInteger: Sendable {
  private var limbs: InlineArray<8, UInt64>

  package init() { limbs = .init(repeating: 0) }

  package init(_ value: UInt128) {
    self.init()
    limbs[0] = UInt64(truncatingIfNeeded: value)
    limbs[1] = UInt64(truncatingIfNeeded: value >> 64)
  }

  package init(_ value: Int128) {
    self.init(value.magnitude)
    if value < 0 { self = -self }
  }

  /// A whole number in decimal digits, as databases write it; `nil` for anything else, and beyond 512 bits.
  package init?(decimal text: some StringProtocol) {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty, digits.count <= 150 else { return nil }
    var value = WideInteger()
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * WideInteger(10) + WideInteger(Int(digit - UInt8(ascii: "0")))
    }
    self = isNegative ? -value : value
  }

  package init(_ value: Int) { self.init(Int128(value)) }

  /// 10^exponent.
  init(powerOfTen exponent: Int) {
    self.init(UInt128(1))
    for _ in 0..<exponent { self = self * WideInteger(10) }
  }

  var isNegative: Bool { limbs[7] >> 63 == 1 }
  var isZero: Bool { bitLength == 0 }
  var magnitude: WideInteger { isNegative ? -self : self }

  /// Bits up to the highest that is set.
  private var bitLength: Int {
    for index in stride(from: 7, through: 0, by: -1) where limbs[index] != 0 {
      return index * 64 + 64 - limbs[index].leadingZeroBitCount
    }
    return 0
  }

  package static func + (a: WideInteger, b: WideInteger) -> WideInteger {
    var sum = WideInteger()
    var carry: UInt64 = 0
    for index in 0..<8 {
      let (first, overflow) = a.limbs[index].addingReportingOverflow(b.limbs[index])
      let (second, more) = first.addingReportingOverflow(carry)
      sum.limbs[index] = second
      carry = (overflow ? 1 : 0) + (more ? 1 : 0)
    }
    return sum
  }

  package static prefix func - (a: WideInteger) -> WideInteger {
    var inverted = WideInteger()
    for index in 0..<8 { inverted.limbs[index] = ~a.limbs[index] }
    return inverted + WideInteger(UInt128(1))
  }

  package static func - (a: WideInteger, b: WideInteger) -> WideInteger { a + -b }

  package static func * (a: WideInteger, b: WideInteger) -> WideInteger {
    var product = WideInteger()
    for i in 0..<8 where a.limbs[i] != 0 {
      var carry: UInt64 = 0
      for j in 0..<(8 - i) {
        let wide = a.limbs[i].multipliedFullWidth(by: b.limbs[j])
        let (first, overflow) = wide.low.addingReportingOverflow(product.limbs[i + j])
        let (second, more) = first.addingReportingOverflow(carry)
        product.limbs[i + j] = second
        carry = wide.high &+ (overflow ? 1 : 0) &+ (more ? 1 : 0)
      }
    }
    return product
  }

  package func shiftedLeft(by bits: Int) -> WideInteger {
    var shifted = WideInteger()
    let (whole, part) = (bits / 64, bits % 64)
    for index in stride(from: 7, through: whole, by: -1) {
      shifted.limbs[index] = limbs[index - whole] << UInt64(part)
      if part > 0, index > whole { shifted.limbs[index] |= limbs[index - whole - 1] >> UInt64(64 - part) }
    }
    return shifted
  }

  private func shiftedRightOnce() -> WideInteger {
    var shifted = WideInteger()
    for index in 0..<8 {
      shifted.limbs[index] = limbs[index] >> 1
      if index < 7 { shifted.limbs[index] |= limbs[index + 1] << 63 }
    }
    return shifted
  }

  /// The double nearest to `self / divisor` (ties to even); the divisor is positive.
  func divided(by divisor: WideInteger) -> Double {
    let dividend = magnitude
    let length = dividend.bitLength
    if length == 0 { return 0 }
    let divisorLength = divisor.bitLength
    let sign: FloatingPointSign = isNegative ? .minus : .plus
    if length <= 53, divisorLength <= 53 {
      let quotient = Double(dividend.limbs[0]) / Double(divisor.limbs[0])
      return sign == .minus ? -quotient : quotient
    }
    // A quotient of 58 or 59 bits, the lowest sticky: one rounding to 53 is then the right one.
    let shift = 58 - (length - divisorLength)
    var rest = shift > 0 ? dividend.shiftedLeft(by: shift) : dividend
    var step = (shift < 0 ? divisor.shiftedLeft(by: -shift) : divisor).shiftedLeft(by: 58)
    var quotient: UInt64 = 0
    for _ in 0...58 {
      quotient <<= 1
      let less = rest - step
      if !less.isNegative {
        rest = less
        quotient |= 1
      }
      step = step.shiftedRightOnce()
    }
    if !rest.isZero { quotient |= 1 }
    return Double(sign: sign, exponent: -shift, significand: Double(quotient))
  }
}
