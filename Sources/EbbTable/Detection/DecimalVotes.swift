/// Which of `.` and `,` is the decimal separator, by the fields that can be read in one way only.
struct DecimalVotes {
  private(set) var decimalPoint = 0
  private(set) var decimalComma = 0
  private(set) var groupPoint = 0
  private(set) var groupComma = 0
  /// "1.234": one point, then three digits.
  private(set) var eitherPoint = 0
  private(set) var eitherComma = 0
  private(set) var groupBlank: [UInt8: Int] = [:]

  private static let point = NumberStyle(decimal: UInt8(ascii: "."), group: UInt8(ascii: ","))
  private static let comma = NumberStyle(decimal: UInt8(ascii: ","), group: UInt8(ascii: "."))

  mutating func add(_ field: Span<UInt8>) {
    // Plain digits and words tell nothing.
    guard field.count >= 3, field.count <= 64 else { return }
    var marks = false
    for index in field.indices {
      let byte = field[index]
      if byte == 0x2E || byte == 0x2C || byte == 0x20 || byte == 0x27 || byte >= 0x80 { marks = true }
    }
    guard marks else { return }
    let asPoint = NumberText(field, style: Self.point)
    let asComma = NumberText(field, style: Self.comma)
    let pointFits = asPoint.outcome != .notANumber
    let commaFits = asComma.outcome != .notANumber
    switch (pointFits, commaFits) {
    case (true, false):
      if asPoint.decimals > 0 { decimalPoint += 1 }
      if asPoint.groupMark == UInt8(ascii: ",") { groupComma += 1 }
    case (false, true):
      if asComma.decimals > 0 { decimalComma += 1 }
      if asComma.groupMark == UInt8(ascii: ".") { groupPoint += 1 }
    case (true, true):
      if asPoint.groupMark == UInt8(ascii: ",") { eitherComma += 1 }
      if asComma.groupMark == UInt8(ascii: ".") { eitherPoint += 1 }
    case (false, false): return
    }
    if let mark = asPoint.groupMark ?? asComma.groupMark, mark != 0x2C, mark != 0x2E {
      groupBlank[mark, default: 0] += 1
    }
  }

  /// The decision. Nothing proven: a lone comma before three digits parts thousands in English files and is a
  /// decimal comma where the delimiter is `;`; a lone point is a decimal point.
  func decide(
    delimiter: UInt8, forced: UInt8?, forcedGroup: String? = nil
  ) -> (decimal: UInt8, group: String?) {
    let point = UInt8(ascii: ".")
    let comma = UInt8(ascii: ",")
    let decimal: UInt8
    if let forced {
      decimal = forced
    } else if forcedGroup == "," || forcedGroup == "." {
      decimal = forcedGroup == "," ? point : comma
    } else if decimalComma != decimalPoint {
      decimal = decimalComma > decimalPoint ? comma : point
    } else if groupPoint != groupComma {
      decimal = groupPoint > groupComma ? comma : point
    } else if decimalPoint == 0, eitherComma > 0, eitherPoint == 0 {
      decimal = delimiter == UInt8(ascii: ";") ? comma : point
    } else {
      decimal = point
    }
    if let forcedGroup { return (decimal, forcedGroup.isEmpty ? nil : forcedGroup) }
    if decimal == point, groupComma + eitherComma > 0 { return (decimal, ",") }
    if decimal == comma, groupPoint > 0 || eitherPoint > 0 && (decimalComma > 0 || forced != nil) {
      return (decimal, ".")
    }
    let best = groupBlank.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let names: [UInt8: String] = [0x20: " ", 0xA0: "\u{A0}", 0xAF: "\u{202F}", 0x27: "'", 0x99: "\u{2019}"]
    return (decimal, best.map { names[$0.key] ?? " " })
  }

  var evidence: [String: Double] {
    [
      "decimalPoint": Double(decimalPoint), "decimalComma": Double(decimalComma),
      "groupPoint": Double(groupPoint), "groupComma": Double(groupComma),
      "eitherPoint": Double(eitherPoint), "eitherComma": Double(eitherComma),
    ]
  }

  var groupCount: Int {
    groupPoint + groupComma + groupBlank.values.reduce(0, +)
  }
}
