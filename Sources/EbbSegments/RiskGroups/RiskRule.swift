public import EbbClients

/// One condition on a client: an attribute has one of some values, lies in a band, is missing or is present.
public struct RiskCondition: Sendable, Codable, Hashable {
  public enum Kind: String, Sendable, Codable, Hashable { case values, band, missing, present }

  public let column: String
  public let role: Role
  public let kind: Kind
  /// For `values`: the levels as the table has them, in the axis' order; numbers in their shortest text.
  public let values: [String]
  /// For `band`: low ≤ x < high unless the borders say otherwise; `nil` where the band has no end.
  public let low: Double?
  public let high: Double?
  /// The upper border belongs to the band (quantile bands).
  public let isHighClosed: Bool
  /// The lower border does not belong to the band (quantile bands but the first).
  public let isLowOpen: Bool

  public init(
    column: String, role: Role, kind: Kind, values: [String] = [], low: Double? = nil, high: Double? = nil,
    isHighClosed: Bool = false, isLowOpen: Bool = false
  ) {
    self.column = column
    self.role = role
    self.kind = kind
    self.values = values
    self.low = low
    self.high = high
    self.isHighClosed = isHighClosed
    self.isLowOpen = isLowOpen
  }

  /// Gender and age: may describe, never decide a price or access.
  public var isProtected: Bool { role == .gender || role == .age }
}

/// Clients for whom every condition holds; at most one condition for a column. Without conditions: everybody.
public struct RiskRule: Sendable, Codable, Hashable {
  /// In the schema's order of columns.
  public let conditions: [RiskCondition]

  public init(_ conditions: [RiskCondition]) { self.conditions = conditions }

  public var isProtected: Bool { conditions.contains(where: \.isProtected) }
}
