/// How far the plan's gain rests on each assumption: one at a time half as large and half as large again (a zero one up to
/// half its default). Made anew under the other assumption, and kept as it is while the world differs.
struct PlanSensitivity: Sendable {
  /// The numbers of an assumption, by its field's name.
  struct Assumption: Sendable {
    let name: String
    let low: MoneyAssumptions
    let high: MoneyAssumptions
    let bounds: (low: Double, base: Double, high: Double)
  }

  /// The assumptions of a tornado, in the order of `MoneyAssumptions`.
  static func assumptions(_ money: MoneyAssumptions) -> [Assumption] {
    let defaults = MoneyAssumptions()
    func vary(_ name: String, _ field: WritableKeyPath<MoneyAssumptions, Double>) -> Assumption {
      let base = money[keyPath: field]
      let span = 0.5 * (base == 0 ? defaults[keyPath: field] : base)
      var (low, high) = (money, money)
      low[keyPath: field] = max(0, base - span)
      high[keyPath: field] = base + span
      return Assumption(
        name: name, low: low, high: high, bounds: (low[keyPath: field], base, high[keyPath: field]))
    }
    var (fewer, more) = (money, money)
    let days = max(0, money.campaignDays)
    fewer.campaignDays = days / 2
    more.campaignDays = days == 0 ? defaults.campaignDays / 2 : days + max(1, days / 2)
    return [
      vary("balanceMargin", \.balanceMargin), vary("productValue", \.productValue),
      vary("horizonYears", \.horizonYears), vary("effectFactor", \.effectFactor),
      vary("contactCostFactor", \.contactCostFactor), vary("offerCostFactor", \.offerCostFactor),
      Assumption(
        name: "campaignDays", low: fewer, high: more,
        bounds: (Double(fewer.campaignDays), Double(days), Double(more.campaignDays))),
    ]
  }
}
