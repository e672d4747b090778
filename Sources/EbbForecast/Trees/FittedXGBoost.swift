import Foundation

/// Trees that have learnt, as XGBoost's own JSON: Python's `xgboost.Booster(model_file=…)` opens the same text.
public struct FittedXGBoost: Sendable, Equatable {
  public let encoding: TreeEncoding
  public let json: [UInt8]
  public let rounds: Int
  /// What it was trained with.
  public let classifier: XGBoostClassifier
  /// Log-loss of the clients kept aside to stop, where there were any.
  public let stoppingLoss: Double?
  private let steps = TreeMarginsOnce()

  public init(
    encoding: TreeEncoding, json: [UInt8], rounds: Int, classifier: XGBoostClassifier,
    stoppingLoss: Double? = nil
  ) {
    self.classifier = classifier
    self.stoppingLoss = stoppingLoss
    self.encoding = encoding
    self.json = json
    self.rounds = rounds
  }

  public static func == (one: FittedXGBoost, other: FittedXGBoost) -> Bool {
    one.json == other.json && one.encoding == other.encoding && one.rounds == other.rounds
      && one.classifier == other.classifier && one.stoppingLoss == other.stoppingLoss
  }

  /// Log-odds of leaving for `rows`.
  public func margins(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> [Double] {
    if let steps = steps.margins(of: self) { return steps.margins(matrix, rows: rows) }
    return try libraryMargins(matrix, rows: rows)
  }

  /// The same by XGBoost itself.
  func libraryMargins(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> [Double] {
    try predict(matrix, rows, .margin).map(Double.init)
  }

  /// SHAP values in log-odds: by row, one a tree column, then the base value; each row sums to its margin.
  public func contributions(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> [[Double]] {
    let flat = try predict(matrix, rows, .contributions)
    let width = encoding.columns.count + 1
    return rows.indices.map { index in flat[(index * width)..<((index + 1) * width)].map(Double.init) }
  }

  /// SHAP interaction values: by row, a square over tree columns and the base value.
  public func interactions(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> [[Double]] {
    let flat = try predict(matrix, rows, .interactions)
    let size = (encoding.columns.count + 1) * (encoding.columns.count + 1)
    return rows.indices.map { index in flat[(index * size)..<((index + 1) * size)].map(Double.init) }
  }

  private func predict(_ matrix: FeatureMatrix, _ rows: [Int], _ output: Booster.Output) throws(TreeError)
    -> [Float]
  {
    guard !rows.isEmpty else { return [] }
    let booster = try Booster.open(json: json, columns: encoding.columns.count, threads: 1)
    return try booster.predict(try encoding.dense(matrix, churned: nil, rows: rows), output)
  }
}

extension XGBoostClassifier {
  /// Trains on `rows`. With `validation` rows it stops after `patience` rounds without a better log-loss there and keeps
  /// the best number of rounds.
  public func fit(
    _ matrix: FeatureMatrix, churned: [Bool], rows: [Int], validation: [Int] = [], patience: Int = 30
  ) throws(TreeError) -> FittedXGBoost {
    let encoding = TreeEncoding(matrix.features)
    let gaps = GapFilling(encoding, matrix, rows: rows, monotone: monotone)
    guard !validation.isEmpty else {
      let booster = try trained(matrix, churned, rows, encoding, gaps)
      return FittedXGBoost(
        encoding: encoding, json: try gaps.told(in: booster.json()), rounds: max(1, rounds),
        classifier: self)
    }
    let training = try encoding.training(
      matrix, churned: churned, rows: rows, gaps: gaps, bins: maximumBins)
    let held = try encoding.dense(matrix, churned: churned, rows: validation, gaps: gaps)
    var trial = try TreeTrial(self, encoding, base: Self.base(churned, rows), training)
    try trial.run(to: .max, training: training, held: held, patience: patience)
    return FittedXGBoost(
      encoding: encoding, json: try gaps.told(in: trial.booster.json(rounds: trial.rounds)),
      rounds: trial.rounds,
      classifier: self, stoppingLoss: trial.loss)
  }

  /// Log-odds of `test` by trees trained on `rows` and dropped.
  func margins(_ matrix: FeatureMatrix, churned: [Bool], rows: [Int], test: [Int]) throws(TreeError)
    -> [Double]
  {
    guard !test.isEmpty else { return [] }
    let encoding = TreeEncoding(matrix.features)
    let gaps = GapFilling(encoding, matrix, rows: rows, monotone: monotone)
    let booster = try trained(matrix, churned, rows, encoding, gaps)
    // Many are walked down the trees sooner by our own steps, to the same last bit.
    if test.count > Self.manyClients {
      let fitted = FittedXGBoost(
        encoding: encoding, json: try gaps.told(in: booster.json()), rounds: max(1, rounds),
        classifier: self)
      return try fitted.margins(matrix, rows: test)
    }
    return try booster.predict(
      try encoding.dense(matrix, churned: nil, rows: test, gaps: gaps), .margin
    ).map(Double.init)
  }

  private static let manyClients = 20_000

  /// All rounds on `rows`.
  private func trained(
    _ matrix: FeatureMatrix, _ churned: [Bool], _ rows: [Int], _ encoding: TreeEncoding, _ gaps: GapFilling
  ) throws(TreeError) -> Booster {
    let training = try encoding.training(
      matrix, churned: churned, rows: rows, gaps: gaps, bins: maximumBins)
    let booster = try Booster.make(
      parameters: parameters(encoding: encoding, base: Self.base(churned, rows)), matrix: training)
    for round in 0..<max(1, rounds) { try booster.train(round: round, on: training) }
    return booster
  }
}
