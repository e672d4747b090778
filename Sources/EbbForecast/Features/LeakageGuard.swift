import Foundation

/// Finds features that must not be used to forecast, however well they do: they are not known beforehand, or tell clients
/// apart instead of kinds of clients.
///
/// Each feature alone is cut into bins and forecasts the clients it did not see (two halves). An area of `limit` or more
/// is not a strong feature, it is the answer. Cost O(n log n) a feature.
public struct LeakageGuard: Sendable, Codable, Equatable {
  public var limit: Double

  public init(limit: Double = 0.95) { self.limit = limit }

  public func findings(_ matrix: FeatureMatrix, churned: [Bool], seed: UInt64 = 1, cores: Int? = nil)
    -> [SetAsideFeature]
  {
    let folds = StratifiedFolds(churned: churned, count: 2, seed: seed)
    let halves = (0..<2).map { (training: folds.training($0), test: folds.test($0)) }
    return Jobs.run(matrix.features.count, cores: cores) { feature in
      finding(matrix, feature, churned, halves)
    }.compactMap(\.self)
  }

  private func finding(
    _ matrix: FeatureMatrix, _ feature: Int, _ churned: [Bool], _ halves: [(training: [Int], test: [Int])]
  ) -> SetAsideFeature? {
    let name = matrix.features[feature].name
    let values = matrix.columns[feature]
    if Self.isConstant(values) { return SetAsideFeature(feature: name, reason: .constant) }
    if matrix.features[feature].kind == .number, Self.isIdentifierLike(values) {
      return SetAsideFeature(feature: name, reason: .identifierLike)
    }
    if values.contains(where: \.isNaN) {
      let presence = FeatureMatrix(
        features: [.init(name: "", kind: .number)], columns: [values.map { $0.isNaN ? 1 : 0 }])
      let area = area(presence, 0, churned, halves)
      if area >= limit { return SetAsideFeature(feature: name, reason: .afterTheFact, rocAUC: area) }
    }
    let area = area(matrix, feature, churned, halves)
    return area >= limit ? SetAsideFeature(feature: name, reason: .nearPerfect, rocAUC: area) : nil
  }

  private func area(
    _ matrix: FeatureMatrix, _ feature: Int, _ churned: [Bool], _ halves: [(training: [Int], test: [Int])]
  ) -> Double {
    var scores = [Double](repeating: 0, count: churned.count)
    for half in halves {
      let bins = SupervisedBinning().fit(matrix, feature: feature, churned: churned, rows: half.training)
      for row in half.test { scores[row] = -bins.woe[bins.bin(matrix.columns[feature][row])] }
    }
    return ROCCurve(scores: scores, churned: churned, maximumPoints: 2)?.rocAUC ?? 0.5
  }

  /// One value, or none at all; a value that some miss still says something.
  static func isConstant(_ values: [Double]) -> Bool {
    guard let first = values.first else { return true }
    return values.allSatisfy { $0 == first } || values.allSatisfy(\.isNaN)
  }

  /// Whole, all different, and so many that chance would repeat some: n² / (2 · range) pairs were to be expected.
  static func isIdentifierLike(_ values: [Double]) -> Bool {
    let present = values.filter { !$0.isNaN }
    guard present.count >= 50, present.allSatisfy({ $0 == $0.rounded() && abs($0) < 9e15 }) else {
      return false
    }
    let sorted = present.sorted()
    let range = sorted[sorted.count - 1] - sorted[0] + 1
    let repeats = Double(present.count) * Double(present.count - 1) / (2 * range)
    return repeats > 20 && zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }
  }
}
