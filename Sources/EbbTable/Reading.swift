/// How a file is going to be read: the outcome of detection, before parsing. Edit it to override.
public struct Reading: Sendable, Codable, Equatable {
  public var dialect: Dialect
  /// One grammar a column, in file order; names are the headings trimmed, made unique, look-alike letters repaired.
  public var columns: [ColumnGrammar]
  /// Headings exactly as the file has them.
  public var headings: [String]
  public var guesses: [Guess]

  public init(dialect: Dialect, columns: [ColumnGrammar], headings: [String], guesses: [Guess]) {
    self.dialect = dialect
    self.columns = columns
    self.headings = headings
    self.guesses = guesses
  }
}

/// What the user may fix instead of letting it be detected. `nil` means: detect.
public struct ReadOptions: Sendable, Equatable {
  public var encoding: Dialect.Encoding?
  public var delimiter: UInt8?
  public var quote: UInt8??
  public var hasHeader: Bool?
  public var decimalSeparator: UInt8?
  /// What parts thousands; "" for neither `,` nor `.`. Blanks and apostrophes always may.
  public var groupSeparator: String?
  /// Lines before the heading to leave out.
  public var skippedLines: Int?
  public var missingTokens: [String]?
  /// Rejected rows above this share of all rows end the reading.
  public var maxRejectedShare: Double
  /// Kinds said by the user or demanded by a role, by column name.
  public var kinds: [String: Column.Kind]
  /// Columns in which a missing value rejects the row.
  public var required: Set<String>
  /// How many cores to use; the result does not depend on it.
  public var cores: Int?

  public init(
    encoding: Dialect.Encoding? = nil, delimiter: UInt8? = nil, quote: UInt8?? = nil,
    hasHeader: Bool? = nil, decimalSeparator: UInt8? = nil, groupSeparator: String? = nil,
    skippedLines: Int? = nil, missingTokens: [String]? = nil,
    maxRejectedShare: Double = 0.01, kinds: [String: Column.Kind] = [:], required: Set<String> = [],
    cores: Int? = nil
  ) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.quote = quote
    self.hasHeader = hasHeader
    self.decimalSeparator = decimalSeparator
    self.groupSeparator = groupSeparator
    self.skippedLines = skippedLines
    self.missingTokens = missingTokens
    self.maxRejectedShare = maxRejectedShare
    self.kinds = kinds
    self.required = required
    self.cores = cores
  }
}

/// A table and the story of how it was read.
public struct ReadTable: Sendable {
  public let table: Table
  public let reading: Reading
  /// Records in the file, heading and totals rows aside: `table.rowCount + rejectedCount`.
  public let recordCount: Int
  public let rejectedCount: Int
  /// Every rejected row, in file order.
  public let rejected: [RejectedRow]
  /// Totals rows ("Итого") left out, with their lines.
  public let totals: [RejectedRow]

  public init(
    table: Table, reading: Reading, recordCount: Int, rejectedCount: Int, rejected: [RejectedRow],
    totals: [RejectedRow]
  ) {
    self.table = table
    self.reading = reading
    self.recordCount = recordCount
    self.rejectedCount = rejectedCount
    self.rejected = rejected
    self.totals = totals
  }
}
