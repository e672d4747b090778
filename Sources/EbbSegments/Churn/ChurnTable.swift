import EbbClients
import EbbEngine
public import EbbStatistics

/// Churn by two attributes together.
public struct ChurnTable: Sendable, Codable, Equatable {
  public struct Cell: Sendable, Codable, Equatable {
    /// Values of the first and second attribute; "pooled" for the small cells together.
    public let first: String
    public let second: String
    public let n: Int
    public let churned: Int
    public let churn: Proportion
  }
  public let first: ComparisonAxis
  public let second: ComparisonAxis
  public let cells: [Cell]

  /// The largest cells are shown; the others are together in "pooled".
  static let cellLimit = 1000

  /// The pairs of roles looked at, as far as the table has them.
  static let roles: [(Role, Role)] = [
    (.city, .gender), (.age, .activity), (.products, .city), (.products, .age), (.city, .balance),
    (.products, .balance), (.gender, .activity), (.products, .activity), (.age, .gender),
    (.products, .gender), (.products, .card),
  ]

  /// Pairs that would have more cells than an engine counts are left out.
  static func pairs(_ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality) -> [[Grouping]] {
    roles.compactMap { first, second in
      guard let first = ChurnAttributes.grouping(first, schema, cuts, data: data),
        let second = ChurnAttributes.grouping(second, schema, cuts, data: data),
        CellBudget.fits([first, second], schema)
      else { return nil }
      return [first, second]
    }
  }

  init?(
    _ pair: [Grouping], _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, threshold: Int
  ) {
    guard let counts = ChurnCounts(answers, pair, sides) else { return nil }
    first = ComparisonAxis(pair[0], schema: schema)
    second = ComparisonAxis(pair[1], schema: schema)
    let pooling = PrivacyPooling(counts.n, threshold: threshold, limit: Self.cellLimit)
    func cell(_ first: String, _ second: String, _ members: [Int]) -> Cell {
      let n = members.reduce(0) { $0 + counts.n[$1] }
      let churned = members.reduce(0) { $0 + counts.churned[$1] }
      return Cell(
        first: first, second: second, n: n, churned: churned, churn: Proportion(successes: churned, n: n))
    }
    var cells = pooling.shown.map { member in
      let levels = counts.levels(member)
      return cell(
        ComparisonValue(levels[0], isFirst: levels[0] == counts.axes[0].first, of: pair[0]).value,
        ComparisonValue(levels[1], isFirst: levels[1] == counts.axes[1].first, of: pair[1]).value, [member])
    }
    if !pooling.pooled.isEmpty { cells.append(cell("pooled", "pooled", pooling.pooled)) }
    self.cells = cells
  }
}
