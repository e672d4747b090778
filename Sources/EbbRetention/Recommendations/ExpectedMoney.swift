/// What contacting an audience is expected to bring, under the assumptions.
///
/// Each client goes by the entry's channel that gains most: probability × effect × strength × value − (cost of the contact
/// + cost of the offer); those who gain nothing by any are not counted. Assumes that effects do not differ between
/// clients and that capacities do not bind: the plan settles those.
struct ExpectedMoney {
  let worthwhile: Int
  let gain: Double
  let cost: Double
  /// Σ probability × value.
  let atStake: Double
  /// Least over the channels of n × cost / (strength × atStake).
  let breakEvenEffect: Double?

  /// - Parameters:
  ///   - probabilities: of each client; where there are none, or one is no number, `rate` stands for it.
  init(
    _ entry: Catalogue.Entry, channels: [Catalogue.Channel], audience: [Bool], probabilities: [Double],
    rate: Double, values: [Double], money: MoneyAssumptions
  ) {
    let used = entry.isInvestigation ? [] : channels.filter { entry.channels.contains($0.id) }
    let effect = min(1, max(0, entry.effect * money.effectFactor))
    let offer = entry.offerCost * money.offerCostFactor
    let effects = used.map { min(1, effect * $0.strength) }
    let costs = used.map { $0.cost * money.contactCostFactor + offer }
    var (stake, gained, spent) = (MoneySum(), MoneySum(), MoneySum())
    var worthwhile = 0
    var n = 0
    let hasForecast = probabilities.count == audience.count
    let (mask, worth, risk) = (audience.span, values.span, probabilities.span)
    for row in 0..<mask.count where mask[row] {
      n += 1
      let known = hasForecast ? risk[row] : rate
      let atStake = (known.isFinite ? min(1, max(0, known)) : rate) * worth[row]
      stake.add(atStake)
      var best = 0.0
      var bestCost = 0.0
      for channel in effects.indices {
        let gain = atStake * effects[channel] - costs[channel]
        if gain > best { (best, bestCost) = (gain, costs[channel]) }
      }
      if best > 0 {
        worthwhile += 1
        gained.add(best)
        spent.add(bestCost)
      }
    }
    self.worthwhile = worthwhile
    gain = gained.value
    cost = spent.value
    atStake = stake.value
    let evens = zip(used, costs).compactMap { channel, cost -> Double? in
      let perUnit = channel.strength * stake.value
      return perUnit > 0 ? Double(n) * cost / perUnit : nil
    }
    breakEvenEffect = evens.min().flatMap { $0.isFinite ? $0 : nil }
  }
}
