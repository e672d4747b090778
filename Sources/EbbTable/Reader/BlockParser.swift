/// Parses blocks of text into columns, one block after the other, with buffers it keeps: one for each worker.
///
/// A record without a quote and with the right number of fields goes the fast way: its fields are found in one walk over
/// the bytes and parsed column by column, a tile of rows at a time. Every other record is cut by `ReferenceSplitter` and
/// judged by `RecordRules`; both ways say the same.
struct BlockParser: ~Copyable {
  private static let tileRows = 1024

  private let reading: Reading
  private let rules: RecordRules
  private let splitter: ReferenceSplitter
  private let stride: Int
  private var columns: [BlockColumn]
  private var bounds: [Int32] = []
  private var ends: [Int32] = []
  private var starts: [Int32] = []
  private var tileLines: [Int] = []
  private var issues: [Int: BlockIssue] = [:]
  private var result = BlockResult()

  /// Files with lone carriage returns as line ends go another way.
  static func takes(_ reading: Reading) -> Bool {
    reading.dialect.lineEnding != .cr && reading.dialect.lineEnding != .mixed && reading.columns.count > 1
  }

  init(_ reading: Reading) {
    self.reading = reading
    rules = RecordRules(reading)
    splitter = ReferenceSplitter(reading.dialect)
    stride = reading.columns.count
    columns = reading.columns.enumerated().map { BlockColumn($1, index: $0, dialect: reading.dialect) }
  }

  /// Reads the records that begin in `range` of `bytes`. `nil`: the last of them goes on past the bytes, and they are not
  /// all there is (`isWhole`).
  mutating func parse(_ bytes: [UInt8], _ range: Range<Int>, isWhole: Bool) -> BlockResult? {
    result = BlockResult()
    var position = range.lowerBound
    var line = 0
    while position < range.upperBound {
      position = splitPlain(bytes.span, from: position, limit: range.upperBound, line: &line)
      parseTile(bytes.span)
      guard position < range.upperBound else { break }
      if ends.isEmpty, tileIsFull { continue }
      guard let next = takeOdd(bytes, at: position, line: line, isWhole: isWhole) else {
        discard()
        return nil
      }
      position = next.position
      line = next.line
    }
    result.next = position
    result.lineCount = line
    result.parts = columns.indices.map { columns[$0].finish() }
    result.rows = result.parts.first?.rows ?? 0
    defer { result = BlockResult() }
    return result
  }

  private var tileIsFull = false

  private mutating func discard() {
    for column in columns.indices { _ = columns[column].finish() }
    result = BlockResult()
  }

  /// Finds the fields of plain records until a tile is full, the limit is reached or a record is not plain. Returns
  /// where the next record begins.
  private mutating func splitPlain(_ text: Span<UInt8>, from start: Int, limit: Int, line: inout Int) -> Int {
    bounds.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    tileLines.removeAll(keepingCapacity: true)
    let delimiter = reading.dialect.delimiter
    let quote = reading.dialect.quote ?? 0x0A
    let count = text.count
    var record = start
    tileIsFull = false
    while record < limit {
      if ends.count == Self.tileRows {
        tileIsFull = true
        return record
      }
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
      starts.append(Int32(truncatingIfNeeded: record))
      tileLines.append(line)
      line += 1
      record = position + 1
    }
    return record
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
      while to < end, text[to] != reading.dialect.delimiter { to += 1 }
      let field = text.extracting(from..<to)
      if !FieldText.trimmed(field).isEmpty { return TotalsRow.isTotals(firstCell: field) }
      from = to + 1
    }
    return false
  }

  private mutating func parseTile(_ text: Span<UInt8>) {
    let count = ends.count
    guard count > 0 else { return }
    let last = stride - 1
    var found: [Int: BlockIssue] = [:]
    // Borrowed for the walk, so that nothing is copied.
    var (bounds, ends): ([Int32], [Int32]) = ([], [])
    swap(&bounds, &self.bounds)
    swap(&ends, &self.ends)
    for column in 0...last {
      columns[column].parse(
        text, bounds.span, stride: last + 1, ends: ends.span, count: count, isLast: column == last, &found)
    }
    swap(&bounds, &self.bounds)
    swap(&ends, &self.ends)
    issues = found
    if !issues.isEmpty {
      let bad = issues.keys.sorted()
      for row in bad {
        guard let issue = issues[row] else { continue }
        reject(
          RejectedRow(
            line: tileLines[row], column: reading.columns[issue.column].name,
            text: Self.excerpt(text, issue.start, issue.end), reason: issue.reason), column: issue.column)
      }
      let places = bad.map { rowsTaken + $0 }
      for column in columns.indices { columns[column].remove(places) }
      issues.removeAll(keepingCapacity: true)
      rowsTaken += count - bad.count
    } else {
      rowsTaken += count
    }
    self.bounds.removeAll(keepingCapacity: true)
    self.ends.removeAll(keepingCapacity: true)
  }

  private var rowsTaken: Int {
    get { result.rows }
    set { result.rows = newValue }
  }

  private mutating func reject(_ row: RejectedRow, column: Int? = nil) {
    result.rejected.append(row)
    if row.reason == .notANumber, let column { result.textCounts[column, default: 0] += 1 }
  }

  /// Takes the record at `position` the slow way.
  private mutating func takeOdd(
    _ bytes: [UInt8], at position: Int, line: Int, isWhole: Bool
  ) -> (position: Int, line: Int)? {
    let batch = splitter.split(bytes, from: position, firstLine: line, limit: 1, isWhole: isWhole)
    guard let record = batch.records.first else {
      // Nothing but line ends, or a record that goes on.
      return batch.next > position && isWhole ? (max(batch.next, bytes.count), batch.nextLine) : nil
    }
    switch rules.fate(record, batch) {
    case .blank: break
    case .totals:
      result.totals.append(
        RejectedRow(
          line: record.line, column: nil, text: RecordRules.excerpt(bytes[record.start..<record.end]),
          reason: .notANumber))
    case .rejected(let reason):
      reject(
        RejectedRow(
          line: record.line, column: nil, text: RecordRules.excerpt(bytes[record.start..<record.end]),
          reason: reason))
    case .fields(let fields): takeFields(fields, record, batch)
    }
    return (batch.next, batch.nextLine)
  }

  private mutating func takeFields(_ fields: Range<Int>, _ record: SplitRecords.Record, _ batch: SplitRecords)
  {
    var problem: (column: Int, reason: RejectedRow.Reason)?
    for column in columns.indices {
      let place = fields.lowerBound + column
      let reason: RejectedRow.Reason?
      if place >= fields.upperBound {
        reason = columns[column].takeField([UInt8]().span)
      } else if batch.fields[place].hasDoubledQuotes {
        let text = batch.text(of: batch.fields[place])
        reason = columns[column].takeField(text.span)
      } else {
        let field = batch.fields[place]
        reason = columns[column].takeField(batch.bytes.span.extracting(field.start..<field.end))
      }
      if problem == nil, let reason { problem = (column, reason) }
    }
    guard let problem else {
      rowsTaken += 1
      return
    }
    let taken = rowsTaken
    for column in columns.indices { columns[column].remove([taken]) }
    let place = fields.lowerBound + problem.column
    let text = place < fields.upperBound ? RecordRules.excerpt(batch.text(of: batch.fields[place])[...]) : ""
    reject(
      RejectedRow(
        line: record.line, column: reading.columns[problem.column].name, text: text, reason: problem.reason),
      column: problem.column)
  }

  private static func excerpt(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> String {
    var bytes: [UInt8] = []
    for index in start..<min(end, start + 1024) { bytes.append(text[index]) }
    return RecordRules.excerpt(bytes[...])
  }
}

/// What became of one block. Lines are counted from its first record, which is line 0.
struct BlockResult: Sendable {
  /// Where the record after the last one begins.
  var next = 0
  var lineCount = 0
  var rows = 0
  var parts: [ColumnPart] = []
  var rejected: [RejectedRow] = []
  var totals: [RejectedRow] = []
  /// By column: rows rejected because a field is no number.
  var textCounts: [Int: Int] = [:]
}
