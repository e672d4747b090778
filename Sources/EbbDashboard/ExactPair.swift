import EbbSegments

/// Clients by two attributes of the cells as the study counts them, before any cell is pooled.
///
/// A count is the study's where what the cells leave out of it is nobody or no small group. Where it is, the cells' count
/// stands; and so that it cannot be had by taking the other counts from their line's total, what a line leaves out
/// altogether is nobody or no small group either. It is counted under "pooled".
struct ExactPair {
  struct Count: Equatable {
    var n: Int
    var churned: Int

    static let none = Count(n: 0, churned: 0)
    static func + (a: Count, b: Count) -> Count { Count(n: a.n + b.n, churned: a.churned + b.churned) }
    static func - (a: Count, b: Count) -> Count { Count(n: a.n - b.n, churned: a.churned - b.churned) }
  }
  /// By value of the first and the second axis, the second running fastest.
  let counts: [Count]

  /// Clients that a pair must have for its rate to be drawn.
  private static let drawnFrom = 30

  /// - Parameters:
  ///   - rows: counts of the first axis' values, "pooled" with nobody.
  ///   - columns: those of the second.
  /// - Returns: `nil` where the study's pairs are not those of the axes.
  init?(
    _ table: ChurnTable, _ cube: ClientCube, first: Int, second: Int, rows: [Count], columns: [Count],
    threshold: Int
  ) {
    let (names, heads) = (cube.axes[first].values, cube.axes[second].values)
    let width = heads.count
    var told = [Count](repeating: .none, count: names.count * width)
    for cell in cube.cells {
      let place = cell.at[first] * width + cell.at[second]
      told[place] = told[place] + Count(n: cell.n, churned: cell.churned)
    }
    let pooled = (row: names.firstIndex(of: "pooled"), column: heads.firstIndex(of: "pooled"))
    var shown = told
    for (place, _) in told.enumerated() where isPooled(place) { shown[place] = .none }
    func isPooled(_ place: Int) -> Bool { place / width == pooled.row || place % width == pooled.column }
    // How many the cells leave out, where the study's count is shown.
    var left = [Int](repeating: 0, count: told.count)
    let isComplete = !table.cells.contains { $0.first == "pooled" && $0.second == "pooled" }
    var counted: [Int: Count] = [:]
    for cell in table.cells where cell.first != "pooled" || cell.second != "pooled" {
      guard let row = names.firstIndex(of: cell.first) ?? names.firstIndex(of: "other"),
        let column = heads.firstIndex(of: cell.second) ?? heads.firstIndex(of: "other")
      else { return nil }
      // Levels without a name of their own may be among those that the study has together.
      if !isComplete, names[row] == "other" || heads[column] == "other" { continue }
      counted[row * width + column, default: .none] =
        counted[row * width + column, default: .none] + Count(n: cell.n, churned: cell.churned)
    }
    for (place, count) in counted {
      let more = count.n - told[place].n
      guard more >= 0 else { return nil }
      if more == 0 || more >= threshold {
        shown[place] = count
        left[place] = more
      }
    }
    let lines = names.indices.map { row in heads.indices.map { row * width + $0 } }
    let stands = heads.indices.map { column in names.indices.map { $0 * width + column } }
    func rest(_ places: [Int], _ total: Count) -> Count { places.reduce(total) { $0 - shown[$1] } }
    var isChanged = true
    while isChanged {
      isChanged = false
      for (places, total) in zip(lines + stands, rows + columns)
      where 1..<max(1, threshold) ~= rest(places, total).n {
        // Rates of few are not drawn, so those are given up first.
        let able = places.filter { left[$0] > 0 }
        guard
          let place = able.min(by: {
            (shown[$0].n < Self.drawnFrom ? 0 : 1, left[$0]) < (
              shown[$1].n < Self.drawnFrom ? 0 : 1, left[$1]
            )
          })
        else { continue }
        shown[place] = told[place]
        left[place] = 0
        isChanged = true
      }
    }
    // Nobody is lost.
    if let row = pooled.row {
      for column in heads.indices where column != pooled.column {
        shown[row * width + column] = rest(stands[column], columns[column])
      }
    }
    if let column = pooled.column {
      for row in names.indices where row != pooled.row {
        // Where there is a row for them they are there.
        if pooled.row == nil { shown[row * width + column] = rest(lines[row], rows[row]) }
      }
    }
    let total = rows.reduce(.none, +)
    guard shown.reduce(.none, +) == total, shown.allSatisfy({ $0.n >= 0 && $0.churned >= 0 }) else {
      return nil
    }
    counts = shown
  }
}
