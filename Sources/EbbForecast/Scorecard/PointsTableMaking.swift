import Foundation

extension PointsTable {
  /// Rounds a scorecard to whole points; the base takes the intercept. Rounding moves a client's score by at most half a
  /// point a characteristic or pair, and half for the base.
  init(_ card: Scorecard, _ matrix: FeatureMatrix, calibration: Calibration, privacy: Int) {
    let scale = card.scale
    let factor = scale.factor
    self.scale = scale
    basePoints = Int((scale.offset - factor * card.regression.intercept).rounded())
    characteristics = card.bins.enumerated().map { index, bins in
      let coefficient = card.regression.coefficients[index]
      let levels = matrix.features[card.features[index]].levels
      return Characteristic(
        feature: bins.feature, iv: bins.iv, trend: bins.trend, coefficient: coefficient,
        bins: Self.filled(bins).map { bin in
          let n = bins.stayed[bin] + bins.churned[bin]
          return Bin(
            value: Self.name(bins, bin, levels), low: Self.low(bins, bin), high: Self.high(bins, bin),
            n: n < privacy ? nil : n, churned: n < privacy ? nil : bins.churned[bin],
            rate: n < privacy ? nil : Double(bins.churned[bin]) / Double(n), woe: bins.woe[bin],
            points: Int((-factor * coefficient * bins.woe[bin]).rounded()))
        })
    }
    pairs = card.interactions.enumerated().map { index, interaction in
      let coefficient = card.regression.coefficients[card.bins.count + index]
      let (first, second) = (card.bins[interaction.first], card.bins[interaction.second])
      return Pair(
        first: first.feature, second: second.feature,
        points: Self.filled(first).map { row in
          Self.filled(second).map { column in
            Int((-factor * coefficient * interaction.offsets[row * second.count + column]).rounded())
          }
        })
    }
    var low = basePoints + characteristics.reduce(0) { $0 + ($1.bins.map(\.points).min() ?? 0) }
    var high = basePoints + characteristics.reduce(0) { $0 + ($1.bins.map(\.points).max() ?? 0) }
    low += pairs.reduce(0) { $0 + ($1.points.joined().min() ?? 0) }
    high += pairs.reduce(0) { $0 + ($1.points.joined().max() ?? 0) }
    let step = max(1, Int((Double(high - low) / 12 / 10).rounded(.up)) * 10)
    let first = Int((Double(low) / Double(step)).rounded(.down)) * step
    readings = stride(from: first, through: high + step - 1, by: step).map { points in
      Reading(
        points: points, probability: calibration.probability(margin: (scale.offset - Double(points)) / factor)
      )
    }
  }

  /// Bins that somebody is in.
  private static func filled(_ bins: CharacteristicBins) -> [Int] {
    bins.woe.indices.filter { bins.stayed[$0] + bins.churned[$0] > 0 }
  }

  private static func name(_ bins: CharacteristicBins, _ bin: Int, _ levels: [String]) -> String {
    if bin == bins.missingBin { return "missing" }
    if bins.kind == .category {
      return levels.indices.filter { bins.binOfLevel[$0] == bin }.map { levels[$0] }.joined(separator: " | ")
    }
    return FeatureGroups.band(low(bins, bin), high(bins, bin))
  }

  private static func low(_ bins: CharacteristicBins, _ bin: Int) -> Double? {
    bins.kind == .number && bin > 0 && bin != bins.missingBin ? bins.cuts[bin - 1] : nil
  }

  private static func high(_ bins: CharacteristicBins, _ bin: Int) -> Double? {
    bins.kind == .number && bin < bins.cuts.count ? bins.cuts[bin] : nil
  }
}
