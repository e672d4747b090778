import EbbClients
import EbbEngine
import EbbStatistics

/// The churn column as a grouping, and which of its levels means *left*: the one where the flag is 1.
struct ChurnSides {
  let grouping: Grouping
  let left: Level
  let stayed: Level

  static func questions(_ schema: ClientSchema) -> Set<Question> {
    guard let column = schema.column(.churn) else { return [] }
    return [.moments(of: column, by: [Grouping(column)])]
  }

  /// `nil` without a churn column, or where nobody left or nobody stayed.
  init?(_ answers: Answers, _ schema: ClientSchema) {
    guard let column = schema.column(.churn) else { return nil }
    let grouping = Grouping(column)
    guard case .moments(let cells)? = answers[.moments(of: column, by: [grouping])] else { return nil }
    var left: Level?
    var stayed: Level?
    for (level, moments) in zip(cells.axes[0], cells.values) where moments.n > 0 {
      if moments.mean == 1 { left = level } else if moments.mean == 0 { stayed = level }
    }
    guard let left, let stayed else { return nil }
    self.grouping = grouping
    self.left = left
    self.stayed = stayed
  }
}
