/// Scores sorted once, equal ones grouped, for every measure that walks them.
struct ScoreOrder {
  struct Group {
    let score: Double
    var churned: Int
    var stayed: Int
  }
  let churned: Int
  let stayed: Int
  /// From the highest score down.
  let descendingGroups: [Group]
  /// Indices by ascending score; ties by index.
  let ascending: [Int]

  /// `nil` unless both classes are there and every score is a number.
  init?(scores: [Double], churned labels: [Bool]) {
    guard scores.count == labels.count, scores.allSatisfy({ $0.isFinite }) else { return nil }
    let churned = labels.reduce(0) { $0 + ($1 ? 1 : 0) }
    guard churned > 0, churned < labels.count else { return nil }
    self.churned = churned
    self.stayed = labels.count - churned
    self.ascending = AscendingOrder.of(scores)
    var groups: [Group] = []
    for index in ascending.reversed() {
      if groups.last?.score != scores[index] {
        groups.append(Group(score: scores[index], churned: 0, stayed: 0))
      }
      if labels[index] { groups[groups.count - 1].churned += 1 } else { groups[groups.count - 1].stayed += 1 }
    }
    self.descendingGroups = groups
  }
}
