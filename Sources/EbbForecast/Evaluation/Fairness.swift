/// How the forecast treats men and women, young and old; and what it would cost not to use these attributes.
public struct Fairness: Sendable, Codable, Equatable {
  public struct Group: Sendable, Codable, Equatable {
    public let forecast: SegmentForecast
    /// Share of the group's clients above the contact threshold.
    public let selectionRate: Double
    /// Against the group with the highest selection rate; below 0.8 fails the four-fifths rule.
    public let selectionRatio: Double?
    public let passesFourFifths: Bool?
  }
  public struct Attribute: Sendable, Codable, Equatable {
    public let attribute: String
    public let groups: [Group]
    public let lowestSelectionRatio: Double?
    public let passesFourFifths: Bool?
  }
  /// The champion again, without some attributes.
  public struct Without: Sendable, Codable, Equatable {
    public let attributes: [String]
    public let metrics: ForecastMetrics
    /// Against the same method with all attributes, the same folds.
    public let rocAUCLoss: DeLongTest?
    public let logLossIncrease: Double
    public let brierIncrease: Double
  }
  /// Share of clients that can be contacted, and the forecast from which on they are.
  public let contactShare: Double
  public let threshold: Double
  /// Share of all clients at or above the threshold; more than `contactShare` where many have the same forecast.
  public let selectedShare: Double
  public let attributes: [Attribute]
  public let without: [Without]

  /// `nil` where neither gender nor age is among the features.
  /// - Parameter trees: settings that need no search, for a champion that is trees.
  init?(
    _ winner: JudgedMethod, _ input: ForecastInput, trees: XGBoostClassifier?, options: ForecastOptions
  ) throws(TreeError) {
    let (matrix, churned) = (input.matrix, input.churned)
    let named = [input.gender, input.age].compactMap { input.index($0) }
    guard !named.isEmpty, !churned.isEmpty else { return nil }
    let ranked = winner.probability.sorted(by: >)
    let place = Int((Double(ranked.count) * options.contactShare).rounded())
    let threshold = ranked[min(ranked.count, max(1, place)) - 1]
    var settings = options.settings
    settings.repeats = 1
    // On the same fold of the same repeat, and with the same settings, as what it is compared with
    func again(without dropped: Set<String>) throws(TreeError) -> JudgedMethod? {
      let part = matrix.excluding(dropped)
      guard !part.features.isEmpty else { return nil }
      let products = input.products.flatMap { name in part.features.firstIndex { $0.name == name } }
      let outOfFold = try OutOfFold(
        part, churned: churned, products: products, methods: [winner.method], settings: settings,
        trees: trees,
        cores: options.cores)
      return JudgedMethod(
        winner.method, outOfFold, churned, seed: settings.seed, resamples: 100, cores: options.cores)
    }
    let whole =
      winner.method == .trees
      ? try again(without: [])
      : JudgedMethod(winner, repeat: 0, churned, seed: settings.seed)
    var without: [Without] = []
    var dropped: Set<String> = []
    for feature in named {
      dropped.insert(matrix.features[feature].name)
      guard let whole, let judged = try again(without: dropped) else { continue }
      without.append(
        Without(
          attributes: matrix.features.map(\.name).filter(dropped.contains), metrics: judged.metrics,
          rocAUCLoss: DeLongTest(
            first: whole.probabilities[0], second: judged.probabilities[0], churned: churned),
          logLossIncrease: judged.metrics.logLoss.estimate - whole.metrics.logLoss.estimate,
          brierIncrease: judged.metrics.brier.estimate - whole.metrics.brier.estimate))
    }
    contactShare = options.contactShare
    self.threshold = threshold
    selectedShare = Double(ranked.count { $0 >= threshold }) / Double(ranked.count)
    attributes = Self.attributes(
      matrix, features: named.map { ($0, input.cuts[matrix.features[$0].name]) },
      probabilities: winner.probability, churned: churned, threshold: threshold,
      privacy: options.privacyThreshold)
    self.without = without
  }

  /// Groups by `attributes`: feature index and cut points for numbers.
  static func attributes(
    _ matrix: FeatureMatrix, features: [(index: Int, cuts: [Double]?)], probabilities: [Double],
    churned: [Bool],
    threshold: Double, privacy: Int
  ) -> [Attribute] {
    features.compactMap { feature, cuts in
      guard let found = FeatureGroups(matrix, feature: feature, cuts: cuts) else { return nil }
      let name = matrix.features[feature].name
      let shown = found.groups.filter { $0.rows.count >= max(1, privacy) }
      let rates = shown.map { group in
        Double(group.rows.count { probabilities[$0] >= threshold }) / Double(max(1, group.rows.count))
      }
      // Small groups do not set the standard.
      let highest = zip(shown, rates).filter { $0.0.rows.count >= 30 }.map(\.1).max() ?? 0
      let groups = zip(shown, rates).map { group, rate in
        let ratio = highest > 0 ? rate / highest : nil
        return Group(
          forecast: SegmentForecast(
            attribute: name, value: group.value, low: group.low, high: group.high, rows: group.rows,
            probabilities: probabilities, churned: churned),
          selectionRate: rate, selectionRatio: ratio, passesFourFifths: ratio.map { $0 >= 0.8 })
      }
      let lowest = groups.filter { $0.forecast.n >= 30 }.compactMap(\.selectionRatio).min()
      return Attribute(
        attribute: name, groups: groups, lowestSelectionRatio: lowest,
        passesFourFifths: lowest.map { $0 >= 0.8 })
    }
  }
}
