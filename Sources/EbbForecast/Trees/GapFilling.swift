/// Gaps of the tree columns filled while trees learn: a missing value is put below all others.
///
/// XGBoost grows trees on a full matrix in two thirds of the time that it takes with gaps. One split sets those without a
/// value apart, others leave them with the lowest; and the model that is kept says in XGBoost's own words (`default_left`)
/// that a missing value goes left: it is the same forecast for the same client, gap or filled.
///
/// Columns without gaps in training keep XGBoost's own default, and so do those with a monotone constraint, which would
/// bind the gap as well.
struct GapFilling: Sendable, Equatable {
  /// By tree column.
  let isFilled: [Bool]

  init(_ encoding: TreeEncoding, _ matrix: FeatureMatrix, rows: [Int], monotone: [String: Int] = [:]) {
    var hasGaps: [Int: Bool] = [:]
    isFilled = zip(encoding.columns, encoding.sources).map { column, source in
      if monotone[column.feature] ?? 0 != 0 { return false }
      if let known = hasGaps[source.feature] { return known }
      let values = matrix.columns[source.feature]
      let levels = Double(matrix.features[source.feature].levels.count)
      let isNumber = source.code == nil
      let found = rows.contains { row in
        let value = values[row]
        return isNumber ? value.isNaN : !(value >= 0 && value < levels)
      }
      hasGaps[source.feature] = found
      return found
    }
  }

  /// What stands for a missing value, by tree column; NaN where XGBoost decides.
  var fillings: [Float] { isFilled.map { $0 ? -TreeEncoding.limit : .nan } }

  /// XGBoost's JSON of trees that learnt from filled gaps, saying where gaps go.
  func told(in json: [UInt8]) throws(TreeError) -> [UInt8] {
    if !isFilled.contains(true) { return json }
    var json = json
    var start = 0
    while let switches = Self.array("default_left", in: json, from: start) {
      guard let columns = Self.array("split_indices", in: json, from: switches.end) else {
        throw TreeError(message: "default_left without split_indices")
      }
      start = columns.end
      guard switches.numbers.count == columns.numbers.count else {
        throw TreeError(
          message: "\(switches.numbers.count) default_left for \(columns.numbers.count) split_indices")
      }
      for (place, column) in zip(switches.places, columns.numbers) {
        if isFilled.indices.contains(column), isFilled[column] { json[place] = UInt8(ascii: "1") }
      }
    }
    return json
  }

  /// Whole numbers of the next array of that name, where each begins, and where the array ends.
  private static func array(_ name: String, in json: [UInt8], from start: Int)
    -> (numbers: [Int], places: [Int], end: Int)?
  {
    let key = Array("\"\(name)\":[".utf8)
    var at = start
    while at + key.count <= json.count {
      if json[at] == key[0], json[at..<(at + key.count)].elementsEqual(key) { break }
      at += 1
    }
    guard at + key.count <= json.count else { return nil }
    at += key.count
    var numbers: [Int] = []
    var places: [Int] = []
    while at < json.count, json[at] != UInt8(ascii: "]") {
      let digits = json[at...].prefix { (0x30...0x39).contains($0) }
      if digits.isEmpty {
        at += 1
        continue
      }
      numbers.append(digits.reduce(0) { $0 &* 10 &+ Int($1 - 0x30) })
      places.append(at)
      at += digits.count
    }
    return (numbers, places, at)
  }
}
