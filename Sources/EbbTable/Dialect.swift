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
