/// Walks a measure's values upwards once (twice where centres or doubles ask for it) and answers all views of a
/// group.
package struct MeasureWalk: Sendable {
  package let source: ColumnSource
  package let group: MeasureGroup
  package let views: [MeasureView]
  package let axes: [Axis]
  package let workers: Workers

  package struct Outcome: Sendable {
    /// By view number.
    package var figures: [Int: MeasureFigures] = [:]
    package var distinct = 0
    package init() {}
  }

  /// What one segment of the first walk gathers.
  private struct Segment: Sendable {
    var sums: [PowerSums]
    var wideSums: [WidePowerSums]
    var lowest: [UInt64]
    var highest: [UInt64]
    var distinct = 0
    var quantiles: [QuantileWalk?] = []
    var ranks: [RankWalk?] = []
    var plain: [RealWalk?] = []
    var shifted: [RealWalk?] = []

    mutating func take(_ block: borrowing RunBlock, _ cells: inout BlockCells, _ source: ColumnSource) {
      if quantiles.contains(where: { $0 != nil }) {
        cells.take(block)
        for index in quantiles.indices { quantiles[index]?.take(block, cells) }
      }
      for index in ranks.indices { ranks[index]?.take(block) }
      for index in plain.indices { plain[index]?.take(block, source) }
      for index in shifted.indices { shifted[index]?.take(block, source) }
      takeSums(block)
    }

    private mutating func takeSums(_ block: borrowing RunBlock) {
      let (x, cell, count) = (block.x.span, block.cell.span, block.count.span)
      takeEnds(x, cell, block.rows)
      if !sums.isEmpty {
        var sums = sums.mutableSpan
        for row in 0..<block.rows {
          let index = Int(cell[row])
          if count[row] == 1 {
            sums[index].add(x[row])
          } else {
            sums[index].add(x[row], count: UInt64(count[row]))
          }
        }
      } else if !wideSums.isEmpty {
        for row in 0..<block.rows { wideSums[Int(cell[row])].add(x[row], count: UInt64(count[row])) }
      }
    }

    /// Different values, and each cell's first and last.
    private mutating func takeEnds(_ x: Span<UInt64>, _ cell: Span<UInt32>, _ rows: Int) {
      // Taken out of `self` so that both spans can be open at once.
      var (lowest, highest) = (self.lowest, self.highest)
      (self.lowest, self.highest) = ([], [])
      var first = lowest.mutableSpan
      var last = highest.mutableSpan
      var before: UInt64 = .max
      var found = 0
      for row in 0..<rows {
        let index = Int(cell[row])
        if x[row] != before {
          found &+= 1
          before = x[row]
        }
        if first[index] == .max { first[index] = x[row] }
        last[index] = x[row]
      }
      distinct += found
      (self.lowest, self.highest) = (lowest, highest)
    }
  }

  func run(_ runs: some SortedRuns, missing: [Int]) async throws(EngineError) -> Outcome {
    let cellsOfView = group.views.map { ViewCells(views[$0], of: group, axes: axes) }
    let segmentCounts = try await workers.run(runs.segmentCount) { runs.cellCounts(of: $0) }
    var before: [[Int]] = []
    var total = [Int](repeating: 0, count: group.cells)
    for counts in segmentCounts {
      before.append(total)
      for cell in total.indices { total[cell] += counts[cell] }
    }
    var outcome = Outcome()
    var figures = zip(group.views, cellsOfView).map { _, cells in
      MeasureFigures(source: self.source, n: cells.gathered(total), missing: cells.gathered(missing))
    }
    for index in figures.indices {
      figures[index].positions = positions(for: views[group.views[index]], n: figures[index].n)
    }

    // First walk: sums, order statistics, ranks.
    let start = starts(figures, cellsOfView, total)
    let (source, cellCount, rowsBefore) = (self.source, group.cells, before)
    let walked = try await workers.run(runs.segmentCount) { segment throws(EngineError) in
      if Task.isCancelled { throw .cancelled }
      var walk = start(rowsBefore[segment])
      var cells = BlockCells(cells: cellCount)
      runs.forEachBlock(of: segment) { walk.take($0, &cells, source) }
      return walk
    }
    for (index, cells) in cellsOfView.enumerated() {
      gather(walked, index, cells, total, into: &figures[index])
    }
    outcome.distinct = walked.reduce(0) { $0 + $1.distinct }

    try await second(runs, cellsOfView, &figures)
    for (index, view) in group.views.enumerated() { outcome.figures[view] = figures[index] }
    return outcome
  }

  private var isReal: Bool { if case .real = source.unit { true } else { false } }

  /// Positions among each cell's sorted values that its quantiles lie on.
  package func positions(for view: MeasureView, n: [Int]) -> [[Int]] {
    var probabilities = view.probabilities
    if view.centers.contains(.median) { probabilities.insert(0.5) }
    return n.map { n in
      if n == 0 { return [] }
      let all = probabilities.flatMap { probability in
        let position = QuantilePosition(probability: probability, n: n)
        return [position.lower, position.upper]
      }
      return Set(all).sorted()
    }
  }

  /// Makes a segment's walk from the rows by cell before it.
  private func starts(
    _ figures: [MeasureFigures], _ cellsOfView: [ViewCells], _ total: [Int]
  ) -> @Sendable ([Int]) -> Segment {
    let exact = !isReal && source.range < PowerSums.limit
    let wide = !isReal && !exact
    let cells = group.cells
    let asked = group.views.map { views[$0] }
    let positions = figures.map(\.positions)
    let compared = zip(asked, cellsOfView).map { view, cells in
      view.ranks ? ComparedCells(cells, total) : nil
    }
    let pivot = source.number(0)
    let real = isReal
    return { before in
      var segment = Segment(
        sums: exact ? [PowerSums](repeating: PowerSums(), count: cells) : [],
        wideSums: wide ? [WidePowerSums](repeating: WidePowerSums(), count: cells) : [],
        lowest: [UInt64](repeating: .max, count: cells), highest: [UInt64](repeating: 0, count: cells))
      for (index, view) in asked.enumerated() {
        let cells = cellsOfView[index]
        let wanted = positions[index]
        let needsOrder = wanted.contains { !$0.isEmpty }
        segment.quantiles.append(
          needsOrder ? QuantileWalk(map: cells.map, wanted: wanted, below: cells.gathered(before)) : nil)
        segment.ranks.append(
          compared[index].map { RankWalk(map: $0.map, n: $0.n, below: $0.gathered(before)) })
        let sums = real && (view.moments || !view.centers.isEmpty)
        let zero = [Double](repeating: 0, count: cells.count)
        segment.plain.append(sums ? RealWalk(map: cells.map, pivot: 0, origin: zero) : nil)
        segment.shifted.append(sums ? RealWalk(map: cells.map, pivot: pivot, origin: zero) : nil)
      }
      return segment
    }
  }

  /// Puts the segments of the first walk together for one view.
  private func gather(
    _ walked: [Segment], _ index: Int, _ cells: ViewCells, _ total: [Int],
    into figures: inout MeasureFigures
  ) {
    figures.lowest = [UInt64?](repeating: nil, count: cells.count)
    figures.highest = figures.lowest
    for segment in walked {
      for (cell, low) in segment.lowest.enumerated() where low != .max {
        let view = Int(cells.map[cell])
        figures.lowest[view] = min(figures.lowest[view] ?? low, low)
        figures.highest[view] = max(figures.highest[view] ?? 0, segment.highest[cell])
      }
    }
    if !isReal {
      figures.sums = [WidePowerSums](repeating: WidePowerSums(), count: cells.count)
      for segment in walked {
        for (cell, sums) in segment.sums.enumerated() where sums.n > 0 {
          figures.sums[Int(cells.map[cell])].add(WidePowerSums(sums))
        }
        for (cell, sums) in segment.wideSums.enumerated() where sums.n > 0 {
          figures.sums[Int(cells.map[cell])].add(sums)
        }
      }
    }
    if var quantiles = walked[0].quantiles[index] {
      for segment in walked.dropFirst() { segment.quantiles[index].map { quantiles.merge($0) } }
      figures.found = quantiles.found
    }
    if var ranks = walked[0].ranks[index] {
      let compared = ComparedCells(cells, total)
      for segment in walked.dropFirst() { segment.ranks[index].map { ranks.merge($0) } }
      figures.ranks = RankFigures(
        sizes: cells.rankSizes, cells: compared.cells, walk: ranks)
    }
    if var plain = walked[0].plain[index], var shifted = walked[0].shifted[index] {
      for segment in walked.dropFirst() {
        segment.plain[index].map { plain.merge($0) }
        segment.shifted[index].map { shifted.merge($0) }
      }
      figures.reals = RealFigures(pivot: source.number(0), plain: plain, shifted: shifted)
    }
  }

  /// Second walk: about centres that are known only now.
  private func second(
    _ runs: some SortedRuns, _ cellsOfView: [ViewCells], _ figures: inout [MeasureFigures]
  ) async throws(EngineError) {
    var splits: [(view: Int, center: Question.Center, walk: DeviationWalk)] = []
    var reals: [(view: Int, aboutMean: Bool, walk: RealWalk)] = []
    for (index, cells) in cellsOfView.enumerated() {
      let view = views[group.views[index]]
      if let known = figures[index].reals {
        let means = known.shifted.sums.map { $0.n > 0 ? $0.powers[0].value / Double($0.n) : 0 }
        reals.append((index, true, RealWalk(map: cells.map, pivot: known.pivot, origin: means)))
        if view.centers.contains(.median) {
          let medians = figures[index].n.indices.map { figures[index].quantile(0.5, cell: $0) ?? 0 }
          reals.append((index, false, RealWalk(map: cells.map, pivot: 0, origin: medians)))
        }
      } else {
        for center in view.centers {
          let limits = figures[index].n.indices.map { Self.limit(figures[index], center, cell: $0) }
          splits.append((index, center, DeviationWalk(map: cells.map, limit: limits)))
        }
      }
    }
    if splits.isEmpty && reals.isEmpty { return }
    let (startSplits, startReals, source) = (splits.map(\.walk), reals.map(\.walk), self.source)
    let walked = try await workers.run(runs.segmentCount) { segment throws(EngineError) in
      if Task.isCancelled { throw .cancelled }
      var splits = startSplits
      var reals = startReals
      if reals.isEmpty {
        // Exact sums, whatever the order.
        runs.forEachUnorderedBlock(of: segment) { block in
          for index in splits.indices { splits[index].take(block) }
        }
      } else {
        runs.forEachBlock(of: segment) { block in
          for index in splits.indices { splits[index].take(block) }
          for index in reals.indices { reals[index].take(block, source) }
        }
      }
      return (splits, reals)
    }
    for (index, split) in splits.enumerated() {
      var walk = walked[0].0[index]
      for segment in walked.dropFirst() { walk.merge(segment.0[index]) }
      figures[split.view].deviations[split.center] = walk
    }
    for (index, real) in reals.enumerated() {
      var walk = walked[0].1[index]
      for segment in walked.dropFirst() { walk.merge(segment.1[index]) }
      if real.aboutMean {
        figures[real.view].reals?.aboutMean = walk
      } else {
        figures[real.view].reals?.aboutMedian = walk
      }
    }
  }

  /// The last whole x not above the centre.
  package static func limit(_ figures: MeasureFigures, _ center: Question.Center, cell: Int) -> UInt64 {
    let n = figures.n[cell]
    if n == 0 { return 0 }
    switch center {
    case .mean: return UInt64(figures.sums[cell].first / UInt128(n))
    case .median:
      let low = figures.order((n - 1) / 2, cell) ?? 0
      let high = figures.order(n / 2, cell) ?? low
      return low + (high - low) / 2
    }
  }
}

/// The cells of a view that are compared by ranks: no missing level, not empty; numbered in order.
package struct ComparedCells: Sendable {
  package let map: [Int32]
  package let n: [Int]
  /// The view's cell (without missing levels) of each compared one.
  package let cells: [Int]

  package init(_ cells: ViewCells, _ total: [Int]) {
    var sizes = [Int](repeating: 0, count: cells.rankSizes.reduce(1, *))
    for (cell, rank) in cells.rankMap.enumerated() where rank >= 0 { sizes[Int(rank)] += total[cell] }
    var number = [Int32](repeating: -1, count: sizes.count)
    var n: [Int] = []
    for (rank, size) in sizes.enumerated() where size > 0 {
      number[rank] = Int32(n.count)
      n.append(size)
    }
    map = cells.rankMap.map { $0 >= 0 ? number[Int($0)] : -1 }
    self.n = n
    self.cells = sizes.indices.filter { sizes[$0] > 0 }
  }

  func gathered(_ byCell: [Int]) -> [Int] {
    var result = [Int](repeating: 0, count: n.count)
    for (cell, value) in byCell.enumerated() where map[cell] >= 0 { result[Int(map[cell])] += value }
    return result
  }
}
