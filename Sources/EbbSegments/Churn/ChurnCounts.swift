import EbbClients
import EbbEngine

/// Counts by some attributes and churn: n and leavers of every cell.
struct ChurnCounts {
  let axes: [[Level]]
  /// Row-major over `axes`.
  let n: [Int]
  let churned: [Int]

  /// The question; churn is always the last axis.
  static func question(_ by: [Grouping], _ sides: Grouping) -> Question { .counts(by: by + [sides]) }

  init?(_ answers: Answers, _ by: [Grouping], _ sides: ChurnSides) {
    guard case .counts(let cells)? = answers[Self.question(by, sides.grouping)],
      let levels = cells.axes.last, let left = levels.firstIndex(of: sides.left)
    else { return nil }
    axes = Array(cells.axes.dropLast())
    let size = levels.count
    let count = cells.counts.count / max(1, size)
    n = (0..<count).map { cell in cells.counts[cell * size..<(cell + 1) * size].reduce(0, +) }
    churned = (0..<count).map { cells.counts[$0 * size + left] }
  }

  /// Levels of a cell, one for each axis.
  func levels(_ cell: Int) -> [Level] {
    var rest = cell
    var out: [Level] = []
    for axis in axes.reversed() {
      out.append(axis[rest % axis.count])
      rest /= axis.count
    }
    return out.reversed()
  }
}
