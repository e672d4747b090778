/// Clients that a forecast can be made of: in canonical order, columns that tell too much set aside.
struct PreparedClients: Sendable {
  let order: CanonicalOrder
  let input: ForecastInput
  /// Methods that these clients allow.
  let methods: [ForecastMethod]

  enum Preparation {
    case ready(PreparedClients)
    /// Why there can be no forecast, and what was left of the clients' features by then.
    case refused(Forecast.Refusal, ForecastInput)
  }

  static func make(_ given: ForecastInput, _ options: ForecastOptions) -> Preparation {
    if let refusal = refusal(given, options) { return .refused(refusal, given) }
    let order = CanonicalOrder(given.matrix, churned: given.churned)
    let sorted = given.selecting(order.rows, cores: options.cores)
    let findings = LeakageGuard().findings(
      sorted.matrix, churned: sorted.churned, seed: options.settings.seed, cores: options.cores)
    let input = sorted.without(findings)
    if let refusal = refusal(input, options) { return .refused(refusal, input) }
    let hasProducts = input.index(input.products) != nil
    return .ready(
      PreparedClients(
        order: order, input: input,
        methods: ForecastMethod.allCases.filter { $0 != .productRate || hasProducts }))
  }

  private static func refusal(_ input: ForecastInput, _ options: ForecastOptions) -> Forecast.Refusal? {
    let left = input.churned.count { $0 }
    // Every fold needs somebody of each kind, in the part that it learns from and in the part that it is judged on.
    let needed = max(options.minimumOfEach, 2 * options.settings.folds)
    if left < needed { return .tooFewChurned }
    if input.churned.count - left < needed { return .tooFewStayed }
    return input.matrix.features.isEmpty ? .noFeatures : nil
  }
}
