/// Decimal rounding on the shortest text of a double, so that 0.285 shows as 0.29 and not as 0.28.
enum FixedPoint {
  /// `value` ≥ 0 with `decimals` digits after a point, rounded half up.
  static func format(_ value: Double, decimals: Int) -> String {
    var (digits, exponent) = shortest(value)
    // digits × 10^exponent; cut to `decimals` places
    let excess = -exponent - decimals
    if excess > digits.count {
      digits = [0]
      exponent = -decimals
    } else if excess > 0 {
      let roundUp = digits[digits.count - excess] >= 5
      digits.removeLast(excess)
      exponent = -decimals
      if roundUp { increment(&digits) }
      if digits.isEmpty { digits = [0] }
    } else {
      digits += [Int](repeating: 0, count: -excess)
      exponent = -decimals
    }
    while digits.count <= decimals { digits.insert(0, at: 0) }
    while digits.count > decimals + 1, digits[0] == 0 { digits.removeFirst() }
    let text = digits.map(String.init).joined()
    guard decimals > 0 else { return text }
    return String(text.dropLast(decimals)) + "." + text.suffix(decimals)
  }

  private static func increment(_ digits: inout [Int]) {
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
      index -= 1
    }
    digits.insert(1, at: 0)
  }

  /// The digits of `description` and the power of ten of the last one.
  private static func shortest(_ value: Double) -> (digits: [Int], exponent: Int) {
    var digits: [Int] = []
    var exponent = 0
    var seenPoint = false
    let parts = value.description.split(separator: "e")
    for character in parts[0] {
      if character == "." {
        seenPoint = true
      } else if let digit = character.wholeNumberValue {
        digits.append(digit)
        if seenPoint { exponent -= 1 }
      }
    }
    if parts.count > 1 { exponent += Int(parts[1]) ?? 0 }
    return (digits, exponent)
  }
}
