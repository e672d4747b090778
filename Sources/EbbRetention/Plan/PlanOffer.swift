/// One thing that can be done for a client: a recommendation through a channel.
public struct PlanOffer: Sendable, Equatable {
  /// Indices in the lists of recommendations and channels.
  public let recommendation: Int
  public let channel: Int
  /// Of the contact and of the offer, rounded to a millionth so that budgets add up exactly.
  public let cost: Double
  /// Share of contacted leavers who stay: `fullEffect`, at most 1.
  public let effect: Double
  /// The same before it is cut at 1.
  public let fullEffect: Double

  public init(recommendation: Int, channel: Int, cost: Double, effect: Double) {
    self.recommendation = recommendation
    self.channel = channel
    let cost = cost.isFinite ? min(max(0, cost), 1e12) : 1e12
    self.cost = cost < 1e9 ? (cost * 1e6).rounded() / 1e6 : cost.rounded()
    fullEffect = effect.isFinite ? max(0, effect) : 0
    self.effect = min(1, fullEffect)
  }

  /// Every recommendation through each of its channels that exists: cost = contact × factor + offer × factor, effect = the
  /// recommendation's × the channel's strength × factor. By recommendation, then channel.
  static func all(
    _ recommendations: [PlanRecommendation], channels: [Catalogue.Channel], money: MoneyAssumptions
  ) -> [PlanOffer] {
    var offers: [PlanOffer] = []
    // As many as a client's bits have room for.
    for (index, recommendation) in recommendations.prefix(64).enumerated() {
      for (place, channel) in channels.prefix(64).enumerated()
      where recommendation.channels.contains(channel.id) {
        offers.append(
          PlanOffer(
            recommendation: index, channel: place,
            cost: channel.cost * money.contactCostFactor + recommendation.offerCost * money.offerCostFactor,
            effect: recommendation.effect * channel.strength * money.effectFactor))
      }
    }
    return offers
  }
}

/// What of a recommendation matters to the plan.
struct PlanRecommendation: Sendable, Equatable {
  let id: String
  /// Ids; none for one that contacts nobody.
  let channels: Set<String>
  let offerCost: Double
  let effect: Double

  init(id: String, channels: Set<String>, offerCost: Double, effect: Double) {
    self.id = id
    self.channels = channels
    self.offerCost = offerCost
    self.effect = effect
  }

  init(_ recommendation: Recommendation) {
    self.init(
      id: recommendation.id,
      channels: recommendation.isInvestigation ? [] : Set(recommendation.channels),
      offerCost: recommendation.offerCost, effect: recommendation.effect)
  }
}
