/// Clients in ten equal parts from the highest forecast down: how many leavers each part catches.
///
/// lift = rate in the part / overall rate; capture = share of all leavers caught down to here. Equal scores at a border
/// are split in proportion (as if drawn at random among them), so the table does not depend on row order.
public struct DecileTable: Sendable, Codable, Equatable {
  public struct Row: Sendable, Codable, Equatable {
    /// 1 is the part with the highest forecasts.
    public let decile: Int
    public let n: Double
    public let churned: Double
    public let rate: Double
    public let lift: Double
    public let cumulativeShare: Double
    public let capture: Double
    public let cumulativeLift: Double
    /// Lowest score of the part.
    public let lowestScore: Double
  }
  public let rows: [Row]

  public init?(scores: [Double], churned: [Bool], parts: Int = 10) {
    guard let order = ScoreOrder(scores: scores, churned: churned), parts > 0 else { return nil }
    let n = Double(scores.count)
    let overall = Double(order.churned) / n
    var rows: [Row] = []
    var before = 0.0
    for part in 1...parts {
      let share = Double(part) / Double(parts)
      let caught = order.caught(top: share * n)
      let size = n / Double(parts)
      let here = caught.churned - before
      rows.append(
        Row(
          decile: part, n: size, churned: here, rate: here / size, lift: here / size / overall,
          cumulativeShare: share, capture: caught.churned / Double(order.churned),
          cumulativeLift: caught.churned / (share * n) / overall, lowestScore: caught.lowestScore))
      before = caught.churned
    }
    self.rows = rows
  }
}

extension ScoreOrder {
  /// Expected leavers among the `count` highest scores, ties at the border taken in proportion.
  func caught(top count: Double) -> (churned: Double, lowestScore: Double) {
    var left = count
    var caught = 0.0
    var lowest = descendingGroups.first?.score ?? 0
    for group in descendingGroups {
      guard left > 1e-9 else { break }
      let size = Double(group.churned + group.stayed)
      let taken = min(1, left / size)
      caught += taken * Double(group.churned)
      left -= size
      lowest = group.score
    }
    return (caught, lowest)
  }
}
