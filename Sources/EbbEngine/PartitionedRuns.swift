/// Runs of a measure of many different values: every row's x and cell packed into one key, laid into partitions of
/// the measure's range; a partition is sorted when it is walked.
struct PartitionedRuns<Key: FixedWidthInteger & UnsignedInteger & Sendable>: SortedRuns {
  /// What one part of the rows laid down.
  struct Part: Sendable {
    let keys: [Key]
    /// Where each partition begins; one more at the end.
    let starts: [Int]
    /// Rows whose measure is missing, by cell.
    let missing: [Int]
  }
  let plan: PartitionPlan
  let parts: [Part]
  let cells: Int

  static func laying(
    _ plan: PartitionPlan, reading: PassReading, axes: [Int], sizes: [Int], parts: RowParts, workers: Workers
  ) async throws(EngineError) -> PartitionedRuns {
    let cells = sizes.reduce(1, *)
    let laid = try await workers.run(parts.count) { part throws(EngineError) in
      var starts = [0]
      for count in plan.counts[part] { starts.append((starts.last ?? 0) + count) }
      var next = starts
      var keys = [Key](repeating: 0, count: starts.last ?? 0)
      var missing = [Int](repeating: 0, count: cells)
      var reader = BlockReader(sources: reading.sources, axes: reading.axes)
      var cell = [UInt32](repeating: 0, count: RowBlock.size)
      for (number, block) in parts.parts[part].enumerated() {
        if number & 63 == 0, Task.isCancelled { throw .cancelled }
        reader.read(block)
        reader.cells(of: axes, sizes: sizes, block, into: &cell)
        if reading.sources[reading.measure].isNarrow {
          lay(
            reader.lanes.span, reader.sourceLane[reading.measure], reading, block.count, plan, cell, &next,
            &keys, &missing)
        } else {
          lay(
            reader.wideLanes.span, reader.sourceLane[reading.measure], reading, block.count, plan, cell,
            &next, &keys, &missing)
        }
      }
      return Part(keys: keys, starts: starts, missing: missing)
    }
    return PartitionedRuns(plan: plan, parts: laid, cells: cells)
  }

  @inline(__always)
  private static func lay<Lane: FixedWidthInteger & UnsignedInteger>(
    _ lanes: Span<Lane>, _ lane: Int, _ reading: PassReading, _ count: Int, _ plan: PartitionPlan,
    _ cell: [UInt32], _ next: inout [Int], _ keys: inout [Key], _ missing: inout [Int]
  ) {
    let missingX = Lane(truncatingIfNeeded: reading.sources[reading.measure].missingX)
    let (shift, cellBits) = (Lane(plan.shift), Key(plan.cellBits))
    let (partitionOfBin, base, cell) = (plan.partitionOfBin.span, plan.base.span, cell.span)
    var next = next.mutableSpan
    var keys = keys.mutableSpan
    for row in 0..<count {
      let x = lanes[lane + row]
      if x == missingX {
        missing[Int(cell[row])] += 1
        continue
      }
      let partition = Int(partitionOfBin[Int(x >> shift)])
      let within = Key(truncatingIfNeeded: UInt64(x) &- base[partition])
      let position = next[partition]
      next[partition] = position &+ 1
      keys[position] = within << cellBits | Key(truncatingIfNeeded: cell[row])
    }
  }

  var segmentCount: Int { plan.segments.count }

  func cellCounts(of segment: Int) -> [Int] {
    var totals = [Int](repeating: 0, count: cells)
    let mask = Key(truncatingIfNeeded: (1 << plan.cellBits) - 1)
    let partitions = plan.segments[segment]
    for part in parts {
      let keys = part.keys.span
      for index in part.starts[partitions.lowerBound]..<part.starts[partitions.upperBound] {
        totals[Int(truncatingIfNeeded: keys[index] & mask)] += 1
      }
    }
    return totals
  }

  func forEachBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void) {
    var sorter = PartitionSorter<Key>()
    var block = RunBlock()
    var tally = [UInt32](repeating: 0, count: cells)
    for partition in plan.segments[segment] {
      sorter.sort(
        parts.map { $0.keys }, parts.map { $0.starts[partition]..<$0.starts[partition + 1] },
        low: plan.cellBits, bits: plan.bits[partition])
      emit(sorter, base: plan.base[partition], &block, &tally, body)
    }
    if !block.x.isEmpty { body(block) }
  }

  /// Long runs of one x are put together by cell.
  private func emit(
    _ sorter: PartitionSorter<Key>, base: UInt64, _ block: inout RunBlock, _ tally: inout [UInt32],
    _ body: (borrowing RunBlock) -> Void
  ) {
    let keys = sorter.keys
    let mask = Key(truncatingIfNeeded: (1 << plan.cellBits) - 1)
    let low = Key(plan.cellBits)
    var start = 0
    while start < sorter.count {
      let step = keys[start] >> low
      var end = start + 1
      while end < sorter.count, keys[end] >> low == step { end += 1 }
      let x = base + UInt64(truncatingIfNeeded: step)
      if end - start < 64 {
        for index in start..<end { block.append(x, UInt32(truncatingIfNeeded: keys[index] & mask), 1) }
      } else {
        var touched: [UInt32] = []
        for index in start..<end {
          let cell = UInt32(truncatingIfNeeded: keys[index] & mask)
          if tally[Int(cell)] == 0 { touched.append(cell) }
          tally[Int(cell)] += 1
        }
        for cell in touched {
          block.append(x, cell, tally[Int(cell)])
          tally[Int(cell)] = 0
        }
      }
      if block.x.count >= RunBlock.size {
        body(block)
        block.removeAll()
      }
      start = end
    }
  }
}

/// Sorts the keys of one partition by some of their bits, by counting digits from the lowest.
struct PartitionSorter<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private static var digitBits: Int { 11 }
  private(set) var keys: [Key] = []
  private var other: [Key] = []
  private(set) var count = 0

  /// Afterwards `keys[0..<count]` are in order.
  mutating func sort(_ arrays: [[Key]], _ ranges: [Range<Int>], low: Int, bits: Int) {
    count = ranges.reduce(0) { $0 + $1.count }
    if keys.count < count { keys = [Key](repeating: 0, count: count + count / 4) }
    var next = 0
    for (array, range) in zip(arrays, ranges) {
      for index in range {
        keys[next] = array[index]
        next += 1
      }
    }
    let passes = (bits + Self.digitBits - 1) / Self.digitBits
    if passes == 0 || count < 2 { return }
    if other.count < keys.count { other = [Key](repeating: 0, count: keys.count) }
    let digit = (bits + passes - 1) / passes
    for pass in 0..<passes { distribute(shift: low + pass * digit, digit) }
  }

  private mutating func distribute(shift: Int, _ digit: Int) {
    var starts = [Int](repeating: 0, count: 1 << digit + 1)
    let mask = Key(truncatingIfNeeded: 1 << digit - 1)
    let shift = Key(shift)
    for index in 0..<count { starts[Int(truncatingIfNeeded: keys[index] >> shift & mask) + 1] += 1 }
    for value in 1..<starts.count { starts[value] += starts[value - 1] }
    for index in 0..<count {
      let value = Int(truncatingIfNeeded: keys[index] >> shift & mask)
      other[starts[value]] = keys[index]
      starts[value] += 1
    }
    swap(&keys, &other)
  }
}
