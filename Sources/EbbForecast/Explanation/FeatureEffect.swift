/// What one feature does to the forecast: how much, and with which shape.
public struct FeatureEffect: Sendable, Codable, Equatable {
  /// Clients with one value (band, level) of the feature.
  public struct Point: Sendable, Codable, Equatable {
    public let value: String
    public let low: Double?
    public let high: Double?
    public let n: Int
    /// Mean contribution to the log-odds of leaving.
    public let contribution: Double
  }
  public let feature: String
  public let isSensitive: Bool
  /// Mean absolute contribution to the log-odds.
  public let importance: Double
  /// Of the sum over all features.
  public let share: Double
  /// Values, levels or twelfths of the clients; groups below the privacy threshold are left out.
  public let shape: [Point]

  /// `contributions[feature][row]`, `rows` the clients they belong to. The most important first.
  static func all(_ matrix: FeatureMatrix, contributions: [[Double]], rows: [Int], privacy: Int)
    -> [FeatureEffect]
  {
    let importance = contributions.map { column in
      column.reduce(0) { $0 + abs($1) } / Double(max(1, column.count))
    }
    let total = importance.reduce(0, +)
    return matrix.features.indices.sorted { (importance[$1], $0) < (importance[$0], $1) }.map { feature in
      FeatureEffect(
        feature: matrix.features[feature].name, isSensitive: matrix.features[feature].isSensitive,
        importance: importance[feature], share: total > 0 ? importance[feature] / total : 0,
        shape: shape(matrix, feature, contributions[feature], rows).filter { $0.n >= privacy })
    }
  }

  private static func shape(_ matrix: FeatureMatrix, _ feature: Int, _ parts: [Double], _ rows: [Int])
    -> [Point]
  {
    let part = FeatureMatrix(
      features: [matrix.features[feature]], columns: [rows.map { matrix.columns[feature][$0] }])
    let column = part.columns[0]
    if let groups = FeatureGroups(part, feature: 0) {
      return groups.groups.map { Point($0.value, $0.low, $0.high, $0.rows, parts) }
    }
    let known = column.indices.filter { !column[$0].isNaN }
    let present = AscendingOrder.of(known.map { column[$0] }).map { known[$0] }
    var points: [Point] = []
    var start = 0
    for bin in 1...12 {
      var end = present.count * bin / 12
      while end > 0, end < present.count, column[present[end]] == column[present[end - 1]] { end += 1 }
      guard end > start else { continue }
      let members = Array(present[start..<end])
      let (low, high) = (column[members[0]], column[members[members.count - 1]])
      points.append(
        Point("[\(FeatureGroups.text(low)); \(FeatureGroups.text(high))]", low, high, members, parts))
      start = end
    }
    let missing = column.indices.filter { column[$0].isNaN }
    if !missing.isEmpty { points.append(Point("missing", nil, nil, missing, parts)) }
    return points
  }
}

extension FeatureEffect.Point {
  fileprivate init(_ value: String, _ low: Double?, _ high: Double?, _ members: [Int], _ parts: [Double]) {
    self.value = value
    self.low = low
    self.high = high
    n = members.count
    contribution = members.reduce(0) { $0 + parts[$1] } / Double(max(1, members.count))
  }
}

/// Two features that say more together than each alone.
public struct FeatureInteraction: Sendable, Codable, Equatable {
  public let first: String
  public let second: String
  /// Mean absolute SHAP interaction value (both halves), in log-odds.
  public let strength: Double
}
