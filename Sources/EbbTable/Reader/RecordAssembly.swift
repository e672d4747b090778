/// A table read record by record: the way for what blocks do not take (lone carriage returns as line ends, one column,
/// records of many megabytes).
struct RecordAssembly {
  /// Rows of a block.
  private static let blockRows = 1 << 16

  private let reading: Reading
  private let rules: RecordRules
  private var columns: [BlockColumn]
  private var headingIsDue: Bool
  private var current = BlockResult()
  private var blocks: [BlockResult] = []

  init(_ reading: Reading) {
    self.reading = reading
    rules = RecordRules(reading)
    columns = reading.columns.enumerated().map { BlockColumn($1, index: $0, dialect: reading.dialect) }
    headingIsDue = reading.dialect.hasHeader
  }

  mutating func add(_ batch: SplitRecords) {
    for record in batch.records {
      if headingIsDue {
        headingIsDue = false
        continue
      }
      let text = batch.bytes[record.start..<record.end]
      switch rules.fate(record, batch) {
      case .blank: continue
      case .rejected(let reason):
        current.rejected.append(
          RejectedRow(line: record.line, column: nil, text: RecordRules.excerpt(text), reason: reason))
      case .totals:
        current.totals.append(
          RejectedRow(line: record.line, column: nil, text: RecordRules.excerpt(text), reason: .notANumber))
      case .fields(let fields): take(fields, record, batch)
      }
    }
  }

  private mutating func take(_ fields: Range<Int>, _ record: SplitRecords.Record, _ batch: SplitRecords) {
    var problem: (column: Int, reason: RejectedRow.Reason)?
    for column in columns.indices {
      let place = fields.lowerBound + column
      let text = place < fields.upperBound ? batch.text(of: batch.fields[place]) : []
      if let reason = columns[column].takeField(text.span), problem == nil { problem = (column, reason) }
    }
    guard let problem else {
      current.rows += 1
      if current.rows == Self.blockRows { endBlock() }
      return
    }
    let row = current.rows
    for column in columns.indices { columns[column].remove([row]) }
    if problem.reason == .notANumber { current.textCounts[problem.column, default: 0] += 1 }
    let place = fields.lowerBound + problem.column
    let text = place < fields.upperBound ? RecordRules.excerpt(batch.text(of: batch.fields[place])[...]) : ""
    current.rejected.append(
      RejectedRow(
        line: record.line, column: reading.columns[problem.column].name, text: text, reason: problem.reason))
  }

  private mutating func endBlock() {
    current.parts = columns.indices.map { columns[$0].finish() }
    blocks.append(current)
    current = BlockResult()
  }

  /// All blocks; lines are those of the file.
  mutating func finish() -> [BlockResult] {
    endBlock()
    return blocks
  }
}
