/// Settings of gradient-boosted trees (XGBoost's `binary:logistic`, `hist`).
///
/// No class weights: they would spoil the probabilities. One thread a model, so that the same seed gives the same bytes on
/// any machine; work is spread over models (folds) instead.
public struct XGBoostClassifier: Sendable, Codable, Equatable {
  public var learningRate: Double
  public var maximumDepth: Int
  public var minimumChildWeight: Double
  public var subsample: Double
  public var columnsPerTree: Double
  /// Ridge penalty on leaf values.
  public var lambda: Double
  /// Smallest gain for a split.
  public var gamma: Double
  public var rounds: Int
  /// Parts a number is cut into before the trees see it.
  public var maximumBins: Int
  /// −1, 0 or 1 a feature name: the forecast may only fall, do anything, only rise with it.
  public var monotone: [String: Int]
  public var seed: UInt64

  public init(
    learningRate: Double = 0.05, maximumDepth: Int = 4, minimumChildWeight: Double = 5,
    subsample: Double = 0.8,
    columnsPerTree: Double = 0.8, lambda: Double = 2, gamma: Double = 0, rounds: Int = 250,
    maximumBins: Int = 128,
    monotone: [String: Int] = [:], seed: UInt64 = 1
  ) {
    self.learningRate = learningRate
    self.maximumDepth = maximumDepth
    self.minimumChildWeight = minimumChildWeight
    self.subsample = subsample
    self.columnsPerTree = columnsPerTree
    self.lambda = lambda
    self.gamma = gamma
    self.rounds = rounds
    self.maximumBins = max(2, maximumBins)
    self.monotone = monotone
    self.seed = seed
  }

  /// XGBoost's own parameter names.
  /// - Parameter base: the forecast that the trees begin with.
  func parameters(encoding: TreeEncoding, base: Float) -> [(String, String)] {
    var list: [(String, String)] = [
      ("objective", "binary:logistic"), ("eval_metric", "logloss"), ("tree_method", "hist"),
      ("max_bin", "\(maximumBins)"), ("nthread", "1"),
      ("verbosity", "0"),
      ("eta", "\(learningRate)"), ("max_depth", "\(maximumDepth)"),
      ("min_child_weight", "\(minimumChildWeight)"), ("subsample", "\(subsample)"),
      ("colsample_bytree", "\(columnsPerTree)"), ("lambda", "\(lambda)"), ("gamma", "\(gamma)"),
      ("seed", "\(seed % 2_147_483_647)"), ("base_score", "\(base)"),
    ]
    if monotone.values.contains(where: { $0 != 0 }) {
      let signs = encoding.columns.map { String(monotone[$0.feature] ?? 0) }
      list.append(("monotone_constraints", "(" + signs.joined(separator: ",") + ")"))
    }
    return list
  }

  /// The rate of `rows`, which saves a dozen trees that would learn nothing else.
  static func base(_ churned: [Bool], _ rows: [Int]) -> Float {
    let left = rows.reduce(0) { $0 + (churned[$1] ? 1 : 0) }
    return Float((Double(left) + 0.5) / (Double(rows.count) + 1))
  }
}
