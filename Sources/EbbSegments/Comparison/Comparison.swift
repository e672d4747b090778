public import EbbClients
public import EbbEngine
public import EbbStatistics

/// What a comparison is judged by.
public struct ComparisonOptions: Sendable, Codable, Equatable {
  /// Tests below this p are called significant.
  public var alpha: Double
  /// Differences within ± this many pooled standard deviations are called negligible.
  public var bound: Double
  public init(alpha: Double = 0.05, bound: Double = 0.2) {
    self.alpha = alpha
    self.bound = bound
  }
}

/// Is a number the same across groups? All tests, the one that decides and why, effects with intervals, every pair
/// corrected, and a verdict of four.
///
/// Groups with fewer than two values are listed in `leftOut` and take no part in tests of means and variances, nor
/// in pairs; Kruskal-Wallis and Dunn rank every value, for a rank needs no variance.
/// Rows whose group is missing are left out and counted.
///
/// The verdict's rule is told at ``Verdict``, the choice of test at ``ComparisonChoice``.
/// In Python: `scipy.stats.f_oneway`, `pingouin.welch_anova`, `scipy.stats.kruskal`, `pingouin.pairwise_tests`, ...
public struct Comparison: Sendable, Codable, Equatable {
  /// More groups than this: no pairs (there would be more than a thousand).
  public static let pairLimit = 50

  public let measure: String
  public let measureRole: Role?
  public let by: ComparisonAxis
  public let alpha: Double
  /// Clients compared: with a measure, in a group that takes part.
  public let n: Int
  /// Clients in a group whose measure is missing.
  public let missing: Int
  public let groups: [ComparisonGroup]
  /// Groups with fewer than two values.
  public let leftOut: [ComparisonGroup]
  public let assumptions: ComparisonAssumptions
  public let chosen: ComparisonChoice
  /// `anova welchANOVA brownForsytheANOVA kruskalWallis levene brownForsythe bartlett`; of two groups also
  /// `welchT studentT mannWhitneyU kolmogorovSmirnov`, first.
  public let tests: [HypothesisTest]
  /// Sums of squares behind `anova`.
  public let sumsOfSquares: ComparisonSums?
  /// `etaSquared omegaSquared epsilonSquared` of the means, `kruskalEpsilonSquared kruskalEtaSquared` of the ranks; of two groups also
  /// the pair's.
  public let effects: [EffectSize]
  /// Every pair of groups, in order.
  public let pairs: [ComparisonPair]
  public let decision: Decision
  public let notes: [ComparisonNote]
  public let verdict: Verdict

  public static func questions(_ measure: String, by grouping: Grouping) -> Set<Question> {
    ComparisonCells.questions(measure, by: grouping)
  }

  /// `nil` where the answers lack a question of `questions`.
  public init?(
    _ answers: Answers, _ measure: String, by grouping: Grouping, schema: ClientSchema,
    options: ComparisonOptions = ComparisonOptions()
  ) {
    guard let cells = ComparisonCells(answers, measure, by: grouping) else { return nil }
    let all = cells.groups(of: grouping)
    let kept = all.indices.filter { all[$0].n > 1 }
    let moments = kept.map { cells.moments[$0] }
    let groups = kept.map { all[$0] }
    let total = moments.reduce(0) { $0 + $1.n }

    self.measure = measure
    measureRole = schema.entries.first { $0.column == measure }?.role
    by = ComparisonAxis(grouping, schema: schema)
    alpha = options.alpha
    n = total
    missing = cells.missing.reduce(0, +)
    self.groups = groups
    leftOut = all.indices.filter { all[$0].n < 2 }.map { all[$0] }

    let variances = [
      levene(kept.map { cells.aboutMean[$0] }, from: .mean),
      levene(kept.map { cells.aboutMedian[$0] }, from: .median),
      bartlett(moments),
    ]
    let assumptions = ComparisonAssumptions(
      groups, moments, variances: variances, alpha: options.alpha)
    self.assumptions = assumptions
    let values = groups.compactMap(\.minimum) + groups.compactMap(\.maximum)
    let chosen = ComparisonChoice(
      groupCount: groups.count, varied: values.min() != values.max(), assumptions: assumptions)
    self.chosen = chosen

    let pairs =
      kept.count > Self.pairLimit ? [] : cells.pairs(of: kept, all, chosen: chosen, options)
    self.pairs = pairs

    if groups.count > 1 {
      let anova = oneWayANOVA(moments)
      let kruskal = kruskalWallis(
        n: cells.ranks.n, rankSums: cells.ranks.rankSum, tieTerm: cells.ranks.tieTerm)
      let location = [anova.test, welchANOVA(moments), brownForsytheANOVA(moments), kruskal]
      let two = groups.count == 2 ? cells.twoGroupTests(kept[0], kept[1]) : []
      tests = two + location + variances
      sumsOfSquares = ComparisonSums(anova)
      effects =
        (groups.count == 2 ? pairs[0].effects : [])
        + [
          anova.etaSquared, anova.omegaSquared, anova.epsilonSquared,
          kruskalEpsilonSquared(h: kruskal.statistic, n: kruskal.n).named("kruskalEpsilonSquared"),
          kruskalEtaSquared(
            h: kruskal.statistic, groups: cells.ranks.n.count { $0 > 0 }, n: kruskal.n
          ).named("kruskalEtaSquared"),
        ]
    } else {
      (tests, sumsOfSquares, effects) = ([], nil, [])
    }

    let deciding = tests.first { $0.name == chosen.test }
    let within: Bool? =
      pairs.isEmpty ? nil : pairs.allSatisfy { $0.equivalence.within == true }
    decision = Decision(
      test: chosen.test, pValue: deciding?.pValue, pValueAdjusted: deciding?.pValue, family: 1,
      alpha: options.alpha, bound: .cohensD, boundValue: options.bound,
      equivalencePValue: pairs.contains { $0.equivalence.pValueHolm == nil }
        ? nil : pairs.compactMap(\.equivalence.pValueHolm).max(),
      withinBound: within)
    verdict = decision.verdict
    var missingGroup = 0
    if case .moments(let cellMoments)? = answers[.moments(of: measure, by: [grouping])],
      let index = cellMoments.axes[0].firstIndex(where: \.isMissing)
    {
      missingGroup = cellMoments.values[index].n + cellMoments.missing[index]
    }
    notes = Self.notes(
      groups: groups, leftOut: leftOut, pairs: pairs, tests: tests, assumptions: assumptions,
      decision: decision, by: by, missingGroup: missingGroup)
  }

  /// The same comparison as one of `family` hypotheses declared together.
  func adjusted(to pValue: Double?, family: Int) -> Comparison {
    Comparison(self, decision: decision.adjusted(to: pValue, family: family))
  }

  private init(_ other: Comparison, decision: Decision) {
    measure = other.measure
    measureRole = other.measureRole
    by = other.by
    alpha = other.alpha
    n = other.n
    missing = other.missing
    groups = other.groups
    leftOut = other.leftOut
    assumptions = other.assumptions
    chosen = other.chosen
    tests = other.tests
    sumsOfSquares = other.sumsOfSquares
    effects = other.effects
    pairs = other.pairs
    self.decision = decision
    notes =
      other.notes.filter { $0.kind != .sizeUncertain }
      + Self.sizeNotes(pairs: other.pairs, decision: decision)
    verdict = decision.verdict
  }

  public func test(_ name: String) -> HypothesisTest? { tests.first { $0.name == name } }
  public func effect(_ name: String) -> EffectSize? { effects.first { $0.name == name } }
}

extension EffectSize {
  fileprivate func named(_ name: String) -> EffectSize {
    EffectSize(name: name, estimate: estimate, interval: interval, method: method)
  }
}
