@testable import EbbTable

/// What must hold of any bytes at all when they are read; the fuzzer (`Fuzz/`) and the replay of its findings share it.
///
/// The first byte chooses what a user may have said; the rest is the file.
struct ReaderTrial {
  /// What was found wrong, for the fuzzer to stop at.
  struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  let options: ReadOptions
  /// Whether the last column has to be a flag in every row, as churn has to.
  let demandsChurn: Bool
  let file: [UInt8]

  init(_ input: [UInt8]) {
    let choice = input.first ?? 0
    file = Array(input.dropFirst())
    var options = ReadOptions(maxRejectedShare: 1)
    switch choice & 7 {
    case 1: options.delimiter = UInt8(ascii: ";")
    case 2: options.quote = .some(nil)
    case 3: options.quote = .some(UInt8(ascii: "'"))
    case 4: options.decimalSeparator = UInt8(ascii: ",")
    case 5: options.encoding = .windows1251
    case 6: options.encoding = .utf16LittleEndian
    case 7: options.skippedLines = 2
    default: break
    }
    switch choice >> 3 & 3 {
    case 1: options.hasHeader = true
    case 2: options.hasHeader = false
    case 3: options.groupSeparator = ","
    default: break
    }
    if choice & 32 != 0 { options.delimiter = UInt8(ascii: " ") }
    demandsChurn = choice & 64 != 0
    // Few rows may be rejected: columns are then read again as categories.
    if choice & 128 != 0 { options.maxRejectedShare = 0.2 }
    self.options = options
  }

  /// Reads `path`, where `file` stands. Throws `Broken` where a promise is broken; traps where the reader does.
  func run(path: String) throws(Broken) {
    let source: ByteSource
    let reading: Reading
    let survey: TableSurvey
    let inPieces: TableSurvey
    var options = options
    do throws(TableError) {
      source = try ByteSource(path: path)
      let detected = try Reading.detect(source, options: options)
      try check(detected)
      if demandsChurn, let last = detected.columns.last?.name {
        options.kinds[last] = .flag
        options.required = [last]
      }
      reading = try TableReader.prepared(source, detected, options)
      var limits = TableSurvey.Limits(rows: 50, rejected: .max)
      survey = try TableSurvey.make(source, reading: reading, limits: limits)
      limits.block = 1 + file.count % 13
      inPieces = try TableSurvey.make(source, reading: reading, limits: limits)
    } catch {
      return
    }
    try check(survey)
    if inPieces != survey { throw Broken("another table when read in small blocks") }
    try compareTables(source, reading, options)
  }

  /// The typed table, whatever the sizes of blocks, and what the survey says of the same rows.
  private func compareTables(
    _ source: ByteSource, _ reading: Reading, _ options: ReadOptions
  ) throws(Broken) {
    let small = BlockSizes(
      block: 1 + file.count % 29, slack: 1 + file.count % 3, window: 1 + file.count % 31)
    let whole = Self.table(source, reading, options, BlockSizes())
    for sizes in [small, BlockSizes(block: 64, slack: 16, window: 48), BlockSizes(block: 300)] {
      let table = Self.table(source, reading, options, sizes)
      if case .success(let first) = table, case .success(let second) = whole,
        let difference = first.difference(from: second)
      {
        throw Broken("another table when read in blocks of \(sizes): \(difference)")
      }
      if table != whole { throw Broken("another error when read in blocks of \(sizes)") }
    }
    let limits = TableSurvey.Limits(rows: 0, rejected: .max)
    var again = reading
    if case .success(let found) = whole {
      // Columns of numbers that turned out to hold text were read again as categories.
      for (index, column) in found.reading.columns.enumerated()
      where Self.isNumber(again.columns[index].kind) && !Self.isNumber(column.kind) && column.kind != .empty {
        if options.maxRejectedShare == 1 { throw Broken("a category nobody asked for") }
        again.columns[index].kind = .category
      }
    }
    let survey: TableSurvey
    do throws(TableError) {
      survey = try TableSurvey.make(source, reading: again, limits: limits)
    } catch {
      throw Broken("surveyed once and not twice: \(error)")
    }
    let records = survey.rowCount + survey.rejectedCount
    switch whole {
    case .success(let table): try compare(table, survey, options)
    case .failure(.noRows): if records > 0 { throw Broken("no rows where the survey has some") }
    case .failure(.tooManyRejected(_, let read, let limit, _)):
      // Here some columns may have been read again; the records are the same.
      if limit == 1 || read != records { throw Broken("rejected too many of \(read)") }
    case .failure(let error): throw Broken("surveyed and not read: \(error)")
    }
  }

  private static func isNumber(_ kind: Column.Kind) -> Bool {
    kind == .integer || kind == .decimal || kind == .real
  }

  private static func table(
    _ source: ByteSource, _ reading: Reading, _ options: ReadOptions, _ sizes: BlockSizes
  ) -> Result<TableStory, TableError> {
    var options = options
    options.cores = 1
    do throws(TableError) {
      return .success(TableStory(try TableReader.read(source, reading, options: options, sizes: sizes)))
    } catch {
      return .failure(error)
    }
  }

  private func compare(_ table: TableStory, _ survey: TableSurvey, _ options: ReadOptions) throws(Broken) {
    if table.rowCount != survey.rowCount { throw Broken("\(table.rowCount) rows, not \(survey.rowCount)") }
    if table.recordCount != survey.rowCount + survey.rejectedCount { throw Broken("records") }
    if table.rejected != survey.rejected { throw Broken("other rows rejected than in the survey") }
    if table.totals != survey.totals { throw Broken("other rows of totals than in the survey") }
    for (column, expected) in zip(table.columns, survey.columns) {
      if column.name != expected.name { throw Broken("names") }
      if column.missing != expected.missing { throw Broken("missing in “\(column.name)”") }
      if column.range != expected.range { throw Broken("range of “\(column.name)”") }
      if Self.family(column, table.rowCount) != Self.family(expected, survey.rowCount) {
        throw Broken("“\(column.name)” is \(column.kind), not \(expected.kind)")
      }
      try compareLevels(column, expected)
    }
  }

  private func compareLevels(_ column: TableStory.ColumnStory, _ expected: ColumnSurvey) throws(Broken) {
    guard expected.kind == .category || expected.kind == .text || expected.kind == .flag else { return }
    let levels = column.levels
    if let distinct = expected.distinct, distinct != levels.count {
      throw Broken("texts of “\(column.name)”")
    }
    if expected.levels.contains(where: { levels[$0.text] != $0.count }) {
      throw Broken("counts of texts of “\(column.name)”")
    }
  }

  /// Kinds that may differ are one family:
  /// - the survey does not try whether all numbers fit with the decimals of some, and the table keeps decimals of
  ///   rejected rows, so which kind of numbers a column holds may differ;
  /// - the table calls a category a text by all of its rows, the survey by the sample;
  /// - the table calls a column without a value empty; the survey keeps what the sample took it for.
  private static func family(_ kind: Column.Kind, isEmpty: Bool) -> Column.Kind {
    switch kind {
    case .flag: .flag
    case _ where isEmpty: .empty
    case .integer, .decimal, .real: .real
    case .category, .text: .category
    case .empty: .empty
    }
  }

  private static func family(_ column: TableStory.ColumnStory, _ rows: Int) -> Column.Kind {
    family(column.kind, isEmpty: column.missing == rows)
  }
  private static func family(_ column: ColumnSurvey, _ rows: Int) -> Column.Kind {
    family(column.kind, isEmpty: column.missing == rows)
  }

  private func check(_ reading: Reading) throws(TableError) {
    precondition(!reading.columns.isEmpty, "no column")
    precondition(Set(reading.columns.map(\.name)).count == reading.columns.count, "the same name twice")
    precondition(reading.dialect.quote != reading.dialect.delimiter, "one sign for two things")
    precondition(
      reading.headings.count == (reading.dialect.hasHeader ? reading.columns.count : 0), "headings")
    precondition(reading.guesses.allSatisfy { $0.evidence.values.allSatisfy(\.isFinite) }, "evidence")
  }

  private func check(_ survey: TableSurvey) throws(Broken) {
    let width = survey.columns.count
    if survey.rows.contains(where: { $0.count != width }) { throw Broken("a row of another width") }
    if survey.rejected.count != survey.rejectedCount { throw Broken("rejected rows lost") }
    for column in survey.columns {
      if column.missing > survey.rowCount { throw Broken("more missing than rows") }
      if let range = column.range, !(range.low <= range.high) { throw Broken("range") }
    }
    let lines = survey.rejected.map(\.line)
    if zip(lines, lines.dropFirst()).contains(where: { $0 > $1 }) { throw Broken("lines out of order") }
    try checkWrittenAgain(survey)
  }

  /// The rows written with every field in quotes are read as the same rows.
  private func checkWrittenAgain(_ survey: TableSurvey) throws(Broken) {
    guard !survey.rows.isEmpty else { return }
    let quote = UInt8(ascii: "\"")
    var text: [UInt8] = []
    for row in survey.rows {
      for (index, field) in row.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        text.append(quote)
        for byte in field.utf8 {
          text.append(byte)
          if byte == quote { text.append(quote) }
        }
        text.append(quote)
      }
      text.append(0x0A)
    }
    let splitter = ReferenceSplitter(delimiter: UInt8(ascii: ","), quote: quote)
    let split = splitter.split(text)
    let rows = split.records.map { record in
      split.texts(of: record).map { String(decoding: $0, as: UTF8.self) }
    }
    if rows != survey.rows { throw Broken("rows change when written and read again") }
  }
}
