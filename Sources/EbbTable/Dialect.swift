/// How a text table is written. Found by `DialectDetector`, each part overridable by the user.
public struct Dialect: Sendable, Codable, Equatable {
  public enum Encoding: String, Sendable, Codable, Equatable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1251 = "windows-1251"
  }
  public enum Compression: String, Sendable, Codable, Equatable { case none, gzip }
  public enum LineEnding: String, Sendable, Codable, Equatable { case lf, crlf, cr, mixed, none }

  public var compression: Compression
  public var encoding: Encoding
  public var byteOrderMark: Bool
  public var delimiter: UInt8
  /// `nil`: fields are never quoted.
  public var quote: UInt8?
  public var lineEnding: LineEnding
  public var hasHeader: Bool
  /// Lines before the heading (a `sep=;` line, titles); they are reported, not read.
  public var skippedLines: Int
  /// `.` or `,`
  public var decimalSeparator: UInt8
  /// The thousands separator seen in numbers: space, NBSP, narrow NBSP, apostrophe, `,` or `.`.
  public var groupSeparator: String?
  /// Texts (trimmed, compared without case) that mean *missing*.
  public var missingTokens: [String]

  public init(
    compression: Compression = .none, encoding: Encoding = .utf8, byteOrderMark: Bool = false,
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
    lineEnding: LineEnding = .lf, hasHeader: Bool = true, skippedLines: Int = 0,
    decimalSeparator: UInt8 = UInt8(ascii: "."), groupSeparator: String? = nil,
    missingTokens: [String] = Dialect.defaultMissingTokens
  ) {
    self.compression = compression
    self.encoding = encoding
    self.byteOrderMark = byteOrderMark
    self.delimiter = delimiter
    self.quote = quote
    self.lineEnding = lineEnding
    self.hasHeader = hasHeader
    self.skippedLines = skippedLines
    self.decimalSeparator = decimalSeparator
    self.groupSeparator = groupSeparator
    self.missingTokens = missingTokens
  }

  public static let defaultMissingTokens = [
    "", "NA", "N/A", "#N/A", "NULL", "nan", "None", "-", "–", "—", "н/д", "#Н/Д", "нет данных",
  ]
}

/// Written with the characters themselves (`"delimiter": ";"`), as people and other programs expect.
extension Dialect {
  private enum CodingKeys: String, CodingKey {
    case compression, encoding, byteOrderMark, delimiter, quote, lineEnding, hasHeader, skippedLines,
      decimalSeparator, groupSeparator, missingTokens
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func byte(_ key: CodingKeys) throws -> UInt8? {
      guard let text = try container.decodeIfPresent(String.self, forKey: key) else { return nil }
      guard text.utf8.count == 1, let byte = text.utf8.first else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "one character of ASCII")
      }
      return byte
    }
    self.init(
      compression: try container.decode(Compression.self, forKey: .compression),
      encoding: try container.decode(Encoding.self, forKey: .encoding),
      byteOrderMark: try container.decode(Bool.self, forKey: .byteOrderMark),
      delimiter: try byte(.delimiter) ?? UInt8(ascii: ","), quote: try byte(.quote),
      lineEnding: try container.decode(LineEnding.self, forKey: .lineEnding),
      hasHeader: try container.decode(Bool.self, forKey: .hasHeader),
      skippedLines: try container.decode(Int.self, forKey: .skippedLines),
      decimalSeparator: try byte(.decimalSeparator) ?? UInt8(ascii: "."),
      groupSeparator: try container.decodeIfPresent(String.self, forKey: .groupSeparator),
      missingTokens: try container.decode([String].self, forKey: .missingTokens))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func text(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
    try container.encode(compression, forKey: .compression)
    try container.encode(encoding, forKey: .encoding)
    try container.encode(byteOrderMark, forKey: .byteOrderMark)
    try container.encode(text(delimiter), forKey: .delimiter)
    try container.encode(quote.map(text), forKey: .quote)
    try container.encode(lineEnding, forKey: .lineEnding)
    try container.encode(hasHeader, forKey: .hasHeader)
    try container.encode(skippedLines, forKey: .skippedLines)
    try container.encode(text(decimalSeparator), forKey: .decimalSeparator)
    try container.encode(groupSeparator, forKey: .groupSeparator)
    try container.encode(missingTokens, forKey: .missingTokens)
  }
}
