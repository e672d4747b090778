/// Twice the mid-rank of every value of a column, over the rows where it and some other columns are present.
///
/// Of a narrow range every x has its rank in a table. Of a wider one that is well filled, ranks are looked up in steps
/// of sixteen x: the rows below the step, and four bits for each x of it (3/4 byte an x). Else the values are sorted step
/// by step of their range and searched there.
struct MidRanks: Sendable {
  /// Marks a step whose counts do not fit four bits: the rest is its number in `heavy`.
  private static let heavyMark: UInt32 = 1 << 31
  private static let tableRange: UInt64 = 1 << 16
  /// Up to this range, or this many x a row, steps are used.
  private static let stepRange: UInt64 = 1 << 20
  private static let stepShare: UInt64 = 16

  private enum Ranks: Sendable {
    /// By x, missing included.
    case table([UInt32])
    /// Three words a step of sixteen x, so that one look at memory finds all: rows below the step, then rows of each x of
    /// it, four bits each; and the ranks of the steps that are marked.
    case steps(words: [UInt32], heavy: [UInt32])
    case sorted(SortedValues)
  }
  private let ranks: Ranks

  init(_ source: ColumnSource, present: [ColumnSource], parts: RowParts) {
    var rows = PresentRows(source, present, parts)
    if source.range < Self.tableRange {
      ranks = .table(Self.table(&rows, size: Int(source.range) + 2))
    } else if source.isNarrow,
      source.range <= max(Self.stepRange, UInt64(source.presentCount) * Self.stepShare)
    {
      ranks = Self.steps(&rows, count: Int(source.range) / 16 + 1)
    } else {
      ranks = .sorted(SortedValues(source, &rows))
    }
  }

  private static func table(_ rows: inout PresentRows, size: Int) -> [UInt32] {
    // Four tables in turn where they are small: of few values the same place is counted up again and again, and each
    // time would wait for the one before.
    let lanes = size <= 1024 ? 4 : 1
    var counts = [UInt32](repeating: 0, count: size * lanes)
    rows.forEachBlock { values in
      var counts = counts.mutableSpan
      for row in 0..<values.count { counts[(row & (lanes - 1)) &* size &+ Int(values[row])] += 1 }
    }
    var table = Array(counts[..<size])
    for place in size..<counts.count { table[place % size] += counts[place] }
    var below: UInt32 = 0
    for x in table.indices {
      let count = table[x]
      table[x] = 2 &* below &+ count &+ 1
      below += count
    }
    return table
  }

  private static func steps(_ rows: inout PresentRows, count steps: Int) -> Ranks {
    var within = [UInt8](repeating: 0, count: steps * 16)
    // Each time a byte runs over.
    var carried: [Int] = []
    rows.forEachBlock { values in
      var within = within.mutableSpan
      for row in 0..<values.count {
        let x = Int(values[row])
        let count = within[x] &+ 1
        within[x] = count
        if count == 0 { carried.append(x) }
      }
    }
    var overflow: [Int: UInt32] = [:]
    for x in carried { overflow[x, default: 0] += 256 }
    let carriedSteps = Set(carried.map { $0 / 16 })
    var words = [UInt32](repeating: 0, count: steps * 3)
    var heavy: [UInt32] = []
    var below: UInt32 = 0
    var out = words.mutableSpan
    let counts = within.span
    for step in 0..<steps {
      var (packed, most, total): (UInt64, UInt8, UInt32) = (0, 0, 0)
      for place in 0..<16 {
        let count = counts[step &* 16 &+ place]
        packed |= UInt64(count & 15) &<< UInt64(place &* 4)
        most |= count
        total &+= UInt32(count)
      }
      if most > 15 || !carriedSteps.isEmpty && carriedSteps.contains(step) {
        out[step * 3] = heavyMark | UInt32(heavy.count / 16)
        for x in step * 16..<step * 16 + 16 {
          let count = UInt32(counts[x]) + (overflow[x] ?? 0)
          heavy.append(2 &* below &+ count &+ 1)
          below += count
        }
      } else {
        out[step * 3] = below
        out[step * 3 + 1] = UInt32(truncatingIfNeeded: packed)
        out[step * 3 + 2] = UInt32(truncatingIfNeeded: packed >> 32)
        below += total
      }
    }
    return .steps(words: words, heavy: heavy)
  }

  /// The sum of sixteen numbers of four bits.
  @inline(__always)
  private static func added(_ packed: UInt64) -> UInt32 {
    let bytes = (packed & 0x0F0F_0F0F_0F0F_0F0F) &+ (packed >> 4 & 0x0F0F_0F0F_0F0F_0F0F)
    return UInt32(truncatingIfNeeded: (bytes &* 0x0101_0101_0101_0101) >> 56)
  }

  /// Looks a block up; zero where the mask is.
  @inline(__always)
  func look<Lane: FixedWidthInteger & UnsignedInteger>(
    _ x: Span<Lane>, _ lane: Int, _ masks: Span<UInt32>, _ mask: Int, _ count: Int,
    into ranks: inout [UInt32], _ start: Int
  ) {
    var found = ranks.mutableSpan
    for row in count..<max(count, RowBlock.size) { found[start + row] = 0 }
    switch self.ranks {
    case .table(let table):
      let table = table.span
      for row in 0..<count { found[start &+ row] = table[Int(x[lane &+ row])] & masks[mask &+ row] }
    case .steps(let words, let heavy):
      let words = words.span
      // Nothing but the looks at memory first: many are then on their way at once.
      for row in 0..<count {
        // Without a branch: which rows are missing cannot be foretold.
        let index = UInt32(truncatingIfNeeded: x[lane &+ row]) & masks[mask &+ row]
        found[start &+ row] = words[Int(index >> 4) &* 3]
      }
      for row in 0..<count {
        let counts = masks[mask &+ row]
        let index = UInt32(truncatingIfNeeded: x[lane &+ row]) & counts
        let below = found[start &+ row]
        if below & Self.heavyMark != 0 {
          let place = Int(below & ~Self.heavyMark) << 4 | Int(index & 15)
          found[start &+ row] = heavy[place] & counts
        } else {
          let step = Int(index >> 4) &* 3
          let packed = UInt64(words[step &+ 1]) | UInt64(words[step &+ 2]) << 32
          let shift = UInt64(index & 15) &* 4
          let before = Self.added(packed & (1 &<< shift &- 1))
          let own = UInt32(truncatingIfNeeded: packed &>> shift) & 15
          found[start &+ row] = (2 &* (below &+ before) &+ own &+ 1) & counts
        }
      }
    case .sorted(let values):
      for row in 0..<count {
        found[start + row] = masks[mask + row] == 0 ? 0 : values.twiceRank(UInt64(x[lane + row]))
      }
    }
  }
}

/// The values of a column where it and some others are present, a block at a time.
private struct PresentRows {
  private let sources: [ColumnSource]
  private let parts: RowParts
  private var reader: BlockReader

  init(_ source: ColumnSource, _ present: [ColumnSource], _ parts: RowParts) {
    sources = [source] + present
    self.parts = parts
    reader = BlockReader(sources: sources, axes: [])
  }

  mutating func forEachBlock(_ body: (Span<UInt64>) -> Void) {
    let conditions = sources.indices.filter { sources[$0].hasMissing }
    var values = [UInt64](repeating: 0, count: RowBlock.size)
    // 1 where the row counts.
    var counts = [UInt8](repeating: 1, count: RowBlock.size)
    for block in parts.parts.joined() {
      reader.read(block)
      var count = block.count
      Self.copy(reader, sources[0].isNarrow, block.count, into: &values)
      if !conditions.isEmpty {
        for row in 0..<block.count { counts[row] = 1 }
        for column in conditions {
          let (lane, missing) = (reader.sourceLane[column], sources[column].missingX)
          if sources[column].isNarrow {
            Self.cross(
              out: UInt32(truncatingIfNeeded: missing), reader.lanes.span, lane, block.count, of: &counts)
          } else {
            Self.cross(out: missing, reader.wideLanes.span, lane, block.count, of: &counts)
          }
        }
        count = Self.pack(&values, counts.span, block.count)
      }
      body(values.span.extracting(0..<count))
    }
  }

  @inline(__always)
  private static func cross<Lane: FixedWidthInteger & UnsignedInteger>(
    out missing: Lane, _ lanes: Span<Lane>, _ lane: Int, _ count: Int, of counts: inout [UInt8]
  ) {
    var counts = counts.mutableSpan
    for row in 0..<count { counts[row] &= lanes[lane &+ row] == missing ? 0 : 1 }
  }

  /// Moves the rows that count together, without a branch: which are missing cannot be foretold.
  private static func pack(_ values: inout [UInt64], _ counts: Span<UInt8>, _ rows: Int) -> Int {
    var values = values.mutableSpan
    var count = 0
    for row in 0..<rows {
      values[count] = values[row]
      count &+= Int(counts[row])
    }
    return count
  }

  private static func copy(
    _ reader: borrowing BlockReader, _ isNarrow: Bool, _ count: Int, into values: inout [UInt64]
  ) {
    let lane = reader.sourceLane[0]
    var values = values.mutableSpan
    if isNarrow {
      let lanes = reader.lanes.span
      for row in 0..<count { values[row] = UInt64(lanes[lane + row]) }
    } else {
      let lanes = reader.wideLanes.span
      for row in 0..<count { values[row] = lanes[lane + row] }
    }
  }
}

/// Values in order, found through steps of their range.
private struct SortedValues: Sendable {
  private let binning: Binning
  private var values: [UInt64]
  /// Where each bin begins; one more at the end.
  private var starts: [UInt32]

  init(_ source: ColumnSource, _ rows: inout PresentRows) {
    let binning = Binning(source)
    self.binning = binning
    var starts = [UInt32](repeating: 0, count: binning.count + 1)
    rows.forEachBlock { block in
      for row in 0..<block.count { starts[binning.bin(block[row]) + 1] += 1 }
    }
    for bin in 1..<starts.count { starts[bin] += starts[bin - 1] }
    var values = [UInt64](repeating: 0, count: Int(starts[binning.count]))
    var next = starts
    rows.forEachBlock { block in
      for row in 0..<block.count {
        let bin = binning.bin(block[row])
        values[Int(next[bin])] = block[row]
        next[bin] += 1
      }
    }
    for bin in 0..<binning.count where starts[bin + 1] - starts[bin] > 1 {
      Self.sort(&values, Int(starts[bin]), Int(starts[bin + 1]))
    }
    self.starts = starts
    self.values = values
  }

  private static func sort(_ values: inout [UInt64], _ start: Int, _ end: Int) {
    if end - start > 24 {
      values[start..<end].sort()
      return
    }
    for index in start + 1..<end {
      let value = values[index]
      var place = index
      while place > start, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
  }

  func twiceRank(_ x: UInt64) -> UInt32 {
    let bin = binning.bin(x)
    let end = Int(starts[bin + 1])
    var low = Int(starts[bin])
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < x { low = middle + 1 } else { high = middle }
    }
    // Ties: mostly few, but a value may be very frequent.
    var stop = low
    var stride = 1
    while stop + stride <= end, values[stop + stride - 1] == x {
      stop += stride
      stride *= 2
    }
    while stride > 0 {
      if stop + stride <= end, values[stop + stride - 1] == x { stop += stride }
      stride /= 2
    }
    return UInt32(low + stop + 1)
  }

  /// Steps of equal width in value, about one for four rows.
  private struct Binning: Sendable {
    let source: ColumnSource
    let count: Int
    let shift: UInt64
    let low: Double
    /// Half the range; 0 for whole numbers.
    let span: Double

    init(_ source: ColumnSource) {
      self.source = source
      let wanted = max(2, source.presentCount / 4)
      let bits = Int.bitWidth - wanted.leadingZeroBitCount
      if case .real = source.unit {
        low = source.number(0) / 2
        span = source.number(source.range) / 2 - low
        count = wanted
        shift = 0
      } else {
        low = 0
        span = 0
        shift = UInt64(max(0, 64 - source.range.leadingZeroBitCount - bits))
        count = Int(source.range >> shift) + 1
      }
    }

    @inline(__always)
    func bin(_ x: UInt64) -> Int {
      if shift > 0 || span == 0 { return Int(x >> shift) }
      let share = max(0, min(1, (source.number(x) / 2 - low) / span))
      return min(count - 1, Int(share * Double(count)))
    }
  }
}
