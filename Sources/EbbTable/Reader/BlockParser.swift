/// Parses blocks of text into columns, one block after the other, with buffers it keeps: one for each worker.
///
/// A record with the right number of fields, bare or wholly in quotes, goes the fast way: borders of fields are found in a
/// window of text, and the window's rows are parsed column by column. Every other record is cut by `ReferenceSplitter`
/// and judged by `RecordRules`; both ways say the same.
struct BlockParser: ~Copyable {
  private let dialect: Dialect
  private let splitter: ReferenceSplitter
  private let stride: Int
  private let window: Int
  private var rows: RowAssembly
  private var borders: FieldBorders

  /// Files with lone carriage returns as line ends go another way.
  static func takes(_ reading: Reading) -> Bool {
    reading.dialect.lineEnding != .cr && reading.dialect.lineEnding != .mixed && reading.columns.count > 1
  }

  init(
    _ reading: Reading, _ demands: RowDemands = RowDemands(), window: Int = BlockSizes().window
  ) {
    self.window = window
    dialect = reading.dialect
    splitter = ReferenceSplitter(reading.dialect)
    stride = reading.columns.count
    rows = RowAssembly(reading, demands)
    borders = FieldBorders(reading.dialect)
  }

  /// Reads the records that begin in `range` of `bytes`. `nil`: the last of them goes on past the bytes, and they are not
  /// all there is (`isWhole`).
  mutating func parse(_ bytes: [UInt8], _ range: Range<Int>, isWhole: Bool) -> BlockResult? {
    var place = Place(position: range.lowerBound, line: 0)
    while place.position < range.upperBound {
      let window = place.position..<min(bytes.count, place.position + self.window)
      borders.find(in: bytes.span, window)
      guard takeWindow(bytes, window, limit: range.upperBound, isWhole: isWhole, &place) else {
        _ = rows.finish()
        return nil
      }
    }
    var result = rows.finish()
    result.next = place.position
    result.lineCount = place.line
    return result
  }

  /// Where the next record begins, and its line.
  private struct Place {
    var position: Int
    var line: Int
  }

  /// Takes the records that begin before `limit` and end in the window, at least one. `false`: the first of them goes on
  /// past the bytes.
  private mutating func takeWindow(
    _ bytes: [UInt8], _ window: Range<Int>, limit: Int, isWhole: Bool, _ place: inout Place
  ) -> Bool {
    // The next border and the next break not yet used.
    var (border, end) = (1, 0)
    while place.position < limit {
      let plain = plainRows(bytes.span, from: place.position, limit: limit, border: border, end: end)
      if plain.count > 0 {
        let isText = !borders.hasHighBytes || EightBytes.isUTF8(bytes.span, place.position..<plain.next)
        if isText {
          let all = borders.all
          rows.takeTile(
            bytes.span, all.span, first: border - 1, count: plain.count, line: place.line,
            quote: plain.hasQuotes ? dialect.quote : nil)
          place = Place(position: plain.next, line: place.line + plain.count)
        } else {
          for _ in 0..<plain.count {
            guard takeOdd(bytes, &place, isWhole: isWhole) else { return false }
          }
        }
        border += plain.count * stride
        end += plain.breaks
        continue
      }
      if place.position > window.lowerBound, end >= borders.breakCount { return true }
      guard takeOdd(bytes, &place, isWhole: isWhole) else { return false }
      if place.position >= window.upperBound { return true }
      while border < borders.count, borders.all[border] < place.position { border += 1 }
      while end < borders.breakCount, borders.breaks[end] < place.position { end += 1 }
      borders.begin(record: place.position, after: border - 1)
    }
    return true
  }

  /// Plain rows one after the other.
  private struct Run {
    var count = 0
    /// Where the record after them begins.
    var next: Int
    /// Line feeds and quotes in them.
    var breaks = 0
    /// Whether some of their fields are in quotes.
    var hasQuotes = false
  }

  /// The plain rows from `start` on.
  private func plainRows(_ text: Span<UInt8>, from start: Int, limit: Int, border: Int, end: Int) -> Run {
    let (all, breaks) = (borders.all.span, borders.breaks.span)
    var run = Run(next: start)
    var last = border + stride - 1
    var place = end
    while run.next < limit, place < borders.breakCount, last < borders.count {
      let record = run.next
      var feed = Int(breaks[place])
      var isQuoted = false
      if text[feed] != 0x0A {
        guard let unquoted = quotedFields(text, from: place, border: last - stride + 1, record: record) else {
          break
        }
        place = unquoted
        feed = Int(breaks[place])
        isQuoted = true
      }
      guard Int(all[last]) == feed, feed > record, feed - record > 1 || text[record] != 0x0D else { break }
      if mayBeTotals(text, record, text[feed - 1] == 0x0D ? feed - 1 : feed) { break }
      run.hasQuotes = run.hasQuotes || isQuoted
      run.next = feed + 1
      run.count += 1
      last += stride
      place += 1
      run.breaks = place - end
    }
    return run
  }

  /// Looks at the quotes of a record, from the break `first` on: each opens right after a border and closes right before
  /// one, with no border and no quote between. Returns the index of the line feed that ends the record; `nil` where
  /// there is none in sight or the quotes are others.
  private func quotedFields(_ text: Span<UInt8>, from first: Int, border: Int, record: Int) -> Int? {
    let (all, breaks) = (borders.all.span, borders.breaks.span)
    var (place, next) = (first, border)
    while place < borders.breakCount, text[Int(breaks[place])] != 0x0A {
      guard place + 2 < borders.breakCount else { return nil }
      let (open, close) = (Int(breaks[place]), Int(breaks[place + 1]))
      guard text[close] != 0x0A else { return nil }
      while next < borders.count, Int(all[next]) < open { next += 1 }
      guard next < borders.count, open == record || Int(all[next - 1]) == open - 1 else { return nil }
      let end = Int(all[next])
      guard end == close + 1 || end == close + 2 && text[close + 1] == 0x0D && text[end] == 0x0A else {
        return nil
      }
      place += 2
    }
    return place < borders.breakCount ? place : nil
  }

  /// A row of totals begins, blanks and empty fields aside, with one of a few letters.
  @inline(__always)
  private func mayBeTotals(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let first = text[start]
    if first >= 0x30, first <= 0x39 { return false }
    return looksLikeTotals(text, start, end)
  }

  private func looksLikeTotals(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var from = start
    while from < end {
      var to = from
      while to < end, text[to] != dialect.delimiter { to += 1 }
      let isQuoted = to - from > 1 && text[from] == dialect.quote && text[to - 1] == dialect.quote
      let field = isQuoted ? text.extracting((from + 1)..<(to - 1)) : text.extracting(from..<to)
      if !FieldText.trimmed(field).isEmpty { return TotalsRow.isTotals(firstCell: field) }
      from = to + 1
    }
    return false
  }

  /// Takes the record at `place` the slow way and moves on. `false`: it goes on past the bytes.
  private mutating func takeOdd(_ bytes: [UInt8], _ place: inout Place, isWhole: Bool) -> Bool {
    let batch = splitter.split(
      bytes, from: place.position, firstLine: place.line, limit: 1, isWhole: isWhole)
    if let record = batch.records.first {
      rows.take(record, batch)
      place = Place(position: batch.next, line: batch.nextLine)
      return true
    }
    // Nothing but line ends, or a record that goes on.
    guard batch.next > place.position, isWhole else { return false }
    place = Place(position: max(batch.next, bytes.count), line: batch.nextLine)
    return true
  }
}
