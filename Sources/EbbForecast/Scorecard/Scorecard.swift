import Foundation

/// Settings of a points table that a person can score with by hand: bins, weights of evidence, a ridge-penalised
/// logistic regression on them, and, if allowed, a few two-way tables.
public struct ScorecardModel: Sendable, Codable, Equatable {
  public var binning: SupervisedBinning
  public var penalty: Double
  /// Features whose information value is lower stay out.
  public var minimumIV: Double
  /// Two-way tables at most; 0 keeps the card purely additive.
  public var maximumInteractions: Int
  public var interactionPenalty: Double
  public var scale: PointScale

  public init(
    binning: SupervisedBinning = SupervisedBinning(), penalty: Double = 1, minimumIV: Double = 0.02,
    maximumInteractions: Int = 0, interactionPenalty: Double = 3, scale: PointScale = PointScale()
  ) {
    self.binning = binning
    self.penalty = penalty
    self.minimumIV = minimumIV
    self.maximumInteractions = maximumInteractions
    self.interactionPenalty = interactionPenalty
    self.scale = scale
  }

  /// Learns from `rows` only. `nil` unless both classes are there.
  public func fit(_ matrix: FeatureMatrix, churned: [Bool], rows: [Int]) -> Scorecard? {
    fit(matrix, churned: churned, rows: rows, from: nil, errors: true)
  }

  /// - Parameters:
  ///   - additive: a card without two-way tables learnt from the same rows with the same settings, if there is.
  ///   - errors: whether the coefficients' standard errors are wanted.
  func fit(
    _ matrix: FeatureMatrix, churned: [Bool], rows: [Int], from additive: Scorecard?, errors: Bool
  ) -> Scorecard? {
    let labels = rows.map { churned[$0] }
    var (kept, bins) = (additive?.features ?? [], additive?.bins ?? [])
    var leftOut = additive?.leftOut ?? []
    if additive == nil {
      let all = matrix.features.indices.map { binning.fit(matrix, feature: $0, churned: churned, rows: rows) }
      kept = all.indices.filter { all[$0].iv >= minimumIV && all[$0].count > 1 }
      bins = kept.map { all[$0] }
      leftOut = all.indices.filter { !kept.contains($0) }.map {
        .init(feature: all[$0].feature, iv: all[$0].iv)
      }
    }
    let codes = zip(kept, bins).map { feature, bins in
      rows.map { UInt8(bins.bin(matrix.columns[feature][$0])) }
    }
    var columns = zip(bins, codes).map { bins, codes in codes.map { bins.woe[Int($0)] } }
    let indices = Array(rows.indices)
    let regression = LogisticRegression(penalty: penalty)
    let last = errors && maximumInteractions == 0
    let first =
      additive?.regression
      ?? regression.fit(
        columns: columns, churned: labels, rows: indices, from: Self.start(columns, labels), errors: last)
    guard var fitted = first else { return nil }

    var interactions: [InteractionBins] = []
    while interactions.count < maximumInteractions {
      let margins = Scorecard.margins(fitted, columns)
      let before = InteractionBins.Margins(margins, churned: labels)
      let pairs = promising(bins, codes, before).filter { pair in
        !interactions.contains { $0.first == pair.first && $0.second == pair.second }
      }
      var best: InteractionBins?
      for pair in pairs.prefix(Self.finalists) {
        let found = InteractionBins(
          first: pair.first, second: pair.second, counts: (bins[pair.first].count, bins[pair.second].count),
          codes: (codes[pair.first], codes[pair.second]), margins: before, penalty: interactionPenalty)
        if let found, found.gain - Double(found.cells) > (best.map { $0.gain - Double($0.cells) } ?? 0) {
          best = found
        }
      }
      guard let best else { break }
      let width = bins[best.second].count
      columns.append(
        zip(codes[best.first], codes[best.second]).map { best.offsets[Int($0) * width + Int($1)] })
      guard
        let next = regression.fit(
          columns: columns, churned: labels, rows: indices,
          from: [fitted.intercept] + fitted.coefficients + [1], errors: false)
      else { break }
      interactions.append(best)
      fitted = next
    }
    if errors, fitted.standardErrors == nil {
      let start = [fitted.intercept] + fitted.coefficients
      fitted = regression.fit(columns: columns, churned: labels, rows: indices, from: start) ?? fitted
    }
    return Scorecard(
      features: kept, bins: bins, interactions: interactions, regression: fitted, scale: scale,
      leftOut: leftOut)
  }
}

extension ScorecardModel {
  /// Were the characteristics independent given the outcome, each weight of evidence would count in full.
  private static func start(_ columns: [[Double]], _ churned: [Bool]) -> [Double]? {
    let left = churned.count { $0 }
    guard left > 0, left < churned.count else { return nil }
    return [log(Double(left) / Double(churned.count - left))] + columns.map { _ in -1 }
  }

  /// Pairs that are fitted in full, of those that promise most.
  private static let finalists = 4

  /// All pairs of characteristics, those that could gain most for their cells first.
  private func promising(
    _ bins: [CharacteristicBins], _ codes: [[UInt8]], _ margins: InteractionBins.Margins
  ) -> [(first: Int, second: Int)] {
    var residuals: [Double] = []
    var weights: [Double] = []
    residuals.reserveCapacity(margins.churned.count)
    weights.reserveCapacity(margins.churned.count)
    for (odds, left) in zip(margins.oddsOfStaying, margins.churned) {
      let p = 1 / (1 + odds)
      residuals.append((left ? 1 : 0) - p)
      weights.append(p * (1 - p))
    }
    var found: [(first: Int, second: Int, promise: Double)] = []
    for first in bins.indices {
      for second in bins.indices.dropFirst(first + 1) {
        let counts = (bins[first].count, bins[second].count)
        let promise = InteractionBins.promise(
          counts: counts, codes: (codes[first], codes[second]), residuals: residuals, weights: weights,
          penalty: interactionPenalty)
        found.append((first, second, promise - Double((counts.0 - 1) * (counts.1 - 1))))
      }
    }
    return found.sorted { ($1.promise, $0.first, $0.second) < ($0.promise, $1.first, $1.second) }
      .map { ($0.first, $0.second) }
  }
}

/// A scorecard that has learnt.
public struct Scorecard: Sendable, Codable, Equatable {
  public struct LeftOut: Sendable, Codable, Equatable {
    public let feature: String
    public let iv: Double
  }
  /// Index of each characteristic's feature in the matrix it was learnt from.
  public let features: [Int]
  public let bins: [CharacteristicBins]
  /// Their `first` and `second` are indices into `bins`.
  public let interactions: [InteractionBins]
  public let regression: FittedLogisticRegression
  public let scale: PointScale
  public let leftOut: [LeftOut]

  /// Log-odds of leaving.
  public func margins(_ matrix: FeatureMatrix, rows: [Int]) -> [Double] {
    var out = [Double](repeating: regression.intercept, count: rows.count)
    let codes = zip(features, bins).map { feature, bins in
      let column = matrix.columns[feature]
      return rows.map { bins.bin(column[$0]) }
    }
    for (index, bins) in bins.enumerated() {
      let parts = bins.woe.map { regression.coefficients[index] * $0 }
      for (position, code) in codes[index].enumerated() { out[position] += parts[code] }
    }
    for (index, interaction) in interactions.enumerated() {
      let parts = interaction.offsets.map { regression.coefficients[bins.count + index] * $0 }
      let width = bins[interaction.second].count
      for position in out.indices {
        out[position] +=
          parts[codes[interaction.first][position] * width + codes[interaction.second][position]]
      }
    }
    return out
  }

  /// What each characteristic, then each two-way table, adds to the log-odds.
  public func contributions(_ matrix: FeatureMatrix, row: Int) -> [Double] {
    let codes = zip(features, bins).map { $1.bin(matrix.columns[$0][row]) }
    var parts = zip(codes, bins).enumerated().map { index, pair in
      regression.coefficients[index] * pair.1.woe[pair.0]
    }
    for (index, interaction) in interactions.enumerated() {
      let cell = codes[interaction.first] * bins[interaction.second].count + codes[interaction.second]
      parts.append(regression.coefficients[bins.count + index] * interaction.offsets[cell])
    }
    return parts
  }

  static func margins(_ regression: FittedLogisticRegression, _ columns: [[Double]]) -> [Double] {
    guard let first = columns.first else { return [] }
    return first.indices.map { row in
      var sum = regression.intercept
      for (column, coefficient) in zip(columns, regression.coefficients) { sum += coefficient * column[row] }
      return sum
    }
  }
}
