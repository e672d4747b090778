import EbbStatistics
import EbbTable

/// Pearson's and Spearman's coefficients of every pair of columns, over the rows where both are present.
///
/// All sums are of whole numbers and exact: decimals as their steps, doubles on a grid of 2⁻⁵⁰ of their range, mid-ranks
/// doubled. A column enters once for every set of columns that have to be present beside it; values and ranks of other
/// rows are zero there, so sums of products need no conditions.
struct CorrelationWalk: Sendable {
  /// A column over the rows where some columns are present.
  struct Key: Hashable, Sendable {
    let column: Int
    /// Columns with missing values that must be present, ascending.
    let present: [Int]
  }
  private let sources: [ColumnSource]
  private var keys: [Key] = []
  private var pairs: [(first: Int, second: Int)] = []

  static func correlations(
    _ names: [String], _ catalog: SourceCatalog
  ) async throws(EngineError) -> Correlations {
    var measures: [SourceCatalog.Key] = []
    for name in names { measures.append(try catalog.measure(name)) }
    let walk = CorrelationWalk(try await catalog.sources(measures))
    let sums = try await walk.run(catalog)
    var pairs: [Correlations.Pair] = []
    for (index, pair) in walk.pairs.enumerated() {
      let (x, y) = (sums.columns[pair.first], sums.columns[pair.second])
      let products = sums.pairs[index]
      pairs.append(
        Correlations.Pair(
          first: names[walk.keys[pair.first].column], second: names[walk.keys[pair.second].column], n: x.n,
          pearson: PairProducts(n: x.n, x.values, y.values, products.values).coefficient,
          spearman: PairProducts(n: x.n, x.ranks, y.ranks, products.ranks).coefficient))
    }
    return Correlations(pairs: pairs)
  }

  private init(_ sources: [ColumnSource]) {
    self.sources = sources
    var numberOf: [Key: Int] = [:]
    for first in sources.indices {
      for second in sources.indices.dropFirst(first + 1) {
        let present = [first, second].filter { sources[$0].hasMissing }
        let numbers = [first, second].map { column -> Int in
          let key = Key(column: column, present: present)
          if let known = numberOf[key] { return known }
          numberOf[key] = keys.count
          keys.append(key)
          return keys.count - 1
        }
        pairs.append((numbers[0], numbers[1]))
      }
    }
  }

  private func run(_ catalog: SourceCatalog) async throws(EngineError) -> CorrelationSums {
    let (sources, keys, pairs, parts) = (self.sources, self.keys, self.pairs, catalog.parts)
    let ranks = try await catalog.workers.run(keys.count) { index throws(EngineError) in
      if Task.isCancelled { throw .cancelled }
      return MidRanks(
        sources[keys[index].column], present: keys[index].present.map { sources[$0] }, parts: parts)
    }
    let sums = try await catalog.workers.run(parts.count) { part throws(EngineError) in
      var reader = BlockReader(sources: sources, axes: [])
      var lanes = CorrelationLanes(sources, keys)
      var sums = CorrelationSums(columns: keys.count, pairs: pairs.count)
      for (number, block) in parts.parts[part].enumerated() {
        if number & 63 == 0, Task.isCancelled { throw .cancelled }
        reader.read(block)
        lanes.fill(reader, block.count, ranks)
        for index in keys.indices { lanes.addColumn(index, to: &sums.columns[index]) }
        for (index, pair) in pairs.enumerated() {
          lanes.addPair(pair.first, pair.second, to: &sums.pairs[index])
        }
      }
      return sums
    }
    return sums.dropFirst().reduce(into: sums[0]) { $0.add($1) }
  }
}

/// One block's values and doubled mid-ranks of every column and set of present columns; zero where one is missing.
private struct CorrelationLanes {
  private static let size = RowBlock.size
  private let sources: [ColumnSource]
  private let keys: [CorrelationWalk.Key]
  private let grids: [ValueGrid]
  /// Columns whose values have to be put on a grid or do not fit 32 bits.
  private let isWide: [Bool]
  private var narrow: [UInt32]
  private var wide: [UInt64]
  private var ranks: [UInt32]
  /// All bits where the row counts, by set of present columns.
  private var masks: [UInt32]
  private let sets: [[Int]]
  private let setOfKey: [Int]
  private var rowsOfSet: [Int]

  init(_ sources: [ColumnSource], _ keys: [CorrelationWalk.Key]) {
    self.sources = sources
    self.keys = keys
    grids = sources.map(ValueGrid.init)
    isWide = keys.map { key in
      if case .real = sources[key.column].unit { true } else { !sources[key.column].isNarrow }
    }
    var sets: [[Int]] = []
    var setOfKey: [Int] = []
    for key in keys {
      let known = sets.firstIndex(of: key.present)
      setOfKey.append(known ?? sets.count)
      if known == nil { sets.append(key.present) }
    }
    self.sets = sets
    self.setOfKey = setOfKey
    rowsOfSet = [Int](repeating: 0, count: sets.count)
    narrow = [UInt32](repeating: 0, count: keys.count * Self.size)
    wide = [UInt64](repeating: 0, count: isWide.contains(true) ? keys.count * Self.size : 0)
    ranks = narrow
    masks = [UInt32](repeating: 0, count: sets.count * Self.size)
  }

  mutating func fill(_ reader: borrowing BlockReader, _ count: Int, _ tables: [MidRanks]) {
    // Rows past the end of a short block must not count.
    for set in sets.indices {
      for row in 0..<Self.size { masks[set * Self.size + row] = row < count ? .max : 0 }
    }
    for (number, set) in sets.enumerated() {
      for column in set { mask(column, reader, count, at: number * Self.size) }
      var rows = 0
      for index in number * Self.size..<(number + 1) * Self.size { rows += Int(masks[index] & 1) }
      rowsOfSet[number] = rows
    }
    fillValues(reader, count)
    // Taken out and put back: the lanes are written while the masks are read.
    var ranks: [UInt32] = []
    swap(&ranks, &self.ranks)
    for (index, key) in keys.enumerated() {
      let lane = reader.sourceLane[key.column]
      let mask = setOfKey[index] * Self.size
      if sources[key.column].isNarrow {
        tables[index].look(reader.lanes.span, lane, masks.span, mask, count, into: &ranks, index * Self.size)
      } else {
        tables[index].look(
          reader.wideLanes.span, lane, masks.span, mask, count, into: &ranks, index * Self.size)
      }
    }
    swap(&ranks, &self.ranks)
  }

  private mutating func fillValues(_ reader: borrowing BlockReader, _ count: Int) {
    var narrow: [UInt32] = []
    swap(&narrow, &self.narrow)
    for (index, key) in keys.enumerated() {
      let lane = reader.sourceLane[key.column]
      let mask = setOfKey[index] * Self.size
      let to = index * Self.size
      if isWide[index] {
        for row in 0..<Self.size {
          let counts = row < count && masks[mask + row] != 0
          wide[to + row] = counts ? grids[key.column].step(reader.x(key.column, row)) : 0
        }
      } else {
        let (from, masks) = (reader.lanes.span, self.masks.span)
        var lanes = narrow.mutableSpan
        for row in 0..<Self.size { lanes[to + row] = from[lane + row] & masks[mask + row] }
      }
    }
    swap(&narrow, &self.narrow)
  }

  private mutating func mask(_ column: Int, _ reader: borrowing BlockReader, _ count: Int, at start: Int) {
    let lane = reader.sourceLane[column]
    let (isNarrow, missing) = (sources[column].isNarrow, sources[column].missingX)
    var masks = self.masks.mutableSpan
    if isNarrow {
      let lanes = reader.lanes.span
      for row in 0..<count { masks[start + row] &= UInt64(lanes[lane + row]) == missing ? 0 : .max }
    } else {
      let lanes = reader.wideLanes.span
      for row in 0..<count { masks[start + row] &= lanes[lane + row] == missing ? 0 : .max }
    }
  }

  func addColumn(_ index: Int, to sums: inout CorrelationSums.Column) {
    let at = index * Self.size
    sums.n += rowsOfSet[setOfKey[index]]
    sums.ranks.first.addSum(ranks.span, at)
    sums.ranks.second.addProducts(ranks.span, at, ranks.span, at)
    if isWide[index] {
      sums.values.first.addSum(wide.span, at)
      sums.values.second.addProducts(wide.span, at, wide.span, at)
    } else {
      sums.values.first.addSum(narrow.span, at)
      sums.values.second.addProducts(narrow.span, at, narrow.span, at)
    }
  }

  func addPair(_ first: Int, _ second: Int, to sums: inout CorrelationSums.Pair) {
    let (a, b) = (first * Self.size, second * Self.size)
    sums.ranks.addProducts(ranks.span, a, ranks.span, b)
    switch (isWide[first], isWide[second]) {
    case (false, false): sums.values.addProducts(narrow.span, a, narrow.span, b)
    case (false, true): sums.values.addProducts(narrow.span, a, wide.span, b)
    case (true, false): sums.values.addProducts(wide.span, a, narrow.span, b)
    case (true, true): sums.values.addProducts(wide.span, a, wide.span, b)
    }
  }
}

/// A value as a whole number of steps from the column's smallest.
package struct ValueGrid: Sendable {
  private let source: ColumnSource
  /// Half the smallest value and half the range of a column of doubles: halves cannot overflow.
  package let low: Double
  package let span: Double
  private let isReal: Bool

  package init(_ source: ColumnSource) {
    self.source = source
    if case .real = source.unit { isReal = true } else { isReal = false }
    low = isReal && source.presentCount > 0 ? source.number(0) / 2 : 0
    span = isReal && source.presentCount > 0 ? source.number(source.range) / 2 - low : 0
  }

  @inline(__always)
  func step(_ x: UInt64) -> UInt64 {
    if !isReal { return x }
    return span > 0 ? UInt64((max(0, min(1, (source.number(x) / 2 - low) / span)) * 0x1p50).rounded()) : 0
  }
}
