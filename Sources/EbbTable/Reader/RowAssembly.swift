/// The columns of a block being read, and what became of the rows that are not in them.
///
/// Records that `ReferenceSplitter` cut are taken one at a time; `BlockParser` adds whole tiles of plain ones.
struct RowAssembly {
  private let reading: Reading
  private let rules: RecordRules
  private let demands: RowDemands
  private(set) var columns: [BlockColumn]
  private(set) var result = BlockResult()

  init(_ reading: Reading, _ demands: RowDemands = RowDemands()) {
    self.reading = reading
    self.demands = demands
    rules = RecordRules(reading)
    columns = reading.columns.enumerated().map {
      BlockColumn(
        $1, index: $0, dialect: reading.dialect, isSkipped: demands.skipped.contains($0),
        isVerbatim: demands.verbatim.contains($0))
    }
  }

  /// Takes, leaves out or rejects one record.
  mutating func take(_ record: SplitRecords.Record, _ batch: SplitRecords) {
    let text = batch.bytes[record.start..<record.end]
    switch rules.fate(record, batch) {
    case .blank: return
    case .totals:
      result.totals.append(
        RejectedRow(line: record.line, column: nil, text: RecordRules.excerpt(text), reason: .notANumber))
    case .rejected(let reason):
      result.rejectedPlaces.append(result.rows)
      result.rejected.append(
        RejectedRow(line: record.line, column: nil, text: RecordRules.excerpt(text), reason: reason))
    case .fields(let fields): take(fields, record, batch)
    }
  }

  /// A row counts in every column or in none.
  private mutating func take(_ fields: Range<Int>, _ record: SplitRecords.Record, _ batch: SplitRecords) {
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
    result.rows += 1
    guard let problem else { return }
    let place = fields.lowerBound + problem.column
    let text = place < fields.upperBound ? batch.text(of: batch.fields[place]) : []
    remove([
      (row: result.rows - 1, line: record.line, column: problem.column, text: text, reason: problem.reason)
    ])
  }

  /// Parses `count` plain rows, column by column; see `BlockColumn.parse`. The first of them is in `line`, the others in
  /// the lines after it; fields may be wrapped in `quote`.
  mutating func takeTile(
    _ text: Span<UInt8>, _ borders: Span<Int32>, first border: Int, count: Int, line: Int, quote: UInt8?
  ) {
    let stride = columns.count
    var issues: [Int: BlockIssue] = [:]
    for column in 0..<stride {
      columns[column].parse(
        text, borders, first: border + column, stride: stride, count: count, isLast: column == stride - 1,
        quote: quote,
        &issues)
    }
    let first = result.rows
    result.rows += count
    if issues.isEmpty { return }
    remove(
      issues.sorted { $0.key < $1.key }.map { row, issue in
        var field: [UInt8] = []
        for index in issue.start..<issue.end { field.append(text[index]) }
        return (row: first + row, line: line + row, column: issue.column, text: field, reason: issue.reason)
      })
  }

  /// Rejects rows already in the columns, given in order; or keeps them, see `RowDemands`.
  private mutating func remove(
    _ rows: [(row: Int, line: Int, column: Int, text: [UInt8], reason: RejectedRow.Reason)]
  ) {
    if demands.keepsUnread {
      result.unread += rows.map {
        UnreadField(
          row: $0.row, column: $0.column, text: RecordRules.excerpt($0.text[...]), reason: $0.reason)
      }
      return
    }
    for found in rows {
      result.rejected.append(
        RejectedRow(
          line: found.line, column: reading.columns[found.column].name,
          text: RecordRules.excerpt(found.text[...]), reason: found.reason))
      if found.reason == .notANumber { result.textCounts[found.column, default: 0] += 1 }
    }
    let places = rows.map(\.row)
    for column in columns.indices { columns[column].remove(places) }
    result.rows -= places.count
  }

  /// What was read, with its columns; the assembly is then ready for the next block.
  mutating func finish() -> BlockResult {
    result.parts = columns.indices.map { columns[$0].finish() }
    let finished = result
    result = BlockResult()
    return finished
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
  /// Before which row each record stood that was rejected as a whole; all of `rejected` where unread fields are kept.
  var rejectedPlaces: [Int] = []
  var unread: [UnreadField] = []
  /// By column: rows rejected because a field is no number.
  var textCounts: [Int: Int] = [:]
}

/// What a reader wants of rows and columns.
struct RowDemands: Sendable {
  /// A field that cannot be read counts as missing and is told of, instead of its row being rejected.
  var keepsUnread = false
  /// Indices of columns nobody asks for: all missing in what is read.
  var skipped: Set<Int> = []
  /// Indices of columns wanted byte for byte; only where unread fields are kept.
  var verbatim: Set<Int> = []
}

/// A field that could not be read, in a row that is kept: it counts as missing.
public struct UnreadField: Sendable, Equatable {
  /// Row of the block.
  public let row: Int
  /// Index of the column.
  public let column: Int
  public let text: String
  public let reason: RejectedRow.Reason
}
