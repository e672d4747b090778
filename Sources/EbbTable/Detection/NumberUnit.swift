/// A unit written beside numbers: a measure (₽, %, лет) and a power of ten (тыс. = 3).
public struct NumberUnit: Sendable, Hashable {
  public enum Measure: UInt8, Sendable, Hashable {
    case none, ruble, dollar, euro, pound, percent, years, months, pieces
  }
  public let measure: Measure
  /// 0, 3 (тыс.), 6 (млн) or 9 (млрд).
  public let power: Int

  public var multiplier: Int { [0: 1, 3: 1000, 6: 1_000_000, 9: 1_000_000_000][power] ?? 1 }

  /// As reports write it.
  public var text: String {
    let measureText =
      switch measure {
      case .none: ""
      case .ruble: "₽"
      case .dollar: "$"
      case .euro: "€"
      case .pound: "£"
      case .percent: "%"
      case .years: "лет"
      case .months: "мес."
      case .pieces: "шт."
      }
    let powerText = [3: "тыс.", 6: "млн", 9: "млрд"][power] ?? ""
    return powerText.isEmpty || measureText.isEmpty ? powerText + measureText : powerText + " " + measureText
  }

  /// Two words side by side ("тыс. руб."); `nil` when they do not go together.
  static func join(_ first: NumberUnit?, _ second: NumberUnit) -> NumberUnit? {
    guard let first else { return second }
    if first.power != 0, second.power != 0 { return nil }
    if first.measure != .none, second.measure != .none { return nil }
    return NumberUnit(
      measure: first.measure == .none ? second.measure : first.measure, power: first.power + second.power)
  }

  /// Longer words first, so that "руб." is not read as "р".
  private static let words: [(bytes: [UInt8], unit: NumberUnit)] = {
    let list: [(String, Measure, Int)] = [
      ("₽", .ruble, 0), ("рублей", .ruble, 0), ("рубля", .ruble, 0), ("рубль", .ruble, 0),
      ("руб.", .ruble, 0),
      ("руб", .ruble, 0), ("р.", .ruble, 0), ("р", .ruble, 0), ("rub", .ruble, 0), ("rur", .ruble, 0),
      ("$", .dollar, 0), ("usd", .dollar, 0), ("€", .euro, 0), ("eur", .euro, 0), ("£", .pound, 0),
      ("gbp", .pound, 0), ("%", .percent, 0), ("лет", .years, 0), ("года", .years, 0), ("год", .years, 0),
      ("years", .years, 0), ("year", .years, 0), ("месяцев", .months, 0), ("месяца", .months, 0),
      ("месяц", .months, 0), ("мес.", .months, 0), ("мес", .months, 0), ("months", .months, 0),
      ("month", .months, 0), ("шт.", .pieces, 0), ("шт", .pieces, 0),
      ("тысячи", .none, 3), ("тысяча", .none, 3), ("тысяч", .none, 3), ("тыс.", .none, 3), ("тыс", .none, 3),
      ("миллионов", .none, 6), ("миллиона", .none, 6), ("миллион", .none, 6), ("млн.", .none, 6),
      ("млн", .none, 6), ("миллиардов", .none, 9), ("миллиарда", .none, 9), ("миллиард", .none, 9),
      ("млрд.", .none, 9), ("млрд", .none, 9),
    ]
    return list.map { (Array($0.0.utf8), NumberUnit(measure: $0.1, power: $0.2)) }
      .sorted { $0.bytes.count > $1.bytes.count }
  }()

  /// The unit that begins at `position`, which moves behind it.
  static func match(_ text: Span<UInt8>, from position: inout Int, end: Int) -> NumberUnit? {
    guard position < end, text[position] &- 0x30 >= 10 else { return nil }
    for (bytes, unit) in words where position + bytes.count <= end {
      let after = position + bytes.count
      guard FieldText.equals(text.extracting(position..<after), folded: bytes.span) else { continue }
      // A word must not go on: "рост" is not "р" + "ост".
      if after < end, bytes[bytes.count - 1] >= 0x61, bytes[0] != 0xE2, isLetter(text[after]) { continue }
      position = after
      return unit
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A || byte == 0xD0 || byte == 0xD1
  }
}
