/// Turns the bytes of fields into small codes: an open hash table over spellings. A spelling is a level of its own, or
/// stands for one, or for *missing*, or for a reason to reject the row.
struct SpellingTable {
  static let missing: Int32 = -1
  static let notAFlag: Int32 = -2
  static let required: Int32 = -3

  private var slots = [Int32](repeating: -1, count: 256)
  private var hashes: [UInt64] = []
  private var starts: [Int32] = [0]
  private var bytes: [UInt8] = []
  private var codes: [Int32] = []

  @inline(__always)
  static func hash(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: end - start)
    for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3 }
    return hash ^ (hash >> 29)
  }

  /// The code of a spelling seen before; `nil` for a new one.
  @inline(__always)
  func code(_ text: Span<UInt8>, _ start: Int, _ end: Int, hash: UInt64) -> Int32? {
    let (slots, hashes) = (self.slots.span, self.hashes.span)
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place] >= 0 {
      let spelling = Int(slots[place])
      if hashes[spelling] == hash, isSame(text, start, end, spelling) { return codes[spelling] }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  @inline(__always)
  private func isSame(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ spelling: Int) -> Bool {
    let own = bytes.span
    let first = Int(starts[spelling])
    guard Int(starts[spelling + 1]) - first == end - start else { return false }
    for index in 0..<(end - start) where own[first + index] != text[start + index] { return false }
    return true
  }

  mutating func add(_ text: Span<UInt8>, _ start: Int, _ end: Int, hash: UInt64, code: Int32) {
    if (codes.count + 1) * 2 > slots.count { grow() }
    for index in start..<end { bytes.append(text[index]) }
    starts.append(Int32(truncatingIfNeeded: bytes.count))
    hashes.append(hash)
    codes.append(code)
    insert(codes.count - 1)
  }

  private mutating func insert(_ spelling: Int) {
    var place = Int(truncatingIfNeeded: hashes[spelling]) & (slots.count - 1)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(spelling)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for spelling in codes.indices { insert(spelling) }
  }
}
