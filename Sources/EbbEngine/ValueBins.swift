import EbbTable

/// How many values lie in each of up to 65,536 equal steps of a column's range: enough to cut the range into
/// pieces of about equal size, and to find a quantile by looking at one step only.
struct ValueBins: Sendable {
  let shift: UInt64
  /// By part of the rows, then by bin.
  let counts: [[UInt32]]
  let total: [Int]

  static func counting(
    _ source: ColumnSource, parts: RowParts, workers: Workers
  ) async throws(EngineError) -> ValueBins {
    let shift = Self.shift(source)
    let binCount = Int(source.range >> shift) + 1
    let counts = try await workers.run(parts.count) { part in
      var reader = BlockReader(sources: [source], axes: [])
      // Missing values go to a bin of their own, which is cut off in the end.
      var counts = [UInt32](repeating: 0, count: binCount + 1)
      for block in parts.parts[part] {
        reader.read(block)
        var span = counts.mutableSpan
        if source.isNarrow {
          let missing = UInt32(truncatingIfNeeded: source.missingX)
          let lanes = reader.lanes.span
          for row in 0..<block.count {
            let x = lanes[row]
            span[x == missing ? binCount : Int(x >> UInt32(shift))] += 1
          }
        } else {
          let lanes = reader.wideLanes.span
          for row in 0..<block.count {
            let x = lanes[row]
            span[x == source.missingX ? binCount : Int(x >> shift)] += 1
          }
        }
      }
      counts.removeLast()
      return counts
    }
    var total = [Int](repeating: 0, count: binCount)
    for part in counts { for bin in 0..<binCount { total[bin] += Int(part[bin]) } }
    return ValueBins(shift: shift, counts: counts, total: total)
  }

  /// Depends on the data alone: a bin for about sixteen rows.
  private static func shift(_ source: ColumnSource) -> UInt64 {
    let wanted = max(1, source.presentCount / 16)
    let bits = min(16, Int.bitWidth - wanted.leadingZeroBitCount)
    return UInt64(max(0, 64 - source.range.leadingZeroBitCount - bits))
  }

  /// The x at some positions (0-based, ascending) of all present values in order.
  func orderStatistics(
    _ positions: [Int], of source: ColumnSource, parts: RowParts, workers: Workers
  ) async throws(EngineError) -> [UInt64] {
    var wanted: [(bin: Int, offset: Int)] = []
    var bin = 0
    var below = 0
    for position in positions {
      while below + total[bin] <= position {
        below += total[bin]
        bin += 1
      }
      wanted.append((bin, position - below))
    }
    if shift == 0 { return wanted.map { UInt64($0.bin) } }
    let bins = Set(wanted.map(\.bin)).sorted()
    var slots = [Int32](repeating: -1, count: total.count)
    for (slot, bin) in bins.enumerated() { slots[bin] = Int32(slot) }
    let (shift, slotOfBin) = (self.shift, slots)
    let collected = try await workers.run(parts.count) { part in
      var reader = BlockReader(sources: [source], axes: [])
      var values = [[UInt64]](repeating: [], count: bins.count)
      for block in parts.parts[part] {
        reader.read(block)
        for row in 0..<block.count {
          let x = reader.x(0, row)
          if x == source.missingX { continue }
          let slot = slotOfBin[Int(x >> shift)]
          if slot >= 0 { values[Int(slot)].append(x) }
        }
      }
      return values
    }
    let sorted = try await workers.run(bins.count) { slot in
      collected.flatMap { $0[slot] }.sorted()
    }
    return wanted.map { sorted[Int(slots[$0.bin])][$0.offset] }
  }
}
