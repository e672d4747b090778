import Foundation

/// Bytes to typed columns.
public enum TableReader {
  /// Rejected rows named in the error when there are too many.
  static let firstCauses = 5

  /// Reads all of `source` as `reading` says, into typed columns; rows that cannot be read are rejected, each with line,
  /// column, text and reason.
  ///
  /// A column that the sample took for numbers and that turns out to hold text in more rows than may be rejected is read
  /// again as a category (from a file; a pipe comes only once).
  /// - Parameter progress: called now and then with the share of the file read, where its size is known.
  /// - Throws: `TableError`: `noRows`, `tooManyRejected`, `brokenArchive`, `readFailed`.
  public static func read(
    _ source: ByteSource, _ reading: Reading, options: ReadOptions = ReadOptions(),
    progress: @Sendable (Double?) -> Void = { _ in }
  ) async throws(TableError) -> ReadTable {
    try read(source, reading, options: options, sizes: BlockSizes(), progress: progress)
  }

  /// - Parameter sizes: for tests; the table does not depend on them.
  static func read(
    _ source: ByteSource, _ reading: Reading, options: ReadOptions, sizes: BlockSizes,
    progress: @Sendable (Double?) -> Void = { _ in }
  ) throws(TableError) -> ReadTable {
    let reading = try prepared(source, reading, options)
    var parts = try parts(source, reading, options, sizes, progress)
    if source.isRepeatable {
      var again = reading
      var changed = false
      for (column, count) in parts.textCounts
      where Double(count) > options.maxRejectedShare * Double(parts.recordCount)
        && options.kinds[reading.columns[column].name] == nil
      {
        again.columns[column].kind = .category
        changed = true
      }
      if changed { parts = try self.parts(source, again, options, sizes, progress) }
    }
    return try parts.table(path: source.path, options: options)
  }

  /// All records, block by block where the file allows it, else one by one.
  private static func parts(
    _ source: ByteSource, _ reading: Reading, _ options: ReadOptions, _ sizes: BlockSizes,
    _ progress: @Sendable (Double?) -> Void
  ) throws(TableError) -> TableParts {
    if BlockParser.takes(reading) {
      let blocks = BlockReading(
        sizes: sizes, reading: reading,
        cores: options.cores ?? ProcessInfo.processInfo.activeProcessorCount)
      let found: (blocks: [BlockResult], firstLine: Int)?
      switch try source.open(for: reading.dialect) {
      case .file(let file): found = try blocks.file(file, progress: progress)
      case .sequential(let stream): found = try blocks.stream(stream, progress: progress)
      }
      if let found {
        return TableParts(
          reading: reading, blocks: found.blocks, firstLine: found.firstLine, cores: options.cores)
      }
      if !source.isRepeatable {
        throw .lineTooLong(path: source.path, line: 1, limit: RecordStream.recordLimit)
      }
    }
    var stream = try RecordStream(source, dialect: reading.dialect, columnCount: reading.columns.count)
    var assembly = RecordAssembly(reading)
    var bytes = 0
    while let batch = try stream.next() {
      assembly.add(batch)
      bytes += batch.next
      progress(source.compression == .none ? source.fileSize.map { Double(bytes) / Double(max(1, $0)) } : nil)
    }
    return TableParts(reading: reading, blocks: assembly.finish(), firstLine: 0, cores: options.cores)
  }

  /// What roles and users demand of columns, laid over what the sample showed.
  static func prepared(
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
}
