import EbbTable

/// Reads the columns of one pass block by block into lanes of x and of axis codes. Each worker has its own.
struct BlockReader {
  let sources: [ColumnSource]
  let axes: [Axis]
  /// x of narrow sources, then codes of axes that need any.
  private(set) var lanes: [UInt32]
  /// x of sources of more than 32 bits.
  private(set) var wideLanes: [UInt64]
  /// Where the lane of a narrow or wide source begins.
  let sourceLane: [Int]
  /// Where the codes of an axis begin in `lanes`.
  let axisLane: [Int]

  init(sources: [ColumnSource], axes: [Axis]) {
    self.sources = sources
    self.axes = axes
    var narrow = 0
    var wide = 0
    func take(_ count: inout Int) -> Int {
      defer { count += RowBlock.size }
      return count
    }
    var sourceLane: [Int] = []
    for source in sources { sourceLane.append(source.isNarrow ? take(&narrow) : take(&wide)) }
    var axisLane: [Int] = []
    for axis in axes {
      if case .identity = axis.coding {
        axisLane.append(sourceLane[axis.source])
      } else {
        axisLane.append(take(&narrow))
      }
    }
    self.sourceLane = sourceLane
    self.axisLane = axisLane
    lanes = [UInt32](repeating: 0, count: narrow)
    wideLanes = [UInt64](repeating: 0, count: wide)
  }

  mutating func read(_ block: RowBlock) {
    for index in sources.indices {
      if sources[index].isNarrow {
        readNarrow(sources[index], block, lane: sourceLane[index])
      } else {
        readWide(sources[index], block, lane: sourceLane[index])
      }
    }
    for index in axes.indices { code(index, block.count) }
  }

  // MARK: x

  private mutating func readNarrow(_ source: borrowing ColumnSource, _ block: RowBlock, lane: Int) {
    switch source.column.storage {
    case .scaled(let chunks, _), .codes(let chunks, _):
      switch chunks[block.chunk] {
      case .int8(let values): copy(values.span, source, block, lane)
      case .int16(let values): copy(values.span, source, block, lane)
      case .int32(let values): copy(values.span, source, block, lane)
      case .int64(let values): copy(values.span, source, block, lane)
      }
    case .real(let chunks):
      let chunk = chunks[block.chunk]
      let values = chunk.span
      var lanes = self.lanes.mutableSpan
      guard case .real(let low) = source.unit else { return }
      for row in 0..<block.count {
        lanes[lane &+ row] = UInt32(truncatingIfNeeded: OrderKey.key(values[block.start &+ row]) &- low)
      }
    case .none: break
    }
    var lanes = self.lanes.mutableSpan
    let missing = UInt32(truncatingIfNeeded: source.missingX)
    if source.presentCount == 0 {
      for row in 0..<block.count { lanes[lane &+ row] = missing }
    } else if let mask = source.column.missing[block.chunk] {
      Self.forEachMissing(mask, block) { lanes[lane + $0] = missing }
    }
  }

  /// Differences of low bits are the low bits of differences, and x has no more than 32.
  @inline(__always)
  private mutating func copy<Stored: FixedWidthInteger & SignedInteger>(
    _ values: Span<Stored>, _ source: borrowing ColumnSource, _ block: RowBlock, _ lane: Int
  ) {
    guard case .scaled(let low, _) = source.unit else { return }
    var lanes = self.lanes.mutableSpan
    if source.reversed {
      let top = UInt32(truncatingIfNeeded: 1 - low)
      for row in 0..<block.count {
        lanes[lane &+ row] = top &- UInt32(truncatingIfNeeded: values[block.start &+ row])
      }
    } else {
      let bottom = UInt32(truncatingIfNeeded: low)
      for row in 0..<block.count {
        lanes[lane &+ row] = UInt32(truncatingIfNeeded: values[block.start &+ row]) &- bottom
      }
    }
  }

  private mutating func readWide(_ source: borrowing ColumnSource, _ block: RowBlock, lane: Int) {
    var lanes = self.wideLanes.mutableSpan
    switch (source.column.storage, source.unit) {
    case (.scaled(let chunks, _), .scaled(let low, _)):
      let values = chunks[block.chunk]
      for row in 0..<block.count {
        lanes[lane &+ row] = UInt64(bitPattern: values[block.start &+ row] &- low)
      }
    case (.real(let chunks), .real(let low)):
      let chunk = chunks[block.chunk]
      let values = chunk.span
      for row in 0..<block.count { lanes[lane &+ row] = OrderKey.key(values[block.start &+ row]) &- low }
    default: break
    }
    if let mask = source.column.missing[block.chunk] {
      let missing = source.missingX
      Self.forEachMissing(mask, block) { lanes[lane + $0] = missing }
    }
  }

  @inline(__always)
  private static func forEachMissing(_ mask: BitMask, _ block: RowBlock, _ body: (Int) -> Void) {
    let words = mask.words.span
    let first = block.start >> 6
    for index in 0..<(block.count + 63) >> 6 {
      var word = words[first + index]
      while word != 0 {
        body(index << 6 + word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }

  // MARK: Codes

  private mutating func code(_ axis: Int, _ count: Int) {
    let (lane, from) = (axisLane[axis], sourceLane[axes[axis].source])
    let missing = sources[axes[axis].source].missingX
    let coding = axes[axis].coding
    if sources[axes[axis].source].isNarrow {
      var lanes = self.lanes.mutableSpan
      switch coding {
      case .identity: break
      case .table(let table):
        let table = table.span
        for row in 0..<count { lanes[lane &+ row] = table[Int(lanes[from &+ row])] }
      case .presence:
        let missing = UInt32(truncatingIfNeeded: missing)
        for row in 0..<count { lanes[lane &+ row] = lanes[from &+ row] == missing ? 0 : 1 }
      case .thresholds(let thresholds):
        for row in 0..<count { lanes[lane &+ row] = thresholds.code(UInt64(lanes[from &+ row])) }
      }
    } else {
      let wideLanes = self.wideLanes
      let wide = wideLanes.span
      var lanes = self.lanes.mutableSpan
      switch coding {
      case .identity, .table: break
      case .presence:
        for row in 0..<count { lanes[lane &+ row] = wide[from &+ row] == missing ? 0 : 1 }
      case .thresholds(let thresholds):
        for row in 0..<count { lanes[lane &+ row] = thresholds.code(wide[from &+ row]) }
      }
    }
  }

  /// The cell of each row over several axes, the last running fastest.
  mutating func cells(of axes: [Int], sizes: [Int], _ block: RowBlock, into cells: inout [UInt32]) {
    var cells = cells.mutableSpan
    let lanes = self.lanes.span
    guard let first = axes.first else {
      for row in 0..<block.count { cells[row] = 0 }
      return
    }
    let lane = axisLane[first]
    for row in 0..<block.count { cells[row] = lanes[lane &+ row] }
    for (axis, size) in zip(axes, sizes).dropFirst() {
      let lane = axisLane[axis]
      let size = UInt32(size)
      for row in 0..<block.count { cells[row] = cells[row] &* size &+ lanes[lane &+ row] }
    }
  }

  /// x of a source at a row of the block.
  @inline(__always)
  func x(_ source: Int, _ row: Int) -> UInt64 {
    sources[source].isNarrow
      ? UInt64(lanes[sourceLane[source] + row]) : wideLanes[sourceLane[source] + row]
  }
}
