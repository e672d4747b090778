/// A number of plain digits with at most a minus in front and one decimal sign: what most fields are.
struct PlainNumber {
  /// The digits without the decimal sign.
  let digits: Int64
  let decimals: Int

  /// `nil` for anything else, whether it is a number or not.
  @inline(__always)
  init?(_ text: Span<UInt8>, _ start: Int, _ end: Int, decimal: UInt8) {
    var position = start
    var value: Int64 = 0
    let isNegative = position < end && text[position] == 0x2D
    if isNegative { position += 1 }
    let firstDigit = position
    if end - position > 18 || position == end { return nil }
    while position < end {
      let digit = text[position] &- 0x30
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      position += 1
    }
    var decimals = 0
    if position < end {
      guard position > firstDigit, text[position] == decimal else { return nil }
      position += 1
      decimals = end - position
      if decimals == 0 { return nil }
      while position < end {
        let digit = text[position] &- 0x30
        if digit > 9 { return nil }
        value = value &* 10 &+ Int64(digit)
        position += 1
      }
    }
    digits = isNegative ? -value : value
    self.decimals = decimals
  }

  /// The number in steps of `scale` decimals; `nil` where it has more of them, or is none.
  @inline(never)
  static func steps(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, decimal: UInt8, scale: Int
  ) -> Int64? {
    guard let plain = PlainNumber(text, start, end, decimal: decimal), plain.decimals <= scale else {
      return nil
    }
    return NumberText.multiply(plain.digits, byPowerOfTen: scale - plain.decimals)
  }
}
