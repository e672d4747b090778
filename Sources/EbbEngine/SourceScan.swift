import EbbTable

/// What has to be known of a column before its axes can be made: bounds, and the values in use.
enum SourceScan {
  /// The smallest and greatest stored value: scaled integer, code, or order key of a double; `nil` where nothing
  /// is present.
  static func bounds(_ column: Column, chunk: Int) -> ClosedRange<Int64>? {
    let mask = column.missing[chunk]
    switch column.storage {
    case .scaled(let chunks, _), .codes(let chunks, _):
      switch chunks[chunk] {
      case .int8(let values): return bounds(values.span, mask)
      case .int16(let values): return bounds(values.span, mask)
      case .int32(let values): return bounds(values.span, mask)
      case .int64(let values): return bounds(values.span, mask)
      }
    case .real(let chunks):
      let chunk = chunks[chunk]
      let values = chunk.span
      var low = Int64.max
      var high = Int64.min
      for row in 0..<values.count where mask.map({ !$0[row] }) ?? true {
        let key = Int64(bitPattern: OrderKey.key(values[row]) ^ 1 << 63)
        low = min(low, key)
        high = max(high, key)
      }
      return low <= high ? low...high : nil
    case .none: return nil
    }
  }

  private static func bounds<Stored: FixedWidthInteger & SignedInteger>(
    _ values: Span<Stored>, _ mask: BitMask?
  ) -> ClosedRange<Int64>? {
    var low = Stored.max
    var high = Stored.min
    if let mask {
      let words = mask.words.span
      var row = 0
      while row < values.count {
        let end = min(row + 64, values.count)
        let word = words[row >> 6]
        if word == 0 {
          for index in row..<end {
            low = min(low, values[index])
            high = max(high, values[index])
          }
        } else {
          for index in row..<end where word >> UInt64(index & 63) & 1 == 0 {
            low = min(low, values[index])
            high = max(high, values[index])
          }
        }
        row = end
      }
    } else {
      for index in 0..<values.count {
        low = min(low, values[index])
        high = max(high, values[index])
      }
    }
    return low <= high ? Int64(low)...Int64(high) : nil
  }

  /// Up to this range the values in use are marked in a table, above it collected in a set.
  static let tableRange: UInt64 = 1 << 20

  /// The different x in use, ascending; `nil` where there are more than `limit`.
  static func used(
    _ source: ColumnSource, limit: Int, parts: RowParts, workers: Workers
  ) async throws(EngineError) -> [UInt64]? {
    if source.presentCount == 0 { return [] }
    if source.range <= tableRange || source.isCoded {
      let marks = try await workers.run(parts.count) { part in
        var reader = BlockReader(sources: [source], axes: [])
        var used = [Bool](repeating: false, count: Int(source.range) + 2)
        for block in parts.parts[part] {
          reader.read(block)
          let lanes = reader.lanes.span
          for row in 0..<block.count { used[Int(lanes[row])] = true }
        }
        return used
      }
      let used = (0...Int(source.range)).filter { x in marks.contains { $0[x] } }
      return used.count <= limit ? used.map { UInt64($0) } : nil
    }
    let sets = try await workers.run(parts.count) { part in
      var reader = BlockReader(sources: [source], axes: [])
      var used: Set<UInt64> = []
      // Most rows repeat a value seen lately: a small direct table keeps them from the set.
      var recent = [UInt64](repeating: .max, count: 4096)
      for block in parts.parts[part] {
        reader.read(block)
        for row in 0..<block.count {
          let x = reader.x(0, row)
          let slot = Int((x &* 0x9E37_79B9_7F4A_7C15) >> 52)
          if recent[slot] == x || x == source.missingX { continue }
          recent[slot] = x
          used.insert(x)
        }
        if used.count > limit { break }
      }
      return used
    }
    let used = sets.reduce(into: Set<UInt64>()) { $0.formUnion($1) }
    return used.count <= limit ? used.sorted() : nil
  }
}
