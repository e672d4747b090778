public import EbbClients
import EbbEngine
public import EbbStatistics

/// A number of one group against the rest; signs are the group minus the rest.
public struct PortraitNumber: Sendable, Codable, Equatable {
  public let column: String
  public let role: Role
  public let here: PortraitSummary
  /// All other clients whose group is known.
  public let rest: PortraitSummary
  public let all: PortraitSummary
  /// With Welch's interval.
  public let meanDifference: EffectSize
  /// `welchT studentT mannWhitneyU`; where the rest is one group also `kolmogorovSmirnov levene brownForsythe`.
  public let tests: [HypothesisTest]
  /// `cohensD hedgesG hedgesGExact rankBiserial commonLanguage`.
  public let effects: [EffectSize]

  public func test(_ name: String) -> HypothesisTest? { tests.first { $0.name == name } }
  public func effect(_ name: String) -> EffectSize? { effects.first { $0.name == name } }

  /// Cell `cell` against all other cells; `nil` where either side is empty.
  init?(_ entry: ClientSchema.Entry, _ cells: PortraitCells, cell: Int) {
    let others = cells.levels.indices.filter { $0 != cell }
    let here = cells.moments[cell]
    let rest = others.map { cells.moments[$0] }.reduce(Moments.none) { $0.joined($1) }
    guard here.n > 0, rest.n > 0 else { return nil }
    let filled = others.filter { cells.moments[$0].n > 0 || cells.missing[$0] > 0 }
    let only = filled.count == 1 ? filled[0] : nil

    column = entry.column
    role = entry.role
    self.here = PortraitSummary(here, missing: cells.missing[cell], quartiles: cells.quartiles[cell])
    self.rest = PortraitSummary(
      rest, missing: others.reduce(0) { $0 + cells.missing[$1] },
      quartiles: only.flatMap { cells.quartiles[$0] })
    all = PortraitSummary(
      here.joined(rest), missing: cells.missing.reduce(0, +), quartiles: cells.allQuartiles)
    meanDifference = EbbStatistics.meanDifference(here, rest, level: 0.95, equalVariances: false)

    var tests = [welchT(here, rest), studentT(here, rest)]
    let ranks = cells.ranksAgainstRest(cell)
    if let ranks { tests.append(mannWhitneyU(ranks)) }
    if let only, let comparison = cells.comparison {
      if let ranks = comparison.pairRanks(cell, only) { tests.append(kolmogorovSmirnov(ranks)) }
      tests += [
        levene([comparison.aboutMean[cell], comparison.aboutMean[only]], from: .mean),
        levene([comparison.aboutMedian[cell], comparison.aboutMedian[only]], from: .median),
      ]
    }
    self.tests = tests
    effects = PairEffects.all(here, rest, ranks)
  }
}

extension Moments {
  static let none = Moments(
    n: 0, pivot: 0, offset: 0, m2: 0, m3: 0, m4: 0, sum: 0, minimum: nil, maximum: nil)
}

/// What the engine says of one number by the groups portraits are drawn of.
struct PortraitCells {
  let levels: [Level]
  let moments: [Moments]
  let missing: [Int]
  let quartiles: [[Double]?]
  let allQuartiles: [Double]?
  /// Deviations and pairs, where they were asked for.
  let comparison: ComparisonCells?
  private let ranks: CellRanks

  static func questions(_ column: String, by grouping: Grouping, deviations: Bool) -> Set<Question> {
    let probabilities = ComparisonCells.probabilities
    var questions: Set<Question> = [
      .moments(of: column, by: [grouping]),
      .quantiles(of: column, by: [grouping], probabilities: probabilities),
      .quantiles(of: column, by: [], probabilities: probabilities),
      .ranks(of: column, by: [grouping]),
    ]
    if deviations { questions.formUnion(ComparisonCells.questions(column, by: grouping)) }
    return questions
  }

  init?(_ answers: Answers, _ column: String, by grouping: Grouping) {
    let probabilities = ComparisonCells.probabilities
    guard case .moments(let moments)? = answers[.moments(of: column, by: [grouping])],
      case .quantiles(let quantiles)? = answers[
        .quantiles(of: column, by: [grouping], probabilities: probabilities)],
      case .quantiles(let all)? = answers[
        .quantiles(of: column, by: [], probabilities: probabilities)],
      case .ranks(let ranks)? = answers[.ranks(of: column, by: [grouping])]
    else { return nil }
    let kept = moments.axes[0].indices.filter { !moments.axes[0][$0].isMissing }
    levels = kept.map { moments.axes[0][$0] }
    self.moments = kept.map { moments.values[$0] }
    missing = kept.map { moments.missing[$0] }
    quartiles = levels.map { level in
      quantiles.axes[0].firstIndex(of: level).flatMap { quantiles.values[$0] }
    }
    allQuartiles = all.values.first ?? nil
    comparison = ComparisonCells(answers, column, by: grouping)
    self.ranks = ranks
  }

  /// The cell against all others, from its rank sum in the whole: U = R − n(n + 1)/2. The distance of the
  /// distributions is not known.
  func ranksAgainstRest(_ cell: Int) -> PairRanks? {
    guard let index = ranks.axes[0].firstIndex(of: levels[cell]) else { return nil }
    let n1 = ranks.n[index]
    let n2 = ranks.n.reduce(0, +) - n1
    guard n1 > 0, n2 > 0 else { return nil }
    return PairRanks(
      first: 0, second: 1, n1: n1, n2: n2,
      u1: ranks.rankSum[index] - Double(n1) * Double(n1 + 1) / 2, tieTerm: ranks.tieTerm,
      maximumDistance: 0)
  }
}
