import Foundation

extension PointsTable {
  /// Rounds an additive scorecard to whole points: every characteristic's best bin keeps its sign, the base takes the
  /// intercept. Rounding moves a client's score by at most half a point a characteristic.
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
        bins: bins.woe.indices.compactMap { bin in
          let n = bins.stayed[bin] + bins.churned[bin]
          if n == 0 { return nil }
          return Bin(
            value: Self.name(bins, bin, levels), low: Self.low(bins, bin), high: Self.high(bins, bin),
            n: n < privacy ? nil : n, churned: n < privacy ? nil : bins.churned[bin],
            rate: n < privacy ? nil : Double(bins.churned[bin]) / Double(n), woe: bins.woe[bin],
            points: Int((-factor * coefficient * bins.woe[bin]).rounded()))
        })
    }
    let low = basePoints + characteristics.reduce(0) { $0 + ($1.bins.map(\.points).min() ?? 0) }
    let high = basePoints + characteristics.reduce(0) { $0 + ($1.bins.map(\.points).max() ?? 0) }
    let step = max(1, Int((Double(high - low) / 12 / 10).rounded(.up)) * 10)
    let first = Int((Double(low) / Double(step)).rounded(.down)) * step
    readings = stride(from: first, through: high + step - 1, by: step).map { points in
      Reading(
        points: points, probability: calibration.probability(margin: (scale.offset - Double(points)) / factor)
      )
    }
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
