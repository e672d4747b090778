import EbbClients
import EbbEngine
import EbbStatistics

/// Clients counted by all main attributes together: what any picture of them can be drawn from without the clients.
/// Cells of fewer than the threshold are put together in `pooled`.
public struct ClientCube: Sendable, Codable, Equatable {
  public struct Axis: Sendable, Codable, Equatable {
    public let attribute: ComparisonAxis
    public let values: [String]
  }
  public struct Cell: Sendable, Codable, Equatable {
    /// Index into each axis' `values`.
    public let at: [Int]
    public let n: Int
    public let churned: Int
    /// Balance held by the cell's clients; `nil` without a balance column.
    public let balance: Double?
  }
  /// The small cells together.
  public struct Pooled: Sendable, Codable, Equatable {
    public let cells: Int
    public let n: Int
    public let churned: Int
    public let balance: Double?
  }
  public let axes: [Axis]
  public let cells: [Cell]
  public let pooled: Pooled

  /// Cells at most; attributes that would make more are left out.
  static let limit = 50_000
  static let roles: [Role] = [.products, .city, .activity, .gender, .age, .card, .balance]

  private static func groupings(
    _ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality
  ) -> [Grouping] {
    var cells = 2
    return roles.compactMap { role in
      guard let grouping = ChurnAttributes.grouping(role, schema, cuts, data: data) else { return nil }
      let size =
        switch grouping.cells {
        case .levels: (schema.entry(role)?.distinct ?? 50) + 1
        case .bands(let cuts, _): cuts.count + 2
        case .quantiles(let count): count + 1
        case .presence: 2
        }
      guard cells * size <= limit else { return nil }
      cells *= size
      return grouping
    }
  }

  private static func balance(_ schema: ClientSchema) -> String? {
    schema.entry(.balance).flatMap { schema.isNumeric($0.column) ? $0.column : nil }
  }

  static func questions(_ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality) -> Set<Question> {
    let by = groupings(schema, cuts, data)
    guard let churn = schema.column(.churn), !by.isEmpty else { return [] }
    var questions: Set<Question> = [ChurnCounts.question(by, Grouping(churn))]
    if let balance = balance(schema) { questions.insert(.moments(of: balance, by: by)) }
    return questions
  }

  init?(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality,
    threshold: Int
  ) {
    let by = Self.groupings(schema, cuts, data)
    guard !by.isEmpty, let counts = ChurnCounts(answers, by, sides) else { return nil }
    axes = zip(by, counts.axes).map { grouping, levels in
      Axis(
        attribute: ComparisonAxis(grouping, schema: schema),
        values: levels.enumerated().map {
          ComparisonValue($1, isFirst: $0 == 0, of: grouping).value
        })
    }
    var sums: [Double]?
    if let balance = Self.balance(schema), case .moments(let cells)? = answers[.moments(of: balance, by: by)]
    {
      sums = cells.values.map(\.sum)
    }
    let sizes = counts.axes.map(\.count)
    let pooling = PrivacyPooling(counts.n, threshold: threshold)
    cells = pooling.shown.map { cell in
      var rest = cell
      var at: [Int] = []
      for size in sizes.reversed() {
        at.append(rest % size)
        rest /= size
      }
      return Cell(
        at: at.reversed(), n: counts.n[cell], churned: counts.churned[cell], balance: sums?[cell])
    }
    pooled = Pooled(
      cells: pooling.pooled.count, n: pooling.pooled.reduce(0) { $0 + counts.n[$1] },
      churned: pooling.pooled.reduce(0) { $0 + counts.churned[$1] },
      balance: sums.map { sums in pooling.pooled.reduce(0) { $0 + sums[$1] } })
  }
}
