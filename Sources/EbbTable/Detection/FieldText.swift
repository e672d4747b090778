/// Small questions about the bytes of one field, answered without allocating.
public enum FieldText {
  /// Where the field is without blanks around it: space, tab, NBSP, narrow NBSP, thin and figure space, line ends, BOM.
  @inlinable
  public static func trimmed(_ field: Span<UInt8>) -> Range<Int> {
    let count = field.count
    // Most fields have nothing to trim.
    if count == 0 { return 0..<0 }
    let first = field[0]
    let last = field[count - 1]
    if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return 0..<count }
    return trimmedSlowly(field)
  }

  @usableFromInline
  static func trimmedSlowly(_ field: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = field.count
    while start < end {
      let length = blankLength(field, at: start, end: end)
      if length == 0 { break }
      start += length
    }
    while end > start {
      let byte = field[end - 1]
      if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
        end -= 1
      } else if byte >= 0x80, end - start >= 2, blankLength(field, at: end - 2, end: end) == 2 {
        end -= 2
      } else if byte >= 0x80, end - start >= 3, blankLength(field, at: end - 3, end: end) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return start..<end
  }

  /// Bytes of the blank that begins here, 0 when there is none.
  static func blankLength(_ field: Span<UInt8>, at index: Int, end: Int) -> Int {
    let byte = field[index]
    if byte == 0x20 || byte >= 0x09 && byte <= 0x0D { return 1 }
    if byte == 0xC2 { return index + 1 < end && field[index + 1] == 0xA0 ? 2 : 0 }
    guard index + 2 < end else { return 0 }
    if byte == 0xE2, field[index + 1] == 0x80 {
      // U+2007 figure, U+2008 punctuation, U+2009 thin, U+200A hair, U+202F narrow no-break space.
      let last = field[index + 2]
      return last >= 0x87 && last <= 0x8A || last == 0xAF ? 3 : 0
    }
    if byte == 0xEF { return field[index + 1] == 0xBB && field[index + 2] == 0xBF ? 3 : 0 }
    return 0
  }

  /// Whether the field, case aside (Latin and Cyrillic, ё as е), is this text, itself already folded.
  public static func equals(_ field: Span<UInt8>, folded text: Span<UInt8>) -> Bool {
    guard field.count == text.count else { return false }
    var index = 0
    while index < field.count {
      let byte = field[index]
      if byte < 0x80 {
        let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        if lower != text[index] { return false }
        index += 1
      } else if byte == 0xD0 || byte == 0xD1, index + 1 < field.count {
        let (lead, trail) = foldCyrillic(byte, field[index + 1])
        if lead != text[index] || trail != text[index + 1] { return false }
        index += 2
      } else {
        if byte != text[index] { return false }
        index += 1
      }
    }
    return true
  }

  /// The bytes of a text as `equals` wants them: small letters, ё as е.
  public static func folded(_ field: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(field.count)
    var index = 0
    while index < field.count {
      let byte = field[index]
      if byte >= 0x41, byte <= 0x5A {
        output.append(byte | 0x20)
        index += 1
      } else if byte == 0xD0 || byte == 0xD1, index + 1 < field.count {
        let (lead, trail) = foldCyrillic(byte, field[index + 1])
        output.append(lead)
        output.append(trail)
        index += 2
      } else {
        output.append(byte)
        index += 1
      }
    }
    return output
  }

  public static func folded(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return folded(bytes.span)
  }

  /// А…Я → а…я, Ё and ё → е; two bytes stay two bytes.
  private static func foldCyrillic(_ lead: UInt8, _ trail: UInt8) -> (UInt8, UInt8) {
    if lead == 0xD0 {
      if trail >= 0x90, trail <= 0x9F { return (0xD0, trail + 0x20) }
      if trail >= 0xA0, trail <= 0xAF { return (0xD1, trail - 0x20) }
      if trail == 0x81 { return (0xD0, 0xB5) }
    } else if trail == 0x91 {
      return (0xD0, 0xB5)
    }
    return (lead, trail)
  }
}

/// The texts that mean *missing*, ready to compare with fields.
public struct MissingTokens: Sendable {
  private let tokens: [[UInt8]]
  private let longest: Int
  private let allowsEmpty: Bool

  public init(_ texts: [String]) {
    var tokens: [[UInt8]] = []
    var allowsEmpty = false
    for text in texts {
      let bytes = Array(text.utf8)
      let folded = FieldText.folded(bytes.span.extracting(FieldText.trimmed(bytes.span)))
      if folded.isEmpty { allowsEmpty = true } else { tokens.append(folded) }
    }
    self.tokens = tokens
    self.longest = tokens.reduce(0) { max($0, $1.count) }
    self.allowsEmpty = allowsEmpty
  }

  public init(_ dialect: Dialect) { self.init(dialect.missingTokens) }

  /// Whether a field, blanks and case aside, means *missing*.
  public func contains(_ field: Span<UInt8>) -> Bool {
    let text = field.extracting(FieldText.trimmed(field))
    if text.isEmpty { return allowsEmpty }
    if text.count > longest { return false }
    for token in tokens where token.count == text.count {
      if FieldText.equals(text, folded: token.span) { return true }
    }
    return false
  }
}
