/// One typed column.
public struct Column: Sendable {
  /// What the values are.
  public enum Kind: String, Sendable, Codable, Equatable {
    /// Whole numbers, kept exactly (scale 0).
    case integer
    /// Numbers written with at most a fixed number of decimals, kept exactly as value × 10^scale.
    case decimal
    /// Other numbers, kept as doubles.
    case real
    /// Two values that mean yes and no.
    case flag
    /// Text with few different values, kept as codes into a dictionary.
    case category
    /// Text with (almost) as many values as rows: names, free text, identifiers with letters.
    case text
    /// Nothing but missing values.
    case empty
  }

  /// Where the values are. Slots of missing values hold 0.
  public enum Storage: Sendable {
    /// value × 10^scale; `kind` is `.integer` (scale 0) or `.decimal`.
    case scaled([PackedIntegers], scale: Int)
    /// `kind` is `.real`.
    case real([[Double]])
    /// Codes into `levels`; `kind` is `.flag`, `.category` or `.text`.
    case codes([PackedIntegers], levels: Levels)
    /// `kind` is `.empty`.
    case none
  }

  public let name: String
  public let kind: Kind
  public let storage: Storage
  /// One mask a chunk, `nil` where a chunk misses nothing. A set bit means *missing*.
  public let missing: [BitMask?]
  public let missingCount: Int

  public init(name: String, kind: Kind, storage: Storage, missing: [BitMask?]) {
    self.name = name
    self.kind = kind
    self.storage = storage
    self.missing = missing
    self.missingCount = missing.reduce(0) { $0 + ($1?.count ?? 0) }
  }

  /// A column whose values lie elsewhere: what is known of it, and no rows.
  package init(name: String, kind: Kind, storage: Storage, missingCount: Int) {
    self.name = name
    self.kind = kind
    self.storage = storage
    self.missing = []
    self.missingCount = missingCount
  }
}

/// The different texts of a column, sorted by their UTF-8 bytes, so that codes do not depend on row order.
public struct Levels: Sendable, Equatable {
  public let texts: [String]
  /// For flags: the code that means *yes*.
  public let positive: Int?

  public init(texts: [String], positive: Int? = nil) {
    self.texts = texts
    self.positive = positive
  }
}
