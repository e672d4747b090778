/// How a file reads from end to end: every row accepted or rejected by the same rules as the typed table, columns
/// summed up, the first rows as text. Slow and plain beside the parser, and never more memory than the record limit
/// asks for, whatever the file is.
public struct TableSurvey: Sendable, Equatable {
  public let reading: Reading
  public let columns: [ColumnSurvey]
  /// Rows that can be used.
  public let rowCount: Int
  /// The first rows that have as many fields as there are columns, exactly as read: quotes taken off and doubled
  /// quotes made single, nothing trimmed.
  public let rows: [[String]]
  public let rejectedCount: Int
  /// The first rejected rows, in file order.
  public let rejected: [RejectedRow]
  /// The first totals rows ("Итого"), left out of `rowCount`.
  public let totals: [RejectedRow]
  /// `false`: the file was too long to be read whole here, and everything is about its beginning.
  public let isWhole: Bool

  public struct Limits: Sendable, Equatable {
    /// Rows kept as text.
    public var rows: Int
    /// Rejected rows kept.
    public var rejected: Int
    /// Text read.
    public var bytes: Int
    /// Fields and lines read.
    public var fields: Int
    /// Bytes taken at a time; the survey does not depend on it.
    public var block = 1 << 20
    public init(rows: Int = 20, rejected: Int = 1000, bytes: Int = 128 << 20, fields: Int = 24_000_000) {
      self.rows = rows
      self.rejected = rejected
      self.bytes = bytes
      self.fields = fields
    }
  }

  /// Reads `source` as `reading` says. Errors: `brokenArchive`, `readFailed`.
  public static func make(
    _ source: ByteSource, reading: Reading, limits: Limits = Limits()
  ) throws(TableError) -> TableSurvey {
    var surveyor = TableSurveyor(reading: reading, limits: limits)
    var stream = try RecordStream(
      source, dialect: reading.dialect, columnCount: reading.columns.count, byteLimit: limits.bytes,
      blockSize: limits.block)
    while surveyor.fieldCount < limits.fields {
      guard let batch = try stream.next() else { return surveyor.survey(isWhole: !stream.isCutShort) }
      surveyor.add(batch)
    }
    return surveyor.survey(isWhole: false)
  }
}

private struct TableSurveyor {
  private let reading: Reading
  private let limits: TableSurvey.Limits
  private let style: NumberStyle
  private let missingTokens: MissingTokens
  private let rules: RecordRules
  private var columns: [ColumnSurveyor]
  private var values: [SurveyedValue]
  private var headingIsDue: Bool
  /// Fields and lines met: what the time spent is about.
  private(set) var fieldCount = 0
  private var rowCount = 0
  private var rows: [[String]] = []
  private var rejectedCount = 0
  private var rejected: [RejectedRow] = []
  private var totals: [RejectedRow] = []

  init(reading: Reading, limits: TableSurvey.Limits) {
    self.reading = reading
    self.limits = limits
    style = NumberStyle(reading.dialect)
    missingTokens = MissingTokens(reading.dialect)
    rules = RecordRules(reading)
    columns = reading.columns.map(ColumnSurveyor.init)
    values = Array(repeating: .missing, count: columns.count)
    headingIsDue = reading.dialect.hasHeader
  }

  mutating func add(_ batch: SplitRecords) {
    fieldCount += batch.fields.count + batch.records.count
    for record in batch.records {
      if headingIsDue {
        headingIsDue = false
      } else {
        add(record, batch)
      }
    }
  }

  private mutating func add(_ record: SplitRecords.Record, _ batch: SplitRecords) {
    let fields: Range<Int>
    var isTotals = false
    switch rules.fate(record, batch) {
    case .blank: return
    case .rejected(let reason): return reject(record, batch, reason)
    case .totals(let found): (fields, isTotals) = (found, true)
    case .fields(let found): fields = found
    }
    if rows.count < limits.rows {
      let texts = fields.map { String(decoding: batch.text(of: batch.fields[$0]), as: UTF8.self) }
      rows.append(texts + Array(repeating: "", count: columns.count - texts.count))
    }
    if isTotals {
      if totals.count < limits.rejected {
        totals.append(
          RejectedRow(line: record.line, column: nil, text: excerpt(record, batch), reason: .notANumber))
      }
      return
    }
    take(fields, record, batch)
  }

  /// First all fields, then the columns: a row counts in every column or in none.
  private mutating func take(_ fields: Range<Int>, _ record: SplitRecords.Record, _ batch: SplitRecords) {
    for column in columns.indices {
      let place = fields.lowerBound + column
      guard place < fields.upperBound else {
        values[column] = columns[column].read([UInt8]().span, style: style, missingTokens: missingTokens)
        if case .problem(let reason) = values[column] {
          return reject(record, batch, reason, column: reading.columns[column].name, text: "")
        }
        continue
      }
      let field = batch.fields[place]
      if field.hasDoubledQuotes {
        let text = batch.text(of: field)
        values[column] = columns[column].read(text.span, style: style, missingTokens: missingTokens)
      } else {
        values[column] = columns[column].read(
          batch.bytes.span.extracting(field.start..<field.end), style: style, missingTokens: missingTokens)
      }
      if case .problem(let reason) = values[column] {
        let text = RecordRules.excerpt(batch.text(of: field)[...])
        return reject(record, batch, reason, column: reading.columns[column].name, text: text)
      }
    }
    rowCount += 1
    for column in columns.indices {
      let place = fields.lowerBound + column
      guard place < fields.upperBound else {
        columns[column].add(.missing, [UInt8]().span)
        continue
      }
      let field = batch.fields[place]
      if field.hasDoubledQuotes {
        let text = batch.text(of: field)
        columns[column].add(values[column], text.span)
      } else {
        columns[column].add(values[column], batch.bytes.span.extracting(field.start..<field.end))
      }
    }
  }

  private mutating func reject(
    _ record: SplitRecords.Record, _ batch: SplitRecords, _ reason: RejectedRow.Reason,
    column: String? = nil, text: String? = nil
  ) {
    rejectedCount += 1
    guard rejected.count < limits.rejected else { return }
    rejected.append(
      RejectedRow(line: record.line, column: column, text: text ?? excerpt(record, batch), reason: reason))
  }

  private func excerpt(_ record: SplitRecords.Record, _ batch: SplitRecords) -> String {
    RecordRules.excerpt(batch.bytes[record.start..<record.end])
  }

  func survey(isWhole: Bool) -> TableSurvey {
    TableSurvey(
      reading: reading,
      columns: columns.enumerated().map { index, column in
        column.survey(heading: index < reading.headings.count ? reading.headings[index] : nil)
      },
      rowCount: rowCount, rows: rows, rejectedCount: rejectedCount, rejected: rejected, totals: totals,
      isWhole: isWhole)
  }
}
