public import EbbTable

/// What is wrong, doubtful or missing in the table of clients, in figures. Nothing here has been mended silently:
/// what was changed (duplicates dropped, spellings merged, zeros taken for missing) is counted, the rest is only told.
///
/// Does not depend on the order of rows or columns, as long as no rule asks for the first or last of several rows.
public struct DataQuality: Sendable, Codable, Equatable {
  public struct Rows: Sendable, Codable, Equatable {
    /// Records of the file: `used + rejected + duplicatesDropped`.
    public let read: Int
    public let used: Int
    public let rejected: Int
    /// Totals rows ("Итого"), not counted in `read`.
    public let totals: Int
    public let duplicatesDropped: Int
  }
  public struct ColumnMissing: Sendable, Codable, Equatable {
    public let column: String
    public let role: Role
    public let missing: Int
    /// `missing` / rows used.
    public let share: Double
    /// As in `ClientSchema.Entry`.
    public let distinct: Int?
  }
  public struct Duplicates: Sendable, Codable, Equatable {
    public let idColumn: String?
    /// Rows equal in every column (row numbers aside) to an earlier one.
    public let identicalRows: Int
    public let identicalRowsDropped: Int
    /// Ids that stand on rows that differ, and how many different rows those are.
    public let repeatedIDs: Int
    public let repeatedIDRows: Int
    public let rule: DuplicateRule
    /// Rows dropped by `rule`.
    public let droppedByRule: Int
    public let missingIDs: Int
  }
  /// Values that cannot be, or can hardly be. They stay as they are.
  public struct RangeFinding: Sendable, Codable, Equatable {
    public let role: Role
    public let column: String
    public let range: AllowedRange
    public let below: Int
    public let above: Int
    /// Fractions where whole numbers are expected.
    public let fractional: Int
    /// Up to five different such values, the most extreme first.
    public let examples: [Double]

    public var count: Int { below + above + fractional }
  }
  public struct Contradiction: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, Equatable {
      /// Marked as active and as gone.
      case activeAndGone
      /// Still a client, without a single product.
      case stayedWithoutProducts
    }
    public let kind: Kind
    public let count: Int
    /// Out of how many clients: those who left, those who stayed.
    public let of: Int
  }
  public struct ConstantColumn: Sendable, Codable, Equatable {
    public let column: String
    public let role: Role
    /// The one text or number.
    public let text: String
  }
  public struct IgnoredColumn: Sendable, Codable, Equatable {
    public let column: String
    public let reason: ClientSchema.Reason
  }
  public struct ManyLevels: Sendable, Codable, Equatable {
    public let column: String
    public let role: Role
    public let distinct: Int
  }
  /// A column whose name fits a role and whose content does not: it is a plain attribute, or ignored.
  public struct Demotion: Sendable, Codable, Equatable {
    public let column: String
    public let role: Role
    public let kind: Column.Kind
  }

  public let rows: Rows
  /// Every column, in canonical order.
  public let columns: [ColumnMissing]
  public let duplicates: Duplicates
  public let ranges: [RangeFinding]
  public let contradictions: [Contradiction]
  public let constants: [ConstantColumn]
  public let ignored: [IgnoredColumn]
  public let highCardinality: [ManyLevels]
  public let spellingMerges: [SpellingMerge]
  public let ambiguousRoles: [AmbiguousRole]
  public let demotions: [Demotion]
  public let churn: ChurnCoding
  /// `nil` without a balance column.
  public let zeroBalance: ZeroBalance?
  /// What was decided here and can be overridden, beside the reader's own guesses.
  public let guesses: [Guess]
}

/// Which value of the churn column means *left*, and how that is known.
public struct ChurnCoding: Sendable, Codable, Equatable {
  public enum Basis: String, Sendable, Codable, Equatable {
    /// The values say it: "ушёл", "Exited", "Existing Customer".
    case words
    /// Yes and no under a heading that asks who left.
    case yesMeansLeft
    /// Yes and no under a heading that asks who stayed ("retained", "остался"): no means left.
    case yesMeansStayed
    case byUser
  }
  public let column: String
  public let leftText: String
  public let stayedText: String
  public let basis: Basis
}
