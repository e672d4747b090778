/// Clients by cells of many attributes, only the cells that somebody falls into.
///
/// Cells come in the order of their codes, so the answer does not depend on the order of rows.
public struct SparseCells: Sendable, Equatable {
  /// A measure's total in each cell.
  public struct Sums: Sendable, Equatable {
    public let column: String
    /// By cell: clients whose value is present.
    public let n: [Int]
    public let sum: [Double]
    public init(column: String, n: [Int], sum: [Double]) {
      self.column = column
      self.n = n
      self.sum = sum
    }
  }
  /// The levels of each grouping, in order.
  public let axes: [[Level]]
  /// By axis, then by cell: the place of the cell's level on the axis.
  public let codes: [[UInt16]]
  /// By cell; never 0.
  public let counts: [Int]
  /// In the order of the question.
  public let sums: [Sums]

  public init(axes: [[Level]], codes: [[UInt16]], counts: [Int], sums: [Sums] = []) {
    self.axes = axes
    self.codes = codes
    self.counts = counts
    self.sums = sums
  }
}

/// Counts sparse cells: each row's codes make one key, keys are counted in a table that grows with them, part by part,
/// and the parts' cells are joined in the order of their keys.
package struct SparseCount: Sendable {
  /// Cells of an answer at most.
  package static let cellLimit = 1 << 22
  static let levelLimit = 1 << 16
  /// Bits of a key.
  static let keyLimit = 128

  package let axes: [Int]
  /// Sources of the measures to be summed.
  package let measures: [Int]

  /// Bits that the codes of an axis take.
  static func bits(_ size: Int) -> Int { Int.bitWidth - (max(size, 1) - 1).leadingZeroBitCount }

  func count(
    _ resolver: AxisResolver, columns: [String], parts: RowParts, workers: Workers
  ) async throws(EngineError) -> SparseCells? {
    let bits = axes.reduce(0) { $0 + Self.bits(resolver.axes[$1].size) }
    return bits <= 64
      ? try await count(UInt64.self, resolver, columns, parts, workers)
      : try await count(UInt128.self, resolver, columns, parts, workers)
  }

  private func count<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _: Key.Type, _ resolver: AxisResolver, _ columns: [String], _ parts: RowParts, _ workers: Workers
  ) async throws(EngineError) -> SparseCells? {
    let reading = resolver.reading(axes: Set(axes).sorted(), measure: nil)
    let measures = measures.map { ExactMeasure(resolver.sources[$0]) }
    let sources = reading.sources + measures.map(\.source)
    let local = axes.map { reading.index[$0] ?? 0 }
    let bits = axes.map { Self.bits(resolver.axes[$0].size) }
    let tables = try await workers.run(parts.count) { part throws(EngineError) -> CellTable<Key>? in
      var reader = BlockReader(sources: sources, axes: reading.axes)
      var table = CellTable<Key>(measures: measures.count)
      var keys = [Key](repeating: 0, count: RowBlock.size)
      var slots = [Int32](repeating: 0, count: measures.isEmpty ? 0 : RowBlock.size)
      for (number, block) in parts.parts[part].enumerated() {
        if number & 63 == 0, Task.isCancelled { throw .cancelled }
        reader.read(block)
        Self.keys(reader, local, bits, block.count, into: &keys)
        table.add(keys, block.count, slots: &slots)
        for (index, measure) in measures.enumerated() {
          table.add(measure, index, reader, lane: reading.sources.count + index, slots, block.count)
        }
        if table.used > Self.cellLimit { return nil }
      }
      return table.sorted()
    }
    guard var joined = tables[0] else { return nil }
    for table in tables.dropFirst() {
      guard let table else { return nil }
      joined = joined.joined(table)
      if joined.used > Self.cellLimit { return nil }
    }
    var shift = bits.reduce(0, +)
    let codes = bits.map { bits -> [UInt16] in
      shift -= bits
      let (shift, mask) = (Key(shift), Key(1) << Key(bits) &- 1)
      return joined.keys.map { UInt16(truncatingIfNeeded: bits == 0 ? 0 : $0 >> shift & mask) }
    }
    let width = measures.count
    return SparseCells(
      axes: axes.map { resolver.axes[$0].levels }, codes: codes, counts: joined.counts.map { Int($0) },
      sums: measures.indices.map { index in
        let cells = joined.counts.indices
        return SparseCells.Sums(
          column: columns[index], n: cells.map { Int(joined.present[$0 * width + index]) },
          sum: cells.map {
            measures[index].total(joined.sums[$0 * width + index], n: Int(joined.present[$0 * width + index]))
          })
      })
  }

  private static func keys<Key: FixedWidthInteger & UnsignedInteger>(
    _ reader: borrowing BlockReader, _ axes: [Int], _ bits: [Int], _ count: Int, into keys: inout [Key]
  ) {
    var keys = keys.mutableSpan
    for row in 0..<count { keys[row] = 0 }
    let lanes = reader.lanes.span
    for (axis, bits) in zip(axes, bits) {
      let lane = reader.axisLane[axis]
      let shift = Key(bits)
      for row in 0..<count { keys[row] = keys[row] &<< shift | Key(truncatingIfNeeded: lanes[lane + row]) }
    }
  }
}

/// A measure's values as whole numbers whose sum does not depend on their order: steps above the smallest value, or for
/// doubles steps of 2⁻⁶¹ of the greatest.
package struct ExactMeasure: Sendable {
  package let source: ColumnSource
  /// Steps of one unit, for doubles.
  package let scale: Double

  package init(_ source: ColumnSource) {
    self.source = source
    let greatest = max(abs(source.number(0)), abs(source.number(source.range)))
    scale =
      greatest > 0 && greatest.isFinite
      ? Double(sign: .plus, exponent: min(60 - Int(greatest.exponent), 1000), significand: 1) : 1
  }

  @inline(__always)
  func exact(_ x: UInt64) -> Int128 {
    switch source.unit {
    case .scaled: return Int128(x)
    case .real:
      let value = (source.number(x) * scale).rounded()
      return value.isFinite ? Int128(value) : 0
    }
  }

  package func total(_ sum: Int128, n: Int) -> Double {
    switch source.unit {
    case .scaled(let low, let decimals):
      return ExactDecimal.double(sum + Int128(low) * Int128(n), scale: decimals)
    case .real: return Double(sum) / scale
    }
  }
}

/// Keys and their counts (and sums), found by hashing with open addressing.
private struct CellTable<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  let measures: Int
  private(set) var keys: [Key]
  /// 0: the slot is free.
  var counts: [UInt32]
  var present: [Int32]
  var sums: [Int128]
  private(set) var used = 0

  init(measures: Int, capacity: Int = 1 << 12) {
    self.measures = measures
    keys = [Key](repeating: 0, count: capacity)
    counts = [UInt32](repeating: 0, count: capacity)
    present = [Int32](repeating: 0, count: capacity * measures)
    sums = [Int128](repeating: 0, count: capacity * measures)
  }

  @inline(__always)
  private static func hash(_ key: Key) -> Int {
    var mixed = UInt64(truncatingIfNeeded: key)
    if Key.bitWidth > 64 { mixed ^= UInt64(truncatingIfNeeded: key >> 64) &* 0xC2B2_AE3D_27D4_EB4F }
    mixed = (mixed ^ (mixed >> 32)) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) >> 1)
  }

  /// Where the key is; a new key's slot is marked by the count that the caller adds.
  mutating func slot(_ key: Key) -> Int {
    if used * 2 >= keys.count { grow() }
    let mask = keys.count - 1
    var slot = Self.hash(key) & mask
    while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    if counts[slot] == 0 {
      keys[slot] = key
      used += 1
    }
    return slot
  }

  /// One more for each of the first keys; there is room for a block of new ones.
  ///
  /// - Parameter slots: where the keys are, if there is room for that.
  mutating func add(_ new: [Key], _ count: Int, slots: inout [Int32]) {
    while (used + count) * 2 >= keys.count { grow() }
    used += Self.add(new, count, &keys, &counts, &slots)
  }

  /// How many of them are new.
  private static func add(
    _ new: [Key], _ count: Int, _ keys: inout [Key], _ counts: inout [UInt32], _ slots: inout [Int32]
  ) -> Int {
    let mask = keys.count - 1
    var fresh = 0
    let new = new.span
    let isTold = !slots.isEmpty
    var keys = keys.mutableSpan
    var counts = counts.mutableSpan
    var slots = slots.mutableSpan
    for row in 0..<count {
      let key = new[row]
      var slot = hash(key) & mask
      while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
      if counts[slot] == 0 {
        keys[slot] = key
        fresh += 1
      }
      counts[slot] += 1
      if isTold { slots[row] = Int32(truncatingIfNeeded: slot) }
    }
    return fresh
  }

  /// A measure's values, each to the cell of its row.
  mutating func add(
    _ measure: ExactMeasure, _ index: Int, _ reader: borrowing BlockReader, lane source: Int,
    _ slots: [Int32], _ count: Int
  ) {
    let lane = reader.sourceLane[source]
    if measure.source.isNarrow {
      Self.add(measure, index, of: measures, reader.lanes.span, lane, slots.span, count, &present, &sums)
    } else {
      Self.add(measure, index, of: measures, reader.wideLanes.span, lane, slots.span, count, &present, &sums)
    }
  }

  @inline(__always)
  private static func add<Lane: FixedWidthInteger & UnsignedInteger>(
    _ measure: ExactMeasure, _ index: Int, of width: Int, _ lanes: Span<Lane>, _ lane: Int,
    _ slots: Span<Int32>, _ count: Int, _ present: inout [Int32], _ sums: inout [Int128]
  ) {
    let missing = measure.source.missingX
    var present = present.mutableSpan
    var sums = sums.mutableSpan
    if case .scaled = measure.source.unit {
      for row in 0..<count {
        let x = UInt64(truncatingIfNeeded: lanes[lane + row])
        if x == missing { continue }
        let place = Int(slots[row]) * width + index
        present[place] += 1
        sums[place] += Int128(x)
      }
    } else {
      for row in 0..<count {
        let x = UInt64(truncatingIfNeeded: lanes[lane + row])
        if x == missing { continue }
        let place = Int(slots[row]) * width + index
        present[place] += 1
        sums[place] += measure.exact(x)
      }
    }
  }

  private mutating func grow() {
    var larger = CellTable(measures: measures, capacity: keys.count * 2)
    for slot in keys.indices where counts[slot] != 0 {
      let to = larger.slot(keys[slot])
      larger.take(self, slot, to)
    }
    self = larger
  }

  private mutating func take(_ other: borrowing CellTable, _ slot: Int, _ to: Int) {
    counts[to] += other.counts[slot]
    for index in 0..<measures {
      present[to * measures + index] += other.present[slot * measures + index]
      sums[to * measures + index] += other.sums[slot * measures + index]
    }
  }

  private mutating func append(_ other: borrowing CellTable, _ slot: Int) {
    keys.append(other.keys[slot])
    counts.append(other.counts[slot])
    for index in 0..<measures {
      present.append(other.present[slot * measures + index])
      sums.append(other.sums[slot * measures + index])
    }
    used += 1
  }

  /// The cells packed together, in the order of their keys.
  func sorted() -> CellTable {
    var cells: [(key: Key, slot: Int32)] = []
    cells.reserveCapacity(used)
    for slot in keys.indices where counts[slot] != 0 { cells.append((keys[slot], Int32(slot))) }
    cells.sort { $0.key < $1.key }
    var packed = CellTable(measures: measures, capacity: 0)
    packed.keys.reserveCapacity(used)
    packed.counts.reserveCapacity(used)
    for cell in cells { packed.append(self, Int(cell.slot)) }
    return packed
  }

  /// Two sorted tables as one.
  func joined(_ other: CellTable) -> CellTable {
    if other.used == 0 { return self }
    if used == 0 { return other }
    var joined = CellTable(measures: measures, capacity: 0)
    joined.keys.reserveCapacity(used + other.used)
    joined.counts.reserveCapacity(used + other.used)
    var (first, second) = (0, 0)
    while first < used || second < other.used {
      if second == other.used || first < used && keys[first] <= other.keys[second] {
        joined.append(self, first)
        if second < other.used, keys[first] == other.keys[second] {
          joined.take(other, second, joined.used - 1)
          second += 1
        }
        first += 1
      } else {
        joined.append(other, second)
        second += 1
      }
    }
    return joined
  }
}
