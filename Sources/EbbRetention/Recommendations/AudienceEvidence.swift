import EbbClients
import EbbSegments
import EbbStatistics

/// How an audience leaves, against all others.
struct AudienceEvidence {
  let audience: ResolvedAudience
  let mask: [Bool]
  let churn: Proportion
  let elsewhere: Proportion
  let overall: Proportion
  let difference: EffectSize
  /// `nil` for an audience told by the forecast, which knows all attributes already.
  let adjusted: EffectSize?
  let adjustedFor: [String]
  let test: HypothesisTest
  /// Of `test`, corrected for having picked the worst of several cities.
  let pValue: Double
  let held: (audience: ClientWorth.Held, everybody: ClientWorth.Held)?

  var lift: Double? {
    guard let rate = churn.estimate, let all = overall.estimate, all > 0 else { return nil }
    return rate / all
  }

  init(
    _ audience: ResolvedAudience, mask: [Bool], counts: [Int], held alike: HeldEqual,
    balances: (audience: ClientWorth.Held, everybody: ClientWorth.Held)?
  ) {
    self.audience = audience
    self.mask = mask
    var four = [0, 0, 0, 0]
    for cell in counts.indices { four[cell & 3] += counts[cell] }
    let (here, left) = (four[2] + four[3], four[3])
    let (others, othersLeft) = (four[0] + four[1], four[1])
    churn = Proportion(successes: left, n: here)
    elsewhere = Proportion(successes: othersLeft, n: others)
    overall = Proportion(successes: left + othersLeft, n: here + others)
    difference = riskDifference(successes1: left, n1: here, successes2: othersLeft, n2: others)
    if audience.minimumRisk == nil {
      (adjusted, adjustedFor) = alike.difference(counts, own: Set(audience.rule.conditions.map(\.column)))
    } else {
      (adjusted, adjustedFor) = (nil, [])
    }
    test = Self.test(left, here, othersLeft, others)
    pValue = min(1, (test.pValue ?? 1) * Double(audience.worst?.cities ?? 1))
    held = balances
  }

  /// z where about five are expected in every cell, Fisher's exact test below.
  private static func test(_ left: Int, _ here: Int, _ othersLeft: Int, _ others: Int) -> HypothesisTest {
    let n = Double(here + others)
    let leavers = Double(left + othersLeft)
    let least = min(leavers, n - leavers) * Double(min(here, others)) / max(n, 1)
    return least < 5
      ? fisherExact([[left, here - left], [othersLeft, others - othersLeft]])
      : twoProportionZ(successes1: left, n1: here, successes2: othersLeft, n2: others)
  }

  /// Leaves more often than the others, and not by chance alone.
  func standsOut(_ adjustedP: Double, alpha: Double) -> Bool {
    guard let here = churn.estimate, let there = elsewhere.estimate else { return false }
    return adjustedP < alpha && here > there
  }

  /// Leaves less often than clients alike, beyond doubt.
  var turnsRound: Bool { adjusted?.interval.map { $0.high < 0 } ?? false }

  /// The figures that `when` and the places of `why` name.
  func figures(_ forecast: ForecastGate?) -> [CatalogueFigure: Double] {
    var figures: [CatalogueFigure: Double] = [
      .clients: Double(churn.n), .leavers: Double(churn.successes),
    ]
    figures[.share] = overall.n > 0 ? Double(churn.n) / Double(overall.n) : nil
    figures[.rate] = churn.estimate
    figures[.rateLow] = churn.interval?.low
    figures[.rateHigh] = churn.interval?.high
    figures[.elsewhere] = elsewhere.estimate
    figures[.overall] = overall.estimate
    figures[.lift] = lift
    figures[.difference] = difference.estimate
    figures[.differenceLow] = difference.interval?.low
    figures[.differenceHigh] = difference.interval?.high
    figures[.adjustedDifference] = adjusted?.estimate
    figures[.adjustedDifferenceLow] = adjusted?.interval?.low
    figures[.adjustedDifferenceHigh] = adjusted?.interval?.high
    figures[.shareOfLeavers] =
      overall.successes > 0 ? Double(churn.successes) / Double(overall.successes) : nil
    if let held {
      let (here, all) = (held.audience, held.everybody)
      figures[.balance] = here.all.value
      figures[.meanBalance] = here.holders > 0 ? here.all.value / Double(here.holders) : nil
      figures[.shareOfBalance] = all.all.value > 0 ? here.all.value / all.all.value : nil
      figures[.balanceOfLeavers] = here.ofLeavers.value
      figures[.shareOfLeaversBalance] =
        all.ofLeavers.value > 0 ? here.ofLeavers.value / all.ofLeavers.value : nil
    }
    figures[.cities] = audience.worst.map { Double($0.cities) }
    figures[.forecastAUC] = forecast?.rocAUC
    figures[.forecastAUCLow] = forecast?.rocAUCLow
    figures[.forecastLift] = forecast?.lift
    figures[.forecastCapture] = forecast?.capture
    return figures.filter { $0.value.isFinite }
  }

  var balance: Segment.Balance? {
    held.map { held in
      Segment.Balance(
        sum: held.audience.all.value, holders: held.audience.holders,
        share: held.everybody.all.value > 0 && held.audience.all.value >= 0
          ? held.audience.all.value / held.everybody.all.value : nil)
    }
  }
}
