import EbbTable

/// Finds the rows whose key occurs more than once, in two passes and little memory.
///
/// Each key sets a bit of a map over the keys' range (or, where the range is wide, over 2ᵏ hashed slots). Only rows
/// whose slot was hit twice are looked at again and sorted.
enum RepeatedKeys {
  struct Row: Sendable {
    let key: Int64
    let row: Int
  }

  /// Rows that may share their key with another, in row order. Every row that does is among them; with a wide range
  /// of keys so are a few whose hashes collide.
  static func candidates(_ keys: [PackedIntegers], missing: [BitMask?], rowCount: Int) -> [Row] {
    let (low, high) = ColumnCensus.range(keys, missing)
    guard let low, let high, rowCount > 1 else { return [] }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, span < 16 * max(rowCount, 4096) {
      return collect(keys, missing, bits: Int(span) + 1) { Int($0 &- low) }
    }
    var log: UInt64 = 16
    while 1 << log < 16 * rowCount { log += 1 }
    let shift = 64 - log
    return collect(keys, missing, bits: 1 << log) { Int(mixed(UInt64(bitPattern: $0)) >> shift) }
  }

  @inline(__always)
  private static func collect(
    _ keys: [PackedIntegers], _ missing: [BitMask?], bits: Int, slot: (Int64) -> Int
  ) -> [Row] {
    var once = [UInt64](repeating: 0, count: bits / 64 + 1)
    var twice = once
    var repeated = false
    for (chunk, values) in keys.enumerated() {
      values.scanPresent(missing[chunk]) { key in
        let bit = slot(key)
        let flag: UInt64 = 1 << UInt64(bit & 63)
        if once[bit >> 6] & flag == 0 {
          once[bit >> 6] |= flag
        } else {
          twice[bit >> 6] |= flag
          repeated = true
        }
      }
    }
    guard repeated else { return [] }
    var rows: [Row] = []
    var start = 0
    for (chunk, values) in keys.enumerated() {
      values.scanRows(missing[chunk]) { row, key in
        let bit = slot(key)
        if twice[bit >> 6] & (1 << UInt64(bit & 63)) != 0 { rows.append(Row(key: key, row: start + row)) }
      }
      start += values.count
    }
    return rows
  }
}

/// Spreads the bits of a key (the finalizer of MurmurHash3).
@inline(__always)
func mixed(_ key: UInt64) -> UInt64 {
  var hash = key
  hash ^= hash >> 33
  hash = hash &* 0xFF51_AFD7_ED55_8CCD
  hash ^= hash >> 33
  hash = hash &* 0xC4CE_B9FE_1A85_EC53
  hash ^= hash >> 33
  return hash
}
