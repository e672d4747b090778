/// Cuts text into records and fields, correctly and slowly: RFC 4180 with doubled quotes, newlines inside quotes
/// and any line ending. Used on samples, for the first rows of `inspect`, and in tests to check the fast parser.
///
/// - A quote opens a quoted field only as the field's first byte; elsewhere it is a letter like any other.
/// - After a closing quote only blanks may stand before the delimiter or the line end; other text makes the
///   record broken (`brokenQuote`), and the field runs on to the next delimiter or line end.
/// - A quote that never closes makes its first line a broken record; reading goes on with the next line.
/// - Lines without any byte are no records. LF, CRLF and a lone CR all end a line.
public struct ReferenceSplitter: Sendable {
  public let delimiter: UInt8
  /// `nil`: fields are never quoted.
  public let quote: UInt8?

  public init(delimiter: UInt8, quote: UInt8?) {
    self.delimiter = delimiter
    self.quote = quote
  }

  public init(_ dialect: Dialect) {
    self.init(delimiter: dialect.delimiter, quote: dialect.quote)
  }

  /// - Parameters:
  ///   - offset: where to begin in `bytes`.
  ///   - firstLine: number of the line that begins there.
  ///   - isWhole: `false` when `bytes` may end in the middle of a record, which is then left out.
  public func split(
    _ bytes: [UInt8], from offset: Int = 0, firstLine: Int = 1, limit: Int = .max, isWhole: Bool = true
  ) -> SplitRecords {
    var result = SplitRecords(bytes: bytes, quote: quote)
    var position = offset
    var line = firstLine
    while position < bytes.count, result.records.count < limit {
      if isLineEnd(bytes[position]) {
        position = afterLineEnd(bytes, position)
        line += 1
        continue
      }
      guard let next = appendRecord(&result, at: position, line: line, isWhole: isWhole) else { break }
      position = next.offset
      line = next.line
    }
    return result
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func afterLineEnd(_ bytes: [UInt8], _ position: Int) -> Int {
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
      return position + 2
    }
    return position + 1
  }

  /// Reads one record; `nil` when it is cut off by the end of a sample.
  private func appendRecord(
    _ result: inout SplitRecords, at start: Int, line firstLine: Int, isWhole: Bool
  ) -> (offset: Int, line: Int)? {
    let count = result.bytes.count
    let firstField = result.fields.count
    var position = start
    var line = firstLine
    var problem: RejectedRow.Reason?

    while true {
      // One field.
      if let quote, position < count, result.bytes[position] == quote {
        let open = position
        position += 1
        var doubled = false
        var closed = false
        while position < count {
          let byte = result.bytes[position]
          if byte == quote {
            if position + 1 < count, result.bytes[position + 1] == quote {
              doubled = true
              position += 2
              continue
            }
            closed = true
            break
          }
          if isLineEnd(byte) {
            position = afterLineEnd(result.bytes, position)
            line += 1
          } else {
            position += 1
          }
        }
        if !closed {
          guard isWhole else {
            result.fields.removeSubrange(firstField...)
            return nil
          }
          return appendUnclosed(&result, at: start, line: firstLine, firstField: firstField, open: open)
        }
        let close = position
        position += 1
        let afterQuote = position
        while position < count, result.bytes[position] == 0x20 || result.bytes[position] == 0x09,
          result.bytes[position] != delimiter
        {
          position += 1
        }
        if position < count, result.bytes[position] != delimiter, !isLineEnd(result.bytes[position]) {
          problem = .brokenQuote
          position = endOfBareField(result.bytes, afterQuote)
          result.fields.append(.init(start: open, end: position, isQuoted: false, hasDoubledQuotes: false))
        } else {
          result.fields.append(
            .init(start: open + 1, end: close, isQuoted: true, hasDoubledQuotes: doubled))
        }
      } else {
        let begin = position
        position = endOfBareField(result.bytes, position)
        result.fields.append(.init(start: begin, end: position, isQuoted: false, hasDoubledQuotes: false))
      }
      // What ended it.
      if position >= count {
        guard isWhole else {
          result.fields.removeSubrange(firstField...)
          return nil
        }
        break
      }
      if result.bytes[position] == delimiter {
        position += 1
        continue
      }
      break
    }

    let end = position
    if position < count {
      position = afterLineEnd(result.bytes, position)
      line += 1
    }
    result.records.append(
      .init(
        line: firstLine, start: start, end: end, fields: firstField..<result.fields.count, problem: problem))
    return (position, line)
  }

  /// The first line of a record whose quote never closes becomes a broken record of one field.
  private func appendUnclosed(
    _ result: inout SplitRecords, at start: Int, line: Int, firstField: Int, open: Int
  ) -> (offset: Int, line: Int) {
    result.fields.removeSubrange(firstField...)
    var end = start
    // Earlier fields of the record may hold quoted newlines: the broken line is the one with the open quote.
    var lines = 1
    while end < open {
      if isLineEnd(result.bytes[end]) {
        end = afterLineEnd(result.bytes, end)
        lines += 1
      } else {
        end += 1
      }
    }
    while end < result.bytes.count, !isLineEnd(result.bytes[end]) { end += 1 }
    result.fields.append(.init(start: start, end: end, isQuoted: false, hasDoubledQuotes: false))
    result.records.append(
      .init(line: line, start: start, end: end, fields: firstField..<firstField + 1, problem: .brokenQuote))
    guard end < result.bytes.count else { return (end, line + lines) }
    return (afterLineEnd(result.bytes, end), line + lines)
  }

  private func endOfBareField(_ bytes: [UInt8], _ start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) { position += 1 }
    return position
  }
}

/// Records cut out of a piece of text; fields are places in it.
public struct SplitRecords: Sendable {
  /// Where a field's bytes are, quotes aside.
  public struct Field: Sendable, Equatable {
    public let start: Int
    public let end: Int
    public let isQuoted: Bool
    /// `true`: pairs of quotes inside stand for one.
    public let hasDoubledQuotes: Bool
  }
  public struct Record: Sendable, Equatable {
    /// One-based line where it begins.
    public let line: Int
    public let start: Int
    /// Before the line end.
    public let end: Int
    /// Its fields in `SplitRecords.fields`.
    public let fields: Range<Int>
    /// `brokenQuote`, or `nil`.
    public let problem: RejectedRow.Reason?
  }

  public let bytes: [UInt8]
  public internal(set) var fields: [Field] = []
  public internal(set) var records: [Record] = []
  private let quote: UInt8?

  init(bytes: [UInt8], quote: UInt8?) {
    self.bytes = bytes
    self.quote = quote
  }

  /// The field's text, doubled quotes made single.
  public func text(of field: Field) -> [UInt8] {
    guard field.hasDoubledQuotes, let quote else { return Array(bytes[field.start..<field.end]) }
    var text: [UInt8] = []
    text.reserveCapacity(field.end - field.start)
    var position = field.start
    while position < field.end {
      text.append(bytes[position])
      position += bytes[position] == quote ? 2 : 1
    }
    return text
  }

  /// All fields of a record as text.
  public func texts(of record: Record) -> [[UInt8]] {
    record.fields.map { text(of: fields[$0]) }
  }
}
