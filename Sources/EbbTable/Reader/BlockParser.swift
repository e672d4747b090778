/// Parses blocks of text into columns, one block after the other, with buffers it keeps: one for each worker.
///
/// A record without a quote and with the right number of fields goes the fast way: its fields are found in one walk over
/// the bytes and parsed column by column, a tile of rows at a time. Every other record is cut by `ReferenceSplitter` and
/// judged by `RecordRules`; both ways say the same.
struct BlockParser: ~Copyable {
  private static let tileRows = 1024

  private let dialect: Dialect
  private let splitter: ReferenceSplitter
  private let stride: Int
  private var rows: RowAssembly
  /// Where the fields of the tile's rows begin, where the rows end, and their lines.
  private var bounds: [Int32] = []
  private var ends: [Int32] = []
  private var lines: [Int] = []

  /// Files with lone carriage returns as line ends go another way.
  static func takes(_ reading: Reading) -> Bool {
    reading.dialect.lineEnding != .cr && reading.dialect.lineEnding != .mixed && reading.columns.count > 1
  }

  init(_ reading: Reading) {
    dialect = reading.dialect
    splitter = ReferenceSplitter(reading.dialect)
    stride = reading.columns.count
    rows = RowAssembly(reading)
  }

  /// Reads the records that begin in `range` of `bytes`. `nil`: the last of them goes on past the bytes, and they are not
  /// all there is (`isWhole`).
  mutating func parse(_ bytes: [UInt8], _ range: Range<Int>, isWhole: Bool) -> BlockResult? {
    var position = range.lowerBound
    var line = 0
    while position < range.upperBound {
      position = splitPlain(bytes.span, from: position, limit: range.upperBound, line: &line)
      let tileIsFull = lines.count == Self.tileRows
      if !lines.isEmpty { parseTile(bytes.span) }
      if tileIsFull || position >= range.upperBound { continue }
      guard let next = takeOdd(bytes, at: position, line: line, isWhole: isWhole) else {
        _ = rows.finish()
        return nil
      }
      (position, line) = next
    }
    var result = rows.finish()
    result.next = position
    result.lineCount = line
    return result
  }

  /// Finds the fields of plain records until a tile is full, the limit is reached or a record is not plain. Returns
  /// where the next record begins.
  private mutating func splitPlain(_ text: Span<UInt8>, from start: Int, limit: Int, line: inout Int) -> Int {
    bounds.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    let delimiter = dialect.delimiter
    let quote = dialect.quote ?? 0x0A
    let count = text.count
    var record = start
    while record < limit, lines.count < Self.tileRows {
      var position = record
      var high: UInt8 = 0
      var fields = 1
      bounds.append(Int32(truncatingIfNeeded: record))
      while position < count {
        let byte = text[position]
        if byte == delimiter {
          fields += 1
          bounds.append(Int32(truncatingIfNeeded: position + 1))
        } else if byte == 0x0A || byte == quote {
          break
        }
        high |= byte
        position += 1
      }
      var end = position
      if position < count, end > record, text[end - 1] == 0x0D { end -= 1 }
      let isPlain =
        position < count && text[position] == 0x0A && fields == stride && end > record
        && !mayBeTotals(text, record, end)
        && (high < 0x80 || UTF8Check.isValid(text.extracting(record..<end)))
      guard isPlain else {
        bounds.removeLast(fields)
        return record
      }
      ends.append(Int32(truncatingIfNeeded: end))
      lines.append(line)
      line += 1
      record = position + 1
    }
    return record
  }

  private mutating func parseTile(_ text: Span<UInt8>) {
    let (bounds, ends) = (self.bounds, self.ends)
    rows.takeTile(text, bounds: bounds.span, ends: ends.span, lines: lines)
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
      let field = text.extracting(from..<to)
      if !FieldText.trimmed(field).isEmpty { return TotalsRow.isTotals(firstCell: field) }
      from = to + 1
    }
    return false
  }

  /// Takes the record at `position` the slow way. Returns where the next begins, and its line.
  private mutating func takeOdd(
    _ bytes: [UInt8], at position: Int, line: Int, isWhole: Bool
  ) -> (position: Int, line: Int)? {
    let batch = splitter.split(bytes, from: position, firstLine: line, limit: 1, isWhole: isWhole)
    guard let record = batch.records.first else {
      // Nothing but line ends, or a record that goes on.
      return batch.next > position && isWhole ? (max(batch.next, bytes.count), batch.nextLine) : nil
    }
    rows.take(record, batch)
    return (batch.next, batch.nextLine)
  }
}
