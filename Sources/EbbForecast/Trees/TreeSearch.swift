/// Chooses the trees' settings and their number inside the training clients: part of them is kept aside, every setting
/// is trained on the rest until the part stops improving, the best is to be trained again on all of them.
struct TreeSearch: Sendable {
  let settings: ForecastSettings
  let seed: UInt64

  /// Settings are chosen on at most so many clients, evenly spread.
  static let clients = 100_000

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
    var best: (model: XGBoostClassifier, loss: Double)?
    for candidate in settings.trees {
      var model = candidate
      model.seed = seed
      var booster = try Booster.make(parameters: model.parameters(encoding: encoding), matrix: training)
      let found = try model.stop(&booster, training: training, held: held, patience: settings.patience)
      // More clients carry a little more trees.
      model.rounds = max(1, Int((Double(found.rounds) * 1.1).rounded()))
      if found.loss < best?.loss ?? .infinity { best = (model, found.loss) }
    }
    return best?.model ?? XGBoostClassifier(seed: seed)
  }
}
