public import EbbClients
public import EbbForecast
public import EbbSegments
import EbbTable

/// What retention leaves: chapters for the study, and the clients themselves for the contact list.
public struct RetentionResult: Sendable {
  public let recommendations: Recommendations
  /// `nil` without a forecast: nobody knows whom to keep.
  public let plan: RetentionPlan?
  public let experiments: [ExperimentDesign]
  /// `nil` where the plan contacts nobody.
  public let contacts: ContactList?
}

/// From what is known of the clients to whom to keep, with what, and how to prove it.
public enum RetentionRunner {
  /// - Parameters:
  ///   - forecast: with every client's chance of leaving; without it there are recommendations but no plan.
  ///   - excluded: what the forecast was told to leave out.
  public static func run(
    clients: ClientTable, quality: DataQuality, forecast: (result: ForecastResult, probabilities: [Double])?,
    excluding excluded: Set<String> = [], riskGroups: RiskGroups?, options: RetentionOptions = .init(),
    cores: Int? = nil
  ) -> RetentionResult {
    let probabilities = forecast?.probabilities ?? []
    let (recommendations, audiences) = RecommendationRunner.run(
      catalogue: options.catalogue, catalogueName: options.catalogueName, clients: clients,
      probabilities: probabilities, forecast: forecast?.result.forecast, money: options.money,
      protected: options.protected, privacyThreshold: options.privacyThreshold)
    guard let forecast, !probabilities.isEmpty else {
      return RetentionResult(
        recommendations: recommendations, plan: nil, experiments: [], contacts: nil)
    }
    let planned = planClients(
      clients, probabilities, recommendations, audiences, options.money, cores: cores)
    // As many contacts as the user says; else a share of all clients, unless money is the limit.
    let share = Int((options.contactShare * Double(planned.count)).rounded())
    let outcome = RetentionPlanRunner.run(
      clients: planned, recommendations: recommendations.items, channels: recommendations.channels,
      money: options.money, budget: options.budget,
      contacts: options.contacts ?? (options.budget == nil ? share : nil), controlShare: options.controlShare,
      seed: options.seed, privacyThreshold: options.privacyThreshold)
    let choices = choices(planned, outcome.choice, outcome.isControl, outcome.offers, options.money)
    return RetentionResult(
      recommendations: recommendations, plan: outcome.plan,
      experiments: experiments(recommendations, planned, choices, options),
      contacts: choices.isEmpty
        ? nil
        : ContactList(
          choices, clients: clients, quality: quality, probabilities: probabilities,
          result: forecast.result, excluding: excluded, recommendations: recommendations,
          groups: riskGroups?.risk ?? []))
  }

  private static func planClients(
    _ clients: ClientTable, _ probabilities: [Double], _ chapter: Recommendations, _ audiences: [[Bool]],
    _ money: MoneyAssumptions, cores: Int?
  ) -> PlanClients {
    var bits = [UInt64](repeating: 0, count: clients.table.rowCount)
    for (index, mask) in audiences.prefix(64).enumerated() where !chapter.items[index].isInvestigation {
      for row in bits.indices where mask[row] { bits[row] |= 1 << UInt64(index) }
    }
    let (permission, open) = ContactPermission(clients.schema).answers(
      clients, channels: chapter.channels.map(\.id))
    let worth = ClientWorth(clients, money: money)
    return PlanClients(
      probability: probabilities, balance: worth.balances(), products: worth.productCounts(),
      audiences: bits, permission: permission, channelsAllowed: open,
      identity: ClientIdentity.hashes(clients, cores: cores),
      attributes: PlanClients.Attribute.protected(clients))
  }

  /// The chosen, those that gain most first.
  private static func choices(
    _ clients: PlanClients, _ choice: [Int16], _ isControl: [Bool], _ offers: [PlanOffer],
    _ money: MoneyAssumptions
  ) -> [ContactList.Choice] {
    var chosen: [ContactList.Choice] = []
    for row in choice.indices where choice[row] >= 0 {
      let offer = offers[Int(choice[row])]
      let value = money.value(balance: clients.balance[row], products: clients.products[row])
      chosen.append(
        ContactList.Choice(
          row: row, recommendation: offer.recommendation, channel: offer.channel, value: value,
          cost: offer.cost, gain: clients.probability[row] * offer.effect * value - offer.cost,
          isControl: isControl[row]))
    }
    return chosen.sorted { first, second in
      if first.gain != second.gain { return first.gain > second.gain }
      let (a, b) = (clients.identity[first.row], clients.identity[second.row])
      return a != b ? a < b : first.row < second.row
    }
  }

  /// One for each recommendation that contacts clients: with those of the plan, or with everybody it is meant for where
  /// the plan has none of them.
  private static func experiments(
    _ chapter: Recommendations, _ clients: PlanClients, _ choices: [ContactList.Choice],
    _ options: RetentionOptions
  ) -> [ExperimentDesign] {
    chapter.items.enumerated().compactMap { index, item in
      guard !item.isInvestigation else { return nil }
      let planned = choices.filter { $0.recommendation == index }
      let rows =
        planned.isEmpty
        ? clients.audiences.indices.filter { clients.audiences[$0] >> UInt64(index) & 1 == 1 }
        : planned.map(\.row)
      let control =
        planned.isEmpty
        ? Int((options.controlShare * Double(rows.count)).rounded()) : planned.count { $0.isControl }
      let base = rows.reduce(0) { $0 + clients.probability[$1] } / Double(max(1, rows.count))
      return ExperimentDesign.make(
        recommendation: item.id, audience: planned.isEmpty ? .everybody : .plan,
        treated: rows.count - control, control: control, baseRate: base,
        smallestEffect: options.smallestEffect ?? item.effect, alpha: options.alpha, power: options.power,
        durationDays: options.experimentDays, seed: options.seed, strata: ["recommendation"])
    }
  }
}
