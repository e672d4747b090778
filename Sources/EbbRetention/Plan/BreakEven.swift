/// What every effect of a plan could be multiplied by until the plan gains nothing.
///
/// Gain at factor f: Σ stake × min(1, f × effect) − cost, rising in f and straight between the points where an effect
/// reaches 1, so the answer is exact. `nil` for an empty plan and where no factor brings the cost back.
enum BreakEven {
  static func factor(_ chosen: [(stake: Double, offer: PlanOffer)]) -> Double? {
    guard !chosen.isEmpty else { return nil }
    var stakeOfOffer: [Double: Double] = [:]
    var cost = 0.0
    for (stake, offer) in chosen {
      stakeOfOffer[offer.fullEffect, default: 0] += stake
      cost += offer.cost
    }
    // The strongest effects reach 1 first.
    let steps = stakeOfOffer.filter { $0.key > 0 && $0.value > 0 }.sorted { $0.key > $1.key }
    var slope = steps.reduce(0.0) { $0 + $1.key * $1.value }
    var capped = 0.0
    for (effect, stake) in steps {
      let atCap = capped + slope / effect
      if atCap >= cost { return max(0, (cost - capped) / slope) }
      slope -= effect * stake
      capped += stake
    }
    return nil
  }
}
