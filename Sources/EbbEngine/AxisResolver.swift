import EbbTable

/// Turns groupings into axes: finds their levels and how to code them.
package struct AxisResolver: Sendable {
  /// Numbers with more different values than this have no `levels`.
  static let numberLevelLimit = 1000
  /// Texts with more.
  static let textLevelLimit = 1 << 20
  /// Up to this range codes are looked up by x.
  private static let tableRange: UInt64 = 1 << 16

  let store: any ClientStore
  package private(set) var sources: [ColumnSource] = []
  package private(set) var axes: [Axis] = []
  private var sourceIndex: [SourceCatalog.Key: Int] = [:]
  private var axisIndex: [Axis.Key: Int] = [:]

  init(store: any ClientStore) { self.store = store }

  mutating func source(_ key: SourceCatalog.Key) async throws(EngineError) -> Int {
    if let index = sourceIndex[key] { return index }
    let source = try await store.sources([key])[0]
    sources.append(source)
    sourceIndex[key] = sources.count - 1
    return sources.count - 1
  }

  mutating func axis(_ grouping: Grouping) async throws(EngineError) -> Int {
    if let index = axisIndex[.grouping(grouping)] { return index }
    let key = SourceCatalog.Key(column: grouping.column, asNumber: false)
    let index = try await source(key)
    let source = sources[index]
    let cells: (levels: [Level], starts: [UInt64])
    switch grouping.cells {
    case .presence:
      return add(Self.presence(grouping, index, source))
    case .levels:
      let limit = source.isCoded ? Self.textLevelLimit : Self.numberLevelLimit
      guard let used = try await store.used(key, limit: limit) else {
        throw .tooManyCells(groupings: [grouping], cells: limit + 1, limit: limit)
      }
      cells = (used.map { Level(Self.level(of: $0, in: source)) }, used)
    case .bands(let cuts, let leftClosed):
      cells = Self.bands(Set(cuts.filter(\.isFinite)).sorted(), leftClosed, source)
    case .quantiles(let count):
      if count > Self.numberLevelLimit {
        throw .tooManyCells(groupings: [grouping], cells: count, limit: Self.numberLevelLimit)
      }
      cells = try await quantileBands(count, key, source)
    }
    let hasMissing = source.hasMissing
    let levels = cells.levels + (hasMissing ? [Level(.missing)] : [])
    // A cell begins at its start; the first takes all below the second, missing begins behind the last x.
    let cuts =
      Array(cells.starts.dropFirst()) + (hasMissing && !cells.starts.isEmpty ? [source.missingX] : [])
    return add(
      Axis(
        key: .grouping(grouping), source: index, coding: Self.coding(cuts, source),
        size: max(levels.count, 1),
        levels: levels, hasMissingLevel: hasMissing))
  }

  /// Bins between edges, the last closed on both sides: code 0 is below, 1...bins are the bins, then above, missing.
  mutating func axis(_ column: SourceCatalog.Key, edges: [Double]) async throws(EngineError) -> Int {
    let key = Axis.Key.edges(column: column.column, edges)
    if let index = axisIndex[key] { return index }
    let index = try await source(column)
    let source = sources[index]
    let bins = max(edges.count - 1, 0)
    var starts = edges.dropLast().map { source.firstX(from: $0, closed: true) }
    if let last = edges.last, bins > 0 { starts.append(source.firstX(from: last, closed: false)) }
    return add(
      Axis(
        key: key, source: index, coding: Self.coding(starts + [source.missingX], source), size: bins + 3,
        levels: [], hasMissingLevel: false))
  }

  /// Each x its own code, missing last.
  mutating func valueAxis(_ column: SourceCatalog.Key) async throws(EngineError) -> Int {
    let key = Axis.Key.value(column: column.column, asNumber: column.asNumber)
    if let index = axisIndex[key] { return index }
    let index = try await source(column)
    return add(
      Axis(
        key: key, source: index, coding: .identity, size: Int(sources[index].range) + 2, levels: [],
        hasMissingLevel: false))
  }

  private mutating func add(_ axis: Axis) -> Int {
    axes.append(axis)
    axisIndex[axis.key] = axes.count - 1
    return axes.count - 1
  }

  // MARK: Cells

  private static func level(of x: UInt64, in source: ColumnSource) -> Level.Value {
    if case .codes(_, let levels) = source.column.storage, case .scaled(let low, _) = source.unit {
      return .text(levels.texts[Int(low) + Int(x)])
    }
    return .number(source.number(x))
  }

  private static func bands(
    _ cuts: [Double], _ leftClosed: Bool, _ source: ColumnSource
  ) -> (levels: [Level], starts: [UInt64]) {
    guard source.presentCount > 0 else { return ([], []) }
    let borders = [nil] + cuts.map(Optional.some) + [nil]
    var levels = zip(borders, borders.dropFirst()).map { low, high in
      Level(.band(low: low, high: high, leftClosed: leftClosed))
    }
    var starts = [0] + cuts.map { source.firstX(from: $0, closed: leftClosed) }
    if starts.count > 1, starts.last == source.missingX {
      starts.removeLast()
      levels.removeLast()
    }
    if starts.count > 1, starts[1] == 0 {
      starts.removeFirst()
      levels.removeFirst()
    }
    return (levels, starts)
  }

  private func quantileBands(
    _ count: Int, _ key: SourceCatalog.Key, _ source: ColumnSource
  ) async throws(EngineError) -> (levels: [Level], starts: [UInt64]) {
    guard source.presentCount > 0 else { return ([], []) }
    let parts = max(count, 1)
    let positions = (0...parts).map {
      QuantilePosition(probability: Double($0) / Double(parts), n: source.presentCount)
    }
    let wanted = Set(positions.flatMap { [$0.lower, $0.upper] }).sorted()
    let found = try await store.orderStatistics(key, at: wanted)
    let at = Dictionary(uniqueKeysWithValues: zip(wanted, found))
    var edges: [Double] = []
    for position in positions {
      let edge = position.value(at[position.lower] ?? 0, at[position.upper] ?? 0, in: source)
      if edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    }
    if edges.count == 1 { edges.append(edges[0]) }
    let levels = zip(edges, edges.dropFirst()).map { Level(.band(low: $0, high: $1, leftClosed: false)) }
    let starts = [0] + edges.dropFirst().dropLast().map { source.firstX(from: $0, closed: false) }
    return (levels, starts)
  }

  private static func presence(_ grouping: Grouping, _ index: Int, _ source: ColumnSource) -> Axis {
    let coding: Axis.Coding
    if source.missingX <= Self.tableRange {
      var table = [UInt32](repeating: 1, count: Int(source.missingX) + 1)
      table[Int(source.missingX)] = 0
      coding = .table(table)
    } else {
      coding = .presence
    }
    return Axis(
      key: .grouping(grouping), source: index, coding: coding, size: 2,
      levels: [Level(.missing), Level(.present)], hasMissingLevel: false)
  }

  private static func coding(_ cuts: [UInt64], _ source: ColumnSource) -> Axis.Coding {
    // Neighbouring levels from 0 on are their own codes.
    if source.isNarrow, cuts.enumerated().allSatisfy({ UInt64($0 + 1) == $1 }),
      UInt64(cuts.count) == source.range + (source.hasMissing ? 1 : 0)
    {
      return .identity
    }
    let thresholds = Thresholds(cuts: cuts, upTo: source.missingX)
    if source.missingX <= Self.tableRange {
      return .table((0...source.missingX).map(thresholds.code))
    }
    return .thresholds(thresholds)
  }
}

/// What one pass reads: its own axes and their sources, and for each axis its number within the pass.
struct PassReading: Sendable {
  let sources: [ColumnSource]
  let axes: [Axis]
  let index: [Int: Int]
  /// The measure's number among the sources.
  let measure: Int
}

extension AxisResolver {
  func reading(axes wanted: [Int], measure: Int?) -> PassReading {
    var order: [Int] = measure.map { [$0] } ?? []
    for axis in wanted where !order.contains(axes[axis].source) { order.append(axes[axis].source) }
    let local = wanted.map { axis in
      let from = axes[axis]
      return Axis(
        key: from.key, source: order.firstIndex(of: from.source) ?? 0, coding: from.coding, size: from.size,
        levels: from.levels, hasMissingLevel: from.hasMissingLevel)
    }
    return PassReading(
      sources: order.map { sources[$0] }, axes: local,
      index: Dictionary(uniqueKeysWithValues: wanted.enumerated().map { ($1, $0) }), measure: 0)
  }
}
