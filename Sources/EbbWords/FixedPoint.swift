/// Decimal rounding on the shortest text of a double, so that 0.285 shows as 0.29 and not as 0.28.
enum FixedPoint {
  private static let zero = UInt8(ascii: "0")

  /// `value` ≥ 0 with `decimals` digits after a point, rounded half up.
  static func format(_ value: Double, decimals: Int) -> String {
    var (digits, exponent) = shortest(value)
    // digits × 10^exponent; cut to `decimals` places
    let excess = -exponent - decimals
    if excess > digits.count {
      digits = [zero]
      exponent = -decimals
    } else if excess > 0 {
      let roundUp = digits[digits.count - excess] >= zero + 5
      digits.removeLast(excess)
      exponent = -decimals
      if roundUp { increment(&digits) }
      if digits.isEmpty { digits = [zero] }
    } else {
      digits += [UInt8](repeating: zero, count: -excess)
      exponent = -decimals
    }
    if digits.count <= decimals {
      digits.insert(contentsOf: [UInt8](repeating: zero, count: decimals + 1 - digits.count), at: 0)
    }
    let leading = digits.dropLast(decimals + 1).prefix { $0 == zero }.count
    if leading > 0 { digits.removeFirst(leading) }
    if decimals > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - decimals) }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func increment(_ digits: inout [UInt8]) {
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < zero + 9 {
        digits[index] += 1
        return
      }
      digits[index] = zero
      index -= 1
    }
    digits.insert(zero + 1, at: 0)
  }

  /// The digits of `description` and the power of ten of the last one.
  private static func shortest(_ value: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    digits.reserveCapacity(24)
    var exponent = 0
    var seenPoint = false
    let text = value.description
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      if byte == UInt8(ascii: ".") {
        seenPoint = true
      } else if byte == UInt8(ascii: "e") {
        exponent += Int(text[index...]) ?? 0
        break
      } else if byte >= zero, byte <= zero + 9 {
        digits.append(byte)
        if seenPoint { exponent -= 1 }
      }
    }
    return (digits, exponent)
  }
}
