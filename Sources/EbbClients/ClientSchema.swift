public import EbbTable

/// What a column means.
public enum Role: String, Sendable, Codable, Hashable, CaseIterable {
  case id, churn, products, city, gender, age, objects, balance, income, score, card, activity
  /// Any other column: goes through all chapters as a category or a number.
  case attribute
  /// Row numbers, surnames, constants, free text: kept out of every figure.
  case ignored

  /// `true` for the roles that at most one column can have.
  public var isUnique: Bool { self != .attribute && self != .ignored }
}

/// The columns of a client table with their meanings, in canonical order: roles as `Role` lists them, then plain
/// attributes by name (UTF-8 bytes), then ignored columns by name. The order of the file's columns does not matter.
public struct ClientSchema: Sendable, Codable, Equatable {
  public struct Entry: Sendable, Codable, Equatable {
    /// The column's name in the table.
    public let column: String
    public let role: Role
    public let kind: Column.Kind
    /// Decimals kept, for `.decimal`.
    public let scale: Int
    /// Why this role: matched alias, said by the user, or why it is ignored.
    public let reason: Reason
    /// Number of different present values; `nil` where there are more than `ClientSchema.distinctLimit`
    /// different numbers, and for identifiers.
    public let distinct: Int?

    public init(
      column: String, role: Role, kind: Column.Kind, scale: Int, reason: Reason, distinct: Int? = nil
    ) {
      self.column = column
      self.role = role
      self.kind = kind
      self.scale = scale
      self.reason = reason
      self.distinct = distinct
    }
  }

  public enum Reason: String, Sendable, Codable, Equatable {
    case byName, byUser, byContent, plainAttribute, identifierLike, constant, empty, freeText
    /// Numbers the rows: `RowNumber`, `№ п/п`, an unnamed 0, 1, 2, ...
    case rowNumber
    /// A person's name, telephone, passport, address or account.
    case personal
  }

  /// Different numbers of a column are counted up to here.
  public static let distinctLimit = 65_536

  public let entries: [Entry]

  public init(entries: [Entry]) { self.entries = entries }

  /// The one column of a role; `nil` where no column has it.
  public func column(_ role: Role) -> String? { entries.first { $0.role == role }?.column }
}
