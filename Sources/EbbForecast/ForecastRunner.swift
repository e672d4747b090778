/// What a run leaves: the chapter for the study, and what scores clients.
public struct ForecastResult: Sendable {
  public let forecast: Forecast
  /// Features the models know, in their order.
  public let features: [FeatureMatrix.Feature]
  /// Every method trained on all clients, with its calibration; empty without a forecast.
  public let models: [ForecastMethod: CalibratedModel]
  /// Champion's calibrated out-of-fold probability of every client in the table's order, mean over repeats; empty
  /// without a forecast.
  public let probabilities: [Double]

  init(
    forecast: Forecast, features: [FeatureMatrix.Feature] = [],
    models: [ForecastMethod: CalibratedModel] = [:],
    probabilities: [Double] = []
  ) {
    self.forecast = forecast
    self.features = features
    self.models = models
    self.probabilities = probabilities
  }
}

/// A model that has learnt on all clients, and how its margins become probabilities.
public struct CalibratedModel: Sendable, Equatable {
  public let fitted: FittedMethod
  public let calibration: Calibration

  /// Chance of leaving of `rows`.
  public func probabilities(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> [Double] {
    try fitted.margins(matrix, rows: rows).map { calibration.probability(margin: $0) }
  }
}

/// Trains, judges, chooses and explains.
///
/// The same clients give the same result whatever the order of their rows and the number of cores. What cannot be
/// forecast gives a `Forecast` with a `refusal`; the only error is XGBoost's own.
public enum ForecastRunner {
  static let explainedRows = 2000
  static let interactionRows = 100

  /// - Parameter progress: told the share of the work that is done, from any thread, in rising order.
  public static func run(
    _ given: ForecastInput, options wanted: ForecastOptions = ForecastOptions(),
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TreeError) -> ForecastResult {
    let settings = wanted.settings.adapted(to: given.churned.count)
    let options = wanted.with(settings)
    let prepared: PreparedClients
    switch PreparedClients.make(given, options) {
    case .ready(let clients): prepared = clients
    case .refused(let refusal, let input):
      return ForecastResult(forecast: Forecast(refusing: refusal, input, settings))
    }
    let (order, input, methods) = (prepared.order, prepared.input, prepared.methods)
    let (matrix, churned) = (input.matrix, input.churned)
    let products = input.index(input.products)
    progress(0.02)

    let outOfFold = try OutOfFold(
      matrix, churned: churned, products: products, methods: methods, settings: settings, cores: options.cores
    ) { progress(0.02 + $0 * 0.58) }
    let judged = JudgedMethod.all(outOfFold, churned, seed: settings.seed, cores: options.cores)
    guard let choice = ChampionChoice(judged, churned),
      let winner = judged.first(where: { $0.method == choice.champion })
    else { return ForecastResult(forecast: Forecast(refusing: .noModel, input, settings)) }
    progress(0.65)

    // Trained again on everybody and explained; meanwhile the hold-out, which is a forecast of its own
    let parts = try Jobs.run(3, cores: options.cores) { part throws(TreeError) -> Part in
      switch part {
      case 0:
        let finished = try finish(judged, input, options)
        // Trees without an attribute take the settings of those with all.
        let late = winner.method == .trees
        return .finished(
          finished,
          late ? try Fairness(winner, input, trees: finished.trees, options: options) : nil)
      case 1: return .holdOut(try HoldOut(input, methods: methods, options: options))
      default:
        return .fairness(
          winner.method == .trees ? nil : try Fairness(winner, input, trees: nil, options: options))
      }
    }
    guard case .finished(let finished, let late) = parts[0], case .holdOut(let holdOut) = parts[1],
      case .fairness(let early) = parts[2]
    else {
      return ForecastResult(forecast: Forecast(refusing: .noModel, input, settings))
    }
    progress(0.98)
    let forecast = Forecast(
      n: churned.count, tableCount: input.tableCount, churned: churned.count { $0 }, refusal: nil,
      settings: settings,
      features: notes(matrix, churned), setAside: input.setAside, models: finished.reports,
      comparisons: compare(judged, churned), choice: choice, holdOut: holdOut, fairness: late ?? early,
      bySegment: segments(input, winner.probability, options),
      card: card(finished.models[.scorecard], matrix, options),
      cardWithPairs: card(finished.models[.scorecardInteractions], matrix, options))
    progress(1)
    return ForecastResult(
      forecast: forecast, features: matrix.features, models: finished.models,
      probabilities: order.byRow(winner.probability))
  }

  private enum Part: Sendable {
    case holdOut(HoldOut?)
    case finished(Finished, Fairness?)
    case fairness(Fairness?)
  }

  /// Every method trained on all clients.
  private struct Finished: Sendable {
    var models: [ForecastMethod: CalibratedModel] = [:]
    var reports: [ModelReport] = []
    /// Settings of the trees, where there are any.
    var trees: XGBoostClassifier? {
      if case .trees(let found)? = models[.trees]?.fitted { found.classifier } else { nil }
    }
  }

  private static func finish(_ judged: [JudgedMethod], _ input: ForecastInput, _ options: ForecastOptions)
    throws(TreeError) -> Finished
  {
    let (matrix, churned, settings) = (input.matrix, input.churned, options.settings)
    let rows = Array(churned.indices)
    let explained = sample(rows, to: explainedRows, seed: settings.seed)
    let last = judged.count - 1
    // The longest first
    let found = try Jobs.run(judged.count, cores: options.cores) {
      index throws(TreeError) -> (model: CalibratedModel, report: ModelReport)? in
      let found = judged[last - index]
      guard
        let fitted = try found.method.fit(
          matrix, churned: churned, rows: rows, products: input.index(input.products), settings: settings,
          seed: settings.seed)
      else { return nil }
      let calibration = Calibration(found.calibration, margins: found.margins[0], churned: churned)
      let report = try found.report(
        fitted, matrix, churned: churned, explained: explained, privacy: options.privacyThreshold)
      return (CalibratedModel(fitted: fitted, calibration: calibration), report)
    }
    var finished = Finished()
    for case (let model, let report)? in found.reversed() {
      finished.models[report.name] = model
      finished.reports.append(report)
    }
    return finished
  }

  static func compare(_ judged: [JudgedMethod], _ churned: [Bool]) -> [Forecast.Comparison] {
    judged.indices.flatMap { first in
      judged.indices.dropFirst(first + 1).compactMap { second in
        DeLongTest(
          first: judged[first].probabilities[0], second: judged[second].probabilities[0], churned: churned
        ).map { Forecast.Comparison(first: judged[first].method, second: judged[second].method, test: $0) }
      }
    }
  }

  private static func segments(
    _ input: ForecastInput, _ probabilities: [Double], _ options: ForecastOptions
  ) -> [SegmentForecast] {
    input.matrix.features.indices.flatMap { feature -> [SegmentForecast] in
      let name = input.matrix.features[feature].name
      guard let found = FeatureGroups(input.matrix, feature: feature, cuts: input.cuts[name]) else {
        return []
      }
      return found.groups.filter { $0.rows.count >= options.privacyThreshold }.map {
        SegmentForecast(
          attribute: name, value: $0.value, low: $0.low, high: $0.high, rows: $0.rows,
          probabilities: probabilities,
          churned: input.churned)
      }
    }
  }

  private static func notes(_ matrix: FeatureMatrix, _ churned: [Bool]) -> [Forecast.FeatureNote] {
    let rows = Array(churned.indices)
    return matrix.features.indices.map { feature in
      let bins = SupervisedBinning().fit(matrix, feature: feature, churned: churned, rows: rows)
      return Forecast.FeatureNote(
        matrix.features[feature], missing: matrix.columns[feature].count { $0.isNaN }, iv: bins.iv)
    }
  }

  private static func card(_ model: CalibratedModel?, _ matrix: FeatureMatrix, _ options: ForecastOptions)
    -> PointsTable?
  {
    guard let model, case .scorecard(let card) = model.fitted else { return nil }
    return PointsTable(card, matrix, calibration: model.calibration, privacy: options.privacyThreshold)
  }

  /// At most `limit` rows, in order, spread by a seeded draw.
  static func sample(_ rows: [Int], to limit: Int, seed: UInt64) -> [Int] {
    guard rows.count > limit else { return rows }
    var generator = SplitMix64(seed: seed)
    return Array(rows.shuffled(using: &generator).prefix(limit)).sorted()
  }
}
