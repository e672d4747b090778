public import EbbSegments
public import EbbStatistics

/// The chapter of recommendations: what this bank's data call for, the most valuable first, and what they do not.
public struct Recommendations: Sendable, Codable, Equatable {
  public let items: [Recommendation]
  public let skipped: [SkippedRecommendation]
  public let channels: [Catalogue.Channel]
  /// "built-in", or the file's name.
  public let catalogue: String
  public let protected: ProtectedPolicy
  /// Family-wise significance level after Holm's correction over the catalogue.
  public let alpha: Double

  public init(
    items: [Recommendation], skipped: [SkippedRecommendation], channels: [Catalogue.Channel],
    catalogue: String, protected: ProtectedPolicy, alpha: Double
  ) {
    self.items = items
    self.skipped = skipped
    self.channels = channels
    self.catalogue = catalogue
    self.protected = protected
    self.alpha = alpha
  }
}

/// Whether an audience may be told by gender or age.
public enum ProtectedPolicy: String, Sendable, Codable, Equatable, CaseIterable {
  /// With the legal caution.
  case caution
  case forbid
}

/// One recommendation, with its evidence from this bank's data.
public struct Recommendation: Sendable, Codable, Equatable {
  public let id: String
  public let title: LocalizedText
  public let audience: RiskRule
  /// The audience is further narrowed to clients with at least this forecast.
  public let minimumRisk: Double?
  public let n: Int
  /// Of all clients.
  public let share: Double
  public let churned: Int
  public let churn: Proportion
  public let elsewhere: Proportion
  public let lift: Double?
  /// Audience against all others: raw, and with other attributes held equal (`nil` where it cannot be done).
  public let difference: EffectSize
  public let adjustedDifference: EffectSize?
  /// Attributes held equal.
  public let adjustedFor: [String]
  public let test: HypothesisTest
  public let pValueAdjusted: Double?
  public let ofChurned: CompositionShare
  public let balance: Segment.Balance?
  /// Figures by name, for the places in `why`: n, share, rate, low, high, elsewhere, lift, difference, ...
  public let evidence: [String: Double]
  /// Texts by name, for the places in `why`: city.
  public let evidenceTexts: [String: String]
  public let why: LocalizedText
  /// Neutral: stands in the contact list.
  public let action: LocalizedText
  public let offers: [LocalizedText]
  public let measure: LocalizedText
  public let caution: LocalizedText?
  /// The audience is told by gender or age: information and marketing only, never price or access.
  public let usesProtected: Bool
  public let channels: [String]
  public let offerCost: Double
  public let effect: Double
  public let grade: EvidenceGrade
  public let isInvestigation: Bool
  /// Σ probability × value over the audience: what is lost if nothing is done.
  public let atStake: Double
  /// Over the audience's clients whose expected gain is positive, each by the best channel: how many, the gain after
  /// costs, and the costs. 0 for an investigation, which contacts nobody.
  public let worthwhile: Int
  public let expectedGain: Double
  public let expectedCost: Double
  /// Effect at which contacting the whole audience by the best channel neither gains nor loses; above 1 it cannot pay.
  public let breakEvenEffect: Double?

  public init(
    id: String, title: LocalizedText, audience: RiskRule, minimumRisk: Double?, n: Int, share: Double,
    churned: Int, churn: Proportion, elsewhere: Proportion, lift: Double?, difference: EffectSize,
    adjustedDifference: EffectSize?, adjustedFor: [String], test: HypothesisTest, pValueAdjusted: Double?,
    ofChurned: CompositionShare, balance: Segment.Balance?, evidence: [String: Double],
    evidenceTexts: [String: String], why: LocalizedText, action: LocalizedText, offers: [LocalizedText],
    measure: LocalizedText, caution: LocalizedText?, usesProtected: Bool, channels: [String],
    offerCost: Double, effect: Double, grade: EvidenceGrade, isInvestigation: Bool, atStake: Double,
    worthwhile: Int,
    expectedGain: Double, expectedCost: Double, breakEvenEffect: Double?
  ) {
    self.id = id
    self.title = title
    self.audience = audience
    self.minimumRisk = minimumRisk
    self.n = n
    self.share = share
    self.churned = churned
    self.churn = churn
    self.elsewhere = elsewhere
    self.lift = lift
    self.difference = difference
    self.adjustedDifference = adjustedDifference
    self.adjustedFor = adjustedFor
    self.test = test
    self.pValueAdjusted = pValueAdjusted
    self.ofChurned = ofChurned
    self.balance = balance
    self.evidence = evidence
    self.evidenceTexts = evidenceTexts
    self.why = why
    self.action = action
    self.offers = offers
    self.measure = measure
    self.caution = caution
    self.usesProtected = usesProtected
    self.channels = channels
    self.offerCost = offerCost
    self.effect = effect
    self.grade = grade
    self.isInvestigation = isInvestigation
    self.atStake = atStake
    self.worthwhile = worthwhile
    self.expectedGain = expectedGain
    self.expectedCost = expectedCost
    self.breakEvenEffect = breakEvenEffect
  }
}

/// A recommendation of the catalogue that these data do not call for, and why.
public struct SkippedRecommendation: Sendable, Codable, Equatable {
  public enum Reason: String, Sendable, Codable, Equatable, CaseIterable {
    /// The table has no such column, or no such value in it.
    case noSuchAttribute, noSuchValue
    /// Fewer clients than can be judged.
    case audienceTooSmall
    /// The audience does not leave more often than the others, after correction.
    case noEvidence
    /// It does, but less often where clients alike are compared.
    case noEvidenceAmongAlike
    /// A condition on figures does not hold: `condition` says which.
    case conditionNotMet
    case protectedForbidden
    /// It needs the forecast and there is none, or it tells leavers from stayers too little.
    case noForecast
  }
  public let id: String
  public let title: LocalizedText
  public let reason: Reason
  /// The condition as written, or the attribute or value that lacks.
  public let condition: String?
  /// What the figure is here: of the condition, the audience's clients, or the ROC AUC's lower bound.
  public let figure: Double?
  /// The audience's churn and the others', where it was tested.
  public let churn: Proportion?
  public let elsewhere: Proportion?
  public let pValueAdjusted: Double?

  public init(
    id: String, title: LocalizedText, reason: Reason, condition: String?, figure: Double?,
    churn: Proportion? = nil, elsewhere: Proportion? = nil, pValueAdjusted: Double? = nil
  ) {
    self.id = id
    self.title = title
    self.reason = reason
    self.condition = condition
    self.figure = figure
    self.churn = churn
    self.elsewhere = elsewhere
    self.pValueAdjusted = pValueAdjusted
  }
}
