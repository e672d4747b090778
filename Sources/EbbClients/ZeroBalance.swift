import EbbTable

/// Whether a balance of zero is an amount or the bank's way of writing "no balance".
///
/// Rule: zero means *no balance* where the column misses nothing, at least 5 % of its values are zero, none is
/// negative, and hardly any amount lies near zero: of the amounts that are not zero, fewer than one in a thousand is
/// at or below 1 % of their mean. Money that people run down leaves small amounts behind; a missing account does not.
public struct ZeroBalance: Sendable, Codable, Equatable {
  public let column: String
  public let zeros: Int
  public let negative: Int
  /// Amounts above zero, and how many of them lie at or below 1 % of their mean.
  public let positive: Int
  public let nearZero: Int
  public let rule: ZeroBalanceRule
  /// What the rule above says.
  public let looksMissing: Bool
  /// What was done: the zeros are missing values now.
  public let madeMissing: Bool

  static let zeroShare = 0.05
  static let nearZeroOfMean = 0.01
  static let nearZeroShare = 0.001

  init(_ column: Column, rowCount: Int, rule: ZeroBalanceRule) {
    var zeros = 0
    var negative = 0
    var positive = 0
    var sum = 0.0
    var near = 0
    switch column.storage {
    case .scaled(let chunks, _):
      for (chunk, values) in chunks.enumerated() {
        var part: Int64 = 0
        var overflow = 0.0
        values.scanPresent(column.missing[chunk]) { value in
          if value > 0 {
            positive += 1
            let (next, carried) = part.addingReportingOverflow(value)
            if carried { overflow += Double(part) }
            part = carried ? value : next
          } else if value == 0 {
            zeros += 1
          } else {
            negative += 1
          }
        }
        sum += Double(part) + overflow
      }
      let limit = Self.nearZero(sum: sum, positive: positive)
      let raw = limit < 9e18 ? Int64(limit) : .max
      for (chunk, values) in chunks.enumerated() {
        values.scanPresent(column.missing[chunk]) { near += $0 > 0 && $0 <= raw ? 1 : 0 }
      }
    case .real(let chunks):
      for (chunk, values) in chunks.enumerated() {
        scanPresent(values, column.missing[chunk]) { value in
          if value > 0 {
            positive += 1
            sum += value
          } else if value == 0 {
            zeros += 1
          } else {
            negative += 1
          }
        }
      }
      let limit = Self.nearZero(sum: sum, positive: positive)
      for (chunk, values) in chunks.enumerated() {
        scanPresent(values, column.missing[chunk]) { near += $0 > 0 && $0 <= limit ? 1 : 0 }
      }
    case .codes, .none: break
    }
    self.init(
      column: column.name, zeros: zeros, negative: negative, positive: positive, nearZero: near,
      missing: column.missingCount, rule: rule)
  }

  /// The rule over counts, wherever they were made.
  package init(
    column: String, zeros: Int, negative: Int, positive: Int, nearZero: Int, missing: Int,
    rule: ZeroBalanceRule
  ) {
    self.column = column
    self.zeros = zeros
    self.negative = negative
    self.positive = positive
    self.nearZero = nearZero
    self.rule = rule
    looksMissing =
      missing == 0 && negative == 0 && positive > 0
      && Double(zeros) >= Self.zeroShare * Double(zeros + negative + positive)
      && Double(nearZero) < Self.nearZeroShare * Double(positive)
    madeMissing = zeros > 0 && (rule == .missing || (rule == .auto && looksMissing))
  }

  /// Amounts up to here lie near zero.
  package static func nearZero(sum: Double, positive: Int) -> Double {
    positive > 0 ? sum / Double(positive) * nearZeroOfMean : 0
  }

  /// What was decided, for the reader's list of guesses; `nil` where there was nothing to decide.
  var guess: Guess? {
    guard zeros > 0, looksMissing || rule != .auto else { return nil }
    return Guess(
      subject: .zeroBalance, column: column, value: madeMissing ? "missing" : "amount",
      evidence: [
        "zeros": Double(zeros), "negative": Double(negative), "positive": Double(positive),
        "nearZero": Double(nearZero),
      ],
      overridden: rule != .auto)
  }

  /// `column` with its zeros missing.
  static func zerosMissing(_ column: Column) -> Column {
    func mask(_ count: Int, _ old: BitMask?, _ isZero: (Int) -> Bool) -> BitMask? {
      var words = old?.words ?? [UInt64](repeating: 0, count: (count + 63) / 64)
      var any = false
      for row in 0..<count where isZero(row) {
        words[row >> 6] |= 1 << UInt64(row & 63)
        any = true
      }
      return any ? BitMask(words: words, rowCount: count) : old
    }
    var masks: [BitMask?] = []
    switch column.storage {
    case .scaled(let chunks, _):
      for (values, old) in zip(chunks, column.missing) {
        switch values {
        case .int8(let values): masks.append(mask(values.count, old) { values[$0] == 0 })
        case .int16(let values): masks.append(mask(values.count, old) { values[$0] == 0 })
        case .int32(let values): masks.append(mask(values.count, old) { values[$0] == 0 })
        case .int64(let values): masks.append(mask(values.count, old) { values[$0] == 0 })
        }
      }
    case .real(let chunks):
      for (values, old) in zip(chunks, column.missing) {
        masks.append(mask(values.count, old) { values[$0] == 0 })
      }
    case .codes, .none: return column
    }
    return Column(name: column.name, kind: column.kind, storage: column.storage, missing: masks)
  }
}
