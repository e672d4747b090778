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
    var block = RunBlock(cells: cells)
    var tally = [UInt32](repeating: 0, count: cells)
    for partition in plan.segments[segment] {
      sorter.sort(
        parts.map { $0.keys }, parts.map { $0.starts[partition]..<$0.starts[partition + 1] },
        low: plan.cellBits, bits: plan.bits[partition])
      emit(sorter.keys.span.extracting(0..<sorter.count), partition, &block, &tally, body)
    }
    if block.rows > 0 { body(block) }
  }

  func forEachUnorderedBlock(of segment: Int, _ body: (borrowing RunBlock) -> Void) {
    var block = RunBlock(cells: cells)
    var tally = [UInt32](repeating: 0, count: cells)
    for partition in plan.segments[segment] {
      for part in parts {
        let own = part.starts[partition]..<part.starts[partition + 1]
        emit(part.keys.span.extracting(own), partition, &block, &tally, body)
      }
    }
    if block.rows > 0 { body(block) }
  }

  private func emit(
    _ keys: Span<Key>, _ partition: Int, _ block: inout RunBlock, _ tally: inout [UInt32],
    _ body: (borrowing RunBlock) -> Void
  ) {
    var start = 0
    while start < keys.count {
      start = block.fill(keys, from: start, low: plan.cellBits, base: plan.base[partition], &tally)
      if block.isFull {
        body(block)
        block.removeAll()
      }
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
    gather(arrays, ranges)
    let passes = (bits + Self.digitBits - 1) / Self.digitBits
    if passes == 0 || count < 2 { return }
    if other.count < keys.count { other = [Key](repeating: 0, count: keys.count) }
    let digit = (bits + passes - 1) / passes
    for pass in 0..<passes { distribute(shift: low + pass * digit, digit) }
  }

  private mutating func gather(_ arrays: [[Key]], _ ranges: [Range<Int>]) {
    var to = keys.mutableSpan
    var next = 0
    for (array, range) in zip(arrays, ranges) {
      let from = array.span
      for index in range {
        to[next] = from[index]
        next += 1
      }
    }
  }

  private mutating func distribute(shift: Int, _ digit: Int) {
    // Taken out of `self` so that both spans can be open at once.
    let from = keys
    var to = other
    (keys, other) = ([], [])
    let unsorted = from.span
    let shift = Key(shift)
    let mask = Key(truncatingIfNeeded: 1 << digit - 1)
    var table = [UInt32](repeating: 0, count: 1 << digit)
    var starts = table.mutableSpan
    for index in 0..<count { starts[Int(truncatingIfNeeded: unsorted[index] &>> shift & mask)] += 1 }
    var below: UInt32 = 0
    for value in 0..<starts.count {
      let own = starts[value]
      starts[value] = below
      below += own
    }
    var sorted = to.mutableSpan
    for index in 0..<count {
      let key = unsorted[index]
      let value = Int(truncatingIfNeeded: key &>> shift & mask)
      sorted[Int(starts[value])] = key
      starts[value] &+= 1
    }
    (keys, other) = (to, from)
  }
}
