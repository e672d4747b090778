public import EbbClients
public import EbbEngine
public import EbbStatistics

/// Is a category met equally often across groups? Chi-square of independence with its expected counts, Fisher where
/// they are small, Cramér's V, every pair of groups corrected, and a verdict of four.
///
/// Rows where the category or the group is missing are left out and counted. The verdict's rule is ``Verdict``'s;
/// *within the bound* means: in every category, every pair of groups passes TOST on Cohen's h, Holm-adjusted.
/// In Python: `scipy.stats.chi2_contingency(correction=False)`, `scipy.stats.fisher_exact`.
public struct CategoricalComparison: Sendable, Codable, Equatable {
  /// One group and how its clients fall into the categories.
  public struct Group: Sendable, Codable, Equatable {
    public struct Category: Sendable, Codable, Equatable {
      public let value: String
      /// Clients of the group in this category, with Wilson's interval.
      public let share: Proportion
    }
    public let value: String
    public let low: Double?
    public let high: Double?
    public let n: Int
    public let categories: [Category]
  }

  public enum Reason: String, Sendable, Codable, Equatable, CaseIterable {
    /// Fewer than two groups or categories with clients in them.
    case tooFewGroups
    /// Two by two, and an expected count below 5: exact.
    case smallExpectedCounts
    /// Expected counts are below 5 in more than a fifth of the cells, or below 1: p is rough, and no exact test is
    /// at hand for a table this size.
    case roughExpectedCounts
    case chiSquaredByDefault
  }

  public let measure: ComparisonAxis
  public let by: ComparisonAxis
  public let alpha: Double
  /// Clients compared.
  public let n: Int
  /// Clients left out: the category is missing.
  public let missing: Int
  /// Clients left out: the group is missing.
  public let missingGroup: Int
  public let groups: [Group]
  /// The category that differences and ratios of shares are about: the one that means *yes*, or the last.
  public let focus: String?
  public let minimumExpected: Double?
  /// Share of cells whose expected count is below 5.
  public let smallExpectedShare: Double?
  /// Test and reason.
  public let chosenTest: String?
  public let reason: Reason
  /// `chiSquared`, two by two also `chiSquaredYates fisherExact`.
  public let tests: [HypothesisTest]
  /// `cramersV cramersVBiasCorrected`, two by two also `riskDifference relativeRisk oddsRatio`.
  public let effects: [EffectSize]
  public let pairs: [CategoricalComparisonPair]
  public let decision: Decision
  public let verdict: Verdict

  public static func questions(_ measure: Grouping, by grouping: Grouping) -> Set<Question> {
    [.counts(by: [measure, grouping])]
  }

  /// `focus`: the category differences of shares are about. `nil` where the answers lack the question.
  public init?(
    _ answers: Answers, _ measure: Grouping, by grouping: Grouping, schema: ClientSchema,
    focus: Level? = nil, options: ComparisonOptions = ComparisonOptions()
  ) {
    guard case .counts(let cells)? = answers[.counts(by: [measure, grouping])] else { return nil }
    let (rows, columns) = (cells.axes[0], cells.axes[1])
    func count(_ row: Int, _ column: Int) -> Int { cells.counts[row * columns.count + column] }

    let present = rows.indices.filter { !rows[$0].isMissing }
    let grouped = columns.indices.filter { !columns[$0].isMissing }
    let categories = present.filter { row in grouped.contains { count(row, $0) > 0 } }
    let groups = grouped.filter { column in categories.contains { count($0, column) > 0 } }
    /// By group, then by category.
    let table = groups.map { column in categories.map { count($0, column) } }
    let names = columns.indices.map {
      ComparisonValue(columns[$0], isFirst: $0 == 0, of: grouping)
    }
    let categoryNames = categories.map {
      ComparisonValue(rows[$0], isFirst: $0 == 0, of: measure).value
    }

    self.measure = ComparisonAxis(measure, schema: schema)
    by = ComparisonAxis(grouping, schema: schema)
    alpha = options.alpha
    n = table.joined().reduce(0, +)
    missing = rows.indices.filter { rows[$0].isMissing }.reduce(0) { sum, row in
      sum + grouped.reduce(0) { $0 + count(row, $1) }
    }
    missingGroup = columns.indices.filter { columns[$0].isMissing }.reduce(0) { sum, column in
      sum + rows.indices.reduce(0) { $0 + count($1, column) }
    }
    self.groups = zip(groups, table).map { column, counts in
      let total = counts.reduce(0, +)
      return Group(
        value: names[column].value, low: names[column].low, high: names[column].high, n: total,
        categories: zip(categoryNames, counts).map {
          Group.Category(value: $0, share: Proportion(successes: $1, n: total))
        })
    }
    let focusIndex =
      focus.flatMap { level in categories.firstIndex { rows[$0] == level } } ?? categories.count - 1
    self.focus = categoryNames.indices.contains(focusIndex) ? categoryNames[focusIndex] : nil

    guard groups.count > 1, categories.count > 1 else {
      (minimumExpected, smallExpectedShare, chosenTest, reason) = (nil, nil, nil, .tooFewGroups)
      (tests, effects, pairs) = ([], [], [])
      decision = Decision(
        test: nil, pValue: nil, pValueAdjusted: nil, family: 1, alpha: options.alpha,
        bound: .cohensH, boundValue: options.bound, equivalencePValue: nil, withinBound: nil)
      verdict = decision.verdict
      return
    }

    let contingency = chiSquaredContingency(table)
    minimumExpected = contingency.minimumExpected
    let small = Self.smallExpectedShare(table)
    smallExpectedShare = small
    var tests = [contingency.test]
    var effects = [contingency.cramersV, contingency.cramersVBiasCorrected]
    if groups.count == 2, categories.count == 2 {
      tests += [chiSquaredContingency(table, yates: true).test, fisherExact(table)]
      effects += CategoricalComparisonPair.ratios(table[0], table[1], focus: focusIndex)
    }
    self.tests = tests
    self.effects = effects
    let minimum = contingency.minimumExpected ?? 0
    if tests.count > 1, minimum < 5 {
      (chosenTest, reason) = ("fisherExact", .smallExpectedCounts)
    } else if small > 0.2 || minimum < 1 {
      (chosenTest, reason) = ("chiSquared", .roughExpectedCounts)
    } else {
      (chosenTest, reason) = ("chiSquared", .chiSquaredByDefault)
    }
    pairs =
      groups.count > Comparison.pairLimit
      ? []
      : CategoricalComparisonPair.all(
        table, groups: self.groups.map(\.value), focus: focusIndex, options)

    let deciding = tests.first { [chosenTest] in $0.name == chosenTest }
    decision = Decision(
      test: chosenTest, pValue: deciding?.pValue, pValueAdjusted: deciding?.pValue, family: 1,
      alpha: options.alpha, bound: .cohensH, boundValue: options.bound,
      equivalencePValue: pairs.compactMap(\.equivalencePValueHolm).max(),
      withinBound: pairs.isEmpty ? nil : pairs.allSatisfy { $0.within == true })
    verdict = decision.verdict
  }

  /// The same comparison as one of `family` hypotheses declared together.
  func adjusted(to pValue: Double?, family: Int) -> CategoricalComparison {
    CategoricalComparison(self, decision: decision.adjusted(to: pValue, family: family))
  }

  private init(_ other: CategoricalComparison, decision: Decision) {
    measure = other.measure
    by = other.by
    alpha = other.alpha
    n = other.n
    missing = other.missing
    missingGroup = other.missingGroup
    groups = other.groups
    focus = other.focus
    minimumExpected = other.minimumExpected
    smallExpectedShare = other.smallExpectedShare
    chosenTest = other.chosenTest
    reason = other.reason
    tests = other.tests
    effects = other.effects
    pairs = other.pairs
    self.decision = decision
    verdict = decision.verdict
  }

  public func test(_ name: String) -> HypothesisTest? { tests.first { $0.name == name } }
  public func effect(_ name: String) -> EffectSize? { effects.first { $0.name == name } }

  private static func smallExpectedShare(_ table: [[Int]]) -> Double {
    let rows = table.map { Double($0.reduce(0, +)) }
    let columns = table[0].indices.map { column in Double(table.reduce(0) { $0 + $1[column] }) }
    let total = rows.reduce(0, +)
    let small = rows.reduce(0) { sum, row in sum + columns.count { row * $0 / total < 5 } }
    return Double(small) / Double(rows.count * columns.count)
  }
}
