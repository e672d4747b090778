import Dispatch
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

  /// - Parameters:
  ///   - trees: settings found elsewhere; without them every fold searches for its own.
  ///   - isQuick: trees have the first of the settings, stop early on a part of the fold's training clients, and are not
  ///     trained again with it.
  ///   - limit: clients of a fold to learn from at most, an even draw of them; `nil` for all. `churned` must be in an
  ///     order that says nothing of the clients.
  public init(
    _ matrix: FeatureMatrix, churned: [Bool], products: Int?, methods: [ForecastMethod],
    settings: ForecastSettings,
    trees: XGBoostClassifier? = nil, isQuick: Bool = false, limit: Int? = nil, cores: Int? = nil,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TreeError) {
    let count = max(2, settings.folds)
    let deals = (0..<max(1, settings.repeats)).map {
      StratifiedFolds(churned: churned, count: count, seed: settings.seed &+ UInt64($0) &* 7919)
    }
    struct Job: Sendable {
      let turn: Int
      let fold: Int
      /// None: settings of the trees are looked for.
      let methods: [ForecastMethod]
    }
    // Halves of the longest work first, so that no core waits at the end; the two cards share their bins.
    let searches = methods.contains(.trees) && trees == nil && !isQuick
    let groups = [
      [ForecastMethod.scorecard, .scorecardInteractions], [.trees], [.productRate, .overallRate],
    ].map { $0.filter(methods.contains) }.filter { !$0.isEmpty }
    let plan = ((searches ? [[]] : []) + groups).flatMap { methods in
      deals.indices.flatMap { turn in (0..<count).map { Job(turn: turn, fold: $0, methods: methods) } }
    }
    let found = deals.map { _ in (0..<count).map { _ in FoundSettings(trees, isKnown: !searches) } }
    let done = Mutex(0)
    let forecasts = try Jobs.run(plan.count, cores: cores) { index throws(TreeError) -> [[Double]?] in
      let job = plan[index]
      let deal = deals[job.turn]
      let rows = EvenDraw.rows(deal.training(job.fold), limit: limit)
      let seed = settings.seed &+ UInt64(job.turn * count + job.fold + 1)
      let settled = found[job.turn][job.fold]
      defer {
        done.withLock {
          $0 += 1
          progress(Double($0) / Double(plan.count))
        }
      }
      if job.methods.isEmpty {
        try settled.find { () throws(TreeError) in
          guard rows.contains(where: { churned[$0] }), rows.contains(where: { !churned[$0] }) else {
            return nil
          }
          return try TreeSearch(settings: settings, seed: seed).choose(matrix, churned: churned, rows: rows)
        }
        return []
      }
      if isQuick, job.methods == [.trees] {
        var first = settings
        first.trees = Array(settings.trees.prefix(1))
        return [
          try TreeSearch(settings: first, seed: seed)
            .margins(matrix, churned: churned, rows: rows, test: deal.test(job.fold))
        ]
      }
      return try ForecastMethod.forecast(
        job.methods, matrix, churned: churned, rows: rows, test: deal.test(job.fold), products: products,
        settings: settings, trees: job.methods == [.trees] ? settled.wait() : nil, seed: seed)
    }
    var margins: [ForecastMethod: [[Double]]] = [:]
    let empty = [[Double]](repeating: [Double](repeating: .nan, count: churned.count), count: deals.count)
    for (job, parts) in zip(plan, forecasts) {
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

  /// Methods that every fold could be forecast with, baselines first.
  public var methods: [ForecastMethod] { ForecastMethod.allCases.filter { margins[$0] != nil } }
}

/// Settings of a fold's trees, looked for by one piece of work and waited for by another, which begins later.
private final class FoundSettings: Sendable {
  private let settings: Mutex<XGBoostClassifier?>
  private let known = DispatchSemaphore(value: 0)

  init(_ settings: XGBoostClassifier?, isKnown: Bool) {
    self.settings = Mutex(settings)
    if isKnown { known.signal() }
  }

  func find(_ search: () throws(TreeError) -> XGBoostClassifier?) throws(TreeError) {
    defer { known.signal() }
    let found = try search()
    settings.withLock { $0 = found }
  }

  /// `nil` where there are none; to be asked once.
  func wait() -> XGBoostClassifier? {
    known.wait()
    return settings.withLock { $0 }
  }
}
