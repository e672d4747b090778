/// Turns the bytes of fields into small codes: an open hash table over spellings. A spelling is a level of its own, or
/// stands for one, or for *missing*, or for a reason to reject the row.
struct SpellingTable {
  static let missing: Int32 = -1
  static let notAFlag: Int32 = -2
  static let required: Int32 = -3
  /// Not seen before.
  static let unknown: Int32 = -4

  /// The first sixteen bytes in two words and the last sixteen in two others, which are the same of a shorter one; what may
  /// lie between them is in `rests`.
  private struct Spelling {
    let low: UInt64
    let high: UInt64
    let lastLow: UInt64
    let lastHigh: UInt64
    let length: Int32
    let code: Int32
    let rest: Int32
  }
  /// Codes of spellings of one byte.
  private var single = [Int32](repeating: unknown, count: 256)
  private var slots = [Int32](repeating: -1, count: 256)
  private var spellings: [Spelling] = []
  private var rests: [UInt8] = []

  /// The code of a spelling, or `unknown`.
  @inline(__always)
  func code(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    if end - start == 1 { return single[Int(text[start])] }
    let (low, high) = Self.words(text, start, end)
    let (lastLow, lastHigh) = Self.words(text, max(start, end &- 16), end)
    let (slots, spellings) = (self.slots.span, self.spellings.span)
    var place = Self.hash(low, high, end - start) & (slots.count - 1)
    while slots[place] >= 0 {
      let spelling = spellings[Int(slots[place])]
      let unlike =
        (spelling.low ^ low) | (spelling.high ^ high) | (spelling.lastLow ^ lastLow)
        | (spelling.lastHigh ^ lastHigh)
      if unlike == 0, Int(spelling.length) == end - start,
        end - start <= 32 || hasRest(spelling, text, start + 16, end - 16)
      {
        return spelling.code
      }
      place = (place + 1) & (slots.count - 1)
    }
    return Self.unknown
  }

  @inline(__always)
  private static func words(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (UInt64, UInt64) {
    let length = end &- start
    return (
      EightBytes.load(text, start, count: min(8, length)),
      EightBytes.load(text, start &+ 8, count: max(0, min(8, length &- 8)))
    )
  }

  /// Spellings that differ from the seventeenth byte on alone share a slot's chain: rare in a client table.
  @inline(__always)
  private static func hash(_ low: UInt64, _ high: UInt64, _ length: Int) -> Int {
    let mixed = (low ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    let both = (mixed ^ (mixed >> 32) ^ high) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: (both ^ (both >> 32)) & 0x7FFF_FFFF)
  }

  @inline(never)
  private func hasRest(_ spelling: Spelling, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let own = rests.span
    for index in 0..<(end - start) where own[Int(spelling.rest) + index] != text[start + index] {
      return false
    }
    return true
  }

  mutating func add(_ text: Span<UInt8>, _ start: Int, _ end: Int, code: Int32) {
    if end - start == 1 { single[Int(text[start])] = code }
    if (spellings.count + 1) * 2 > slots.count { grow() }
    let (low, high) = Self.words(text, start, end)
    let last = Self.words(text, max(start, end - 16), end)
    spellings.append(
      Spelling(
        low: low, high: high, lastLow: last.0, lastHigh: last.1,
        length: Int32(truncatingIfNeeded: end - start), code: code,
        rest: Int32(truncatingIfNeeded: rests.count)))
    if end - start > 32 { for index in (start + 16)..<(end - 16) { rests.append(text[index]) } }
    insert(spellings.count - 1)
  }

  private mutating func insert(_ index: Int) {
    let spelling = spellings[index]
    var place = Self.hash(spelling.low, spelling.high, Int(spelling.length)) & (slots.count - 1)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(index)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for index in spellings.indices { insert(index) }
  }
}
