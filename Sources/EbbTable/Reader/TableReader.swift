/// Bytes to typed columns.
public enum TableReader {
  /// Rows of a chunk of the table; every column has the same chunks, on any machine.
  static let chunkRows = 1 << 17
  /// Rejected rows named in the error when there are too many.
  static let firstCauses = 5

  /// Reads all of `source` as `reading` says, into typed columns; rows that cannot be read are rejected, each with line,
  /// column, text and reason.
  ///
  /// A column that the sample took for numbers and that turns out to hold text in more rows than may be rejected is read
  /// again as a category (from a file; standard input comes only once).
  /// - Parameter progress: called now and then with the share of the file read, where its size is known.
  /// - Throws: `TableError`: `noRows`, `tooManyRejected`, `brokenArchive`, `readFailed`.
  public static func read(
    _ source: ByteSource, _ reading: Reading, options: ReadOptions = ReadOptions(),
    progress: @Sendable (Double?) -> Void = { _ in }
  ) async throws(TableError) -> ReadTable {
    let reading = try prepared(source, reading, options)
    var assembly = try assemble(source, reading, progress: progress)
    if source.path != "-" {
      var again = reading
      var changed = false
      for (column, count) in assembly.textCounts.enumerated()
      where count > 0 && Double(count) > options.maxRejectedShare * Double(assembly.recordCount)
        && options.kinds[reading.columns[column].name] == nil
      {
        again.columns[column].kind = .category
        changed = true
      }
      if changed { assembly = try assemble(source, again, progress: progress) }
    }
    return try assembly.table(path: source.path, options: options)
  }

  /// What roles and users demand of columns, laid over what the sample showed.
  private static func prepared(
    _ source: ByteSource, _ reading: Reading, _ options: ReadOptions
  ) throws(TableError) -> Reading {
    var reading = reading
    var sample: SplitRecords?
    for index in reading.columns.indices {
      let name = reading.columns[index].name
      if options.required.contains(name) { reading.columns[index].required = true }
      guard let kind = options.kinds[name], kind != reading.columns[index].kind else { continue }
      if kind == .flag, reading.columns[index].flagYes == nil {
        if sample == nil { sample = try ReadingDetector(source: source, options: options).detect().records }
        // Words no list knows stay as they are; what the column means decides later.
        guard
          let words = sample.flatMap({
            ForcedFlag(column: index, records: $0, missingTokens: MissingTokens(reading.dialect))
          })
        else { continue }
        reading.columns[index].flagNo = words.no
        reading.columns[index].flagYes = words.yes
      }
      reading.columns[index].kind = kind
    }
    return reading
  }

  private static func assemble(
    _ source: ByteSource, _ reading: Reading, progress: @Sendable (Double?) -> Void
  ) throws(TableError) -> TableAssembly {
    var stream = try RecordStream(source, dialect: reading.dialect, columnCount: reading.columns.count)
    var assembly = TableAssembly(reading)
    var bytes = 0
    while let batch = try stream.next() {
      assembly.add(batch)
      bytes += batch.next
      progress(source.compression == .none ? source.fileSize.map { Double(bytes) / Double(max(1, $0)) } : nil)
    }
    assembly.finish()
    return assembly
  }
}

/// A table being read, row by row.
struct TableAssembly {
  private let reading: Reading
  private let rules: RecordRules
  private let style: NumberStyle
  private let missingTokens: MissingTokens
  private var columns: [ColumnBuilder]
  private var values: [ColumnBuilder.Value]
  private var headingIsDue: Bool
  private var chunkRowCounts: [Int] = []
  private var rows = 0
  private var rowCount = 0
  private var rejected: [RejectedRow] = []
  private var totals: [RejectedRow] = []
  /// By column: rows rejected because a field is no number.
  private(set) var textCounts: [Int]

  var recordCount: Int { rowCount + rejected.count }

  init(_ reading: Reading) {
    self.reading = reading
    rules = RecordRules(reading)
    style = NumberStyle(reading.dialect)
    missingTokens = MissingTokens(reading.dialect)
    columns = reading.columns.map(ColumnBuilder.init)
    values = Array(repeating: .missing, count: columns.count)
    headingIsDue = reading.dialect.hasHeader
    textCounts = Array(repeating: 0, count: columns.count)
  }

  mutating func add(_ batch: SplitRecords) {
    for record in batch.records {
      if headingIsDue {
        headingIsDue = false
        continue
      }
      switch rules.fate(record, batch) {
      case .blank: continue
      case .rejected(let reason): reject(record, batch, reason)
      case .totals:
        totals.append(
          RejectedRow(
            line: record.line, column: nil, text: RecordRules.excerpt(batch.bytes[record.start..<record.end]),
            reason: .notANumber))
      case .fields(let fields): take(fields, record, batch)
      }
    }
  }

  private mutating func take(_ fields: Range<Int>, _ record: SplitRecords.Record, _ batch: SplitRecords) {
    for column in columns.indices {
      let place = fields.lowerBound + column
      let result: Result<ColumnBuilder.Value, RejectedRow.Problem>
      if place >= fields.upperBound {
        result = columns[column].read([UInt8]().span, style: style, missingTokens: missingTokens)
      } else if batch.fields[place].hasDoubledQuotes {
        let text = batch.text(of: batch.fields[place])
        result = columns[column].read(text.span, style: style, missingTokens: missingTokens)
      } else {
        let field = batch.fields[place]
        result = columns[column].read(
          batch.bytes.span.extracting(field.start..<field.end), style: style, missingTokens: missingTokens)
      }
      switch result {
      case .success(let value): values[column] = value
      case .failure(let problem):
        if problem.reason == .notANumber { textCounts[column] += 1 }
        let text =
          place < fields.upperBound ? RecordRules.excerpt(batch.text(of: batch.fields[place])[...]) : ""
        rejected.append(
          RejectedRow(
            line: record.line, column: reading.columns[column].name, text: text, reason: problem.reason))
        return
      }
    }
    for column in columns.indices { columns[column].append(values[column]) }
    rows += 1
    rowCount += 1
    if rows == TableReader.chunkRows { finish() }
  }

  private mutating func reject(
    _ record: SplitRecords.Record, _ batch: SplitRecords, _ reason: RejectedRow.Reason
  ) {
    rejected.append(
      RejectedRow(
        line: record.line, column: nil, text: RecordRules.excerpt(batch.bytes[record.start..<record.end]),
        reason: reason))
  }

  /// Ends the chunk at hand.
  mutating func finish() {
    guard rows > 0 else { return }
    for column in columns.indices { columns[column].finishChunk() }
    chunkRowCounts.append(rows)
    rows = 0
  }

  func table(path: String, options: ReadOptions) throws(TableError) -> ReadTable {
    if recordCount == 0 { throw .noRows(path: path) }
    if Double(rejected.count) > options.maxRejectedShare * Double(recordCount) {
      throw .tooManyRejected(
        rejected: rejected.count, read: recordCount, limitShare: options.maxRejectedShare,
        first: Array(rejected.prefix(TableReader.firstCauses)))
    }
    let made = columns.map { $0.column(rowCount: rowCount) }
    var reading = reading
    reading.columns = made.map(\.1)
    return ReadTable(
      table: Table(columns: made.map(\.0), chunkRowCounts: chunkRowCounts), reading: reading,
      recordCount: recordCount, rejectedCount: rejected.count, rejected: rejected, totals: totals)
  }
}
