extension Reading {
  /// Columns a table may have; more than any spreadsheet holds.
  public static let columnLimit = 16_384

  /// Decides how a file is going to be read, from its head and, where it lies on disk uncompressed, slices spread
  /// over the rest. Deterministic; every decision is a `Guess` with its evidence; options override decisions.
  ///
  /// Errors: `emptyFile`, `notText`, `tooManyColumns`, `brokenArchive`, `readFailed`.
  public static func detect(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(TableError)
    -> Reading
  {
    try ReadingDetector(source: source, options: options).detect().reading
  }
}

/// Joins the detectors: bytes → encoding → dialect → grammar.
struct ReadingDetector {
  struct Finding {
    var reading: Reading
    /// The head's records below the heading.
    var records: SplitRecords
    /// `true`: the head is the whole file.
    var isWhole: Bool
  }

  static let headSize = 512 << 10
  /// Where the head holds not even one record.
  static let longHeadSize = 4 << 20
  static let sliceSize = 32 << 10
  static let sliceCount = 16

  let source: ByteSource
  let options: ReadOptions

  /// Where the usual head holds no more than a heading, a longer one is looked at.
  func detect() throws(TableError) -> Finding {
    let raw = try source.prefix(Self.headSize + 1)
    if raw.count <= Self.headSize || raw.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      let finding = try detect(raw, limit: Self.headSize)
      if finding.isWhole || finding.records.records.count >= 2 { return finding }
    }
    return try detect(source.prefix(Self.longHeadSize + 1), limit: Self.longHeadSize)
  }

  private func detect(_ raw: [UInt8], limit: Int) throws(TableError) -> Finding {
    var raw = raw
    let isWhole = raw.count <= limit
    if !isWhole { raw.removeLast(raw.count - limit) }
    if let name = BinaryCheck.signature(raw) { throw .notText(path: source.path, byteOffset: 0, found: name) }

    let slices = try isWhole ? [] : rawSlices(after: raw.count)
    let encoding = encodingFinding([raw] + slices)
    let head = try decodedHead(raw, encoding, isWhole: isWhole)

    let detector = DialectDetector(head: head, isWhole: isWhole, options: options)
    guard let found = detector.detect() else { throw .emptyFile(path: source.path) }
    if !isWhole, let first = found.records.records.first, first.end == head.count {
      throw .lineTooLong(path: source.path, line: first.line, limit: limit)
    }
    if found.columnCount > Reading.columnLimit {
      throw .tooManyColumns(path: source.path, found: found.columnCount, limit: Reading.columnLimit)
    }

    var guesses = [
      Guess(subject: .compression, value: source.compression.rawValue),
      Guess(
        subject: .encoding, value: encoding.encoding.rawValue, evidence: encoding.evidence,
        overridden: options.encoding != nil),
    ]
    guesses += found.guesses

    let splitter = ReferenceSplitter(
      delimiter: found.delimiter, quote: found.quote,
      carriageReturnEnds: found.lineEnding == .cr || found.lineEnding == .mixed)
    let sliceRecords = slices.map { slice in
      splitter.split(Self.wholeLines(Self.decode(slice, encoding.encoding)), isWhole: false)
    }
    let grammar = GrammarDetector(
      dialect: found, slices: sliceRecords, options: options
    ).detect()
    guesses += grammar.guesses

    let dialect = Dialect(
      compression: source.compression, encoding: encoding.encoding, byteOrderMark: encoding.byteOrderMark,
      delimiter: found.delimiter, quote: found.quote, lineEnding: found.lineEnding,
      hasHeader: found.hasHeader,
      skippedLines: found.skippedLines, decimalSeparator: grammar.decimal, groupSeparator: grammar.group,
      missingTokens: options.missingTokens ?? Dialect.defaultMissingTokens)
    let reading = Reading(
      dialect: dialect, columns: grammar.columns, headings: grammar.headings, guesses: guesses)
    var records = found.records
    if found.hasHeader { records.records.removeFirst() }
    return Finding(reading: reading, records: records, isWhole: isWhole)
  }

  /// Slices of a plain file, at places that depend on its size alone.
  private func rawSlices(after headCount: Int) throws(TableError) -> [[UInt8]] {
    guard let size = source.fileSize, source.compression == .none else { return [] }
    let rest = size - headCount
    guard rest > Self.sliceCount * Self.sliceSize else {
      return try source.slice(at: headCount & ~1, count: rest + 1).map { [$0] } ?? []
    }
    let room = rest - Self.sliceSize
    var slices: [[UInt8]] = []
    for index in 0..<Self.sliceCount {
      // The last slice ends where the file ends; even offsets keep UTF-16 in step.
      let offset = headCount + Int(Double(room) * Double(index + 1) / Double(Self.sliceCount))
      guard let slice = try source.slice(at: offset & ~1, count: Self.sliceSize) else { return [] }
      slices.append(slice)
    }
    return slices
  }

  private func encodingFinding(_ samples: [[UInt8]]) -> EncodingDetector.Finding {
    var finding = EncodingDetector.detect(samples)
    guard let forced = options.encoding else { return finding }
    if finding.encoding != forced { finding.byteOrderMark = false }
    finding.encoding = forced
    return finding
  }

  private func decodedHead(
    _ raw: [UInt8], _ finding: EncodingDetector.Finding, isWhole: Bool
  ) throws(TableError) -> [UInt8] {
    let mark = finding.byteOrderMark ? (finding.encoding == .utf8 ? 3 : 2) : 0
    let head = Self.decode(Array(raw.dropFirst(mark)), finding.encoding)
    if let control = BinaryCheck.control(in: head) {
      throw .notText(path: source.path, byteOffset: control.offset, found: control.name)
    }
    return head
  }

  static func decode(_ bytes: [UInt8], _ encoding: Dialect.Encoding) -> [UInt8] {
    var decoder = TextDecoder(encoding: encoding)
    return decoder.decode(bytes)
  }

  /// A slice from its first line end on.
  private static func wholeLines(_ bytes: [UInt8]) -> [UInt8] {
    guard let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return [] }
    return Array(bytes[(end + 1)...])
  }
}
