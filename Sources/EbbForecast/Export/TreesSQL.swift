/// Boosted trees as steps of a statement: one nested CASE a tree, its leaves added in single precision in XGBoost's order.
struct TreesSQL {
  let parsed: ParsedTrees
  let features: SQLFeatures

  init(_ parsed: ParsedTrees, features: SQLFeatures) {
    self.parsed = parsed
    self.features = features
  }

  private var dialect: SQLDialect { features.dialect }

  func add(to stages: inout SQLStages) {
    stages.sum(parsed.trees.map(text), from: dialect.single(parsed.base), carrying: features.carried)
  }

  /// A comparison with NULL is not true, so what is missing takes the ELSE: the branch where it goes stands there.
  private func text(_ node: ParsedTrees.Node) -> String {
    switch node {
    case .leaf(let value): return dialect.single(value)
    case .number(let feature, let threshold, let missingGoesLeft, let left, let right):
      let (column, limit) = (features.name(feature), dialect.single(threshold))
      return missingGoesLeft
        ? "CASE WHEN \(column) >= \(limit) THEN \(text(right)) ELSE \(text(left)) END"
        : "CASE WHEN \(column) < \(limit) THEN \(text(left)) ELSE \(text(right)) END"
    case .level(let feature, let code, let missingIsOther, let level, let other):
      let column = features.name(feature)
      return missingIsOther
        ? "CASE WHEN \(column) = \(code) THEN \(text(level)) ELSE \(text(other)) END"
        : "CASE WHEN \(column) <> \(code) THEN \(text(other)) ELSE \(text(level)) END"
    case .presence(let feature, let present, let missing):
      return "CASE WHEN \(features.name(feature)) IS NULL THEN \(text(missing)) ELSE \(text(present)) END"
    }
  }
}
