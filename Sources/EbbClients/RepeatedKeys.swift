import EbbTable
import Foundation

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
  static func candidates(
    _ keys: [PackedIntegers], missing: [BitMask?], rowCount: Int, cores: Int?
  ) -> [Row] {
    let (low, high) = ColumnCensus.range(keys, missing)
    guard let low, let high, rowCount > 1 else { return [] }
    let pieces = Self.pieces(keys, cores: cores)
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, span < 16 * max(rowCount, 4096) {
      return collect(keys, missing, pieces, bits: Int(span) + 1) { Int($0 &- low) }
    }
    var log: UInt64 = 16
    while 1 << log < 16 * rowCount { log += 1 }
    let shift = 64 - log
    return collect(keys, missing, pieces, bits: 1 << log) { Int(mixed(UInt64(bitPattern: $0)) >> shift) }
  }

  /// Neighbouring chunks for each of a few cores: every piece has maps of its own, and they are large.
  private static func pieces(_ keys: [PackedIntegers], cores: Int?) -> [Range<Int>] {
    let count = max(1, min(keys.count, 4, cores ?? ProcessInfo.processInfo.activeProcessorCount))
    return (0..<count).map { keys.count * $0 / count..<keys.count * ($0 + 1) / count }
  }

  /// Slots that were hit, and those that were hit again.
  private struct Hits: Sendable {
    var once: [UInt64]
    var twice: [UInt64]
    var isRepeated = false

    init(bits: Int) {
      once = [UInt64](repeating: 0, count: bits / 64 + 1)
      twice = once
    }

    mutating func add(_ other: Hits) {
      var both: UInt64 = 0
      for index in once.indices {
        both |= once[index] & other.once[index]
        twice[index] |= other.twice[index] | (once[index] & other.once[index])
        once[index] |= other.once[index]
      }
      isRepeated = isRepeated || other.isRepeated || both != 0
    }
  }

  @inline(__always)
  private static func collect(
    _ keys: [PackedIntegers], _ missing: [BitMask?], _ pieces: [Range<Int>], bits: Int,
    slot: @Sendable (Int64) -> Int
  ) -> [Row] {
    let marked = concurrentMap(pieces.count, cores: pieces.count) { piece in
      var hits = Hits(bits: bits)
      for chunk in pieces[piece] {
        keys[chunk].scanPresent(missing[chunk]) { key in
          let bit = slot(key)
          let flag: UInt64 = 1 << UInt64(bit & 63)
          if hits.once[bit >> 6] & flag == 0 {
            hits.once[bit >> 6] |= flag
          } else {
            hits.twice[bit >> 6] |= flag
            hits.isRepeated = true
          }
        }
      }
      return hits
    }
    let hits = marked.dropFirst().reduce(into: marked[0]) { $0.add($1) }
    guard hits.isRepeated else { return [] }
    return concurrentMap(pieces.count, cores: pieces.count) { piece in
      var rows: [Row] = []
      var start = keys[..<pieces[piece].lowerBound].reduce(0) { $0 + $1.count }
      for chunk in pieces[piece] {
        keys[chunk].scanRows(missing[chunk]) { row, key in
          let bit = slot(key)
          if hits.twice[bit >> 6] & (1 << UInt64(bit & 63)) != 0 {
            rows.append(Row(key: key, row: start + row))
          }
        }
        start += keys[chunk].count
      }
      return rows
    }.flatMap { $0 }
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
