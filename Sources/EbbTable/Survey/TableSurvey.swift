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
    if let problem = record.problem { return reject(record, batch, problem) }
    guard UTF8Check.isValid(batch.bytes.span.extracting(record.start..<record.end)) else {
      return reject(record, batch, .invalidEncoding)
    }
    guard let fields = fitted(record, batch) else {
      let isBlankLine =
        record.fields.count == 1
        && FieldText.trimmed(batch.bytes.span.extracting(record.start..<record.end)).isEmpty
      if isBlankLine { return }
      return reject(record, batch, .fieldCount(expected: columns.count, found: record.fields.count))
    }
    if rows.count < limits.rows {
      let texts = fields.map { String(decoding: batch.text(of: batch.fields[$0]), as: UTF8.self) }
      rows.append(texts + Array(repeating: "", count: columns.count - texts.count))
    }
    if isTotals(fields, batch) {
      if totals.count < limits.rejected {
        totals.append(
          RejectedRow(line: record.line, column: nil, text: excerpt(record, batch), reason: .notANumber))
      }
      return
    }
    take(fields, record, batch)
  }

  /// The record's fields, one for each column: a delimiter at the line's end is none, and a last column without a
  /// heading may be absent.
  private func fitted(_ record: SplitRecords.Record, _ batch: SplitRecords) -> Range<Int>? {
    let fields = record.fields
    if fields.count == columns.count { return fields }
    if fields.count == columns.count + 1 {
      let last = batch.fields[fields.upperBound - 1]
      return last.start == last.end && !last.isQuoted ? fields.dropLast() : nil
    }
    let mayLackLast = columns.count > 1 && reading.headings.last?.isEmpty == true
    return fields.count == columns.count - 1 && mayLackLast ? fields : nil
  }

  private func isTotals(_ fields: Range<Int>, _ batch: SplitRecords) -> Bool {
    for index in fields {
      let span = batch.bytes.span.extracting(batch.fields[index].start..<batch.fields[index].end)
      if !FieldText.trimmed(span).isEmpty { return TotalsRow.isTotals(firstCell: span) }
    }
    return false
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
        let text = Self.shortened(batch.text(of: field)[...])
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
    Self.shortened(batch.bytes[record.start..<record.end])
  }

  /// At most 200 characters.
  private static func shortened(_ bytes: ArraySlice<UInt8>) -> String {
    String(String(decoding: bytes.prefix(1024), as: UTF8.self).prefix(200))
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
