import Foundation

/// A way of forecasting, before it has learnt: two baselines that say what a model adds, and the models.
public enum ForecastMethod: String, Sendable, Codable, Equatable, CaseIterable {
  /// Everybody gets the overall rate.
  case overallRate
  /// Everybody gets the rate of the clients with the same number of products: the segmentation alone.
  case productRate
  /// A points table, every characteristic for itself.
  case scorecard
  /// The same with a few two-way tables.
  case scorecardInteractions
  /// XGBoost.
  case trees

  public var isBaseline: Bool { self == .overallRate || self == .productRate }

  /// Rough order of the time it takes to learn.
  var cost: Int {
    switch self {
    case .overallRate, .productRate: 0
    case .scorecard: 1
    case .scorecardInteractions: 3
    case .trees: 10
    }
  }
}

/// How each method is set.
public struct ForecastSettings: Sendable, Codable, Equatable {
  public var scorecard: ScorecardModel
  /// Two-way tables of `scorecardInteractions`.
  public var interactions: Int
  /// The trees to choose from, inside each fold.
  public var trees: [XGBoostClassifier]
  /// Share of a fold's training clients kept aside to stop the trees and choose among them.
  public var stoppingShare: Double
  public var patience: Int
  public var folds: Int
  public var repeats: Int
  public var seed: UInt64

  public init(
    scorecard: ScorecardModel = ScorecardModel(), interactions: Int = 4,
    trees: [XGBoostClassifier] = ForecastSettings.search, stoppingShare: Double = 0.2, patience: Int = 8,
    folds: Int = 5, repeats: Int = 2, seed: UInt64 = 1
  ) {
    self.scorecard = scorecard
    self.interactions = interactions
    self.trees = trees
    self.stoppingShare = stoppingShare
    self.patience = patience
    self.folds = folds
    self.repeats = repeats
    self.seed = seed
  }

  /// Above so many clients one repeat tells as much as several below, and large steps as much as small ones.
  static let few = 50_000

  /// As they are used for `n` clients.
  func adapted(to n: Int) -> ForecastSettings {
    var adapted = withTrees(for: n)
    adapted.folds = max(2, folds)
    adapted.repeats = n > Self.few ? 1 : max(1, repeats)
    return adapted
  }

  /// The same, the trees' own settings being those for `n` clients.
  func withTrees(for n: Int) -> ForecastSettings {
    guard trees == Self.search, n <= Self.few else { return self }
    var adapted = self
    adapted.trees = Self.searchOfFew
    return adapted
  }

  /// One repeat of three folds.
  var quick: ForecastSettings {
    var quick = self
    quick.repeats = 1
    quick.folds = min(3, folds)
    return quick
  }

  /// Shallow and quick, and a little deeper; both in steps large enough for some fifty trees of many clients.
  public static let search = [
    XGBoostClassifier(learningRate: 0.25, maximumDepth: 3, rounds: 300),
    XGBoostClassifier(learningRate: 0.2, maximumDepth: 4, subsample: 1, rounds: 300),
  ]

  /// Few clients are forecast a little better in smaller steps, each on fewer columns, and it costs little.
  public static let searchOfFew = [
    XGBoostClassifier(learningRate: 0.16, maximumDepth: 4, columnsPerTree: 0.6, rounds: 300),
    XGBoostClassifier(learningRate: 0.16, maximumDepth: 3, columnsPerTree: 0.6, rounds: 300),
  ]
}

/// A method that has learnt on some clients and forecasts others.
public enum FittedMethod: Sendable, Equatable {
  case rate(margin: Double)
  /// Margin of each product group by its code or number; `other` for those not seen.
  case groups(feature: Int, margins: [Double: Double], other: Double)
  case scorecard(Scorecard)
  case trees(FittedXGBoost)

  /// Log-odds of leaving.
  public func margins(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> [Double] {
    switch self {
    case .rate(let margin): return [Double](repeating: margin, count: rows.count)
    case .groups(let feature, let margins, let other):
      let column = matrix.columns[feature]
      return rows.map { column[$0].isNaN ? other : margins[column[$0]] ?? other }
    case .scorecard(let card): return card.margins(matrix, rows: rows)
    case .trees(let trees): return try trees.margins(matrix, rows: rows)
    }
  }
}

extension ForecastMethod {
  /// Learns from `rows` only; `products` is the index of the product feature, `trees` settings that need no search. `nil` where the method has nothing to
  /// learn from (one class, no products).
  func fit(
    _ matrix: FeatureMatrix, churned: [Bool], rows: [Int], products: Int?, settings: ForecastSettings,
    trees: XGBoostClassifier? = nil, seed: UInt64
  ) throws(TreeError) -> FittedMethod? {
    let left = rows.reduce(0) { $0 + (churned[$1] ? 1 : 0) }
    guard left > 0, left < rows.count else { return nil }
    let overall = Self.logOdds(left, rows.count)
    switch self {
    case .overallRate: return .rate(margin: overall)
    case .productRate:
      guard let products else { return nil }
      var counts: [Double: (left: Int, all: Int)] = [:]
      for row in rows where !matrix.columns[products][row].isNaN {
        counts[matrix.columns[products][row], default: (0, 0)].all += 1
        if churned[row] { counts[matrix.columns[products][row], default: (0, 0)].left += 1 }
      }
      return .groups(
        feature: products, margins: counts.mapValues { Self.logOdds($0.left, $0.all) }, other: overall)
    case .scorecard, .scorecardInteractions:
      var model = settings.scorecard
      model.maximumInteractions = self == .scorecard ? 0 : settings.interactions
      return model.fit(matrix, churned: churned, rows: rows).map { .scorecard($0) }
    case .trees:
      return .trees(
        try Self.classifier(matrix, churned, rows, settings, trees, seed).fit(
          matrix, churned: churned, rows: rows))
    }
  }

  /// Log-odds of `test` by each of `methods` that learnt from `rows`; `nil` for one with nothing to learn from. What
  /// methods have in common is worked out once.
  static func forecast(
    _ methods: [ForecastMethod], _ matrix: FeatureMatrix, churned: [Bool], rows: [Int], test: [Int],
    products: Int?,
    settings: ForecastSettings, trees: XGBoostClassifier? = nil, seed: UInt64
  ) throws(TreeError) -> [[Double]?] {
    var additive: Scorecard?
    var found: [[Double]?] = []
    for method in methods {
      switch method {
      case .scorecard, .scorecardInteractions:
        var model = settings.scorecard
        model.maximumInteractions = method == .scorecard ? 0 : settings.interactions
        let fitted = model.fit(matrix, churned: churned, rows: rows, from: additive, errors: false)
        if method == .scorecard { additive = fitted }
        found.append(fitted?.margins(matrix, rows: test))
      case .trees where rows.contains { churned[$0] } && rows.contains { !churned[$0] }:
        found.append(
          try classifier(matrix, churned, rows, settings, trees, seed)
            .margins(matrix, churned: churned, rows: rows, test: test))
      default:
        let fitted = try method.fit(
          matrix, churned: churned, rows: rows, products: products, settings: settings, seed: seed)
        found.append(try fitted?.margins(matrix, rows: test))
      }
    }
    return found
  }

  private static func classifier(
    _ matrix: FeatureMatrix, _ churned: [Bool], _ rows: [Int], _ settings: ForecastSettings,
    _ given: XGBoostClassifier?, _ seed: UInt64
  ) throws(TreeError) -> XGBoostClassifier {
    guard var given else {
      return try TreeSearch(settings: settings, seed: seed).choose(matrix, churned: churned, rows: rows)
    }
    given.seed = seed
    return given
  }

  /// With ½ added to both sides, so that it is finite.
  private static func logOdds(_ left: Int, _ all: Int) -> Double {
    log((Double(left) + 0.5) / (Double(all - left) + 0.5))
  }
}
