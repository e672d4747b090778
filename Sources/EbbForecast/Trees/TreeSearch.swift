/// Chooses the trees' settings and their number inside the training clients: part of them is kept aside, every setting is
/// tried for some rounds on the rest, and the one that is best by then goes on until the part stops improving. It is to
/// be trained again on all of them. Source: successive halving, K. Jamieson, A. Talwalkar, AISTATS 2016.
struct TreeSearch: Sendable {
  let settings: ForecastSettings
  let seed: UInt64

  /// Settings are chosen on at most so many clients, evenly spread.
  static let clients = 100_000
  /// Rounds that every setting is given.
  static let trialRounds = 8

  /// The settings to train all of `rows` with.
  func choose(_ matrix: FeatureMatrix, churned: [Bool], rows all: [Int]) throws(TreeError)
    -> XGBoostClassifier
  {
    let rows = EvenDraw.rows(all, limit: Self.clients)
    return try search(matrix, churned, rows) { trial, _, _ throws(TreeError) in
      var model = trial.model
      // More clients carry a little more trees.
      model.rounds = max(1, Int((Double(trial.rounds) * 1.1).rounded()))
      return model
    }
  }

  /// Log-odds of `test` by the trees as they were when they stopped, not trained again on the part kept aside: in less
  /// than half the time, and a little less exact.
  func margins(_ matrix: FeatureMatrix, churned: [Bool], rows: [Int], test: [Int]) throws(TreeError)
    -> [Double]
  {
    guard !test.isEmpty else { return [] }
    return try search(matrix, churned, rows) { trial, encoding, gaps throws(TreeError) in
      let margins = try trial.booster.predict(
        try encoding.dense(matrix, churned: nil, rows: test, gaps: gaps), .margin,
        rounds: trial.rounds)
      return margins.map(Double.init)
    }
  }

  /// `take` gets the best trial, its encoding and where its gaps are.
  private func search<Taken>(
    _ matrix: FeatureMatrix, _ churned: [Bool], _ rows: [Int],
    _ take: (borrowing TreeTrial, TreeEncoding, GapFilling) throws(TreeError) -> Taken
  ) throws(TreeError) -> Taken {
    let parts = Int((1 / min(0.5, max(0.02, settings.stoppingShare))).rounded())
    let folds = StratifiedFolds(churned: rows.map { churned[$0] }, count: parts, seed: seed)
    let encoding = TreeEncoding(matrix.features)
    let learnt = folds.training(0).map { rows[$0] }
    let candidates = settings.trees.isEmpty ? [XGBoostClassifier()] : settings.trees
    let constraints = candidates.flatMap { $0.monotone.filter { $0.value != 0 } }
    let gaps = GapFilling(
      encoding, matrix, rows: learnt,
      monotone: Dictionary(constraints, uniquingKeysWith: { first, _ in first }))
    // One matrix for all, so that they must cut numbers alike.
    let bins = candidates[0].maximumBins
    let training =
      candidates.allSatisfy { $0.maximumBins == bins }
      ? try encoding.training(matrix, churned: churned, rows: learnt, gaps: gaps, bins: bins)
      : try encoding.dense(matrix, churned: churned, rows: learnt, gaps: gaps)
    let held = try encoding.dense(
      matrix, churned: churned, rows: folds.test(0).map { rows[$0] }, gaps: gaps)
    let base = XGBoostClassifier.base(churned, learnt)
    func trial(_ candidate: XGBoostClassifier) throws(TreeError) -> TreeTrial {
      var model = candidate
      model.seed = seed
      return try TreeTrial(model, encoding, base: base, training)
    }
    var best = try trial(candidates[0])
    for candidate in candidates.dropFirst() {
      try best.run(to: Self.trialRounds, training: training, held: held, patience: settings.patience)
      var other = try trial(candidate)
      try other.run(to: Self.trialRounds, training: training, held: held, patience: settings.patience)
      if other.loss < best.loss { best = consume other }
    }
    try best.run(to: .max, training: training, held: held, patience: settings.patience)
    return try take(best, encoding, gaps)
  }
}

/// Trees in training, watched on clients kept aside.
struct TreeTrial: ~Copyable {
  let model: XGBoostClassifier
  let booster: Booster
  /// Rounds with the lowest log-loss, and that loss.
  private(set) var rounds = 1
  private(set) var loss = Double.infinity
  private var done = 0

  init(
    _ model: XGBoostClassifier, _ encoding: TreeEncoding, base: Float, _ training: borrowing DenseMatrix
  ) throws(TreeError) {
    self.model = model
    booster = try Booster.make(parameters: model.parameters(encoding: encoding, base: base), matrix: training)
  }

  /// Trains until there are `last` rounds or the most that the model may have, or `held` has not improved for
  /// `patience` of them.
  mutating func run(
    to last: Int, training: borrowing DenseMatrix, held: borrowing DenseMatrix, patience: Int
  ) throws(TreeError) {
    while done < min(last, max(1, model.rounds)), done == 0 || done - rounds < patience {
      try booster.train(round: done, on: training)
      let now = try booster.logLoss(round: done, on: held)
      done += 1
      if now < loss - 1e-9 { (rounds, loss) = (done, now) }
    }
  }
}
