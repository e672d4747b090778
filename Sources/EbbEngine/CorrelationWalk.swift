import EbbStatistics
import EbbTable

/// Pearson's and Spearman's coefficients of every pair of columns, over the rows where both are present.
///
/// All sums are of whole numbers and exact: decimals as their steps, doubles on a grid of 2⁻⁵⁰ of their range, mid-ranks
/// doubled. Pairs that miss the same columns share their ranks.
struct CorrelationWalk {
  /// A column over the rows where both it and some others are present.
  private struct RankKey: Hashable {
    let column: Int
    /// Columns with missing values that must be present, ascending.
    let present: [Int]
  }

  static func correlations(
    _ names: [String], _ catalog: SourceCatalog
  ) async throws(EngineError) -> Correlations {
    var keys: [SourceCatalog.Key] = []
    for name in names { keys.append(try catalog.measure(name)) }
    let sources = try await catalog.sources(keys)
    var pairs: [(first: Int, second: Int, present: [Int])] = []
    for first in names.indices {
      for second in names.indices.dropFirst(first + 1) {
        pairs.append((first, second, [first, second].filter { sources[$0].hasMissing }))
      }
    }
    var wanted: [RankKey] = []
    var numberOf: [RankKey: Int] = [:]
    for pair in pairs {
      for column in [pair.first, pair.second] {
        let key = RankKey(column: column, present: pair.present)
        if numberOf[key] == nil {
          numberOf[key] = wanted.count
          wanted.append(key)
        }
      }
    }
    let asked = wanted
    let ranks = try await catalog.workers.run(asked.count) { index throws(EngineError) in
      if Task.isCancelled { throw .cancelled }
      return MidRanks(
        sources[asked[index].column], present: asked[index].present.map { sources[$0] }, parts: catalog.parts)
    }
    let grids = sources.map(ValueGrid.init)
    let plan = pairs.map { pair in
      (
        pair.first, pair.second,
        numberOf[RankKey(column: pair.first, present: pair.present)] ?? 0,
        numberOf[RankKey(column: pair.second, present: pair.present)] ?? 0
      )
    }
    let sums = try await catalog.workers.run(catalog.parts.count) { part throws(EngineError) in
      var reader = BlockReader(sources: sources, axes: [])
      var sums = [PairSums](repeating: PairSums(), count: plan.count)
      for (number, block) in catalog.parts.parts[part].enumerated() {
        if number & 63 == 0, Task.isCancelled { throw .cancelled }
        reader.read(block)
        for row in 0..<block.count {
          for (index, pair) in plan.enumerated() {
            let (x, y) = (reader.x(pair.0, row), reader.x(pair.1, row))
            if x == sources[pair.0].missingX || y == sources[pair.1].missingX { continue }
            sums[index].add(
              grids[pair.0].step(x), grids[pair.1].step(y), ranks[pair.2].twiceRank(x),
              ranks[pair.3].twiceRank(y))
          }
        }
      }
      return sums
    }
    return Correlations(
      pairs: pairs.indices.map { index in
        var all = sums.first?[index] ?? PairSums()
        for part in sums.dropFirst() { all.add(part[index]) }
        return Correlations.Pair(
          first: names[pairs[index].first], second: names[pairs[index].second], n: all.n,
          pearson: all.values.coefficient(n: all.n), spearman: all.ranks.coefficient(n: all.n))
      })
  }
}

/// Sums of products of whole numbers.
private struct ProductSums: Sendable {
  var x: Int128 = 0
  var y: Int128 = 0
  var xx = WideTotal()
  var yy = WideTotal()
  var xy = WideTotal()

  @inline(__always)
  mutating func add(_ a: UInt64, _ b: UInt64) {
    x += Int128(a)
    y += Int128(b)
    xx.add(a, a)
    yy.add(b, b)
    xy.add(a, b)
  }

  mutating func add(_ other: ProductSums) {
    x += other.x
    y += other.y
    xx.add(other.xx)
    yy.add(other.yy)
    xy.add(other.xy)
  }

  /// (nΣxy − ΣxΣy) / √((nΣx² − (Σx)²)(nΣy² − (Σy)²)); `nil` where one is constant.
  func coefficient(n: Int) -> Double? {
    let size = WideInteger(n)
    let (sx, sy) = (WideInteger(x), WideInteger(y))
    let one = WideInteger(1)
    let covariance = (size * xy.wide - sx * sy).divided(by: one)
    let first = (size * xx.wide - sx * sx).divided(by: one)
    let second = (size * yy.wide - sy * sy).divided(by: one)
    guard first > 0, second > 0 else { return nil }
    return max(-1, min(1, covariance / (first.squareRoot() * second.squareRoot())))
  }
}

/// A sum of products of 64-bit numbers.
private struct WideTotal: Sendable {
  private var low: UInt128 = 0
  private var high: UInt64 = 0

  @inline(__always)
  mutating func add(_ a: UInt64, _ b: UInt64) {
    let product = a.multipliedFullWidth(by: b)
    let (sum, overflow) = low.addingReportingOverflow(UInt128(product.high) << 64 | UInt128(product.low))
    low = sum
    if overflow { high += 1 }
  }

  mutating func add(_ other: WideTotal) {
    let (sum, overflow) = low.addingReportingOverflow(other.low)
    low = sum
    high += other.high + (overflow ? 1 : 0)
  }

  var wide: WideInteger { WideInteger(low) + WideInteger(UInt128(high)).shiftedLeft(by: 128) }
}

private struct PairSums: Sendable {
  var n = 0
  var values = ProductSums()
  var ranks = ProductSums()

  @inline(__always)
  mutating func add(_ x: UInt64, _ y: UInt64, _ rankX: UInt64, _ rankY: UInt64) {
    n += 1
    values.add(x, y)
    ranks.add(rankX, rankY)
  }

  mutating func add(_ other: PairSums) {
    n += other.n
    values.add(other.values)
    ranks.add(other.ranks)
  }
}

/// A value as a whole number of steps from the column's smallest.
private struct ValueGrid: Sendable {
  private let source: ColumnSource
  private let low: Double
  private let scale: Double?

  init(_ source: ColumnSource) {
    self.source = source
    guard case .real = source.unit, source.presentCount > 0 else {
      low = 0
      scale = nil
      return
    }
    low = source.number(0)
    let span = source.number(source.range) - low
    scale = span > 0 && span.isFinite ? 0x1p50 / span : 0
  }

  @inline(__always)
  func step(_ x: UInt64) -> UInt64 {
    guard let scale else { return x }
    return UInt64(max(0, ((source.number(x) - low) * scale).rounded()))
  }
}

/// Twice the mid-rank of every value of a column, over the rows where it and some other columns are present.
private struct MidRanks: Sendable {
  /// Up to this range values are looked up in a table.
  private static let tableRange: UInt64 = 1 << 22
  /// By x, for narrow columns; else by the number of the value in `values`.
  private var twice: [UInt64] = []
  private var values: [UInt64] = []

  init(_ source: ColumnSource, present: [ColumnSource], parts: RowParts) {
    var reader = BlockReader(sources: [source] + present, axes: [])
    func eachPresent(_ body: (UInt64) -> Void) {
      for block in parts.parts.joined() {
        reader.read(block)
        rows: for row in 0..<block.count {
          let x = reader.x(0, row)
          if x == source.missingX { continue }
          for (index, other) in present.enumerated() where reader.x(index + 1, row) == other.missingX {
            continue rows
          }
          body(x)
        }
      }
    }
    var counts: [UInt32] = []
    if source.range <= Self.tableRange {
      counts = [UInt32](repeating: 0, count: Int(source.range) + 1)
      eachPresent { counts[Int($0)] += 1 }
    } else {
      var all: [UInt64] = []
      all.reserveCapacity(source.presentCount)
      eachPresent { all.append($0) }
      all.sort()
      for x in all {
        if values.last != x {
          values.append(x)
          counts.append(0)
        }
        counts[counts.count - 1] += 1
      }
    }
    twice.reserveCapacity(counts.count)
    var below: UInt64 = 0
    for count in counts {
      twice.append(2 * below + UInt64(count) + 1)
      below += UInt64(count)
    }
  }

  @inline(__always)
  func twiceRank(_ x: UInt64) -> UInt64 {
    if values.isEmpty { return twice.isEmpty ? 0 : twice[Int(x)] }
    var low = 0
    var high = values.count - 1
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < x { low = middle + 1 } else { high = middle }
    }
    return twice[low]
  }
}
