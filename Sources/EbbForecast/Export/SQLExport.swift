/// A fitted, calibrated model as one SQL statement that forecasts a warehouse's clients where they are.
///
/// The statement gives `probability` (and `id`) for every row of a table, in no order, the same as
/// `CalibratedModel.probabilities` of the same clients: scorecards term by term in double precision, trees in single
/// precision and in XGBoost's own order, because a steep isotonic curve would make much of a last digit. It asks only
/// the columns the model uses, and every calculation once a row. It writes nothing and ends without a semicolon, so that
/// `CREATE TABLE scored AS …` can stand before it.
///
/// What it expects of the table:
/// - Numbers: any numeric type, or text with a decimal point. Blank text, NaN and infinities are missing. Text that is
///   no number is an error in PostgreSQL and missing in Spark.
/// - Yes and no: boolean, numbers 1 and 0, the training table's two words, or a common word of either (`t`, `Yes`, `да`);
///   anything else is missing.
/// - Categories: the texts of the training table, blanks around them aside, with the spellings it had of them; for
///   cities and genders also in small or capital letters. A text that training never met counts as the scorecard's
///   neutral bin and is missing to the trees. NULL and blank are missing; words like `n/a` are not.
///
/// Python: `m2cgen` for trees; R: `tidypredict::tidypredict_sql`.
public struct SQLExport: Sendable {
  private let model: CalibratedModel
  private let features: [ModelFeature]
  private let dialect: SQLDialect

  /// - Parameter features: in the order of the matrix that the model learnt from, as `SavedModel.Manifest` has them.
  public init(_ model: CalibratedModel, features: [ModelFeature], dialect: SQLDialect) {
    self.model = model
    self.features = features
    self.dialect = dialect
  }

  /// The statement; the same text for the same model.
  ///
  /// - Parameters:
  ///   - table: its name, with schema (and catalogue) before dots where it needs them: `clients.snapshot`. Every part is
  ///     quoted, so capital letters count.
  ///   - id: a column to show beside each probability, as `id`.
  ///   - columns: by feature the name of its column, where that is not the feature's own.
  public func statement(table: String, id: String?, columns: [String: String] = [:])
    throws(SQLExportError) -> String
  {
    let place = try dialect.table(table)
    var column: String?
    if let id { column = try dialect.identifier(id) }
    func begin(_ used: [Int], _ use: SQLFeatures.Use) throws(SQLExportError) -> (SQLFeatures, SQLStages) {
      guard used.allSatisfy(features.indices.contains) else { throw .foreignFeatures }
      let input = SQLFeatures(features: features, used: Set(used).sorted(), use: use, dialect: dialect)
      var stages = SQLStages(dialect, table: place, id: column, reading: try input.reading(columns))
      stages.step("features", try input.meaning())
      return (input, stages)
    }

    var stages: SQLStages
    let input: SQLFeatures
    switch model.fitted {
    case .rate(let margin):
      (_, stages) = try begin([], .scorecard)
      stages.sum([], from: dialect.double(margin), carrying: [])
    case .groups(let feature, let margins, let other):
      (input, stages) = try begin([feature], .scorecard)
      stages.sum([], from: groups(feature, input.name(feature), margins, other: other), carrying: [])
    case .scorecard(let card):
      guard card.fits(features.map(\.feature)) else { throw .foreignFeatures }
      (input, stages) = try begin(card.features, .scorecard)
      ScorecardSQL(card, features: input).add(to: &stages)
    case .trees(let trees):
      guard trees.encoding == TreeEncoding(features.map(\.feature)) else { throw .foreignFeatures }
      let parsed = try ParsedTrees(trees)
      (input, stages) = try begin(parsed.features, .trees)
      TreesSQL(parsed, features: input).add(to: &stages)
    }
    stages.step("margins", [.init("margin", dialect.asDouble("total"))])
    let calibration = CalibrationSQL(model.calibration, dialect: dialect)
    return stages.select("probability", calibration.probability("margin"))
  }

  private func groups(_ feature: Int, _ column: String, _ margins: [Double: Double], other: Double) -> String
  {
    let isCode = features[feature].feature.kind == .category
    let cases = margins.sorted { $0.key < $1.key }.compactMap { value, margin -> String? in
      let key = isCode ? Int(exactly: value).map(String.init) : dialect.double(value)
      return key.map { " WHEN \(column) = \($0) THEN \(dialect.double(margin))" }
    }
    return cases.isEmpty ? dialect.double(other) : "CASE\(cases.joined()) ELSE \(dialect.double(other)) END"
  }
}
