/// Clients no choice has seen: models, settings and champion chosen on the others by the same rules.
public struct HoldOut: Sendable, Codable, Equatable {
  public let share: Double
  public let n: Int
  public let champion: ForecastMethod
  public let metrics: ForecastMetrics
  public let calibrationLine: CalibrationLine?

  /// `nil` where a part is too small to learn from or to judge.
  init?(
    _ input: ForecastInput, methods: [ForecastMethod], options: ForecastOptions
  ) throws(TreeError) {
    let (matrix, churned) = (input.matrix, input.churned)
    let settings = options.settings.quick
    let deal = StratifiedFolds(
      churned: churned, count: Int((1 / options.holdOutShare).rounded()), seed: settings.seed &+ 101)
    let development = deal.training(0)
    let held = deal.test(0)
    let labels = development.map { churned[$0] }
    let products = input.index(input.products)
    let models = methods.filter { !$0.isBaseline }
    let fitted = try Jobs.run(models.count, cores: options.cores) { index throws(TreeError) in
      try models[models.count - 1 - index].fit(
        matrix, churned: churned, rows: development, products: products, settings: settings,
        seed: settings.seed)
    }
    let byMethod = Dictionary(uniqueKeysWithValues: zip(models.reversed(), fitted))
    // The trees' settings are those found on the whole development part: the clients held out have no say in them.
    var trees: XGBoostClassifier?
    if case .trees(let found)?? = byMethod[.trees] { trees = found.classifier }
    let outOfFold = try OutOfFold(
      matrix.selecting(development), churned: labels, products: products, methods: models, settings: settings,
      trees: trees, cores: options.cores)
    let judged = JudgedMethod.all(
      outOfFold, labels, seed: settings.seed, resamples: 0, cores: options.cores)
    guard let champion = ChampionChoice(judged, labels)?.champion,
      let winner = judged.first(where: { $0.method == champion }), let model = byMethod[champion] ?? nil
    else { return nil }
    let calibration = Calibration(winner.calibration, margins: winner.margins[0], churned: labels)
    let probabilities = try model.margins(matrix, rows: held).map { calibration.probability(margin: $0) }
    let truth = held.map { churned[$0] }
    guard
      let metrics = ForecastMetrics(
        probabilities: [probabilities], churned: truth, seed: settings.seed, cores: options.cores)
    else { return nil }
    share = Double(held.count) / Double(churned.count)
    n = held.count
    self.champion = champion
    self.metrics = metrics
    calibrationLine = CalibrationLine(probabilities: probabilities, churned: truth)
  }
}
