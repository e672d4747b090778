/// Counts of rows over several axes at once, the last axis running fastest; smaller questions are answered from it
/// by adding up.
package struct CellCube: Sendable {
  let axes: [Int]
  let sizes: [Int]
  package private(set) var counts: [UInt32]

  /// What was counted elsewhere.
  package init(_ plan: CubePlan, counts: [UInt32]) {
    self.init(axes: plan.axes, sizes: plan.sizes, counts: counts)
  }

  init(axes: [Int], sizes: [Int], counts: [UInt32]) {
    self.axes = axes
    self.sizes = sizes
    self.counts = counts
  }

  /// Counts all cubes in one pass over the columns they need.
  static func counting(
    _ plans: [CubePlan], resolver: AxisResolver, parts: RowParts, workers: Workers
  ) async throws(EngineError) -> [CellCube] {
    if plans.isEmpty { return [] }
    // Only the sources and axes of these cubes are read.
    let usedAxes = Set(plans.flatMap(\.axes)).sorted()
    let reading = resolver.reading(axes: usedAxes, measure: nil)
    let local = plans.map { plan in plan.axes.map { reading.index[$0] ?? 0 } }
    let tables = try await workers.run(parts.count) { part throws(EngineError) in
      var reader = BlockReader(sources: reading.sources, axes: reading.axes)
      var cells = [UInt32](repeating: 0, count: RowBlock.size)
      var tables = plans.map { [UInt32](repeating: 0, count: $0.cells) }
      for (number, block) in parts.parts[part].enumerated() {
        if number & 63 == 0, Task.isCancelled { throw .cancelled }
        reader.read(block)
        for cube in 0..<plans.count {
          reader.cells(of: local[cube], sizes: plans[cube].sizes, block, into: &cells)
          add(cells, block.count, to: &tables[cube])
        }
      }
      return tables
    }
    return plans.indices.map { cube in
      var counts = tables[0][cube]
      for table in tables.dropFirst() {
        for cell in counts.indices { counts[cell] += table[cube][cell] }
      }
      return CellCube(axes: plans[cube].axes, sizes: plans[cube].sizes, counts: counts)
    }
  }

  private static func add(_ cells: [UInt32], _ count: Int, to table: inout [UInt32]) {
    let cells = cells.span
    var table = table.mutableSpan
    for row in 0..<count { table[Int(cells[row])] += 1 }
  }

  /// The counts over some of the cube's axes, in the order asked; an axis may come twice.
  func marginal(_ wanted: [Int], sizes wantedSizes: [Int]) -> [Int] {
    let target = CellMap(from: axes, sizes: sizes, to: wanted, sizes: wantedSizes)
    var result = [Int](repeating: 0, count: wantedSizes.reduce(1, *))
    for (cell, count) in counts.enumerated() where count > 0 {
      result[target.cell(cell)] += Int(count)
    }
    return result
  }
}

/// The axes of a cube to be counted.
package struct CubePlan: Sendable {
  /// A cube of several questions stays within this many cells, so that its table stays in the cache.
  static let sharedLimit = 1 << 15
  package var axes: [Int]
  package var sizes: [Int]
  package var cells: Int { sizes.reduce(1, *) }

  /// Puts questions together: each goes to the first cube that has its axes or can take them in.
  static func merging(_ questions: [[Int]], axes: [Axis]) -> [CubePlan] {
    func cells(_ set: [Int]) -> Int { set.reduce(1) { $0 * axes[$1].size } }
    let sets = Set(questions.map { Set($0).sorted() })
    let ordered = sets.sorted { first, second in
      let (a, b) = (cells(first), cells(second))
      return a != b ? a > b : first.lexicographicallyPrecedes(second)
    }
    var merged: [[Int]] = []
    for set in ordered {
      if merged.contains(where: { Set(set).isSubset(of: $0) }) { continue }
      let fit = merged.firstIndex { cells(Set($0).union(set).sorted()) <= sharedLimit }
      if let fit {
        merged[fit] = Set(merged[fit]).union(set).sorted()
      } else {
        merged.append(set)
      }
    }
    return merged.map { set in CubePlan(axes: set, sizes: set.map { axes[$0].size }) }
  }
}

/// Which cell of some axes a cell of more axes belongs to.
struct CellMap: Sendable {
  private let steps: [(size: Int, step: Int)]

  init(from axes: [Int], sizes: [Int], to wanted: [Int], sizes wantedSizes: [Int]) {
    var steps = [Int](repeating: 0, count: axes.count)
    var step = 1
    for (axis, size) in zip(wanted, wantedSizes).reversed() {
      if let index = axes.firstIndex(of: axis) { steps[index] += step }
      step *= size
    }
    self.steps = Array(zip(sizes, steps).map { (size: $0, step: $1) }.reversed())
  }

  func cell(_ cell: Int) -> Int {
    var rest = cell
    var result = 0
    for (size, step) in steps {
      result += rest % size * step
      rest /= size
    }
    return result
  }
}
