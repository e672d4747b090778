import EbbTable

/// What values a role can have. Values outside are reported, never altered.
public struct AllowedRange: Sendable, Codable, Equatable {
  public enum Severity: String, Sendable, Codable, Equatable {
    /// Cannot be: a client of 200 years.
    case impossible
    /// Can be, and should be looked at: an overdraft.
    case unusual
  }
  public let low: Double?
  public let high: Double?
  public let whole: Bool
  public let severity: Severity

  /// Age 14 (a Russian passport, the youngest own account) to 120, in whole years; score 0 to 1000 (FICO 300-850,
  /// the Russian national bureau 1-999); no negative income, products or objects; a negative balance is an overdraft.
  static let byRole: [Role: AllowedRange] = [
    .age: AllowedRange(low: 14, high: 120, whole: true, severity: .impossible),
    .score: AllowedRange(low: 0, high: 1000, whole: false, severity: .impossible),
    .income: AllowedRange(low: 0, high: nil, whole: false, severity: .impossible),
    .products: AllowedRange(low: 0, high: nil, whole: true, severity: .impossible),
    .objects: AllowedRange(low: 0, high: nil, whole: false, severity: .impossible),
    .balance: AllowedRange(low: 0, high: nil, whole: false, severity: .unusual),
  ]

  func finding(_ role: Role, _ column: Column) -> DataQuality.RangeFinding? {
    var tally = Tally(range: self)
    switch column.storage {
    case .scaled(let chunks, let scale):
      let unit = PowersOfTen.value(scale)
      let low = low.map { Int64($0) * unit } ?? .min
      let high = high.map { Int64($0) * unit } ?? .max
      let fractions = whole && unit > 1
      for (chunk, values) in chunks.enumerated() {
        values.scanPresent(column.missing[chunk]) { value in
          if value < low || value > high || (fractions && value % unit != 0) {
            tally.add(Double(value) / Double(unit))
          }
        }
      }
    case .real(let chunks):
      for (chunk, values) in chunks.enumerated() {
        scanPresent(values, column.missing[chunk]) { tally.check($0) }
      }
    case .codes, .none: return nil
    }
    guard tally.below + tally.above + tally.fractional > 0 else { return nil }
    return DataQuality.RangeFinding(
      role: role, column: column.name, range: self, below: tally.below, above: tally.above,
      fractional: tally.fractional, examples: tally.examples)
  }

  /// Of values outside, up to five different ones, the most extreme of each side first.
  func examples(of values: [Double]) -> [Double] {
    var tally = Tally(range: self)
    for value in values { tally.check(value) }
    return tally.examples
  }

  private struct Tally {
    let range: AllowedRange
    var below = 0
    var above = 0
    var fractional = 0
    /// Different values, the most extreme first.
    private var lowest: [Double] = []
    private var highest: [Double] = []
    private var fractions: [Double] = []

    init(range: AllowedRange) { self.range = range }

    mutating func check(_ value: Double) {
      let outside = range.low.map { value < $0 } ?? false || range.high.map { value > $0 } ?? false
      if outside || (range.whole && value != value.rounded()) { add(value) }
    }

    mutating func add(_ value: Double) {
      if let low = range.low, value < low {
        below += 1
        Self.keep(value, in: &lowest, by: <)
      } else if let high = range.high, value > high {
        above += 1
        Self.keep(value, in: &highest, by: >)
      } else {
        fractional += 1
        Self.keep(value, in: &fractions, by: <)
      }
    }

    private static func keep(_ value: Double, in values: inout [Double], by order: (Double, Double) -> Bool) {
      if values.count == 5, !order(value, values[4]) { return }
      if values.contains(value) { return }
      values.insert(value, at: values.firstIndex { order(value, $0) } ?? values.count)
      if values.count > 5 { values.removeLast() }
    }

    var examples: [Double] {
      var result: [Double] = []
      for index in 0..<5 {
        for list in [lowest, highest, fractions] where index < list.count && result.count < 5 {
          result.append(list[index])
        }
      }
      return result
    }
  }
}
