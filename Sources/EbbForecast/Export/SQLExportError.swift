/// Why a model does not become SQL.
public enum SQLExportError: Error, Sendable, Equatable {
  /// A table or column without a name, or a part of it: `clients.`
  case emptyName(String)
  /// A name or a level's text that no quoting makes safe: with a NUL or, for Spark, a name with `${`, which it would
  /// replace by a setting before it reads the statement.
  case unusableText(String)
  /// The trees' JSON is not what XGBoost writes for this model.
  case unreadableTrees(reason: String)
  /// The features are not those that the model learnt from.
  case foreignFeatures
}
