/// One thing that speaks for a client's leaving.
public struct Reason: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable, CaseIterable {
    /// The bank can do something about it: products, card, activity.
    case actionable
    case context
    /// Gender, age: told apart, never a ground for an offer.
    case protected
  }
  public enum Value: Sendable, Codable, Equatable {
    case number(Double)
    case level(String)
    case missing
  }
  public let feature: String
  public let value: Value
  public let kind: Kind
  /// Log-odds of leaving that it adds, against the average client.
  public let contribution: Double

  public init(feature: String, value: Value, kind: Kind, contribution: Double) {
    self.feature = feature
    self.value = value
    self.kind = kind
    self.contribution = contribution
  }
}

extension FittedMethod {
  /// For each of `rows` what speaks most for leaving, the strongest first.
  ///
  /// - Parameters:
  ///   - limit: reasons at most.
  ///   - minimum: log-odds below which something is no reason.
  ///   - leavingOut: kinds of reasons not to be named.
  public func reasons(
    _ matrix: FeatureMatrix, rows: [Int], limit: Int = 4, minimum: Double = Reason.minimum,
    leavingOut kinds: Set<Reason.Kind> = []
  ) throws(TreeError) -> [[Reason]] {
    var parts = try contributions(matrix, rows: rows).parts
    for feature in parts.indices where kinds.contains(matrix.features[feature].reasonKind) {
      parts[feature] = [Double](repeating: -.infinity, count: rows.count)
    }
    let found = Reason.strongest(parts, rows: rows.count, limit: limit, minimum: minimum)
    return rows.indices.map { index in
      found[index * limit..<(index + 1) * limit].filter { $0 >= 0 }.map {
        matrix.reason(Int($0), row: rows[index], contribution: parts[Int($0)][index])
      }
    }
  }
}

extension Reason {
  /// Log-odds below which something is no reason worth naming.
  public static let minimum = 0.1

  /// For each row the features that add most to its log-odds, the strongest first: `limit` places a row, −1 where no more
  /// add at least `minimum`. `parts[feature][row]`
  static func strongest(_ parts: [[Double]], rows: Int, limit: Int, minimum: Double = Reason.minimum)
    -> [Int16]
  {
    var found = [Int16](repeating: -1, count: rows * max(0, limit))
    guard limit > 0 else { return found }
    for (feature, values) in parts.enumerated() {
      for row in 0..<rows where values[row] >= minimum {
        let first = row * limit
        var place = first + limit
        // Down from the last place; of equal parts the earlier feature stays ahead.
        while place > first, found[place - 1] < 0 || parts[Int(found[place - 1])][row] < values[row] {
          if place < first + limit { found[place] = found[place - 1] }
          place -= 1
        }
        if place < first + limit { found[place] = Int16(feature) }
      }
    }
    return found
  }
}

extension FeatureMatrix {
  func reason(_ index: Int, row: Int, contribution: Double) -> Reason {
    let feature = features[index]
    return Reason(
      feature: feature.name, value: feature.meaning(of: columns[index][row]), kind: feature.reasonKind,
      contribution: contribution)
  }
}

extension FeatureMatrix.Feature {
  /// What a value in its column of a `FeatureMatrix` says.
  public func meaning(of value: Double) -> Reason.Value {
    switch kind {
    case .number: return value.isNaN ? .missing : .number(value)
    case .category:
      guard let code = Int(exactly: value), levels.indices.contains(code) else { return .missing }
      return .level(levels[code])
    }
  }

  /// What a bank can do about it.
  public var reasonKind: Reason.Kind { isSensitive ? .protected : isActionable ? .actionable : .context }
}
