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
  public func reasons(_ matrix: FeatureMatrix, rows: [Int], limit: Int = 4, minimum: Double = 0.1)
    throws(TreeError) -> [[Reason]]
  {
    let parts = try contributions(matrix, rows: rows).parts
    return rows.indices.map { index in
      matrix.features.indices.filter { parts[$0][index] >= minimum }
        .sorted { (parts[$1][index], $0) < (parts[$0][index], $1) }
        .prefix(max(0, limit))
        .map { matrix.reason($0, row: rows[index], contribution: parts[$0][index]) }
    }
  }
}

extension FeatureMatrix {
  fileprivate func reason(_ index: Int, row: Int, contribution: Double) -> Reason {
    let feature = features[index]
    let raw = columns[index][row]
    var value = Reason.Value.missing
    if feature.kind == .number, !raw.isNaN { value = .number(raw) }
    if feature.kind == .category, let code = Int(exactly: raw), feature.levels.indices.contains(code) {
      value = .level(feature.levels[code])
    }
    return Reason(
      feature: feature.name, value: value,
      kind: feature.isSensitive ? .protected : feature.isActionable ? .actionable : .context,
      contribution: contribution)
  }
}
