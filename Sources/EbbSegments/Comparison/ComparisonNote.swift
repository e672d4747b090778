/// Something a reader of the tests should know.
public struct ComparisonNote: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable, CaseIterable {
    /// Means differ significantly, ranks do not.
    case meansOnly
    /// Ranks differ significantly, means do not.
    case ranksOnly
    /// A difference is shown, and its size is not yet known to lie on one side of the bound.
    case sizeUncertain
    /// The whole differs significantly, and no pair does after correction.
    case noPairStandsOut
    /// Groups too small to be tested were left out.
    case groupsLeftOut
    /// More groups than `Comparison.pairLimit`: pairs were not looked at.
    case pairsLeftOut
    /// The values were cut into bands, for the column has many.
    case banded
    /// Rows whose group is missing are not part of the comparison.
    case missingGroup
  }
  /// Why means and ranks part ways.
  public enum Cause: String, Sendable, Codable, Equatable, CaseIterable {
    /// A few far values weigh on the means.
    case heavyTails
    /// The distributions are lopsided.
    case skewness
    /// The distributions differ in spread or shape rather than in place.
    case shape
    /// Both p-values lie close to α: chance decides which side of it they fall.
    case borderline
  }
  public let kind: Kind
  /// The two groups it is about, where it is about two.
  public let first: String?
  public let second: String?
  public let cause: Cause?
  /// How many, where it counts something.
  public let count: Int?

  init(
    _ kind: Kind, first: String? = nil, second: String? = nil, cause: Cause? = nil, count: Int? = nil
  ) {
    self.kind = kind
    self.first = first
    self.second = second
    self.cause = cause
    self.count = count
  }
}
