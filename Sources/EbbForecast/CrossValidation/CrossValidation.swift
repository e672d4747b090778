/// How well leaving can be forecast from a table: every client forecast by models that never saw it, and nothing else of
/// the forecast's chapter (no model is kept, none is explained).
///
/// Settings, levels, bins and calibration are learnt inside the folds. Where a fold has more clients than `learntFrom`,
/// its models learn from an even draw of them; all clients are judged all the same. Cost: folds × repeats times a model.
/// Python: `sklearn.model_selection.cross_val_predict(…, method="predict_proba")` and the figures of its result.
public struct CrossValidation: Sendable, Codable, Equatable {
  public struct Judgement: Sendable, Codable, Equatable {
    public let name: ForecastMethod
    public let metrics: ForecastMetrics
    /// Chosen out of fold by log-loss.
    public let calibration: Calibration.Method
    /// Of the first repeat; `nil` where forecasts do not vary.
    public let calibrationLine: CalibrationLine?
  }

  public let n: Int
  public let churned: Int
  public let folds: Int
  public let repeats: Int
  public let seed: UInt64
  /// The trees had one setting and were not trained again after they stopped.
  public let isQuick: Bool
  /// Clients that a fold's models learn from.
  public let learntFrom: Int
  /// Why there is no judgement, where there is none.
  public let refusal: Forecast.Refusal?
  /// Columns that take no part, and why.
  public let setAside: [SetAsideFeature]
  /// Baselines first.
  public let methods: [Judgement]
  /// Every pair of models, on the first repeat.
  public let comparisons: [Forecast.Comparison]
}

/// A cross-validation, and what it was made of.
public struct CrossValidationResult: Sendable {
  public let validation: CrossValidation
  /// `fold[repeat][client]`, from 0, in the table's order; empty without a judgement.
  public let folds: [[Int]]
  /// `probabilities[method][repeat][client]`, calibrated, methods as in `validation`.
  public let probabilities: [[[Double]]]

  /// - Parameters:
  ///   - wanted: methods to judge; those that the table does not allow (no products) are left out.
  ///   - isQuick: trees with one setting, not trained again after they stopped.
  ///   - progress: told the share of the work that is done, from any thread.
  /// - Throws: XGBoost's own error. What cannot be forecast gives a `refusal`.
  public static func run(
    _ given: ForecastInput, methods wanted: Set<ForecastMethod> = Set(ForecastMethod.allCases),
    isQuick: Bool = false, options: ForecastOptions = ForecastOptions(),
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TreeError) -> CrossValidationResult {
    let settings = options.settings.withTrees(for: given.churned.count)
    let prepared: PreparedClients
    switch PreparedClients.make(given, options) {
    case .ready(let clients): prepared = clients
    case .refused(let refusal, let input):
      return CrossValidationResult(refusing: refusal, input, settings, isQuick)
    }
    let churned = prepared.input.churned
    let outOfFold = try OutOfFold(
      prepared.input.matrix, churned: churned, products: prepared.input.index(prepared.input.products),
      methods: prepared.methods.filter(wanted.contains), settings: settings, isQuick: isQuick,
      limit: options.trainingLimit,
      cores: options.cores
    ) { progress($0 * 0.9) }
    let judged = JudgedMethod.all(outOfFold, churned, seed: settings.seed, cores: options.cores)
    guard !judged.isEmpty else {
      return CrossValidationResult(refusing: .noModel, prepared.input, settings, isQuick)
    }
    progress(0.95)
    let judgements = Jobs.run(judged.count, cores: options.cores) {
      CrossValidation.Judgement(
        name: judged[$0].method, metrics: judged[$0].metrics, calibration: judged[$0].calibration,
        calibrationLine: CalibrationLine(probabilities: judged[$0].probabilities[0], churned: churned))
    }
    let training = churned.count - (churned.count + settings.folds - 1) / settings.folds
    let validation = CrossValidation(
      n: churned.count, churned: churned.count { $0 }, folds: settings.folds, repeats: settings.repeats,
      seed: settings.seed, isQuick: isQuick, learntFrom: min(training, options.trainingLimit ?? .max),
      refusal: nil,
      setAside: prepared.input.setAside, methods: judgements,
      comparisons: ForecastRunner.compare(judged, churned))
    progress(1)
    return CrossValidationResult(
      validation: validation, folds: outOfFold.assignments.map { prepared.order.byRow($0) },
      probabilities: judged.map { $0.probabilities.map { prepared.order.byRow($0) } })
  }

  private init(validation: CrossValidation, folds: [[Int]], probabilities: [[[Double]]]) {
    self.validation = validation
    self.folds = folds
    self.probabilities = probabilities
  }

  private init(
    refusing refusal: Forecast.Refusal, _ input: ForecastInput, _ settings: ForecastSettings, _ isQuick: Bool
  ) {
    self.init(
      validation: CrossValidation(
        n: input.churned.count, churned: input.churned.count { $0 }, folds: settings.folds,
        repeats: settings.repeats, seed: settings.seed, isQuick: isQuick, learntFrom: 0, refusal: refusal,
        setAside: input.setAside, methods: [], comparisons: []),
      folds: [], probabilities: [])
  }
}
