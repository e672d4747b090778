import Foundation

/// Finds features that must not be used to forecast, however well they do: they are not known beforehand, or tell clients
/// apart instead of kinds of clients.
///
/// Each feature alone is cut into bins and forecasts the clients it did not see (two halves). An area of `limit` or more
/// is not a strong feature, it is the answer. Cost O(n log n) a feature.
public struct LeakageGuard: Sendable, Codable, Equatable {
  public var limit: Double

  public init(limit: Double = 0.95) { self.limit = limit }

  /// So many clients, evenly spread, tell an area of `limit` from a lower one.
  private static let clients = 200_000

  public func findings(_ matrix: FeatureMatrix, churned: [Bool], seed: UInt64 = 1, cores: Int? = nil)
    -> [SetAsideFeature]
  {
    let some = EvenDraw.rows(Array(churned.indices), limit: Self.clients)
    let folds = StratifiedFolds(churned: some.map { churned[$0] }, count: 2, seed: seed)
    let halves = (0..<2).map { half in
      (training: folds.training(half).map { some[$0] }, test: folds.test(half).map { some[$0] })
    }
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
    let column = matrix.columns[feature]
    var groups: [(woe: Double, left: Int, stayed: Int)] = []
    for half in halves {
      let bins = SupervisedBinning().fit(matrix, feature: feature, churned: churned, rows: half.training)
      var left = [Int](repeating: 0, count: bins.woe.count)
      var all = left
      for row in half.test {
        let bin = bins.bin(column[row])
        all[bin] += 1
        if churned[row] { left[bin] += 1 }
      }
      for bin in all.indices { groups.append((bins.woe[bin], left[bin], all[bin] - left[bin])) }
    }
    return Self.area(groups)
  }

  /// Area under the ROC curve where a low weight of evidence forecasts leaving; ½ where all stayed or all left.
  private static func area(_ groups: [(woe: Double, left: Int, stayed: Int)]) -> Double {
    var (area, left, stayed) = (0.0, 0.0, 0.0)
    let sorted = groups.sorted { $0.woe > $1.woe }
    var start = 0
    while start < sorted.count {
      let alike = sorted[start...].prefix { $0.woe == sorted[start].woe }
      let leftHere = Double(alike.reduce(0) { $0 + $1.left })
      let stayedHere = Double(alike.reduce(0) { $0 + $1.stayed })
      area += leftHere * (stayed + stayedHere / 2)
      left += leftHere
      stayed += stayedHere
      start += alike.count
    }
    return left > 0 && stayed > 0 ? area / (left * stayed) : 0.5
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
    guard let low = present.min(), let high = present.max() else { return false }
    let range = high - low + 1
    let repeats = Double(present.count) * Double(present.count - 1) / (2 * range)
    // More of them than there are numbers between: some are alike.
    guard repeats > 20, Double(present.count) <= range else { return false }
    let sorted = present.sorted()
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }
  }
}
