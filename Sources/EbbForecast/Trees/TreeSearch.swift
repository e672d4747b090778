/// Chooses the trees' settings and their number inside the training clients: part of them is kept aside, every setting is
/// tried for some rounds on the rest, and the one that is best by then goes on until the part stops improving. It is to
/// be trained again on all of them. Source: successive halving, K. Jamieson, A. Talwalkar, AISTATS 2016.
struct TreeSearch: Sendable {
  let settings: ForecastSettings
  let seed: UInt64

  /// Settings are chosen on at most so many clients, evenly spread.
  static let clients = 100_000
  /// Rounds that every setting is given.
  static let trialRounds = 16

  /// The settings to train all of `rows` with.
  func choose(_ matrix: FeatureMatrix, churned: [Bool], rows all: [Int]) throws(TreeError)
    -> XGBoostClassifier
  {
    let rows =
      all.count > Self.clients ? (0..<Self.clients).map { all[$0 * all.count / Self.clients] } : all
    let parts = Int((1 / min(0.5, max(0.02, settings.stoppingShare))).rounded())
    let folds = StratifiedFolds(churned: rows.map { churned[$0] }, count: parts, seed: seed)
    let encoding = TreeEncoding(matrix.features)
    let training = try encoding.dense(matrix, churned: churned, rows: folds.training(0).map { rows[$0] })
    let held = try encoding.dense(matrix, churned: churned, rows: folds.test(0).map { rows[$0] })
    var best: TreeTrial?
    for candidate in settings.trees {
      var model = candidate
      model.seed = seed
      var trial = try TreeTrial(model, encoding, training)
      // A lone candidate has nobody to be tried against.
      let rounds = settings.trees.count > 1 ? Self.trialRounds : 0
      try trial.run(to: rounds, training: training, held: held, patience: settings.patience)
      let leader = best?.loss ?? .infinity
      if best == nil || trial.loss < leader { best = consume trial }
    }
    guard var chosen = best.take() else { return XGBoostClassifier(seed: seed) }
    try chosen.run(to: .max, training: training, held: held, patience: settings.patience)
    var model = chosen.model
    // More clients carry a little more trees.
    model.rounds = max(1, Int((Double(chosen.rounds) * 1.1).rounded()))
    return model
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

  init(_ model: XGBoostClassifier, _ encoding: TreeEncoding, _ training: borrowing DenseMatrix)
    throws(TreeError)
  {
    self.model = model
    booster = try Booster.make(parameters: model.parameters(encoding: encoding), matrix: training)
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
