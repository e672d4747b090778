/// Where the trees put clients without a value: below all values or above them, on the side whose clients leave at the
/// more alike rate, learnt from the training clients.
///
/// XGBoost grows trees on a full matrix in two thirds of the time that it takes with gaps. So the gaps are filled with a
/// number beyond all others while it learns, and the model that is kept says in XGBoost's own words (`default_left`)
/// where a missing value goes: it is the same forecast for the same client, gap or filled.
///
/// Columns without gaps in training keep XGBoost's own default, and so do those with a monotone constraint, which would
/// bind the gap as well.
struct MissingPlaces: Sendable, Equatable {
  enum Side: Sendable { case below, above }

  /// By tree column; `nil` where nobody lacks the value.
  let sides: [Side?]

  init(
    _ encoding: TreeEncoding, _ matrix: FeatureMatrix, churned: [Bool], rows: [Int],
    monotone: [String: Int] = [:]
  ) {
    var complete: [Int: Bool] = [:]
    sides = zip(encoding.columns, encoding.sources).map { column, source in
      if monotone[column.feature] ?? 0 != 0 { return nil }
      let values = matrix.columns[source.feature]
      let levels = matrix.features[source.feature].levels.count
      func isMissing(_ value: Double) -> Bool {
        source.code == nil ? value.isNaN : !(value >= 0 && value < Double(levels))
      }
      let isComplete = complete[source.feature] ?? !rows.contains { isMissing(values[$0]) }
      complete[source.feature] = isComplete
      if isComplete { return nil }
      var (missing, low, high) = (Count(), Count(), Count())
      let border = source.code == nil ? Self.mean(values, rows) : 0
      for row in rows {
        let value = values[row]
        if isMissing(value) {
          missing.add(churned[row])
        } else if source.code.map({ value == Double($0) }) ?? (value >= border) {
          high.add(churned[row])
        } else {
          low.add(churned[row])
        }
      }
      guard high.n > 0 else { return .below }
      guard low.n > 0 else { return .above }
      return abs(missing.rate - low.rate) <= abs(missing.rate - high.rate) ? .below : .above
    }
  }

  private struct Count {
    var n = 0.0
    var left = 0.0
    var rate: Double { left / n }

    mutating func add(_ churned: Bool) {
      n += 1
      if churned { left += 1 }
    }
  }

  private static func mean(_ values: [Double], _ rows: [Int]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for row in rows where !values[row].isNaN {
      sum += values[row]
      count += 1
    }
    return sum / count
  }

  /// What stands for a missing value, by tree column; NaN where XGBoost decides.
  var fillings: [Float] {
    sides.map { side in
      switch side {
      case .below: -TreeEncoding.limit
      case .above: TreeEncoding.limit
      case nil: .nan
      }
    }
  }

  /// XGBoost's JSON of trees that learnt from filled gaps, saying where gaps go.
  func told(in json: [UInt8]) throws(TreeError) -> [UInt8] {
    if sides.allSatisfy({ $0 == nil }) { return json }
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
        guard sides.indices.contains(column), let side = sides[column] else { continue }
        json[place] = UInt8(ascii: side == .below ? "1" : "0")
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
