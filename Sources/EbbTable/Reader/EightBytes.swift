/// Eight bytes of text at once, the first of them lowest: what the reader's inner loops are made of.
///
/// Source: H. S. Warren, Hacker's Delight, 2nd ed., 6-1 (finding bytes); D. Lemire, "Quickly parsing eight digits", 2018.
enum EightBytes {
  /// The bytes from `offset` on; there must be eight.
  @inline(__always)
  static func load(_ text: Span<UInt8>, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The same without a look whether there are eight: for loops that looked before.
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
      return count == 8 ? load(text, offset) : load(text, offset) & (1 << UInt64(count * 8) &- 1)
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

  /// `byte` in all eight places.
  @inline(__always)
  static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Sets the high bit of every byte that is not zero; the other bits mean nothing.
  @inline(__always)
  static func nonZero(_ word: UInt64) -> UInt64 {
    ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | word
  }

  /// The eight high bits of a word that has no others, gathered into its lowest byte.
  @inline(__always)
  static func gathered(_ highBits: UInt64) -> UInt64 {
    ((highBits >> 7) &* 0x0102_0408_1020_4080) >> 56
  }

  /// The number written by the first `count` (1…8) bytes of `word`; `nil` where one of them is no digit.
  @inline(__always)
  static func number(_ word: UInt64, count: Int) -> Int64? {
    // Zeros in front, so that there are always eight digits.
    let shift = UInt64(64 - count * 8)
    let digits = (word << shift) | (0x3030_3030_3030_3030 & (1 << shift &- 1))
    let high = digits & 0xF0F0_F0F0_F0F0_F0F0
    let above9 = (digits &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    guard high == 0x3030_3030_3030_3030, above9 == high else { return nil }
    let ones = digits & 0x0F0F_0F0F_0F0F_0F0F
    let pairs = (ones &* 10 &+ (ones >> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
    return Int64(truncatingIfNeeded: (fours &* 10_000 &+ (fours >> 32)) & 0xFFFF_FFFF)
  }

  /// Whether the bytes of `range` are UTF-8. Characters of one and two bytes, Cyrillic among them, are checked eight bytes
  /// at a time; where there are longer ones, `UTF8Check` decides.
  static func isUTF8(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let whole = min(range.upperBound, text.count - 7)
    // The high bit of the lowest byte says that the byte before begins a character of two.
    var open: UInt64 = 0
    var unlike: UInt64 = 0
    var rare: UInt64 = 0
    @inline(__always)
    func check(_ word: UInt64) {
      let high = word & 0x8080_8080_8080_8080
      let leads = word << 1 & high
      // Leads from 0xE0 on have bit 5; 0xC0 and 0xC1 have none of the bits 1…4.
      rare |= leads & (word << 2 | ~(word << 3 | word << 4 | word << 5 | word << 6))
      unlike |= (high & ~leads) ^ (leads << 8 | open)
      open = leads >> 56
    }
    var position = range.lowerBound
    while position + 8 <= whole {
      check(loadKnown(text, position))
      position += 8
    }
    while position < range.upperBound {
      check(load(text, position, count: min(8, range.upperBound - position)))
      position += 8
    }
    if rare != 0 { return UTF8Check.isValid(text.extracting(range)) }
    return unlike | open == 0
  }
}
