import EbbTable

/// Compares whole rows: every column but row numbers.
struct RowIdentity: Sendable {
  private let columns: [Column]
  private let starts: [Int]
  private let chunkRowCounts: [Int]

  init(_ table: Table, without ignored: Set<String>) {
    columns = table.columns.filter { !ignored.contains($0.name) }
    chunkRowCounts = table.chunkRowCounts
    var start = 0
    starts = table.chunkRowCounts.map { count in
      defer { start += count }
      return start
    }
  }

  /// A number that equal rows share.
  func hash(_ row: Int) -> UInt64 {
    let (chunk, place) = locate(row)
    var hash: UInt64 = 0
    for column in columns { hash = Self.next(hash, raw(column, chunk, place)) }
    return hash
  }

  func areEqual(_ first: Int, _ second: Int) -> Bool {
    let (chunk1, place1) = locate(first)
    let (chunk2, place2) = locate(second)
    return columns.allSatisfy { column in
      let missing = column.missing[chunk1]?[place1] ?? false
      return missing == (column.missing[chunk2]?[place2] ?? false)
        && raw(column, chunk1, place1) == raw(column, chunk2, place2)
    }
  }

  /// `hash(_:)` of every row, chunk by chunk, column by column.
  func allHashes() -> [PackedIntegers] {
    chunkRowCounts.enumerated().map { chunk, count in
      var hashes = [UInt64](repeating: 0, count: count)
      for column in columns { Self.fold(column, chunk, into: &hashes) }
      return .int64(hashes.map { Int64(bitPattern: $0) })
    }
  }

  private static func fold(_ column: Column, _ chunk: Int, into hashes: inout [UInt64]) {
    let mask = column.missing[chunk]
    switch column.storage {
    case .scaled(let chunks, _), .codes(let chunks, _):
      switch chunks[chunk] {
      case .int8(let values): fold(values, mask, into: &hashes)
      case .int16(let values): fold(values, mask, into: &hashes)
      case .int32(let values): fold(values, mask, into: &hashes)
      case .int64(let values): fold(values, mask, into: &hashes)
      }
    case .real(let chunks):
      for (row, value) in chunks[chunk].enumerated() {
        hashes[row] = next(hashes[row], mask?[row] == true ? missingValue : bits(value))
      }
    case .none:
      for row in hashes.indices { hashes[row] = next(hashes[row], missingValue) }
    }
  }

  @inline(__always)
  private static func fold<Value: BinaryInteger>(
    _ values: [Value], _ mask: BitMask?, into hashes: inout [UInt64]
  ) {
    for row in 0..<values.count {
      let missing = mask.map { $0[row] } ?? false
      hashes[row] = next(
        hashes[row], missing ? missingValue : UInt64(bitPattern: Int64(truncatingIfNeeded: values[row])))
    }
  }

  @inline(__always)
  private static func next(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    mixed((hash &* 0x9E37_79B9_7F4A_7C15) ^ value)
  }

  /// Stands for a missing value.
  private static let missingValue: UInt64 = 0xFFF7_FFFF_DEAD_BEEF

  private static func bits(_ value: Double) -> UInt64 { (value == 0 ? 0 : value).bitPattern }

  private func raw(_ column: Column, _ chunk: Int, _ row: Int) -> UInt64 {
    if column.missing[chunk]?[row] == true { return Self.missingValue }
    switch column.storage {
    case .scaled(let chunks, _), .codes(let chunks, _): return UInt64(bitPattern: chunks[chunk][row])
    case .real(let chunks): return Self.bits(chunks[chunk][row])
    case .none: return Self.missingValue
    }
  }

  private func locate(_ row: Int) -> (chunk: Int, place: Int) {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return (low, row - starts[low])
  }
}
