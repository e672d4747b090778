import EbbClients
import EbbEngine

/// Clients and leavers by group and stratum.
struct StratifiedChurn {
  let groups: [Level]
  /// Levels of the second grouping: the strata, where there is only one more.
  let strata: [Level]
  /// By group, then stratum.
  let n: [[Int]]
  let churned: [[Int]]
  /// Clients of all groups in each stratum.
  let weights: [Double]

  /// The first grouping makes the groups, the others the strata.
  init?(_ plan: [Grouping], _ answers: Answers, _ sides: ChurnSides) {
    guard let counts = ChurnCounts(answers, plan, sides), let groups = counts.axes.first, !groups.isEmpty
    else {
      return nil
    }
    let size = counts.n.count / groups.count
    self.groups = groups
    self.strata = counts.axes.count == 2 ? counts.axes[1] : []
    n = groups.indices.map { Array(counts.n[$0 * size..<($0 + 1) * size]) }
    churned = groups.indices.map { Array(counts.churned[$0 * size..<($0 + 1) * size]) }
    let rows = n
    weights = (0..<size).map { stratum in Double(rows.reduce(0) { $0 + $1[stratum] }) }
  }
  /// The largest known groups of at least `threshold` clients, in the order of their levels.
  func largest(_ limit: Int, threshold: Int) -> [Int] {
    let sizes = n.map { $0.reduce(0, +) }
    let known = groups.indices.filter { !groups[$0].isMissing && sizes[$0] >= max(1, threshold) }
    return known.sorted { (sizes[$1], $0) < (sizes[$0], $1) }.prefix(limit).sorted()
  }
}
