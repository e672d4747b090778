/// Clients with one value (level, band) of a feature.
struct FeatureGroup: Sendable {
  /// The level, "[30; 40)" for a band, "missing".
  let value: String
  /// A band's borders, `nil` where open or no band.
  let low: Double?
  let high: Double?
  let rows: [Int]
}

/// Clients by the groups of one feature: levels of a category, values of a number with few of them, or bands.
package struct FeatureGroups: Sendable {
  /// A number with at most this many different values has a group for each.
  static let fewValues = 12

  let groups: [FeatureGroup]

  /// `cuts`: bands [cut, next cut) for a number; without them a number needs few different values.
  init?(_ matrix: FeatureMatrix, feature: Int, cuts: [Double]? = nil) {
    let isNumber = matrix.features[feature].kind == .number
    let cuts = isNumber ? cuts : nil
    let limit = isNumber ? Self.fewValues : FeatureMatrix.roleLevelLimit
    var byKey: [Double: [Int]] = [:]
    var missing: [Int] = []
    for (row, value) in matrix.columns[feature].enumerated() {
      if value.isNaN {
        missing.append(row)
      } else if let cuts {
        byKey[Double(cuts.count { value >= $0 }), default: []].append(row)
      } else {
        byKey[value, default: []].append(row)
        if byKey.count > limit { return nil }
      }
    }
    var groups = byKey.sorted { $0.key < $1.key }.map { key, rows -> FeatureGroup in
      guard let cuts else {
        return FeatureGroup(value: Self.name(key, matrix.features[feature]), low: nil, high: nil, rows: rows)
      }
      let band = Int(key)
      let low = band > 0 ? cuts[band - 1] : nil
      let high = band < cuts.count ? cuts[band] : nil
      return FeatureGroup(value: Self.band(low, high), low: low, high: high, rows: rows)
    }
    if !missing.isEmpty { groups.append(FeatureGroup(value: "missing", low: nil, high: nil, rows: missing)) }
    self.groups = groups
  }

  private static func name(_ key: Double, _ feature: FeatureMatrix.Feature) -> String {
    guard feature.kind == .category, let code = Int(exactly: key), feature.levels.indices.contains(code)
    else {
      return text(key)
    }
    return feature.levels[code]
  }

  /// "[30; 40)"
  package static func band(_ low: Double?, _ high: Double?) -> String {
    "\(low.map { "[" + text($0) } ?? "(-∞"); \(high.map(text) ?? "∞"))"
  }

  static func text(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
