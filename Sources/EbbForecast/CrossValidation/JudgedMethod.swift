/// A method with its out-of-fold forecasts, calibrated and measured.
struct JudgedMethod: Sendable {
  let method: ForecastMethod
  /// `[repeat][client]`
  let margins: [[Double]]
  let probabilities: [[Double]]
  let calibration: Calibration.Method
  let metrics: ForecastMetrics
  /// Mean over the repeats.
  let probability: [Double]

  /// `nil` where the method could not be trained.
  init?(
    _ method: ForecastMethod, _ outOfFold: OutOfFold, _ churned: [Bool], seed: UInt64, resamples: Int = 200,
    cores: Int?
  ) {
    guard var margins = outOfFold.margins[method], let first = margins.first else { return nil }
    if method == .overallRate {
      // One rate for all, so that folds with a leaver more do not get another rank.
      let mean = first.reduce(0, +) / Double(max(1, first.count))
      margins = margins.map { $0.map { _ in mean } }
    }
    let choice =
      method.isBaseline
      ? CrossCalibration(.none, margins: margins[0], churned: churned, assignment: outOfFold.assignments[0])
      : CrossCalibration.choose(
        margins: margins[0], churned: churned, assignment: outOfFold.assignments[0], cores: cores)
    let chosen = choice.method
    let probabilities =
      [choice.probabilities]
      + margins.indices.dropFirst().map {
        CrossCalibration(
          chosen, margins: margins[$0], churned: churned, assignment: outOfFold.assignments[$0], cores: cores
        ).probabilities
      }
    guard
      let metrics = ForecastMetrics(
        probabilities: probabilities, churned: churned, seed: seed, resamples: resamples, cores: cores)
    else { return nil }
    self.method = method
    self.margins = margins
    self.probabilities = probabilities
    self.metrics = metrics
    calibration = chosen
    probability = churned.indices.map { row in
      probabilities.reduce(0) { $0 + $1[row] } / Double(probabilities.count)
    }
  }

  /// Every method that could be trained, baselines first.
  static func all(
    _ outOfFold: OutOfFold, _ churned: [Bool], seed: UInt64, resamples: Int = 200, cores: Int?
  ) -> [JudgedMethod] {
    let methods = outOfFold.methods
    return Jobs.run(methods.count, cores: cores) {
      JudgedMethod(methods[$0], outOfFold, churned, seed: seed, resamples: resamples, cores: cores)
    }.compactMap(\.self)
  }

  /// One repeat of another, without intervals. `nil` unless both classes are there.
  init?(_ whole: JudgedMethod, repeat turn: Int, _ churned: [Bool], seed: UInt64) {
    guard
      let metrics = ForecastMetrics(
        probabilities: [whole.probabilities[turn]], churned: churned, seed: seed, resamples: 0)
    else { return nil }
    method = whole.method
    margins = [whole.margins[turn]]
    probabilities = [whole.probabilities[turn]]
    calibration = whole.calibration
    self.metrics = metrics
    probability = whole.probabilities[turn]
  }

  func report(
    _ fitted: FittedMethod, _ matrix: FeatureMatrix, churned: [Bool], explained: [Int], privacy: Int
  ) throws(TreeError) -> ModelReport {
    let raw = margins[0].map { Calibration.none.probability(margin: $0) }
    var importance: [FeatureEffect] = []
    var interactions: [FeatureInteraction] = []
    if !method.isBaseline {
      importance = FeatureEffect.all(
        matrix, contributions: try fitted.contributions(matrix, rows: explained).parts, rows: explained,
        privacy: privacy)
    }
    var size = 1
    switch fitted {
    case .rate: break
    case .groups(_, let margins, _): size = margins.count
    case .scorecard(let card):
      size = card.bins.count + card.interactions.count
      interactions = card.interactions.map {
        FeatureInteraction(
          first: card.bins[$0.first].feature, second: card.bins[$0.second].feature,
          strength: $0.offsets.reduce(0) { $0 + abs($1) } / Double(max(1, $0.offsets.count)))
      }
    case .trees(let trees):
      size = trees.rounds
      // Their cost grows with the number of columns.
      let count = ForecastRunner.interactionRows * 12 / max(12, trees.encoding.columns.count)
      interactions = try FeatureInteraction.strongest(
        trees, matrix, rows: ForecastRunner.sample(explained, to: max(10, count), seed: 1), limit: 5)
    }
    guard let roc = ROCCurve(scores: probabilities[0], churned: churned),
      let parts = ProbabilityScore(probabilities: probabilities[0], churned: churned),
      let deciles = DecileTable(scores: probabilities[0], churned: churned),
      let before = ReliabilityCurve(probabilities: raw, churned: churned),
      let after = ReliabilityCurve(probabilities: probabilities[0], churned: churned)
    else { throw TreeError(message: "no figures for \(method.rawValue)") }
    return ModelReport(
      name: method, metrics: metrics, roc: roc, brierParts: parts, deciles: deciles,
      calibration: CalibrationReport(
        method: calibration, before: before, after: after,
        lineBefore: CalibrationLine(probabilities: raw, churned: churned),
        lineAfter: CalibrationLine(probabilities: probabilities[0], churned: churned)),
      importance: importance, interactions: interactions, size: size)
  }
}
