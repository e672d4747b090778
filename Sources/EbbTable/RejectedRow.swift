/// A row that could not be read, with everything needed to find and mend it.
public struct RejectedRow: Sendable, Codable, Equatable {
  public enum Reason: Sendable, Codable, Equatable {
    /// The row has another number of fields than the heading.
    case fieldCount(expected: Int, found: Int)
    /// Text where the column holds numbers.
    case notANumber
    /// The column's two values are known and this is neither.
    case notAFlag
    /// A value is required here (the churn column).
    case missingRequired
    /// A quote that never ends, or text after a closing quote.
    case brokenQuote
    /// Bytes that are not text in the file's encoding.
    case invalidEncoding
    /// A number too large to be kept exactly.
    case outOfRange
    /// A record longer than the reader takes.
    case tooLong(limit: Int)
  }
  /// One-based line of the file where the record begins.
  public let line: Int
  /// Name of the column, where one is to blame.
  public let column: String?
  /// The text found: the field to blame, or the record, shortened to 200 characters.
  public let text: String
  public let reason: Reason

  public init(line: Int, column: String?, text: String, reason: Reason) {
    self.line = line
    self.column = column
    self.text = text
    self.reason = reason
  }
}
