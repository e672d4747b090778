import Synchronization

/// Forecasts of every client by a model that never saw that client: repeated stratified cross-validation.
///
/// Everything that learns (bins, levels, settings, number of trees) learns inside the training folds. All methods share
/// the folds, so that they can be compared client by client. Folds are worked on by all cores; each model uses one, so the
/// result is the same on any number of them.
public struct OutOfFold: Sendable, Equatable {
  /// Fold of each client, by repeat.
  public let assignments: [[Int]]
  /// `margins[method][repeat][client]`: log-odds of leaving. Methods that a fold could not be forecast with are left out.
  public let margins: [ForecastMethod: [[Double]]]

  /// - Parameter trees: settings found elsewhere; without them every fold searches for its own.
  public init(
    _ matrix: FeatureMatrix, churned: [Bool], products: Int?, methods: [ForecastMethod],
    settings: ForecastSettings,
    trees: XGBoostClassifier? = nil, cores: Int? = nil,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TreeError) {
    let count = max(2, settings.folds)
    let deals = (0..<max(1, settings.repeats)).map {
      StratifiedFolds(churned: churned, count: count, seed: settings.seed &+ UInt64($0) &* 7919)
    }
    struct Job: Sendable {
      let turn: Int
      let fold: Int
      let methods: [ForecastMethod]
    }
    // The longest first, so that no core waits at the end; the two cards share their bins.
    let groups = [
      [ForecastMethod.trees], [.scorecard, .scorecardInteractions], [.productRate, .overallRate],
    ]
    let plan = groups.map { $0.filter(methods.contains) }.filter { !$0.isEmpty }.flatMap { methods in
      deals.indices.flatMap { turn in (0..<count).map { Job(turn: turn, fold: $0, methods: methods) } }
    }
    let done = Mutex(0)
    let found = try Jobs.run(plan.count, cores: cores) { index throws(TreeError) -> [[Double]?] in
      let job = plan[index]
      let deal = deals[job.turn]
      let margins = try ForecastMethod.forecast(
        job.methods, matrix, churned: churned, rows: deal.training(job.fold), test: deal.test(job.fold),
        products: products, settings: settings, trees: trees,
        seed: settings.seed &+ UInt64(job.turn * count + job.fold + 1))
      done.withLock {
        $0 += 1
        progress(Double($0) / Double(plan.count))
      }
      return margins
    }
    var margins: [ForecastMethod: [[Double]]] = [:]
    let empty = [[Double]](repeating: [Double](repeating: .nan, count: churned.count), count: deals.count)
    for (job, parts) in zip(plan, found) {
      for (method, values) in zip(job.methods, parts) {
        guard let values else { continue }
        for (row, margin) in zip(deals[job.turn].test(job.fold), values) {
          margins[method, default: empty][job.turn][row] = margin
        }
      }
    }
    margins = margins.filter { $0.value.allSatisfy { $0.allSatisfy { $0.isFinite } } }
    self.assignments = deals.map(\.assignment)
    self.margins = margins
  }
}
