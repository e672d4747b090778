import EbbClients
import EbbEngine
public import EbbStatistics

/// How one group's clients fall into the levels of an attribute, against the rest.
public struct PortraitCategory: Sendable, Codable, Equatable {
  /// One level here and elsewhere.
  public struct Level: Sendable, Codable, Equatable {
    public let value: String
    public let low: Double?
    public let high: Double?
    /// Of the group's clients, how many have this level.
    public let here: CompositionShare
    /// Of the other clients.
    public let elsewhere: CompositionShare
    /// share here / share elsewhere.
    public let ratio: Double?
    /// share here − share elsewhere, Newcombe's interval.
    public let difference: EffectSize
    /// 2·asin√p₁ − 2·asin√p₂: on the same scale as Cohen's d.
    public let cohensH: Double?
    /// `fisherExact` where an expected count is below 5, else `twoProportionZ`.
    public let test: HypothesisTest
  }
  public let attribute: ComparisonAxis
  /// Clients whose level is missing, here and elsewhere: not among `levels`.
  public let missingHere: Int
  public let missingElsewhere: Int
  public let levels: [Level]
  /// `chiSquared`, two by two also `chiSquaredYates fisherExact`.
  public let tests: [HypothesisTest]
  public let minimumExpected: Double?
  /// `cramersV cramersVBiasCorrected`.
  public let effects: [EffectSize]

  public func test(_ name: String) -> HypothesisTest? { tests.first { $0.name == name } }
  public func effect(_ name: String) -> EffectSize? { effects.first { $0.name == name } }

  /// Column `cell` of the table attribute × group against all other known groups.
  init?(
    _ attribute: Grouping, by grouping: Grouping, cell: EbbEngine.Level, _ answers: Answers,
    _ schema: ClientSchema
  ) {
    guard case .counts(let cells)? = answers[.counts(by: [attribute, grouping])],
      let column = cells.axes[1].firstIndex(of: cell)
    else { return nil }
    let (rows, columns) = (cells.axes[0], cells.axes[1])
    let others = columns.indices.filter { $0 != column && !columns[$0].isMissing }
    let here = rows.indices.map { cells.counts[$0 * columns.count + column] }
    let rest = rows.indices.map { row in
      others.reduce(0) { $0 + cells.counts[row * columns.count + $1] }
    }
    // Presence is about the missing; other axes leave them out
    let isPresence = attribute.cells == .presence
    let kept = rows.indices.filter { (isPresence || !rows[$0].isMissing) && here[$0] + rest[$0] > 0 }
    let gone = rows.indices.filter { !isPresence && rows[$0].isMissing }
    let (n1, n2) = (kept.reduce(0) { $0 + here[$1] }, kept.reduce(0) { $0 + rest[$1] })
    guard n1 > 0, n2 > 0, kept.count > 1 else { return nil }

    self.attribute = ComparisonAxis(attribute, schema: schema)
    missingHere = gone.reduce(0) { $0 + here[$1] }
    missingElsewhere = gone.reduce(0) { $0 + rest[$1] }
    levels = kept.map { row in
      Self.level(
        ComparisonValue(rows[row], isFirst: row == 0, of: attribute), here[row], n1, rest[row], n2)
    }
    let table = kept.map { [here[$0], rest[$0]] }
    let contingency = chiSquaredContingency(table)
    var tests = [contingency.test]
    if kept.count == 2 { tests += [chiSquaredContingency(table, yates: true).test, fisherExact(table)] }
    self.tests = tests
    minimumExpected = contingency.minimumExpected
    effects = [contingency.cramersV, contingency.cramersVBiasCorrected]
  }

  private static func level(_ name: ComparisonValue, _ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) -> Level {
    let (p1, p2) = (Double(x1) / Double(n1), Double(x2) / Double(n2))
    let having = Double(x1 + x2)
    let smallest = min(having, Double(n1 + n2) - having) * Double(min(n1, n2)) / Double(n1 + n2)
    return Level(
      value: name.value, low: name.low, high: name.high,
      here: CompositionShare(having: x1, of: n1), elsewhere: CompositionShare(having: x2, of: n2),
      ratio: p2 > 0 ? p1 / p2 : nil,
      difference: riskDifference(successes1: x1, n1: n1, successes2: x2, n2: n2),
      cohensH: EbbStatistics.cohensH(p1, p2),
      test: smallest < 5
        ? fisherExact([[x1, n1 - x1], [x2, n2 - x2]])
        : twoProportionZ(successes1: x1, n1: n1, successes2: x2, n2: n2))
  }
}
