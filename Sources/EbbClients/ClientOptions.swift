/// What to do with rows that share an id and differ.
public enum DuplicateRule: String, Sendable, Codable, Equatable, CaseIterable {
  /// Keep them all and report them.
  case keep
  /// Keep the first, or the last, in file order.
  case first, last
  /// End with `ClientError.duplicateIds`.
  case refuse
}

/// What a balance of zero means.
public enum ZeroBalanceRule: String, Sendable, Codable, Equatable, CaseIterable {
  /// Decide by `ZeroBalance`'s rule.
  case auto
  /// An amount like any other.
  case keep
  /// No balance: a missing value.
  case missing
}

/// How columns become clients. The defaults ask nothing of the user.
public struct ClientOptions: Sendable, Codable, Equatable {
  public var duplicates: DuplicateRule
  /// Without an id column, identical rows may be different people: they are dropped only when asked for.
  public var dropsIdenticalRowsWithoutID: Bool
  public var zeroBalance: ZeroBalanceRule
  /// The churn column's text that means *left*, where its words do not say so.
  public var churnedText: String?
  /// How many cores to use; the result does not depend on it.
  public var cores: Int?

  public init(
    duplicates: DuplicateRule = .keep, dropsIdenticalRowsWithoutID: Bool = false,
    zeroBalance: ZeroBalanceRule = .auto, churnedText: String? = nil, cores: Int? = nil
  ) {
    self.duplicates = duplicates
    self.dropsIdenticalRowsWithoutID = dropsIdenticalRowsWithoutID
    self.zeroBalance = zeroBalance
    self.churnedText = churnedText
    self.cores = cores
  }
}
