import EbbClients
import EbbEngine
import EbbStatistics

/// Clients counted by all main attributes together: what any picture of them can be drawn from without the clients.
/// Cells of fewer than the threshold are put together in `pooled`.
public struct ClientCube: Sendable, Codable, Equatable {
  public struct Axis: Sendable, Codable, Equatable {
    public let attribute: ComparisonAxis
    public let values: [String]
    /// How many levels the value "other" puts together: all but the most frequent. 0: there is no such value.
    public let others: Int
  }
  public struct Cell: Sendable, Codable, Equatable {
    /// Index into each axis' `values`.
    public let at: [Int]
    public let n: Int
    public let churned: Int
    /// Balance held by the cell's clients; `nil` without a balance column, or where too few of them have one.
    public let balance: Double?
  }
  /// The small cells together.
  public struct Pooled: Sendable, Codable, Equatable {
    public let cells: Int
    public let n: Int
    public let churned: Int
    public let balance: Double?
  }
  /// Attributes in the order products, city, activity, gender, age, card, balance (present or missing).
  public let axes: [Axis]
  public let cells: [Cell]
  public let pooled: Pooled

  /// Levels of an axis that keep their name.
  static let levelLimit = 12
  /// Cells to be asked for (an engine measures no more) and to be shown, at most; attributes that would make more are
  /// left out.
  static let (askedLimit, shownLimit) = (1 << 16, 25_000)
  /// An attribute of more levels leaves no room for the others and is left out itself.
  static let axisLimit = 200
  static let roles: [Role] = [.products, .city, .activity, .gender, .age, .card, .balance]

  private static func groupings(
    _ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality
  ) -> [Grouping] {
    var (asked, shown) = (1, 1)
    return roles.compactMap { role in
      guard let grouping = ChurnAttributes.grouping(role, schema, cuts, data: data) else { return nil }
      let size = size(grouping, schema, data)
      // The most frequent, "other" and missing.
      let named = min(size, levelLimit + 2)
      guard size <= axisLimit, asked * size <= askedLimit, shown * named <= shownLimit else { return nil }
      (asked, shown) = (asked * size, shown * named)
      return grouping
    }
  }

  /// As many cells as the attribute can have, one for missing values only where there are any.
  private static func size(_ grouping: Grouping, _ schema: ClientSchema, _ data: DataQuality) -> Int {
    let isWhole = data.columns.first { $0.column == grouping.column }?.missing == 0
    return CellBudget.cells([grouping], schema) - (isWhole && grouping.cells != .presence ? 1 : 0)
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
    let frequent = counts.axes.indices.map { FrequentLevels(counts, axis: $0, limit: Self.levelLimit) }
    axes = zip(by, zip(counts.axes, frequent)).map { grouping, found in
      let (levels, frequent) = found
      let named = frequent.kept.map {
        ComparisonValue(levels[$0], isFirst: $0 == 0, of: grouping).value
      }
      return Axis(
        attribute: ComparisonAxis(grouping, schema: schema),
        values: named + (frequent.others > 0 ? ["other"] : []), others: frequent.others)
    }

    let sizes = axes.map(\.values.count)
    let size = sizes.reduce(1, *)
    var (n, churned, held) = (
      [Int](repeating: 0, count: size), [Int](repeating: 0, count: size), [Int](repeating: 0, count: size)
    )
    var sums: [Double]?
    var balances: [Moments] = []
    if let balance = Self.balance(schema), case .moments(let cells)? = answers[.moments(of: balance, by: by)]
    {
      balances = cells.values
      sums = [Double](repeating: 0, count: size)
    }
    for cell in counts.n.indices where counts.n[cell] > 0 {
      let target = Self.target(of: cell, counts.axes, frequent, sizes)
      n[target] += counts.n[cell]
      churned[target] += counts.churned[cell]
      if balances.indices.contains(cell) {
        held[target] += balances[cell].n
        sums?[target] += balances[cell].sum
      }
    }

    let pooling = PrivacyPooling(n, threshold: threshold)
    func balance(_ cells: [Int]) -> Double? {
      let clients = cells.reduce(0) { $0 + held[$1] }
      guard let sums, clients == 0 || clients >= threshold else { return nil }
      return cells.reduce(0) { $0 + sums[$1] }
    }
    cells = pooling.shown.map { cell in
      var rest = cell
      var at: [Int] = []
      for size in sizes.reversed() {
        at.append(rest % size)
        rest /= size
      }
      return Cell(at: at.reversed(), n: n[cell], churned: churned[cell], balance: balance([cell]))
    }
    pooled = Pooled(
      cells: pooling.pooled.count, n: pooling.pooled.reduce(0) { $0 + n[$1] },
      churned: pooling.pooled.reduce(0) { $0 + churned[$1] }, balance: balance(pooling.pooled))
  }

  /// Where a cell of the answer lies once rare levels are "other".
  private static func target(
    of cell: Int, _ axes: [[Level]], _ frequent: [FrequentLevels], _ sizes: [Int]
  ) -> Int {
    var (rest, target, step) = (cell, 0, 1)
    for axis in axes.indices.reversed() {
      target += frequent[axis].index[rest % axes[axis].count] * step
      rest /= axes[axis].count
      step *= sizes[axis]
    }
    return target
  }
}

/// Which levels of an axis keep their name: the `limit` of most clients (missing always does); the others are one.
private struct FrequentLevels {
  /// In the order of the axis.
  let kept: [Int]
  let others: Int
  /// For each level its place among the kept ones; the others come last.
  let index: [Int]

  init(_ counts: ChurnCounts, axis: Int, limit: Int) {
    let levels = counts.axes[axis]
    let stride = counts.axes[(axis + 1)...].reduce(1) { $0 * $1.count }
    var n = [Int](repeating: 0, count: levels.count)
    for cell in counts.n.indices { n[cell / stride % levels.count] += counts.n[cell] }
    let present = levels.indices.filter { !levels[$0].isMissing }
    let largest = Set(present.sorted { (n[$1], $0) < (n[$0], $1) }.prefix(limit))
    let kept = levels.indices.filter { levels[$0].isMissing || largest.contains($0) }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    self.kept = kept
    others = levels.count - kept.count
    index = levels.indices.map { places[$0] ?? kept.count }
  }
}
