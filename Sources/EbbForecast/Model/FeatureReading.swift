import EbbClients
public import EbbTable

/// From columns of a new table to the features a model knows.
public struct FeatureReading: Sendable {
  /// Something about a client's value that the model has not met in training.
  public enum Oddity: Sendable, Equatable {
    /// Counts as a level that says nothing.
    case newLevel(feature: Int, text: String)
    /// Taken as it is.
    case outOfRange(feature: Int, value: Double)
    /// No number, or none of the words of yes and no: counts as missing.
    case unread(feature: Int, text: String)

    public var feature: Int {
      switch self {
      case .newLevel(let feature, _), .outOfRange(let feature, _), .unread(let feature, _): feature
      }
    }
  }

  public let features: [ModelFeature]
  /// Each feature's column in the new table; `nil` where it has none, so that the feature is missing everywhere.
  public let columns: [Int?]
  private let codes: [[String: Int]]
  private let keys: [[String: Int]]

  public init(_ features: [ModelFeature], columns: [Int?]) {
    self.features = features
    self.columns = columns
    codes = features.map { feature in
      let levels = feature.feature.levels
      var codes = Dictionary(levels.enumerated().map { ($1, $0) }) { first, _ in first }
      for (spelling, level) in feature.spellings where codes[spelling] == nil {
        if let code = codes[level] { codes[spelling] = code }
      }
      return codes
    }
    keys = features.map { feature in
      guard feature.role == .city || feature.role == .gender else { return [:] }
      return Dictionary(
        feature.feature.levels.enumerated().map { (Spellings.key($1, role: feature.role), $0) }
      ) { first, _ in first }
    }
  }

  /// How each column has to be read, by its name.
  public func kinds(_ reading: Reading) -> [String: Column.Kind] {
    var kinds: [String: Column.Kind] = [:]
    for (feature, column) in zip(features, columns) {
      guard let column else { continue }
      let found = reading.columns[column].kind
      let isNumber = feature.feature.kind == .number && feature.yes == nil
      if !isNumber {
        kinds[reading.columns[column].name] = .category
      } else if ![.integer, .decimal, .real].contains(found) {
        kinds[reading.columns[column].name] = .decimal
      }
    }
    return kinds
  }

  /// The features of a block's clients, and by row what is odd about them.
  public func matrix(_ block: TableBlock) -> (matrix: FeatureMatrix, oddities: [Int: [Oddity]]) {
    let count = block.table.rowCount
    var oddities: [Int: [Oddity]] = [:]
    let values = features.indices.map { index -> [Double] in
      guard let place = columns[index] else { return [Double](repeating: .nan, count: count) }
      let column = block.table.columns[place]
      let isNumber = features[index].feature.kind == .number && features[index].yes == nil
      return isNumber ? numbers(index, column, count, &oddities) : levels(index, column, count, &oddities)
    }
    let featureOf = Dictionary(
      columns.enumerated().compactMap { feature, column in column.map { ($0, feature) } }
    ) { first, _ in first }
    for field in block.unread {
      guard let feature = featureOf[field.column] else { continue }
      oddities[field.row, default: []].append(.unread(feature: feature, text: field.text))
    }
    return (FeatureMatrix(features: features.map(\.feature), columns: values, rowCount: count), oddities)
  }

  private func numbers(
    _ index: Int, _ column: Column, _ count: Int, _ oddities: inout [Int: [Oddity]]
  ) -> [Double] {
    let feature = features[index]
    var values = FeatureMatrix.values(column, rowCount: count)
    for row in values.indices where !values[row].isNaN {
      if feature.zeroIsMissing, values[row] == 0 {
        values[row] = .nan
      } else if let low = feature.low, let high = feature.high, values[row] < low || values[row] > high {
        oddities[row, default: []].append(.outOfRange(feature: index, value: values[row]))
      }
    }
    return values
  }

  private func levels(
    _ index: Int, _ column: Column, _ count: Int, _ oddities: inout [Int: [Oddity]]
  ) -> [Double] {
    guard case .codes(_, let levels) = column.storage else { return [Double](repeating: .nan, count: count) }
    let meanings = levels.texts.map { meaning(index, $0) }
    var values = FeatureMatrix.values(column, rowCount: count)
    for row in values.indices where !values[row].isNaN {
      let code = Int(values[row])
      if let known = meanings[code] {
        values[row] = known
      } else if features[index].yes != nil {
        values[row] = .nan
        oddities[row, default: []].append(.unread(feature: index, text: levels.texts[code]))
      } else {
        values[row] = Double(features[index].feature.levels.count)
        oddities[row, default: []].append(.newLevel(feature: index, text: levels.texts[code]))
      }
    }
    return values
  }

  /// A text's value; `nil` for one that training never met.
  private func meaning(_ index: Int, _ text: String) -> Double? {
    let feature = features[index]
    if let yes = feature.yes, let no = feature.no {
      if text == yes { return 1 }
      if text == no { return 0 }
      return FlagWord.isYes(text).map { $0 ? 1 : 0 }
    }
    if let code = codes[index][text] { return Double(code) }
    return keys[index][Spellings.key(text, role: feature.role)].map(Double.init)
  }
}
