/// Cuts text into records and fields, correctly and slowly: RFC 4180 with doubled quotes, newlines inside quotes
/// and any line ending. Used on samples, for the first rows of `inspect`, and in tests to check the fast parser.
///
/// - A quote opens a quoted field only as the field's first byte, blanks aside; elsewhere it is a letter like any
///   other. It ends with the next quote that is not doubled; after it only blanks may stand before the delimiter
///   or the line end.
/// - A quote that never closes and text after a closing quote break the record (`brokenQuote`): its first line is
///   one field, and reading goes on with the next line.
/// - Lines without any byte are no records, except where a table has one column (`blankLinesAreRecords`). LF and CRLF end a line, a lone CR where asked.
public struct ReferenceSplitter: Sendable {
  public let delimiter: UInt8
  /// `nil`: fields are never quoted.
  public let quote: UInt8?
  public let carriageReturnEnds: Bool
  /// In a table of one column an empty line is a row with an empty value.
  public var blankLinesAreRecords = false

  public init(delimiter: UInt8, quote: UInt8?, carriageReturnEnds: Bool = true) {
    self.delimiter = delimiter
    self.quote = quote
    self.carriageReturnEnds = carriageReturnEnds
  }

  public init(_ dialect: Dialect) {
    self.init(
      delimiter: dialect.delimiter, quote: dialect.quote,
      carriageReturnEnds: dialect.lineEnding == .cr || dialect.lineEnding == .mixed)
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
      if !blankLinesAreRecords, isLineEnd(bytes, position) {
        if !isWhole, isHalfLineEnd(bytes, position) { break }
        position = afterLineEnd(bytes, position)
        line += 1
        continue
      }
      guard let next = appendRecord(&result, at: position, line: line, isWhole: isWhole) else { break }
      position = next.offset
      line = next.line
    }
    result.next = position
    result.nextLine = line
    return result
  }

  /// The first line end at or after `position`: where it begins and where the next line does.
  func lineEnd(_ bytes: [UInt8], from position: Int) -> (start: Int, next: Int)? {
    var position = position
    while position < bytes.count {
      if isLineEnd(bytes, position) { return (position, afterLineEnd(bytes, position)) }
      position += 1
    }
    return nil
  }

  /// One record of one field with a problem.
  func single(
    _ bytes: [UInt8], _ range: Range<Int>, line: Int, problem: RejectedRow.Reason
  ) -> SplitRecords {
    var result = SplitRecords(bytes: bytes, quote: quote)
    result.fields = [
      .init(start: range.lowerBound, end: range.upperBound, isQuoted: false, hasDoubledQuotes: false)
    ]
    result.records = [
      .init(line: line, start: range.lowerBound, end: range.upperBound, fields: 0..<1, problem: problem)
    ]
    return result
  }

  private func isLineEnd(_ bytes: [UInt8], _ position: Int) -> Bool {
    if bytes[position] == 0x0A { return true }
    guard bytes[position] == 0x0D else { return false }
    return carriageReturnEnds || position + 1 == bytes.count || bytes[position + 1] == 0x0A
  }

  /// A CR at the very end: nobody knows yet whether a LF follows.
  private func isHalfLineEnd(_ bytes: [UInt8], _ position: Int) -> Bool {
    bytes[position] == 0x0D && position + 1 == bytes.count
  }

  private func afterLineEnd(_ bytes: [UInt8], _ position: Int) -> Int {
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
      return position + 2
    }
    return position + 1
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 && delimiter != 0x09 }

  private enum Field {
    case whole(SplitRecords.Field, next: Int)
    case broken
    /// The sample ends inside a quoted field.
    case cutOff
  }

  /// Reads one record; `nil` when it is cut off by the end of a sample.
  private func appendRecord(
    _ result: inout SplitRecords, at start: Int, line: Int, isWhole: Bool
  ) -> (offset: Int, line: Int)? {
    let firstField = result.fields.count
    var position = start
    while true {
      switch field(result.bytes, at: position, isWhole: isWhole) {
      case .cutOff:
        result.fields.removeSubrange(firstField...)
        return nil
      case .broken:
        result.fields.removeSubrange(firstField...)
        return appendBroken(&result, at: start, line: line, isWhole: isWhole)
      case .whole(let field, let next):
        result.fields.append(field)
        position = next
      }
      if position == result.bytes.count || isHalfLineEnd(result.bytes, position) {
        guard isWhole else {
          result.fields.removeSubrange(firstField...)
          return nil
        }
        break
      }
      guard result.bytes[position] == delimiter else { break }
      position += 1
    }
    result.records.append(
      .init(line: line, start: start, end: position, fields: firstField..<result.fields.count, problem: nil))
    var lines = 0
    var index = start
    while index < position {
      if isLineEnd(result.bytes, index) {
        index = afterLineEnd(result.bytes, index)
        lines += 1
      } else {
        index += 1
      }
    }
    guard position < result.bytes.count else { return (position, line + lines) }
    return (afterLineEnd(result.bytes, position), line + lines + 1)
  }

  private func field(_ bytes: [UInt8], at start: Int, isWhole: Bool) -> Field {
    var first = start
    while first < bytes.count, isBlank(bytes[first]) { first += 1 }
    guard let quote, first < bytes.count, bytes[first] == quote else {
      let end = endOfBareField(bytes, start)
      return .whole(.init(start: start, end: end, isQuoted: false, hasDoubledQuotes: false), next: end)
    }
    var position = first + 1
    var doubled = false
    while position < bytes.count {
      if bytes[position] == quote {
        guard position + 1 < bytes.count, bytes[position + 1] == quote else { break }
        doubled = true
        position += 1
      }
      position += 1
    }
    guard position < bytes.count else { return isWhole ? .broken : .cutOff }
    let close = position
    position += 1
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    if position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes, position) { return .broken }
    return .whole(
      .init(start: first + 1, end: close, isQuoted: true, hasDoubledQuotes: doubled), next: position)
  }

  /// The record's first line as one field; `nil` when the sample ends before the line does.
  private func appendBroken(
    _ result: inout SplitRecords, at start: Int, line: Int, isWhole: Bool
  ) -> (offset: Int, line: Int)? {
    var end = start
    while end < result.bytes.count, !isLineEnd(result.bytes, end) { end += 1 }
    if !isWhole, end == result.bytes.count || isHalfLineEnd(result.bytes, end) { return nil }
    let index = result.fields.count
    result.fields.append(.init(start: start, end: end, isQuoted: false, hasDoubledQuotes: false))
    result.records.append(
      .init(line: line, start: start, end: end, fields: index..<index + 1, problem: .brokenQuote))
    return (end < result.bytes.count ? afterLineEnd(result.bytes, end) : end, line + 1)
  }

  private func endOfBareField(_ bytes: [UInt8], _ start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes, position) { position += 1 }
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
  /// Where the record after the last one begins, and its line.
  public internal(set) var next = 0
  public internal(set) var nextLine = 1
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
