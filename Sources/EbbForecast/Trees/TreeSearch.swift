/// Chooses the trees' settings and their number inside the training clients: part of them is kept aside, every setting
/// is trained on the rest until the part stops improving, the best is trained again on all of them.
struct TreeSearch: Sendable {
  let settings: ForecastSettings
  let seed: UInt64

  func fit(_ matrix: FeatureMatrix, churned: [Bool], rows: [Int]) throws(TreeError) -> FittedXGBoost {
    let parts = Int((1 / min(0.5, max(0.02, settings.stoppingShare))).rounded())
    let folds = StratifiedFolds(churned: rows.map { churned[$0] }, count: parts, seed: seed)
    let learning = folds.training(0).map { rows[$0] }
    let stopping = folds.test(0).map { rows[$0] }
    var best: (model: XGBoostClassifier, loss: Double)?
    for candidate in settings.trees {
      var model = candidate
      model.seed = seed
      let found = try model.fit(
        matrix, churned: churned, rows: learning, validation: stopping, patience: settings.patience)
      // More clients carry a little more trees.
      model.rounds = max(1, Int((Double(found.rounds) * 1.1).rounded()))
      if let loss = found.stoppingLoss, loss < best?.loss ?? .infinity { best = (model, loss) }
    }
    let chosen = best?.model ?? XGBoostClassifier(seed: seed)
    return try chosen.fit(matrix, churned: churned, rows: rows)
  }
}
