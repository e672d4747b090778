import EbbStatistics

/// One characteristic of a scorecard: the bins a feature is cut into, and what each says about leaving.
///
/// Numbers: bins are [cut, next cut), the first from −∞, the last to +∞. Categories: each level belongs to one bin; a
/// level never seen falls into the bin with the weight of evidence nearest zero. Missing is a bin of its own, the last.
/// WoE = ln(share of stayers / share of leavers), ½ added to every count; IV sums (stayers' share − leavers') · WoE.
public struct CharacteristicBins: Sendable, Codable, Equatable {
  /// How the rate of leaving goes with the value.
  public enum Trend: String, Sendable, Codable, Equatable { case rising, falling, peak, valley, other }

  public let feature: String
  public let kind: FeatureMatrix.Feature.Kind
  public let cuts: [Double]
  /// Bin of each level, for categories.
  public let binOfLevel: [Int]
  /// By bin, the missing bin last.
  public let stayed: [Int]
  public let churned: [Int]
  public let woe: [Double]
  public let iv: Double
  /// Without the missing bin; `nil` for categories.
  public let trend: Trend?

  /// Bins with the missing one.
  public var count: Int { stayed.count }
  public var missingBin: Int { count - 1 }

  init(
    feature: FeatureMatrix.Feature, cuts: [Double], binOfLevel: [Int], stayed: [Int], churned: [Int]
  ) {
    self.feature = feature.name
    self.kind = feature.kind
    self.cuts = cuts
    self.binOfLevel = binOfLevel
    self.stayed = stayed
    self.churned = churned
    // An empty bin says nothing.
    let filled = stayed.indices.filter { stayed[$0] + churned[$0] > 0 }
    let found = weightOfEvidence(
      stayed: filled.map { stayed[$0] }, churned: filled.map { churned[$0] }, adjustment: 0.5)
    var woe = [Double](repeating: 0, count: stayed.count)
    for (bin, evidence) in zip(filled, found.bins) { woe[bin] = evidence.woe ?? 0 }
    self.woe = woe
    self.iv = found.bins.reduce(0) { $0 + ($1.iv ?? 0) }
    self.trend = feature.kind == .number ? Self.trend(stayed.dropLast(), churned.dropLast()) : nil
  }

  /// The bin of a value as `FeatureMatrix` holds it: NaN is missing, a category is its code.
  public func bin(_ value: Double) -> Int {
    if value.isNaN { return missingBin }
    if kind == .category {
      guard let code = Int(exactly: value), binOfLevel.indices.contains(code) else { return neutralBin }
      return binOfLevel[code]
    }
    var low = 0
    var high = cuts.count
    while low < high {
      let middle = (low + high) / 2
      if value < cuts[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Where a level goes that was never seen.
  public var neutralBin: Int { woe.indices.dropLast().min { abs(woe[$0]) < abs(woe[$1]) } ?? missingBin }

  private static func trend(_ stayed: ArraySlice<Int>, _ churned: ArraySlice<Int>) -> Trend? {
    let rates = zip(stayed, churned).map { Double($1) / Double(max(1, $0 + $1)) }
    guard rates.count > 1 else { return nil }
    let signs = zip(rates, rates.dropFirst()).map { $1 - $0 }.filter { $0 != 0 }.map { $0 > 0 }
    guard let first = signs.first else { return nil }
    let turns = zip(signs, signs.dropFirst()).count { $0 != $1 }
    switch (turns, first) {
    case (0, true): return .rising
    case (0, false): return .falling
    case (1, true): return .peak
    case (1, false): return .valley
    default: return .other
    }
  }
}
