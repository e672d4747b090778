/// How features become the trees' columns: numbers as they are, a category as one 0/1 column a level (two levels: one
/// column). Levels come from the schema, not from the outcome, so nothing is learnt outside a fold.
public struct TreeEncoding: Sendable, Codable, Equatable {
  public struct Column: Sendable, Codable, Equatable {
    public let feature: String
    /// The level that is 1; `nil` for numbers.
    public let level: String?
    /// "City=Омск"
    public var name: String { level.map { feature + "=" + $0 } ?? feature }
  }
  public let columns: [Column]
  /// Index of the feature behind each column, in the matrix the encoding was made from.
  let sources: [(feature: Int, code: Int?)]

  /// The feature behind each column.
  var featureIndices: [Int] { sources.map(\.feature) }

  enum CodingKeys: CodingKey { case columns, features, codes }

  public init(_ features: [FeatureMatrix.Feature]) {
    var columns: [Column] = []
    var sources: [(Int, Int?)] = []
    for (index, feature) in features.enumerated() {
      switch feature.kind {
      case .number:
        columns.append(Column(feature: feature.name, level: nil))
        sources.append((index, nil))
      case .category:
        let codes = feature.levels.count == 2 ? [1] : Array(feature.levels.indices)
        for code in codes {
          columns.append(Column(feature: feature.name, level: feature.levels[code]))
          sources.append((index, code))
        }
      }
    }
    self.columns = columns
    self.sources = sources
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    columns = try container.decode([Column].self, forKey: .columns)
    let features = try container.decode([Int].self, forKey: .features)
    let codes = try container.decode([Int?].self, forKey: .codes)
    guard features.count == columns.count, codes.count == columns.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .features, in: container, debugDescription: "one feature and code a column are needed")
    }
    sources = zip(features, codes).map { ($0, $1) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encode(sources.map(\.feature), forKey: .features)
    try container.encode(sources.map(\.code), forKey: .codes)
  }

  public static func == (a: TreeEncoding, b: TreeEncoding) -> Bool {
    a.columns == b.columns && a.sources.elementsEqual(b.sources) { $0 == $1 }
  }

  /// XGBoost takes no infinity, and looks for borders beyond the greatest value.
  static let limit = Float.greatestFiniteMagnitude / 4

  static func single(_ value: Double) -> Float {
    let limit = Double(limit)
    return value.isNaN ? .nan : Float(min(max(value, -limit), limit))
  }

  /// Row-major single-precision values of `rows`; missing, and a level never met, is the column's filling, or NaN, in every
  /// column of its feature.
  func values(_ matrix: FeatureMatrix, rows: [Int], gaps: GapFilling? = nil) -> [Float] {
    let width = columns.count
    var out = [Float](repeating: .nan, count: rows.count * width)
    let fillings = gaps?.fillings
    for (position, source) in sources.enumerated() {
      let column = matrix.columns[source.feature]
      let filling = fillings?[position] ?? .nan
      var target = position
      if let code = source.code {
        let wanted = Double(code)
        let end = Double(matrix.features[source.feature].levels.count)
        for row in rows {
          let value = column[row]
          out[target] = value >= 0 && value < end ? (value == wanted ? 1 : 0) : filling
          target += width
        }
      } else {
        for row in rows {
          let value = column[row]
          out[target] = value.isNaN ? filling : Self.single(value)
          target += width
        }
      }
    }
    return out
  }
}

extension TreeEncoding {
  /// `rows` as XGBoost holds them, with the outcome where it is to be learnt from.
  func dense(
    _ matrix: FeatureMatrix, churned: [Bool]?, rows: [Int], gaps: GapFilling? = nil
  ) throws(TreeError) -> DenseMatrix {
    try DenseMatrix.make(
      values: values(matrix, rows: rows, gaps: gaps), rows: rows.count, columns: columns.count,
      labels: churned.map { churned in rows.map { churned[$0] ? 1 : 0 } }, threads: 1)
  }
  /// Where numbers are cut is learnt from so many clients at most, evenly spread, where there are more than twice as many.
  private static let cuttingClients = 100_000

  /// `rows` to learn from.
  func training(
    _ matrix: FeatureMatrix, churned: [Bool], rows: [Int], gaps: GapFilling, bins: Int
  ) throws(TreeError) -> DenseMatrix {
    let few = Self.cuttingClients
    if rows.count <= 2 * few { return try dense(matrix, churned: churned, rows: rows, gaps: gaps) }
    let some = EvenDraw.rows(rows, limit: few)
    func labels(_ rows: [Int]) -> [Float] { rows.map { churned[$0] ? 1 : 0 } }
    let reference = try DenseMatrix.binned(
      values: values(matrix, rows: some, gaps: gaps), rows: some.count, columns: columns.count,
      labels: labels(some), bins: bins)
    return try DenseMatrix.binned(
      values: values(matrix, rows: rows, gaps: gaps), rows: rows.count, columns: columns.count,
      labels: labels(rows), bins: bins, reference: reference)
  }
}
