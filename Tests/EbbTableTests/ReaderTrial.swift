import EbbTable

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
    self.options = options
  }

  /// Reads `path`, where `file` stands. Throws `Broken` where a promise is broken; traps where the reader does.
  func run(path: String) throws(Broken) {
    let survey: TableSurvey
    let inPieces: TableSurvey
    do throws(TableError) {
      let source = try ByteSource(path: path)
      let reading = try Reading.detect(source, options: options)
      try check(reading)
      var limits = TableSurvey.Limits(rows: 50, rejected: .max)
      survey = try TableSurvey.make(source, reading: reading, limits: limits)
      limits.block = 1 + file.count % 13
      inPieces = try TableSurvey.make(source, reading: reading, limits: limits)
    } catch {
      return
    }
    try check(survey)
    if inPieces != survey { throw Broken("another table when read in small blocks") }
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
