import Foundation

/// One block of a table on its way through: typed columns of some tens of thousands of rows.
public struct TableBlock: Sendable {
  /// One chunk, columns as in the reading.
  public let table: Table
  /// Fields that could not be read, by row; they are missing in `table`.
  public let unread: [UnreadField]
  /// Texts of the columns asked for as they are, by the column's index; such a column is empty in `table`.
  public let verbatim: [Int: VerbatimTexts]
  /// Records that are no rows, with the row of `table` before which each stood.
  public let rejected: [(before: Int, row: RejectedRow)]

  init(_ block: BlockResult, _ reading: Reading, firstLine: Int) {
    let columns = TableJoin(reading: reading, blocks: [block], cores: 1).columns().map(\.0)
    table = Table(columns: columns, chunkRowCounts: block.rows > 0 ? [block.rows] : [])
    unread = block.unread
    verbatim = Dictionary(
      uniqueKeysWithValues: block.parts.indices.filter { block.parts[$0].mode == .verbatim }.map {
        ($0, block.parts[$0].verbatim)
      })
    rejected = zip(block.rejectedPlaces, block.rejected).map { ($0, $1.moved(by: firstLine)) }
  }
}

/// A table of any size, block after block, in memory that does not grow with it.
///
/// Blocks are parsed and made into something on all cores, a few at a time, and what they became is taken in the file's
/// order. A field that cannot be read is missing and told of; only a record that is no row is rejected.
public struct TableBlocks: Sendable {
  public let reading: Reading
  private let source: ByteSource
  private let cores: Int
  private let demands: RowDemands
  var blockSize = 4 << 20

  /// - Parameters:
  ///   - options: kinds said there are the columns' kinds, as for `TableReader`.
  ///   - skipping: names of columns whose values nobody asks for; they come out empty.
  ///   - verbatim: names of columns whose texts are wanted as they are.
  public init(
    _ source: ByteSource, _ reading: Reading, options: ReadOptions, skipping: Set<String> = [],
    verbatim: Set<String> = []
  )
    throws(TableError)
  {
    self.source = source
    self.reading = try TableReader.prepared(source, reading, options)
    func places(_ names: Set<String>) -> Set<Int> {
      Set(reading.columns.indices.filter { names.contains(reading.columns[$0].name) })
    }
    demands = RowDemands(keepsUnread: true, skipped: places(skipping), verbatim: places(verbatim))
    cores = max(1, options.cores ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// - Parameters:
  ///   - make: called from any thread with each block.
  ///   - take: called with what `make` gave, block by block in the file's order.
  ///   - progress: the share of the file done, where its size is known.
  public func forEach<Output: Sendable>(
    make: @Sendable (TableBlock) throws -> Output, take: (Output) throws -> Void,
    progress: (Double?) -> Void = { _ in }
  ) throws {
    if BlockParser.takes(reading) {
      switch try source.open(for: reading.dialect) {
      case .file(let file):
        if try parallel(file, make, take, progress) { return }
      case .sequential(let stream):
        if try sequential(stream, make, take, progress) { return }
        throw TableError.lineTooLong(path: source.path, line: 1, limit: RecordStream.recordLimit)
      }
    }
    try records(make, take, progress)
  }

  /// `false`, and nothing taken: a record is too long for this way of reading.
  private func parallel<Output: Sendable>(
    _ file: ByteFile, _ make: @Sendable (TableBlock) throws -> Output, _ take: (Output) throws -> Void,
    _ progress: (Double?) -> Void
  ) throws -> Bool {
    let blocks = BlockReading(sizes: BlockSizes(block: blockSize), reading: reading, cores: cores)
    guard let body = try blocks.bodyStart(of: file) else { return false }
    let size = blockSize
    let count = max(1, (file.size - body.offset + size - 1) / size)
    var expected = body.offset
    var line = body.line
    var isFirst = true
    for first in stride(from: 0, to: count, by: cores) {
      let found = concurrentMap(min(cores, count - first), cores: cores) { index in
        let low = body.offset + (first + index) * size
        let high = min(file.size, low + size)
        return Result<(start: Int, block: BlockResult)?, any Error> {
          let start = first + index == 0 ? low : try BlockReading.lineStart(file, from: low, limit: high)
          var parser = BlockParser(reading, demands)
          var bytes: [UInt8] = []
          return try BlockReading.parse(file, start..<high, &parser, &bytes).map { (start, $0) }
        }
      }
      var wave: [(block: BlockResult, line: Int)] = []
      for index in found.indices {
        let high = min(file.size, body.offset + (first + index + 1) * size)
        if expected >= high, first + index > 0 { continue }
        var piece = try found[index].get()
        if piece?.start != expected {
          // The block began inside quotes: again from where the one before ended.
          var parser = BlockParser(reading, demands)
          var bytes: [UInt8] = []
          piece = try BlockReading.parse(file, expected..<max(expected, high), &parser, &bytes).map {
            (expected, $0)
          }
        }
        guard let piece else {
          if isFirst, wave.isEmpty { return false }
          throw TableError.lineTooLong(path: source.path, line: line, limit: RecordStream.recordLimit)
        }
        wave.append((piece.block, line))
        line += piece.block.lineCount
        expected = max(expected, piece.block.next)
      }
      isFirst = false
      try finish(wave, make, take)
      progress(Double(min(count, first + cores)) / Double(count))
    }
    return true
  }

  /// Makes something of parsed blocks on all cores and takes it in order.
  private func finish<Output: Sendable>(
    _ blocks: [(block: BlockResult, line: Int)], _ make: @Sendable (TableBlock) throws -> Output,
    _ take: (Output) throws -> Void
  ) throws {
    let outputs = concurrentMap(blocks.count, cores: cores) { index in
      Result { try make(TableBlock(blocks[index].block, reading, firstLine: blocks[index].line)) }
    }
    for output in outputs { try take(output.get()) }
  }

  private func sequential<Output: Sendable>(
    _ stream: ByteBlocks, _ make: @Sendable (TableBlock) throws -> Output, _ take: (Output) throws -> Void,
    _ progress: (Double?) -> Void
  ) throws -> Bool {
    var wave: [(block: BlockResult, line: Int)] = []
    var line: Int?
    var failure: (any Error)?
    let whole = try BlockReading(sizes: BlockSizes(block: blockSize), reading: reading, cores: cores).forEach(
      stream, demands
    ) { block, first in
      wave.append((block, line ?? first))
      line = (line ?? first) + block.lineCount
      guard wave.count == cores else { return true }
      do {
        try finish(wave, make, take)
        wave = []
        progress(nil)
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    try finish(wave, make, take)
    return whole
  }

  private func records<Output: Sendable>(
    _ make: @Sendable (TableBlock) throws -> Output, _ take: (Output) throws -> Void,
    _ progress: (Double?) -> Void
  ) throws {
    var stream = try RecordStream(source, dialect: reading.dialect, columnCount: reading.columns.count)
    var assembly = RecordAssembly(reading, demands)
    while let batch = try stream.next() {
      assembly.add(batch)
      try finish(assembly.finishedBlocks().map { ($0, 0) }, make, take)
      progress(nil)
    }
    try finish(assembly.finish().map { ($0, 0) }, make, take)
  }
}
