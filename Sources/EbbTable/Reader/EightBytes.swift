import CBytes

/// Eight bytes of text at once, the first of them lowest, and sixty-four: what the reader's inner loops are made of.
///
/// Source: D. Lemire, "Quickly parsing eight digits", 2018.
enum EightBytes {
  /// The bytes from `offset` on, without a look whether there are eight: for loops that looked before.
  @inline(__always)
  static func loadKnown(_ text: Span<UInt8>, _ offset: Int) -> UInt64 {
    UInt64(
      littleEndian: unsafe text.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// The first `count` (0…8) bytes from `offset` on, zeros after them.
  @inline(__always)
  static func load(_ text: Span<UInt8>, _ offset: Int, count: Int) -> UInt64 {
    if offset + 8 <= text.count {
      // Without a branch: how long the fields of a column are cannot be foretold.
      let mask = count == 8 ? UInt64.max : 1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1
      return loadKnown(text, offset) & mask
    }
    return loadLast(text, offset, count)
  }

  @inline(never)
  private static func loadLast(_ text: Span<UInt8>, _ offset: Int, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count {
      word |= UInt64(text[offset + index]) << UInt64(index * 8)
    }
    return word
  }

  /// The number written by the first `count` (1…8) bytes of `word`; −1 where one of them is no digit.
  @inline(__always)
  static func number(_ word: UInt64, count: Int) -> Int64 {
    // Digits become their values; noughts move in below, so that there are always eight digits.
    let digits = (word ^ 0x3030_3030_3030_3030) &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)
    let over = (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0
    let pairs = digits &* 10 &+ (digits >> 8)
    let first = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let second = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return over == 0 ? Int64(truncatingIfNeeded: (first &+ second) >> 32) : -1
  }

  /// Where delimiters, line feeds, quotes and bytes beyond ASCII are among the sixty-four bytes from `offset` on; who asks
  /// has looked whether there are as many.
  @inline(__always)
  static func marksKnown(_ text: Span<UInt8>, _ offset: Int, delimiter: UInt8, quote: UInt8) -> ebb_marks {
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return ebb_marks() }
      return unsafe ebb_look(start + offset, delimiter, quote)
    }
  }

  /// Whether the bytes of `range` are UTF-8. Characters of one and two bytes, Cyrillic among them, are checked sixty-four
  /// bytes at a time; where there are longer ones, `UTF8Check` decides.
  static func isUTF8(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    precondition(range.upperBound <= text.count)
    if range.isEmpty { return true }
    let (areShort, next) = unsafe text.withUnsafeBufferPointer { bytes -> (Bool, Int) in
      var position = range.lowerBound + 1
      guard let start = bytes.baseAddress else { return (true, position) }
      while position + 64 <= range.upperBound {
        if unsafe !ebb_is_short_text(start + position) { return (false, position) }
        position += 64
      }
      return (true, position)
    }
    // The first byte has none before it that was looked at; the last few are left.
    return areShort
      && isShortText(text, range.lowerBound..<min(range.lowerBound + 2, range.upperBound), ends: false)
      && isShortText(text, next - 1..<range.upperBound, begins: next == range.lowerBound + 1)
      || UTF8Check.isValid(text.extracting(range))
  }

  /// Whether the bytes of `range` are ASCII and characters of two bytes.
  /// - Parameters:
  ///   - begins: whether the first byte begins a character; else it may be the second of one.
  ///   - ends: whether the last byte ends one; else it may be the first of one.
  private static func isShortText(
    _ text: Span<UInt8>, _ range: Range<Int>, begins: Bool = true, ends: Bool = true
  ) -> Bool {
    var isOpen = !begins && text[range.lowerBound] & 0xC0 == 0x80
    for index in range {
      let byte = text[index]
      if byte >= 0xE0 || byte & 0xFE == 0xC0 || (byte & 0xC0 == 0x80) != isOpen { return false }
      isOpen = byte >= 0xC2
    }
    return !ends || !isOpen
  }
}
