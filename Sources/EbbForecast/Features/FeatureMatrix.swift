/// The clients as a model sees them: one row a client, one column a feature, missing kept as missing.
///
/// Numbers are as they are. A category is its level's code (`levels` tells which), to be encoded inside the folds by
/// each model in its own way; what a code means is never learnt from the outcome outside a fold.
public struct FeatureMatrix: Sendable, Equatable {
  public struct Feature: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, Equatable { case number, category }
    public let name: String
    public let kind: Kind
    /// Texts of the codes, for categories.
    public let levels: [String]
    /// Gender, age: shown apart, and left out by `--exclude`.
    public let isSensitive: Bool
    /// Products, card, activity: what the bank can do something about.
    public let isActionable: Bool

    public init(
      name: String, kind: Kind, levels: [String] = [], isSensitive: Bool = false, isActionable: Bool = false
    ) {
      self.isActionable = isActionable
      self.name = name
      self.kind = kind
      self.levels = levels
      self.isSensitive = isSensitive
    }
  }
  public let features: [Feature]
  /// `columns[feature][client]`; NaN means missing.
  public let columns: [[Double]]
  public let rowCount: Int

  /// What is no finite number is missing.
  /// - Parameter rowCount: for a matrix without features.
  public init(features: [Feature], columns: [[Double]], rowCount: Int? = nil) {
    self.features = features
    self.columns = columns.map { column in
      column.allSatisfy { $0.isFinite || $0.isNaN } ? column : column.map { $0.isFinite ? $0 : .nan }
    }
    self.rowCount = rowCount ?? columns.first?.count ?? 0
  }

  /// These rows only, in this order.
  public func selecting(_ rows: [Int], cores: Int? = 1) -> FeatureMatrix {
    let chosen = Jobs.run(columns.count, cores: cores) { index in
      let column = columns[index]
      return rows.map { column[$0] }
    }
    return FeatureMatrix(features: features, columns: chosen, rowCount: rows.count)
  }

  /// Without the features of these names.
  public func excluding(_ names: Set<String>) -> FeatureMatrix {
    let kept = features.indices.filter { !names.contains(features[$0].name) }
    return FeatureMatrix(features: kept.map { features[$0] }, columns: kept.map { columns[$0] })
  }
}
