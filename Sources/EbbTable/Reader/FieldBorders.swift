/// Where fields and records may end in a stretch of text: the places of its delimiters and line feeds; and of its quotes.
///
/// Places alone, without a thought of what is inside quotes: whoever reads them looks at the quotes too.
struct FieldBorders {
  private static let feed: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
  private let delimiter: UInt64
  private let quote: UInt64
  /// Every delimiter and line feed, in order, from index 1 on; index 0 is the place before the stretch.
  private(set) var all: [Int32] = []
  private(set) var count = 0
  /// Every line feed and quote.
  private(set) var breaks: [Int32] = []
  private(set) var breakCount = 0
  /// Whether there is anything beyond ASCII.
  private(set) var hasHighBytes = false

  init(_ dialect: Dialect) {
    delimiter = EightBytes.repeated(dialect.delimiter)
    quote = EightBytes.repeated(dialect.quote ?? 0x0A)
  }

  /// Finds the borders in `range`, in place of those before.
  mutating func find(in text: Span<UInt8>, _ range: Range<Int>) {
    // Sixteen are written at a time, wanted or not.
    let room = range.count + 1 + 80
    if all.count < room {
      all = [Int32](repeating: 0, count: room)
      breaks = [Int32](repeating: 0, count: room)
    }
    // Taken out of `self` so that both spans can be open at once.
    var (all, breaks) = (self.all, self.breaks)
    (self.all, self.breaks) = ([], [])
    var places = all.mutableSpan
    var breakPlaces = breaks.mutableSpan
    places[0] = Int32(truncatingIfNeeded: range.lowerBound - 1)
    var (found, breaksFound) = (1, 0)
    var high: UInt64 = 0
    var position = range.lowerBound
    precondition(range.upperBound <= text.count)
    while position < range.upperBound {
      var borders: UInt64 = 0
      var ends: UInt64 = 0
      let isWhole = position + 64 <= range.upperBound
      if isWhole {
        for index in 0..<8 {
          look(EightBytes.loadKnown(text, position + index * 8), index, &borders, &ends, &high)
        }
      } else {
        for index in 0..<((range.upperBound - position + 7) >> 3) {
          let offset = position + index * 8
          let word = EightBytes.load(text, offset, count: min(8, range.upperBound - offset))
          look(word, index, &borders, &ends, &high)
        }
      }
      Self.write(borders, from: position, to: &places, at: &found)
      while ends != 0 {
        breakPlaces[breaksFound] = Int32(truncatingIfNeeded: position + ends.trailingZeroBitCount)
        breaksFound += 1
        ends &= ends &- 1
      }
      position += 64
    }
    (self.all, self.breaks) = (all, breaks)
    count = found
    breakCount = breaksFound
    hasHighBytes = high & 0x8080_8080_8080_8080 != 0
  }

  @inline(__always)
  private func look(
    _ word: UInt64, _ index: Int, _ borders: inout UInt64, _ ends: inout UInt64, _ high: inout UInt64
  ) {
    high |= word
    let noFeed = EightBytes.nonZero(word ^ Self.feed)
    let noBorder = noFeed & EightBytes.nonZero(word ^ delimiter)
    let noBreak = noFeed & EightBytes.nonZero(word ^ quote)
    borders |= EightBytes.gathered(~noBorder & 0x8080_8080_8080_8080) << UInt64(index * 8)
    ends |= EightBytes.gathered(~noBreak & 0x8080_8080_8080_8080) << UInt64(index * 8)
  }

  /// Eight places at a time whatever the number of bits: a loop of foreseeable length.
  @inline(__always)
  private static func write(
    _ mask: UInt64, from position: Int, to places: inout MutableSpan<Int32>, at found: inout Int
  ) {
    var rest = mask
    var next = found
    found += mask.nonzeroBitCount
    while rest != 0 {
      for index in 0..<8 {
        places[next + index] = Int32(truncatingIfNeeded: position + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
      next += 8
    }
  }

  /// Says that a record begins right after `index`: the border there is taken for the end of the record before.
  mutating func begin(record: Int, after index: Int) {
    all[index] = Int32(truncatingIfNeeded: record - 1)
  }
}
