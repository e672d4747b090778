/// What a sample tells about one column.
struct ColumnEvidence {
  private(set) var cells = 0
  private(set) var missing = 0
  private(set) var padded = 0
  private(set) var numbers = 0
  private(set) var plain = 0
  private(set) var exponents = 0
  private(set) var leadingZeros = 0
  /// Whole numbers of 16 digits and more: account and card numbers.
  private(set) var longDigits = 0
  /// Numbers whose digits do not fit in 18.
  private(set) var inexact = 0
  private(set) var integerDigits = 0
  private(set) var decimals = 0
  private(set) var zerosAndOnes = 0
  private(set) var sawZero = false
  private(set) var sawOne = false
  private(set) var units: [NumberUnit: Int] = [:]
  /// Different texts, trimmed; of numbers only while few were seen.
  private(set) var distinct: Set<[UInt8]> = []
  private(set) var textBytes = 0

  /// Cells with a value.
  var values: Int { cells - missing }

  mutating func add(_ field: Span<UInt8>, style: NumberStyle, missingTokens: MissingTokens) {
    cells += 1
    let trimmed = FieldText.trimmed(field)
    if trimmed.count != field.count, !trimmed.isEmpty { padded += 1 }
    if missingTokens.contains(field) {
      missing += 1
      return
    }
    let number = NumberText(field, style: style)
    if number.outcome == .notANumber {
      addText(field.extracting(trimmed))
      return
    }
    numbers += 1
    if number.isPlain { plain += 1 }
    if number.hasExponent { exponents += 1 }
    if number.hasLeadingZero { leadingZeros += 1 }
    if number.decimals == 0, number.integerDigits >= 16, number.unit == nil { longDigits += 1 }
    if let unit = number.unit { units[unit, default: 0] += 1 }
    switch number.outcome {
    case .exact(let value, let scale):
      decimals = max(decimals, scale)
      integerDigits = max(integerDigits, Self.digits(value, scale))
      if scale == 0, number.isPlain, value == 0 || value == 1 {
        zerosAndOnes += 1
        if value == 0 { sawZero = true } else { sawOne = true }
      }
    default: inexact += 1
    }
    // Digits that turn out to be identifiers need to be counted as texts.
    if number.hasLeadingZero || number.integerDigits >= 16 || numbers <= 2000 {
      addText(field.extracting(trimmed))
    }
  }

  private mutating func addText(_ text: Span<UInt8>) {
    textBytes += text.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    distinct.insert(bytes)
  }

  private static func digits(_ value: Int64, _ scale: Int) -> Int {
    var rest = value.magnitude
    var count = 0
    while rest > 0 {
      rest /= 10
      count += 1
    }
    return max(0, count - scale)
  }

  /// A few fields that are no numbers do not make a column of numbers text: those rows will be rejected and shown.
  var isNumeric: Bool {
    guard numbers > 0 else { return false }
    let others = values - numbers
    let allowed = values >= 20 ? values / 20 : values >= 5 ? 1 : 0
    return others <= allowed
  }

  /// Digit strings that are names: with leading zeros, or of 16 digits and more.
  var isIdentifier: Bool {
    let allowed = values >= 100 ? values / 50 : 0
    return numbers > 0 && leadingZeros + longDigits > allowed
  }

  /// The kind of a column that is to be numeric.
  var numericKind: (kind: Column.Kind, scale: Int) {
    if exponents > 0 || inexact > 0 || integerDigits + decimals > 18 { return (.real, 0) }
    return decimals == 0 ? (.integer, 0) : (.decimal, decimals)
  }

  /// Text with almost as many values as rows.
  var isFreeText: Bool {
    guard values > 0 else { return false }
    if textBytes / max(values, 1) > 200 { return true }
    return values >= 10 && distinct.count * 10 > values * 9
  }
}
