/// One thing the study found, without words: a kind, what it is about, its figures, and how sure it is.
/// `EbbWords` says it in the reader's language.
public struct Finding: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable, CaseIterable {
    /// How many leave: figures n, churned, rate, low, high.
    case overallChurn
    /// The product group that holds its clients best / worst: figures level, n, rate, low, high, lift.
    case mostStableProducts, leastStableProducts
    /// The level of an attribute where churn stands out most: n, rate, low, high, lift, share (of all leavers).
    case highestChurnLevel
    /// A difference between product groups that changes sign or fades once age, city and activity are equal.
    case adjustedProducts
    /// A hypothesis and its verdict: pValue, effect.
    case hypothesis
    /// Churn differs (or not) by an attribute: effect (Cramér's V or |d|), pValue adjusted.
    case attributeAgainstChurn
    /// Being missing is not chance: share missing, effect.
    case structuralMissing
    /// Data that ask for a look before anything is decided: count.
    case dataQuality
  }
  /// How far the data carry it.
  public enum Certainty: String, Sendable, Codable, Equatable {
    /// Survives the correction for many tests, with an effect worth naming.
    case established
    /// A description of these clients; no test stands behind it.
    case descriptive
    /// The data do not decide.
    case undecided
  }
  public let kind: Kind
  public let certainty: Certainty
  /// What it is about: "attribute" → "city", "level" → "Омск", "verdict" → "differ".
  public let subject: [String: String]
  public let figures: [String: Double]

  public init(
    kind: Kind, certainty: Certainty, subject: [String: String] = [:], figures: [String: Double] = [:]
  ) {
    self.kind = kind
    self.certainty = certainty
    self.subject = subject
    self.figures = figures
  }
}
