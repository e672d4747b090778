/// What a bank can do for clients who tend to leave: channels, and recommendations with their conditions. Read from a
/// file that a marketer can edit (`docs/catalogue.md`).
public struct Catalogue: Sendable, Codable, Equatable {
  public let channels: [Channel]
  public let recommendations: [Entry]

  public init(channels: [Channel], recommendations: [Entry]) {
    self.channels = channels
    self.recommendations = recommendations
  }

  /// A way to reach clients.
  public struct Channel: Sendable, Codable, Equatable {
    public let id: String
    public let name: LocalizedText
    /// Of one contact, in the table's money.
    public let cost: Double
    /// The offer's effect through this channel, as a share of its full effect: 1 for a personal call.
    public let strength: Double
    /// Contacts a day; `nil` for no limit.
    public let capacityPerDay: Int?

    public init(id: String, name: LocalizedText, cost: Double, strength: Double, capacityPerDay: Int?) {
      self.id = id
      self.name = name
      self.cost = cost
      self.strength = strength
      self.capacityPerDay = capacityPerDay
    }
  }

  /// One recommendation as the file has it, before it meets a bank's data.
  public struct Entry: Sendable, Codable, Equatable {
    public let id: String
    public let title: LocalizedText
    /// Who is meant; every line must hold for a client.
    public let audience: [AudienceCondition]
    /// What must be true of the study's figures, each line, for the recommendation to appear.
    public let when: [FigureCondition]
    /// Why, with `{figure}` places filled from the evidence.
    public let why: LocalizedText
    /// What to do; neutral wording, for it stands in the contact list.
    public let action: LocalizedText
    public let offers: [LocalizedText]
    public let measure: LocalizedText
    public let caution: LocalizedText?
    /// Ids of channels.
    public let channels: [String]
    /// Of the offer for one contacted client, on top of the contact.
    public let offerCost: Double
    /// Share of contacted leavers who stay because of it: an assumption until an experiment says.
    public let effect: Double
    public let grade: EvidenceGrade
    /// Contact nobody: look into it (a product or process problem).
    public let isInvestigation: Bool
    /// Line of the file where it begins.
    public let line: Int

    public init(
      id: String, title: LocalizedText, audience: [AudienceCondition], when: [FigureCondition],
      why: LocalizedText, action: LocalizedText, offers: [LocalizedText], measure: LocalizedText,
      caution: LocalizedText?, channels: [String], offerCost: Double, effect: Double, grade: EvidenceGrade,
      isInvestigation: Bool, line: Int
    ) {
      self.id = id
      self.title = title
      self.audience = audience
      self.when = when
      self.why = why
      self.action = action
      self.offers = offers
      self.measure = measure
      self.caution = caution
      self.channels = channels
      self.offerCost = offerCost
      self.effect = effect
      self.grade = grade
      self.isInvestigation = isInvestigation
      self.line = line
    }
  }
}

/// How well it is known that the action keeps clients.
public enum EvidenceGrade: String, Sendable, Codable, Equatable, CaseIterable {
  /// A randomised experiment of this bank.
  case experiment
  /// The audience leaves more often even among clients otherwise alike.
  case adjustedAssociation
  /// Somebody who knows the trade thinks so.
  case expert
}
