public import EbbClients
import EbbEngine
public import EbbStatistics

/// One column's gaps, against churn and every attribute.
public struct MissingPattern: Sendable, Codable, Equatable {
  /// Gaps by the groups of one attribute.
  public struct Against: Sendable, Codable, Equatable {
    public struct Group: Sendable, Codable, Equatable {
      public enum Pattern: String, Sendable, Codable, Equatable {
        /// Not one is missing where at least ten would be, were gaps spread evenly.
        case neverMissing
        /// Every one is missing where at least ten would be present.
        case alwaysMissing
      }
      public let value: String
      public let n: Int
      /// Missing among the group's clients.
      public let missing: Proportion
      public let pattern: Pattern?
    }
    public let attribute: ComparisonAxis
    public let groups: [Group]
    /// Chi-square of independence of being missing and the attribute (Fisher for small two-by-two tables).
    public let test: HypothesisTest
    /// Over all attributes and columns of the chapter.
    public let pValueHolm: Double?
    public let cramersV: EffectSize
    public let cramersVBiasCorrected: EffectSize
    /// Holm-adjusted p below α.
    public let significant: Bool
    /// Significant, and some group never or always misses it: the gap means something.
    public let structural: Bool
  }
  public let column: String
  public let role: Role
  public let missing: Int
  public let share: Double
  /// Every attribute; in a table with very many columns with gaps, churn, city and products.
  public let against: [Against]
  /// `true`: structural against at least one attribute.
  public let structural: Bool

  /// Tables of gaps by attributes up to which every attribute is looked at.
  static let tableLimit = 1000

  /// Churn first, then attributes with levels, then banded numbers; where `gaps` columns make too many tables of that,
  /// only churn, city and products.
  static func attributes(_ schema: ClientSchema, _ cuts: BandCuts, gaps: Int) -> [Grouping] {
    let churn = schema.column(.churn).map { [Grouping($0)] } ?? []
    let all = churn + Portrait.attributes(schema, cuts).filter { $0.cells != .presence }
    guard all.count * gaps > tableLimit else { return all }
    let kept = Set([Role.churn, .city, .products].compactMap { schema.column($0) })
    return all.filter { kept.contains($0.column) }
  }

  static func all(
    _ columns: [ClientSchema.Entry], _ answers: Answers, _ schema: ClientSchema, _ cuts: BandCuts,
    _ options: ComparisonOptions
  ) -> [MissingPattern] {
    var tables: [(column: Int, table: MissingTable)] = []
    let attributes = attributes(schema, cuts, gaps: columns.count)
    for (index, entry) in columns.enumerated() {
      for attribute in attributes where attribute.column != entry.column {
        if let table = MissingTable(entry.column, by: attribute, answers) {
          tables.append((index, table))
        }
      }
    }
    let holm = ComparisonCorrection.holm(tables.map(\.table.test.pValue))
    return columns.indices.map { index in
      let entry = columns[index]
      let against = tables.indices.filter { tables[$0].column == index }.map { row in
        tables[row].table.finished(holm: holm[row], schema, options)
      }
      var missing = 0
      var total = 0
      if let first = tables.first(where: { $0.column == index })?.table {
        missing = first.allMissing
        total = first.allClients
      }
      return MissingPattern(
        column: entry.column, role: entry.role, missing: missing,
        share: total > 0 ? Double(missing) / Double(total) : 0, against: against,
        structural: against.contains(where: \.structural))
    }
  }
}

/// Missing and present by the groups of one attribute, before correction.
private struct MissingTable {
  let attribute: Grouping
  let groups: [MissingPattern.Against.Group]
  let test: HypothesisTest
  let contingency: ContingencyResult
  /// Clients whose group is missing count here too.
  let allMissing: Int
  let allClients: Int

  init?(_ column: String, by attribute: Grouping, _ answers: Answers) {
    guard
      case .counts(let cells)? = answers[
        .counts(by: [Grouping(column, .presence), attribute])]
    else { return nil }
    let (rows, columns) = (cells.axes[0], cells.axes[1])
    func count(_ value: Level.Value, _ column: Int) -> Int {
      rows.firstIndex(of: Level(value)).map { cells.counts[$0 * columns.count + column] } ?? 0
    }
    let all = columns.indices.map { (missing: count(.missing, $0), present: count(.present, $0)) }
    allMissing = all.reduce(0) { $0 + $1.missing }
    allClients = all.reduce(0) { $0 + $1.missing + $1.present }
    let kept = columns.indices.filter {
      !columns[$0].isMissing && all[$0].missing + all[$0].present > 0
    }
    guard kept.count > 1 else { return nil }
    let missing = kept.reduce(0) { $0 + all[$1].missing }
    let total = kept.reduce(0) { $0 + all[$1].missing + all[$1].present }
    let share = Double(missing) / Double(total)
    self.attribute = attribute
    groups = kept.map { index in
      let n = all[index].missing + all[index].present
      var pattern: MissingPattern.Against.Group.Pattern?
      if all[index].missing == 0, Double(n) * share >= 10 { pattern = .neverMissing }
      if all[index].present == 0, Double(n) * (1 - share) >= 10 { pattern = .alwaysMissing }
      return MissingPattern.Against.Group(
        value: ComparisonValue(columns[index], isFirst: index == 0, of: attribute).value, n: n,
        missing: Proportion(successes: all[index].missing, n: n), pattern: pattern)
    }
    let table = kept.map { [all[$0].missing, all[$0].present] }
    contingency = chiSquaredContingency(table)
    test =
      kept.count == 2 && (contingency.minimumExpected ?? 0) < 5
      ? fisherExact(table) : contingency.test
  }

  func finished(
    holm: Double?, _ schema: ClientSchema, _ options: ComparisonOptions
  ) -> MissingPattern.Against {
    let significant = holm.map { $0 < options.alpha } ?? false
    return MissingPattern.Against(
      attribute: ComparisonAxis(attribute, schema: schema), groups: groups, test: test,
      pValueHolm: holm, cramersV: contingency.cramersV,
      cramersVBiasCorrected: contingency.cramersVBiasCorrected, significant: significant,
      structural: significant && groups.contains { $0.pattern != nil })
  }
}
