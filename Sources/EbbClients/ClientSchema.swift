public import EbbTable

/// What a column means.
public enum Role: String, Sendable, Codable, Hashable, CaseIterable {
  case id, churn, products, city, gender, age, objects, balance, income, score, card, activity
  /// Any other column: goes through all chapters as a category or a number.
  case attribute
  /// Row numbers, surnames, constants, free text: kept out of every figure.
  case ignored
}

/// The columns of a client table with their meanings, in canonical order: roles as `Role` lists them, then plain
/// attributes by name. The order of the file's columns does not matter.
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
    public init(column: String, role: Role, kind: Column.Kind, scale: Int, reason: Reason) {
      self.column = column
      self.role = role
      self.kind = kind
      self.scale = scale
      self.reason = reason
    }
  }
  public enum Reason: String, Sendable, Codable, Equatable {
    case byName, byUser, byContent, plainAttribute, identifierLike, constant, empty, freeText
  }
  public let entries: [Entry]

  public init(entries: [Entry]) { self.entries = entries }

  public func column(_ role: Role) -> String? { entries.first { $0.role == role }?.column }
}
