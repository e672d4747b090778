/// A scorecard as steps of a statement: the bin of each characteristic, then the sum of what the bins say.
struct ScorecardSQL {
  let card: Scorecard
  let features: SQLFeatures

  init(_ card: Scorecard, features: SQLFeatures) {
    self.card = card
    self.features = features
  }

  private var dialect: SQLDialect { features.dialect }

  private func bin(_ index: Int) -> String { SQLFeatures.name("b", index, card.bins[index].feature) }

  func add(to stages: inout SQLStages) {
    let bins = card.bins.indices.map { index in
      SQLStages.Column(bin(index), binning(card.bins[index], features.name(card.features[index])))
    }
    stages.step("bins", bins)
    var terms: [String] = []
    for (index, bins) in card.bins.enumerated() {
      terms.append(
        choice(bin(index), bins.woe.map { dialect.double(card.regression.coefficients[index] * $0) }))
    }
    for (index, pair) in card.interactions.enumerated() {
      let coefficient = card.regression.coefficients[card.bins.count + index]
      let width = card.bins[pair.second].count
      let rows = stride(from: 0, to: pair.offsets.count, by: width).map { start in
        choice(
          bin(pair.second),
          pair.offsets[start..<(start + width)].map { dialect.double(coefficient * $0) })
      }
      terms.append(choice(bin(pair.first), rows))
    }
    stages.sum(
      terms, from: dialect.double(card.regression.intercept),
      carrying: card.bins.indices.map { .init(bin($0)) })
  }

  /// What goes with each value of a column of 0, 1, …; neighbours that say the same share a place, the last takes the rest.
  private func choice(_ column: String, _ values: [String]) -> String {
    var text = ""
    var start = 0
    for end in values.indices.dropFirst() where values[end] != values[start] {
      text += " WHEN \(column) < \(end) THEN \(values[start])"
      start = end
    }
    return text.isEmpty ? values.last ?? dialect.double(0) : "CASE\(text) ELSE \(values[start]) END"
  }

  private func binning(_ bins: CharacteristicBins, _ column: String) -> String {
    var text = "CASE WHEN \(column) IS NULL THEN \(bins.missingBin)"
    guard bins.kind == .category else {
      for (bin, cut) in bins.cuts.enumerated() {
        text += " WHEN \(column) < \(dialect.double(cut)) THEN \(bin)"
      }
      return text + " ELSE \(bins.cuts.count) END"
    }
    for bin in 0..<bins.count where bin != bins.neutralBin {
      let codes = bins.binOfLevel.indices.filter { bins.binOfLevel[$0] == bin }
      if !codes.isEmpty {
        text += " WHEN \(column) IN (\(codes.map(String.init).joined(separator: ", "))) THEN \(bin)"
      }
    }
    return text + " ELSE \(bins.neutralBin) END"
  }
}
