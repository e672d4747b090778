/// The records of a whole file in order, in bounded memory: `ReferenceSplitter` over a stream of blocks.
///
/// A record longer than `recordLimit` bytes comes as one field, its beginning, with the problem `tooLong`; reading
/// goes on with the next line.
public struct RecordStream: ~Copyable {
  /// Longest record, line ends inside quotes included.
  public static let recordLimit = 16 << 20

  private let splitter: ReferenceSplitter
  private let recordLimit: Int
  private let byteLimit: Int
  private var blocks: TextBlocks
  private var text: [UInt8] = []
  private var position = 0
  private var line = 1
  private var linesToSkip: Int
  private var ended = false
  /// `true` when `byteLimit` ended the reading before the file did.
  public private(set) var isCutShort = false

  /// - Parameters:
  ///   - byteLimit: how much text to read at most.
  ///   - blockSize: bytes taken at a time from a file on disk; the records do not depend on it.
  public init(
    _ source: ByteSource, dialect: Dialect, columnCount: Int, byteLimit: Int = .max,
    recordLimit: Int = RecordStream.recordLimit, blockSize: Int = 1 << 20
  ) throws(TableError) {
    var splitter = ReferenceSplitter(dialect)
    splitter.blankLinesAreRecords = columnCount == 1
    self.splitter = splitter
    self.recordLimit = recordLimit
    self.byteLimit = byteLimit
    linesToSkip = dialect.skippedLines
    blocks = TextBlocks(try source.open(for: dialect), size: blockSize)
  }

  /// The next records, at least one; `nil` when there are no more. Errors: `brokenArchive`, `readFailed`.
  public mutating func next() throws(TableError) -> SplitRecords? {
    while true {
      skipLines()
      if position < text.count || ended, linesToSkip == 0 {
        let split = splitter.split(text, from: position, firstLine: line, isWhole: ended)
        position = split.next
        line = split.nextLine
        if !split.records.isEmpty {
          text = Array(text[position...])
          position = 0
          return split
        }
        if !ended, text.count - position > recordLimit { return try breakLongRecord() }
      }
      if ended { return nil }
      try read(atLeast: text.count - position)
    }
  }

  /// Lines above the heading.
  private mutating func skipLines() {
    while linesToSkip > 0, position < text.count {
      guard let end = splitter.lineEnd(text, from: position) else {
        position = text.count
        return
      }
      position = end.next
      line += 1
      linesToSkip -= 1
    }
  }

  private mutating func read(atLeast count: Int) throws(TableError) {
    if position > 0 {
      text.removeSubrange(..<position)
      position = 0
    }
    let wanted = text.count + max(count, 1)
    while text.count < wanted || text.last == 0x0D {
      // A CR at the very end may be half of CR LF.
      if blocks.byteCount >= byteLimit {
        isCutShort = true
        ended = true
        dropUnfinishedLine()
        return
      }
      guard let block = try blocks.next() else {
        ended = true
        return
      }
      text += block
    }
  }

  /// Where the reading is cut short, the last line most likely is too.
  private mutating func dropUnfinishedLine() {
    guard let end = text.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return }
    text.removeSubrange((end + 1)...)
  }

  /// A quote that stays open breaks its first line; a line that does not end is too long.
  private mutating func breakLongRecord() throws(TableError) -> SplitRecords {
    if let end = splitter.lineEnd(text, from: position) {
      let broken = splitter.single(text, position..<end.start, line: line, problem: .brokenQuote)
      position = end.next
      line += 1
      return broken
    }
    let excerpt = Array(text[position..<min(text.count, position + 1024)])
    let long = splitter.single(excerpt, 0..<excerpt.count, line: line, problem: .tooLong(limit: recordLimit))
    text = []
    position = 0
    while !ended {
      try read(atLeast: 1)
      if let end = splitter.lineEnd(text, from: position) {
        position = end.next
        line += 1
        break
      }
      // A CR that may be half of CR LF was not left at the end.
      position = text.count
    }
    return long
  }
}

/// Blocks of text in order, whatever the source.
private struct TextBlocks: ~Copyable {
  private let stream: ByteStream
  private var offset: Int
  private let size: Int
  private(set) var byteCount = 0

  init(_ stream: ByteStream, size: Int) {
    self.stream = stream
    self.size = size
    if case .file(let file) = stream { offset = file.bodyOffset } else { offset = 0 }
  }

  mutating func next() throws(TableError) -> [UInt8]? {
    let block: [UInt8]?
    switch stream {
    case .file(let file):
      let bytes = try file.read(at: offset, count: size)
      offset += bytes.count
      block = bytes.isEmpty ? nil : bytes
    case .sequential(let blocks): block = try blocks.next()
    }
    byteCount += block?.count ?? 0
    return block
  }
}
