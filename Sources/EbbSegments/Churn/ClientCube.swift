public import EbbClients
public import EbbEngine

/// Clients counted by all main attributes together: what any picture of them can be drawn from without the clients.
///
/// No cell has fewer clients than the threshold. Small cells are put together along one attribute after another, the least
/// telling first, until they are large enough: such a cell has the value "pooled" on those attributes and keeps the
/// others. So cells always add up to all clients, and a cut by a few attributes loses few of them.
public struct ClientCube: Sendable, Codable, Equatable {
  public struct Axis: Sendable, Codable, Equatable {
    public let attribute: ComparisonAxis
    /// Levels; then "other" and "pooled", where there are such cells.
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
    /// Σ forecast of leaving: leavers expected among the cell's clients; `nil` without a forecast.
    public let expected: Double?
    /// Σ forecast × balance, with the same conditions.
    public let balanceAtRisk: Double?
  }
  /// Attributes in the order products, city, activity, gender, age, card, balance (in fifths, missing apart).
  public let axes: [Axis]
  public let cells: [Cell]
  /// Clients in cells with a pooled value.
  public let pooledClients: Int

  /// Levels of an axis that keep their name.
  static let levelLimit = 12
  /// Cells shown at most; what is beyond is pooled too, the smallest first.
  static let shownLimit = 16_000
  /// Cells that the attributes may have; attributes that would make more are left out.
  static let cellLimit = 1 << 18
  /// An attribute of more levels leaves no room for the others and is left out itself.
  static let axisLimit = 200
  /// As churn by balance is told, so that the page's levels are the study's.
  static let balanceBands = ChurnAttributes.quantileCount
  static let roles: [Role] = [.products, .city, .activity, .gender, .age, .card, .balance]
  /// The order in which small cells are put together.
  static let poolingOrder: [Role] = [.balance, .card, .gender, .activity, .age, .city, .products]

  /// Columns that a table with a forecast has besides its own: the forecast, and the balance times the forecast.
  public static let forecastColumn = "\u{1}forecast"
  public static let balanceAtRiskColumn = "\u{1}forecast balance"

  private static func grouping(
    _ role: Role, _ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality
  ) -> Grouping? {
    guard role == .balance else { return ChurnAttributes.grouping(role, schema, cuts, data: data) }
    return balance(schema).map { Grouping($0, .quantiles(count: balanceBands)) }
  }

  private static func groupings(
    _ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality
  ) -> [Grouping] {
    var cells = 1
    return roles.compactMap { role in
      guard let grouping = grouping(role, schema, cuts, data) else { return nil }
      let size = CellBudget.cells([grouping], schema)
      // The most frequent, "other" and missing.
      let named = min(size, levelLimit + 2)
      guard size <= axisLimit, cells * named <= cellLimit else { return nil }
      cells *= named
      return grouping
    }
  }

  private static func balance(_ schema: ClientSchema) -> String? {
    schema.entry(.balance).flatMap { schema.isNumeric($0.column) ? $0.column : nil }
  }

  private static func question(_ by: [Grouping], _ churn: String, sums: [String]) -> Question {
    .cells(by: by + [Grouping(churn)], sums: sums)
  }

  static func questions(_ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality) -> Set<Question> {
    let by = groupings(schema, cuts, data)
    guard let churn = schema.column(.churn), !by.isEmpty else { return [] }
    return [question(by, churn, sums: [balance(schema)].compactMap(\.self))]
  }

  /// The same cells with the forecast's sums, to be asked of a table that has the forecast's columns.
  public static func forecastQuestions(
    _ schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts()
  ) -> Set<Question> {
    let by = groupings(schema, cuts, data)
    guard let churn = schema.column(.churn), !by.isEmpty else { return [] }
    let held = balance(schema)
    let sums = [held, forecastColumn, held == nil ? nil : balanceAtRiskColumn].compactMap(\.self)
    return [question(by, churn, sums: sums)]
  }

  init?(
    _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ cuts: BandCuts, _ data: DataQuality,
    threshold: Int, forecast: Bool = false
  ) {
    let by = Self.groupings(schema, cuts, data)
    let questions =
      forecast
      ? Self.forecastQuestions(schema, data: data, cuts: cuts) : Self.questions(schema, cuts, data)
    guard let question = questions.first, case .cells(let found)? = answers[question],
      let left = found.axes.last?.firstIndex(of: sides.left)
    else { return nil }

    // Rare levels become "other", missing ones keep their name.
    let frequent = by.indices.map { FrequentLevels(found, axis: $0, limit: Self.levelLimit) }
    let named = by.indices.map { axis in
      frequent[axis].kept.map {
        ComparisonValue(found.axes[axis][$0], isFirst: $0 == 0, of: by[axis]).value
      } + (frequent[axis].others > 0 ? ["other"] : [])
    }
    // The value "pooled" comes after all others.
    let sizes = named.map { $0.count + 1 }
    func sums(_ column: String?) -> SparseCells.Sums? { found.sums.first { $0.column == column } }
    let (held, expected, atRisk) = (
      sums(Self.balance(schema)), sums(Self.forecastColumn), sums(Self.balanceAtRiskColumn)
    )
    var counted: [Int: CubeSum] = [:]
    for cell in found.counts.indices {
      let place = by.indices.reduce(0) {
        $0 * sizes[$1] + frequent[$1].index[Int(found.codes[$1][cell])]
      }
      let isLeft = Int(found.codes[by.count][cell]) == left
      counted[place, default: CubeSum()].add(
        n: found.counts[cell], churned: isLeft ? found.counts[cell] : 0, held: held?.n[cell] ?? 0,
        balance: held?.sum[cell] ?? 0, expected: expected?.sum[cell] ?? 0, atRisk: atRisk?.sum[cell] ?? 0)
    }
    let order = Self.poolingOrder.compactMap { role in
      by.firstIndex { grouping in schema.entry(role)?.column == grouping.column }
    }
    let told = ChurnTable.pairs(schema, cuts, data).compactMap { pair -> (Int, Int)? in
      guard let first = by.firstIndex(of: pair[0]), let second = by.firstIndex(of: pair[1]) else {
        return nil
      }
      return (first, second)
    }
    let pooled = CubePooling(
      counted, sizes: sizes, order: order, pairs: told, threshold: threshold, limit: Self.shownLimit)
    let cells = pooled.cells.map { place, sum -> Cell in
      let hasEnough = sum.held == 0 || sum.held >= threshold
      return Cell(
        at: CubePooling.at(place, sizes), n: sum.n, churned: sum.churned,
        balance: held != nil && hasEnough ? sum.balance : nil, expected: expected == nil ? nil : sum.expected,
        balanceAtRisk: atRisk != nil && hasEnough ? sum.atRisk : nil)
    }
    self.cells = cells
    let used = by.indices.map { axis in cells.contains { $0.at[axis] == sizes[axis] - 1 } }
    pooledClients = cells.reduce(0) { sum, cell in
      sum + (zip(cell.at, sizes).contains { $0 == $1 - 1 } ? cell.n : 0)
    }
    axes = by.indices.map { axis in
      Axis(
        attribute: ComparisonAxis(by[axis], schema: schema),
        values: named[axis] + (used[axis] ? ["pooled"] : []), others: frequent[axis].others)
    }
  }
}

extension Churn {
  /// The same chapter, its cells with the forecast's sums.
  /// - Parameter answers: to `ClientCube.forecastQuestions`, and to this chapter's own questions.
  public func withForecast(
    _ answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(),
    threshold: Int = 5
  ) -> Churn {
    guard let sides = ChurnSides(answers, schema),
      let cube = ClientCube(answers, sides, schema, cuts, data, threshold: threshold, forecast: true)
    else { return self }
    return Churn(self, cube: cube)
  }
}

/// Which levels of an axis keep their name: the `limit` of most clients (missing always does); the others are one.
private struct FrequentLevels {
  /// In the order of the axis.
  let kept: [Int]
  let others: Int
  /// For each level its place among the kept ones; the others come last.
  let index: [Int]

  init(_ cells: SparseCells, axis: Int, limit: Int) {
    let levels = cells.axes[axis]
    var n = [Int](repeating: 0, count: levels.count)
    for (code, count) in zip(cells.codes[axis], cells.counts) { n[Int(code)] += count }
    let present = levels.indices.filter { !levels[$0].isMissing && n[$0] > 0 }
    let largest = Set(present.sorted { (n[$1], $0) < (n[$0], $1) }.prefix(limit))
    let kept = levels.indices.filter { n[$0] > 0 && (levels[$0].isMissing || largest.contains($0)) }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    self.kept = kept
    others = present.count - largest.count
    index = levels.indices.map { places[$0] ?? kept.count }
  }
}
