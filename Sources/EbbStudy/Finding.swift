/// One thing the study found, without words: a kind, what it is about, its figures, and how sure it is.
/// `EbbWords` says it in the reader's language.
public struct Finding: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable, CaseIterable {
    /// How many leave: n, churned, rate, low, high.
    case overallChurn
    /// The product group that holds its clients best / worst; subject value; n, churned, rate, low, high.
    case mostStableProducts, leastStableProducts
    /// The level at which most clients are lost above the overall rate; subject attribute, role, value; n, churned,
    /// rate, low, high, lift, shareOfChurned (of all leavers), and for a band from, to.
    case highestChurnLevel
    /// The product group whose churn changes most once age, city and activity are equal; subject value; raw,
    /// adjusted, coverage.
    case adjustedProducts
    /// A declared hypothesis; subject id, measure, measureRole, by, byRole, verdict; pValue, pValueAdjusted,
    /// log10PValue.
    case hypothesis
    /// Churn differs (or not) by an attribute: the same keys.
    case attributeAgainstChurn
    /// Attributes that have (nearly) nothing to do with churn; subject attribute1, role1, attribute2, ...; count.
    case unrelatedAttributes
    /// Whom to contact and what it brings; contacted, control, leavers, kept, cost, gain, breakEvenEffectFactor.
    case plan
    /// How well the champion tells leavers from stayers, out of fold; subject model; rocAUC, low, high, lift and capture
    /// in the highest tenth.
    case forecastQuality
    /// There is no forecast; subject reason; n, churned.
    case forecastRefused
    /// A column set aside because it knows what cannot be known beforehand; subject attribute, reason; rocAUC.
    case leakingColumn
    /// Being missing is not chance; subject attribute, role; missing, share.
    case structuralMissing
    /// Data that ask for a look before anything is decided; subject issue (identicalRows, repeatedIDs,
    /// impossibleValues, activeAndGone, stayedWithoutProducts), attribute and role where one is meant; count.
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
  /// What it is about: "attribute" → "city", "value" → "Омск", "verdict" → "differ".
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
