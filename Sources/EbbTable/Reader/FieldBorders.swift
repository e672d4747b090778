import CBytes

/// Where fields and records may end in a stretch of text: the places of its delimiters and line feeds; and of its quotes.
///
/// Places alone, without a thought of what is inside quotes: whoever reads them looks at the quotes too.
struct FieldBorders {
  private static let feed: UInt8 = 0x0A
  private let delimiter: UInt8
  private let quote: UInt8
  /// Every delimiter and line feed, in order, from index 1 on; index 0 is the place before the stretch.
  private(set) var all: [Int32] = []
  private(set) var count = 0
  /// Every line feed and quote.
  private(set) var breaks: [Int32] = []
  private(set) var breakCount = 0
  /// Whether there is anything beyond ASCII.
  private(set) var hasHighBytes = false

  init(_ dialect: Dialect) {
    delimiter = dialect.delimiter
    quote = dialect.quote ?? Self.feed
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
      var marks: ebb_marks
      if position + 64 <= range.upperBound {
        marks = EightBytes.marksKnown(text, position, delimiter: delimiter, quote: quote)
      } else {
        marks = lastMarks(text, position..<range.upperBound)
      }
      high |= marks.high
      Self.write(marks.borders, from: position, to: &places, at: &found)
      while marks.breaks != 0 {
        breakPlaces[breaksFound] = Int32(truncatingIfNeeded: position &+ marks.breaks.trailingZeroBitCount)
        breaksFound += 1
        marks.breaks &= marks.breaks &- 1
      }
      position += 64
    }
    (self.all, self.breaks) = (all, breaks)
    count = found
    breakCount = breaksFound
    hasHighBytes = high != 0
  }

  /// The same of fewer than sixty-four bytes.
  private func lastMarks(_ text: Span<UInt8>, _ range: Range<Int>) -> ebb_marks {
    var bytes = [UInt8](repeating: 0, count: 64)
    for index in range { bytes[index - range.lowerBound] = text[index] }
    var marks = EightBytes.marksKnown(bytes.span, 0, delimiter: delimiter, quote: quote)
    // Beyond the end there is nothing, even where a nought is the delimiter.
    let own: UInt64 = 1 << UInt64(range.count) &- 1
    marks.borders &= own
    marks.breaks &= own
    return marks
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
