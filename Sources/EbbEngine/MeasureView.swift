/// Everything asked about one measure over one list of groupings.
package struct MeasureView: Sendable {
  package let by: [Grouping]
  /// The groupings' axes, in their order.
  package let axes: [Int]
  package var probabilities: Set<Double> = []
  package var ranks = false
  package var moments = false
  package var distinct = false
  package var centers: Set<Question.Center> = []
}

/// Views of one measure that are answered by one walk over its values.
package struct MeasureGroup: Sendable {
  package let axes: [Int]
  package let sizes: [Int]
  package let views: [Int]

  package var cells: Int { sizes.reduce(1, *) }

  /// Puts views together while their common cells stay within `limit`.
  static func merging(_ views: [MeasureView], axes: [Axis], limit: Int) -> [MeasureGroup] {
    func cells(_ set: [Int]) -> Int {
      set.reduce(1) { $0.multipliedReportingOverflow(by: axes[$1].size).partialValue }
    }
    let ordered = views.indices.sorted { first, second in
      let (a, b) = (cells(Set(views[first].axes).sorted()), cells(Set(views[second].axes).sorted()))
      return a != b ? a > b : first < second
    }
    var merged: [(set: [Int], views: [Int])] = []
    for view in ordered {
      let set = Set(views[view].axes).sorted()
      let within = merged.firstIndex { Set(set).isSubset(of: $0.set) }
      if let fit = within ?? merged.firstIndex(where: { cells(Set($0.set).union(set).sorted()) <= limit }) {
        merged[fit].set = Set(merged[fit].set).union(set).sorted()
        merged[fit].views.append(view)
      } else {
        merged.append((set, [view]))
      }
    }
    return merged.map { group in
      MeasureGroup(axes: group.set, sizes: group.set.map { axes[$0].size }, views: group.views.sorted())
    }
  }
}

/// How the cells of a walk belong to the cells of a view.
package struct ViewCells: Sendable {
  package let count: Int
  /// To the view's cells.
  package let map: [Int32]
  /// Sizes of the view's axes without missing levels, and the map to those cells; −1 where a level is missing.
  package let rankSizes: [Int]
  package let rankMap: [Int32]

  package init(_ view: MeasureView, of group: MeasureGroup, axes: [Axis]) {
    let sizes = view.axes.map { axes[$0].size }
    let rankSizes = view.axes.map { axes[$0].size - (axes[$0].hasMissingLevel ? 1 : 0) }
    count = sizes.reduce(1, *)
    self.rankSizes = rankSizes
    var map: [Int32] = []
    var rankMap: [Int32] = []
    for cell in 0..<group.cells {
      var digits: [Int: Int] = [:]
      var rest = cell
      for (axis, size) in zip(group.axes, group.sizes).reversed() {
        digits[axis] = rest % size
        rest /= size
      }
      var whole = 0
      var rank = 0
      for (position, axis) in view.axes.enumerated() {
        let digit = digits[axis] ?? 0
        whole = whole * sizes[position] + digit
        if digit >= rankSizes[position] { rank = -1 }
        if rank >= 0 { rank = rank * rankSizes[position] + digit }
      }
      map.append(Int32(whole))
      rankMap.append(Int32(rank))
    }
    self.map = map
    self.rankMap = rankMap
  }

  package func gathered(_ byCell: [Int]) -> [Int] {
    var result = [Int](repeating: 0, count: count)
    for (cell, value) in byCell.enumerated() { result[Int(map[cell])] += value }
    return result
  }
}
