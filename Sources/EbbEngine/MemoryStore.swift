package import EbbTable

/// A table in memory, read part by part on all cores.
extension SourceCatalog: ClientStore {
  package var countedLimit: Int { 1 << 20 }
  package var groupLimit: Int { 1 << 12 }

  package func orderStatistics(_ key: Key, at positions: [Int]) async throws(EngineError) -> [UInt64] {
    let bins = try await bins(key)
    return try await bins.orderStatistics(
      positions, of: try await sources([key])[0], parts: parts, workers: workers)
  }

  package func cubes(
    _ plans: [CubePlan], _ resolver: AxisResolver
  ) async throws(EngineError) -> [CellCube] {
    try await CellCube.counting(plans, resolver: resolver, parts: parts, workers: workers)
  }

  package func cells(
    _ count: SparseCount, columns: [String], _ resolver: AxisResolver
  ) async throws(EngineError) -> SparseCells? {
    try await count.count(resolver, columns: columns, parts: parts, workers: workers)
  }

  package func correlations(_ columns: [String]) async throws(EngineError) -> Correlations {
    try await CorrelationWalk.correlations(columns, self)
  }

  package func sample(rows: Int, seed: UInt64) async throws(EngineError) -> Table {
    RowSample.draw(rows, seed: seed, from: table)
  }

  package func outcome(
    of walk: MeasureWalk, _ key: Key, source: Int, _ resolver: AxisResolver
  ) async throws(EngineError) -> MeasureWalk.Outcome {
    let group = walk.group
    let reading = resolver.reading(axes: group.axes, measure: source)
    let local = group.axes.map { reading.index[$0] ?? 0 }
    let bins = try await bins(key)
    let cellBits = Int.bitWidth - (max(group.cells, 1) - 1).leadingZeroBitCount
    if Int(bins.shift) + cellBits <= 32 {
      let plan = PartitionPlan(bins: bins, cells: group.cells, keyBits: 32)
      let runs = try await PartitionedRuns<UInt32>.laying(
        plan, reading: reading, axes: local, sizes: group.sizes, parts: parts,
        workers: workers)
      return try await walk.run(runs, missing: Self.missing(runs.parts.map(\.missing)))
    }
    if Int(bins.shift) + cellBits <= 64 {
      let plan = PartitionPlan(bins: bins, cells: group.cells, keyBits: 64)
      let runs = try await PartitionedRuns<UInt64>.laying(
        plan, reading: reading, axes: local, sizes: group.sizes, parts: parts,
        workers: workers)
      return try await walk.run(runs, missing: Self.missing(runs.parts.map(\.missing)))
    }
    let runs = ComparedRuns(reading: reading, axes: local, sizes: group.sizes, parts: parts)
    return try await walk.run(runs, missing: runs.missing)
  }

  private static func missing(_ parts: [[Int]]) -> [Int] {
    parts.dropFirst().reduce(into: parts[0]) { sum, part in
      for cell in sum.indices { sum[cell] += part[cell] }
    }
  }
}
