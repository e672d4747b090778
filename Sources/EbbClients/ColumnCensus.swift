import EbbTable

/// What one pass over a column tells of its content.
struct ColumnCensus: Sendable {
  var present = 0
  /// Smallest and greatest raw value: value × 10^scale, or the code. Not for doubles.
  var low: Int64?
  var high: Int64?
  /// Number of different values; `nil` above `ClientSchema.distinctLimit` (never for codes).
  var distinct: Int?
  /// Rows by code, for columns of codes.
  var codeCounts: [Int] = []
  /// The only value, where there is one.
  var onlyText: String?

  var isConstant: Bool { distinct == 1 }

  init(_ column: Column, rowCount: Int) {
    present = rowCount - column.missingCount
    switch column.storage {
    case .scaled(let chunks, let scale):
      (low, high) = Self.range(chunks, column.missing)
      distinct = Self.distinct(chunks, column.missing, low: low, high: high)
      if distinct == 1, let low { onlyText = Self.text(low, scale: scale) }
    case .real(let chunks):
      var set = DistinctIntegers(limit: ClientSchema.distinctLimit)
      var one: Double?
      for (chunk, values) in chunks.enumerated() where !set.isFull {
        scanPresent(values, column.missing[chunk]) { value in
          if one == nil { one = value }
          set.insert(Int64(bitPattern: (value == 0 ? 0 : value).bitPattern))
        }
      }
      distinct = set.isFull ? nil : set.count
      if distinct == 1, let one { onlyText = "\(one)" }
    case .codes(let chunks, let levels):
      codeCounts = Self.countCodes(chunks, column.missing, levels: levels.texts.count)
      distinct = codeCounts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
      if distinct == 1, let code = codeCounts.firstIndex(where: { $0 > 0 }) { onlyText = levels.texts[code] }
    case .none: distinct = 0
    }
  }

  static func range(_ chunks: [PackedIntegers], _ missing: [BitMask?]) -> (Int64?, Int64?) {
    var low = Int64.max
    var high = Int64.min
    for (chunk, values) in chunks.enumerated() {
      let (least, greatest) = values.range(missing[chunk])
      low = min(low, least)
      high = max(high, greatest)
    }
    return low <= high ? (low, high) : (nil, nil)
  }

  /// Rows by code; empty for columns without codes.
  static func counts(_ column: Column) -> [Int] {
    guard case .codes(let chunks, let levels) = column.storage else { return [] }
    return countCodes(chunks, column.missing, levels: levels.texts.count)
  }

  static func countCodes(_ chunks: [PackedIntegers], _ missing: [BitMask?], levels: Int) -> [Int] {
    // Four lists in turn where there are few levels: counting the same one again would wait for the time before.
    let lists = levels <= 1024 ? 4 : 1
    var counts = [Int](repeating: 0, count: levels * lists)
    var turn = 0
    for (chunk, values) in chunks.enumerated() {
      values.scanPresent(missing[chunk]) { code in
        counts[turn &* levels &+ Int(code)] += 1
        turn = (turn &+ 1) & (lists - 1)
      }
    }
    return (0..<levels).map { level in (0..<lists).reduce(0) { $0 + counts[$1 * levels + level] } }
  }

  private static func distinct(
    _ chunks: [PackedIntegers], _ missing: [BitMask?], low: Int64?, high: Int64?
  ) -> Int? {
    guard let low, let high else { return 0 }
    if low == high { return 1 }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, span < 1 << 20 {
      var seen = [Bool](repeating: false, count: Int(span) + 1)
      for (chunk, values) in chunks.enumerated() {
        values.scanPresent(missing[chunk]) { seen[Int($0 &- low)] = true }
      }
      let count = seen.reduce(0) { $0 + ($1 ? 1 : 0) }
      return count <= ClientSchema.distinctLimit ? count : nil
    }
    var set = DistinctIntegers(limit: ClientSchema.distinctLimit)
    for (chunk, values) in chunks.enumerated() where !set.isFull {
      values.scanPresent(missing[chunk]) { set.insert($0) }
    }
    return set.isFull ? nil : set.count
  }

  /// `raw` / 10^scale as it would be written, without trailing zeros.
  static func text(_ raw: Int64, scale: Int) -> String {
    let unit = PowersOfTen.value(scale)
    let (whole, rest) = (raw / unit, abs(raw % unit))
    if rest == 0 { return "\(whole)" }
    let digits = String(repeating: "0", count: scale - "\(rest)".count) + "\(rest)"
    let sign = raw < 0 && whole == 0 ? "-" : ""
    return "\(sign)\(whole).\(digits.reversed().drop { $0 == "0" }.reversed().map(String.init).joined())"
  }
}

extension PackedIntegers {
  /// Least and greatest present value; least > greatest where there is none.
  func range(_ missing: BitMask?) -> (Int64, Int64) {
    switch self {
    case .int8(let values): Self.extremes(values, missing)
    case .int16(let values): Self.extremes(values, missing)
    case .int32(let values): Self.extremes(values, missing)
    case .int64(let values): Self.extremes(values, missing)
    }
  }

  @inline(__always)
  private static func extremes<Value: FixedWidthInteger & SignedInteger>(
    _ values: [Value], _ missing: BitMask?
  ) -> (Int64, Int64) {
    var low = Value.max
    var high = Value.min
    EbbClients.scanPresent(values, missing) { value in
      low = Swift.min(low, value)
      high = Swift.max(high, value)
    }
    return low <= high ? (Int64(low), Int64(high)) : (Int64.max, Int64.min)
  }
}

/// A set of whole numbers that gives up above a limit: open addressing in one array.
struct DistinctIntegers {
  private var slots: [Int64]
  private var used: [Bool]
  private let shift: UInt64
  private let limit: Int
  private(set) var count = 0

  var isFull: Bool { count > limit }

  init(limit: Int) {
    self.limit = limit
    var bits: UInt64 = 4
    while 1 << bits < limit * 4 { bits += 1 }
    slots = [Int64](repeating: 0, count: 1 << bits)
    used = [Bool](repeating: false, count: 1 << bits)
    shift = 64 - bits
  }

  @inline(__always)
  mutating func insert(_ value: Int64) {
    if isFull { return }
    var slot = Int((UInt64(bitPattern: value) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while used[slot] {
      if slots[slot] == value { return }
      slot = (slot + 1) & (slots.count - 1)
    }
    used[slot] = true
    slots[slot] = value
    count += 1
  }
}
