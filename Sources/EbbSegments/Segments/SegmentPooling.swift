/// Which cells of a cut are shown one by one, which together, and which with sizes only, so that no client can be read
/// off: neither in a small cell, nor by subtracting what is shown from the whole.
struct SegmentPooling {
  struct Part {
    let cells: [Int]
    let isDescribed: Bool
  }
  let parts: [Part]

  /// One attribute: small groups together, with the smallest others until they are enough.
  init(_ n: [Int], threshold: Int) {
    let pooling = PrivacyPooling(n, threshold: threshold, limit: SegmentCut.groupLimit)
    parts =
      pooling.shown.map { Part(cells: [$0], isDescribed: true) }
      + (pooling.pooled.isEmpty ? [] : [Part(cells: pooling.pooled, isDescribed: false)])
  }

  /// Two attributes. Rows are pooled as in the cut by the first attribute alone. A row with a small cell is not split, as
  /// the row itself is described there. What is hidden of a column must be enough clients too, or the column's own
  /// description gives it away: until it is, the next smallest row is shown with sizes only.
  init(rowsOf n: [Int], columns: Int, threshold: Int) {
    let rows = n.count / max(1, columns)
    func cells(_ row: Int) -> [Int] { Array(row * columns..<(row + 1) * columns) }
    let totals = (0..<rows).map { row in cells(row).reduce(0) { $0 + n[$1] } }
    let pooling = PrivacyPooling(totals, threshold: threshold, limit: SegmentCut.groupLimit)
    // Each row as its columns' cells; the pooled rows are one.
    var groups = pooling.shown.map { row in cells(row).map { [$0] } }
    if !pooling.pooled.isEmpty {
      groups.append(
        (0..<columns).map { column in
          pooling.pooled.map { $0 * columns + column }.filter { n[$0] > 0 }
        })
    }
    func size(_ group: Int, _ column: Int) -> Int { groups[group][column].reduce(0) { $0 + n[$1] } }
    func size(_ group: Int) -> Int { (0..<columns).reduce(0) { $0 + size(group, $1) } }
    let unsplit = Set(
      groups.indices.filter { group in
        (0..<columns).contains { 1..<max(1, threshold) ~= size(group, $0) }
      })
    var hidden = unsplit
    if !pooling.pooled.isEmpty { hidden.insert(groups.count - 1) }
    func isShort(_ column: Int) -> Bool {
      1..<max(1, threshold) ~= hidden.reduce(0) { $0 + size($1, column) }
    }
    while (0..<columns).contains(where: isShort),
      let next = groups.indices.filter({ !hidden.contains($0) }).min(by: { (size($0), $0) < (size($1), $1) })
    {
      hidden.insert(next)
    }
    parts = groups.indices.flatMap { group -> [Part] in
      unsplit.contains(group)
        ? [Part(cells: groups[group].joined().filter { n[$0] > 0 }, isDescribed: false)]
        : groups[group].filter { !$0.isEmpty && n[$0[0]] > 0 }.map {
          Part(cells: $0, isDescribed: !hidden.contains(group))
        }
    }
  }
}
