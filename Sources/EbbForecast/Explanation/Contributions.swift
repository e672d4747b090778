extension FittedMethod {
  /// What each feature adds to the log-odds: `[feature][row]`, and what all clients share. A client's parts and the base
  /// sum to the margin. A two-way table of a scorecard is split evenly between its features.
  public func contributions(_ matrix: FeatureMatrix, rows: [Int]) throws(TreeError) -> (
    parts: [[Double]], base: Double
  ) {
    var parts = [[Double]](
      repeating: [Double](repeating: 0, count: rows.count), count: matrix.features.count)
    switch self {
    case .rate(let margin): return (parts, margin)
    case .groups(let feature, _, let other):
      for (index, margin) in try margins(matrix, rows: rows).enumerated() {
        parts[feature][index] = margin - other
      }
      return (parts, other)
    case .scorecard(let card):
      let codes = zip(card.features, card.bins).map { feature, bins in
        rows.map { bins.bin(matrix.columns[feature][$0]) }
      }
      for (index, bins) in card.bins.enumerated() {
        let weights = bins.woe.map { card.regression.coefficients[index] * $0 }
        let feature = card.features[index]
        for (position, code) in codes[index].enumerated() { parts[feature][position] += weights[code] }
      }
      for (pair, interaction) in card.interactions.enumerated() {
        let halves = interaction.offsets.map {
          card.regression.coefficients[card.bins.count + pair] * $0 / 2
        }
        let width = card.bins[interaction.second].count
        let (first, second) = (card.features[interaction.first], card.features[interaction.second])
        for position in rows.indices {
          let half = halves[codes[interaction.first][position] * width + codes[interaction.second][position]]
          parts[first][position] += half
          parts[second][position] += half
        }
      }
      return (parts, card.regression.intercept)
    case .trees(let trees):
      let found = try trees.contributions(matrix, rows: rows)
      for (index, values) in found.enumerated() {
        for (column, source) in trees.encoding.featureIndices.enumerated() {
          parts[source][index] += values[column]
        }
      }
      return (parts, found.first?.last ?? 0)
    }
  }
}

extension FeatureInteraction {
  /// The strongest pairs among trees' features, over `rows`. Cost: rows · trees · depth² · columns.
  static func strongest(_ trees: FittedXGBoost, _ matrix: FeatureMatrix, rows: [Int], limit: Int)
    throws(TreeError)
    -> [FeatureInteraction]
  {
    let sources = trees.encoding.featureIndices
    let width = sources.count + 1
    let count = matrix.features.count
    var sums = [Double](repeating: 0, count: count * count)
    for values in try trees.interactions(matrix, rows: rows) {
      var pairs = [Double](repeating: 0, count: count * count)
      for (i, first) in sources.enumerated() {
        for (j, second) in sources.enumerated() where first != second {
          pairs[min(first, second) * count + max(first, second)] += values[i * width + j]
        }
      }
      for index in pairs.indices { sums[index] += abs(pairs[index]) }
    }
    let n = Double(max(1, rows.count))
    return sums.indices.filter { sums[$0] > 0 }.sorted { (sums[$1], $0) < (sums[$0], $1) }.prefix(limit).map {
      FeatureInteraction(
        first: matrix.features[$0 / count].name, second: matrix.features[$0 % count].name,
        strength: sums[$0] / n)
    }
  }
}
