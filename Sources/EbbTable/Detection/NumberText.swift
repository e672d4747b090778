/// How the numbers of a file are written.
public struct NumberStyle: Sendable, Equatable {
  /// `.` or `,`
  public let decimal: UInt8
  /// `,` or `.` when it parts groups of three digits. Blanks and apostrophes always may.
  public let group: UInt8?

  public init(decimal: UInt8, group: UInt8? = nil) {
    self.decimal = decimal
    self.group = group == decimal ? nil : group
  }

  public init(_ dialect: Dialect) {
    let group: UInt8? =
      switch dialect.groupSeparator {
      case ",": UInt8(ascii: ",")
      case ".": UInt8(ascii: ".")
      default: nil
      }
    self.init(decimal: dialect.decimalSeparator, group: group)
  }
}

/// One field read as a number, slowly and with everything people write around numbers:
/// `1 234 567,89 ₽`, `(123)`, `−5`, `12 %`, `1,5 тыс. руб.`, `$1,234.50`, `1,55E+07`, `1'234`.
///
/// A unit that multiplies (тыс., млн, млрд) is already applied to `outcome`.
public struct NumberText: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    /// value × 10^scale, exactly; the scale is the decimals written.
    case exact(Int64, scale: Int)
    /// Written with an exponent, or with more than 18 digits.
    case real(Double)
    /// Too large even for a double.
    case outOfRange
    case notANumber
  }
  public internal(set) var outcome: Outcome = .notANumber
  /// ASCII digits with at most a minus before and one decimal separator between digits, and nothing else.
  public internal(set) var isPlain = true
  /// Digits before the decimal separator, leading zeros aside.
  public internal(set) var integerDigits = 0
  public internal(set) var decimals = 0
  public internal(set) var hasExponent = false
  /// `007`: an identifier more likely than a number.
  public internal(set) var hasLeadingZero = false
  /// What parted the groups of three digits: the byte, or for blanks of several bytes the last one.
  public internal(set) var groupMark: UInt8?
  public internal(set) var unit: NumberUnit?

  /// Whole value at a column's scale; `nil` when it does not fit or would lose decimals.
  public func scaled(to scale: Int) -> Int64? {
    guard case .exact(let value, let own) = outcome, own <= scale else { return nil }
    return NumberText.multiply(value, byPowerOfTen: scale - own)
  }

  /// The value as a double; `nil` when there is none.
  public var double: Double? {
    switch outcome {
    case .exact(let value, let scale):
      // Both are exact up to 2^53 and 10^22, so one rounding: the nearest double of the decimal text.
      if scale == 0 { return Double(value) }
      if value.magnitude <= 1 << 53, scale <= 22 { return Double(value) / NumberText.power(scale) }
      return Double("\(value)e-\(scale)")
    case .real(let value): return value
    case .outOfRange, .notANumber: return nil
    }
  }

  static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  static func multiply(_ value: Int64, byPowerOfTen exponent: Int) -> Int64? {
    var result = value
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = product
    }
    return result
  }

  private static func hasDigit(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] >= 0x30 && text[index] <= 0x39 { return true }
    return false
  }

  /// Reads a field under a style.
  public init(_ field: Span<UInt8>, style: NumberStyle) {
    let text = field.extracting(FieldText.trimmed(field))
    if text.count != field.count { isPlain = false }
    guard text.count <= 200, Self.hasDigit(text) else { return }
    var scanner = NumberScanner(end: text.count)
    scanner.scan(text, style: style, into: &self)
  }
}

private struct NumberScanner {
  var position = 0
  var end: Int
  var negative = false
  var mantissa: UInt64 = 0
  /// Digits that count, leading zeros aside.
  var significant = 0
  var tooLong = false

  init(end: Int) { self.end = end }

  mutating func scan(_ text: Span<UInt8>, style: NumberStyle, into number: inout NumberText) {
    if text[0] == UInt8(ascii: "("), text[end - 1] == UInt8(ascii: ")"), end > 2 {
      negative = true
      number.isPlain = false
      position = 1
      end -= 1
    }
    var signed = readSign(text, &number)
    let before = NumberUnit.match(text, from: &position, end: end)
    if before != nil {
      number.isPlain = false
      skipBlanks(text)
      if !signed { signed = readSign(text, &number) }
    }
    _ = signed
    let digitsStart = position
    guard readInteger(text, style: style, &number) else { return }
    let integerEnd = position
    var digits = digitCount
    if position < end, text[position] == style.decimal {
      position += 1
      let start = position
      while position < end, isDigit(text[position]) {
        push(text[position])
        position += 1
      }
      number.decimals = position - start
      digits += number.decimals
      if number.decimals == 0 || integerEnd == digitsStart { number.isPlain = false }
    }
    guard digits > 0 else { return }
    let mantissaEnd = position
    readExponent(text, &number)
    let numberEnd = position
    var unit = before
    skipBlanks(text)
    while position < end {
      guard let next = NumberUnit.match(text, from: &position, end: end) else { return }
      number.isPlain = false
      guard let joined = NumberUnit.join(unit, next) else { return }
      unit = joined
      skipBlanks(text)
    }
    number.unit = unit
    number.hasLeadingZero =
      number.decimals == 0 && !number.hasExponent && number.groupMark == nil && unit == nil
      && digitCount > 1 && text[digitsStart] == UInt8(ascii: "0")
    finish(
      text, style: style, digitsStart: digitsStart, mantissaEnd: mantissaEnd, numberEnd: numberEnd, &number)
  }

  /// Digits of the integer part.
  private var digitCount = 0

  private mutating func readSign(_ text: Span<UInt8>, _ number: inout NumberText) -> Bool {
    guard position < end else { return false }
    if text[position] == UInt8(ascii: "-") {
      negative.toggle()
      position += 1
      if position < end, !isDigit(text[position]) { number.isPlain = false }
    } else if text[position] == UInt8(ascii: "+") {
      position += 1
      number.isPlain = false
    } else if position + 2 < end, text[position] == 0xE2, text[position + 1] == 0x88,
      text[position + 2] == 0x92
    {
      negative.toggle()
      position += 3
      number.isPlain = false
    } else {
      return false
    }
    skipBlanks(text)
    return true
  }

  private mutating func skipBlanks(_ text: Span<UInt8>) {
    while position < end {
      let length = FieldText.blankLength(text, at: position, end: end)
      if length == 0 { return }
      position += length
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private mutating func push(_ digit: UInt8) {
    if significant == 0, digit == 0x30 { return }
    significant += 1
    if significant <= 18 { mantissa = mantissa * 10 + UInt64(digit - 0x30) } else { tooLong = true }
  }

  /// `false`: groups that are not groups of three.
  private mutating func readInteger(
    _ text: Span<UInt8>, style: NumberStyle, _ number: inout NumberText
  ) -> Bool {
    var inGroup = 0
    var mark: UInt8?
    let start = position
    while position < end {
      let byte = text[position]
      if isDigit(byte) {
        push(byte)
        inGroup += 1
        digitCount += 1
        position += 1
        continue
      }
      var length = FieldText.blankLength(text, at: position, end: end)
      if length == 0 {
        if byte == UInt8(ascii: "'") || byte == style.group {
          length = 1
        } else if position + 2 < end, byte == 0xE2, text[position + 1] == 0x80, text[position + 2] == 0x99 {
          length = 3  // U+2019, the typographic apostrophe
        }
      }
      let next = position + length
      guard length > 0, next < end, isDigit(text[next]) else { break }
      let found = text[next - 1]
      guard inGroup > 0, mark == nil ? inGroup <= 3 : inGroup == 3 && mark == found else { return false }
      mark = found
      inGroup = 0
      position = next
    }
    if mark != nil {
      guard inGroup == 3, text[start] != UInt8(ascii: "0") else { return false }
      number.isPlain = false
      number.groupMark = mark
    }
    number.integerDigits = significant
    return true
  }

  private mutating func readExponent(_ text: Span<UInt8>, _ number: inout NumberText) {
    guard position + 1 < end, text[position] | 0x20 == UInt8(ascii: "e") else { return }
    var probe = position + 1
    if text[probe] == UInt8(ascii: "+") || text[probe] == UInt8(ascii: "-") { probe += 1 }
    let start = probe
    while probe < end, isDigit(text[probe]) { probe += 1 }
    guard probe > start else { return }
    number.hasExponent = true
    number.isPlain = false
    position = probe
  }

  private func finish(
    _ text: Span<UInt8>, style: NumberStyle, digitsStart: Int, mantissaEnd: Int, numberEnd: Int,
    _ number: inout NumberText
  ) {
    let power = number.unit?.power ?? 0
    if !tooLong, !number.hasExponent {
      let value = negative ? -Int64(mantissa) : Int64(mantissa)
      if number.decimals >= power {
        number.outcome = .exact(value, scale: number.decimals - power)
        return
      }
      if let product = NumberText.multiply(value, byPowerOfTen: power - number.decimals) {
        number.outcome = .exact(product, scale: 0)
        return
      }
    }
    var ascii = negative ? "-" : ""
    var exponent = power
    for index in digitsStart..<mantissaEnd {
      if isDigit(text[index]) {
        ascii.unicodeScalars.append(Unicode.Scalar(text[index]))
      } else if text[index] == style.decimal, index == mantissaEnd - number.decimals - 1 {
        ascii += "."
      }
    }
    if ascii.hasSuffix(".") { ascii += "0" }
    if number.hasExponent {
      var written = 0
      var minus = false
      for index in mantissaEnd + 1..<numberEnd {
        if text[index] == UInt8(ascii: "-") { minus = true }
        if isDigit(text[index]), written < 100_000 { written = written * 10 + Int(text[index] - 0x30) }
      }
      exponent += minus ? -written : written
    }
    guard let value = Double("\(ascii)e\(exponent)"), value.isFinite else {
      number.outcome = .outOfRange
      return
    }
    number.outcome = .real(value)
  }
}
