import Dispatch
public import EbbClients
public import EbbEngine
import EbbStatistics
import Foundation
import Synchronization

/// The chapter of hypotheses: what was declared before looking, every attribute against churn, and what was looked
/// at besides; each with all its tests and a verdict of four, each family corrected in its own way, and a ledger of
/// every decision made. At the end: how many clients an experiment on this bank's churn rate needs.
public struct Hypotheses: Sendable, Codable, Equatable {
  /// One line of the ledger: a decision that was made, in the order they were planned.
  public struct LedgerEntry: Sendable, Codable, Equatable {
    public enum Correction: String, Sendable, Codable, Equatable { case holm, benjaminiHochberg }
    public let hypothesis: String
    public let family: Hypothesis.Family
    public let correction: Correction
    public let test: String?
    public let pValue: Double?
    public let log10PValue: Double?
    /// In its own family; this one decides.
    public let pValueAdjusted: Double?
    /// Over every hypothesis of the chapter, whatever its family.
    public let pValueHolm: Double?
    public let pValueBenjaminiHochberg: Double?
    public let verdict: Verdict
  }

  public let alpha: Double
  public let bound: Double
  public let tested: [Hypothesis]
  public let ledger: [LedgerEntry]
  /// Hypotheses of the declared list that this table cannot be asked: the roles it lacks.
  public let missingRoles: [Role]
  /// `nil` without a churn rate between 0 and 1.
  public let power: HypothesisPower?

  public static func questions(for schema: ClientSchema) -> Set<Question> {
    var questions = ChurnSides.questions(schema)
    for plan in HypothesisPlan.all(schema) { questions.formUnion(plan.questions) }
    return questions
  }

  /// - Parameter cores: all by default; the result does not depend on it.
  public init(
    answers: Answers, schema: ClientSchema, options: ComparisonOptions = ComparisonOptions(),
    cores: Int? = nil
  ) {
    alpha = options.alpha
    bound = options.bound
    let sides = ChurnSides(answers, schema)
    var tested: [(plan: HypothesisPlan, hypothesis: Hypothesis)] = []
    let plans = HypothesisPlan.all(schema)
    let found = Mutex([Hypothesis?](repeating: nil, count: plans.count))
    let next = Atomic(0)
    // Each is worked out by itself; the order is that of the plans whoever is first.
    let work = { @Sendable in
      while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < plans.count {
        let plan = plans[index]
        let hypothesis =
          plan.isRate
          ? Hypothesis(
            plan, nil,
            CategoricalComparison(
              answers, Grouping(plan.measure.column), by: plan.grouping, schema: schema,
              focus: sides?.left, options: options))
          : Hypothesis(
            plan,
            Comparison(
              answers, plan.measure.column, by: plan.grouping, schema: schema, options: options), nil)
        found.withLock { $0[index] = hypothesis }
      }
    }
    let workers = min(plans.count, max(1, cores ?? ProcessInfo.processInfo.activeProcessorCount))
    if workers <= 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
    for (plan, hypothesis) in zip(plans, found.withLock { $0 }) {
      if let hypothesis { tested.append((plan, hypothesis)) }
    }
    for family in Hypothesis.Family.allCases {
      let members = tested.indices.filter { tested[$0].plan.family == family }
      let p = members.map { tested[$0].hypothesis.decision?.pValue }
      let adjusted =
        family == .declared ? ComparisonCorrection.holm(p) : ComparisonCorrection.benjaminiHochberg(p)
      for (index, value) in zip(members, adjusted) {
        let (plan, hypothesis) = tested[index]
        tested[index].hypothesis =
          hypothesis.adjusted(to: value, family: p.compactMap(\.self).count, plan) ?? hypothesis
      }
    }
    self.tested = tested.map(\.hypothesis)
    let p = self.tested.map { $0.decision?.pValue }
    let (holm, hochberg) = (ComparisonCorrection.holm(p), ComparisonCorrection.benjaminiHochberg(p))
    ledger = self.tested.enumerated().map { index, hypothesis in
      let decision = hypothesis.decision
      let test = decision?.test.flatMap {
        hypothesis.comparison?.test($0) ?? hypothesis.shares?.test($0)
      }
      return LedgerEntry(
        hypothesis: hypothesis.id, family: hypothesis.family,
        correction: hypothesis.family == .declared ? .holm : .benjaminiHochberg,
        test: decision?.test, pValue: decision?.pValue, log10PValue: test?.log10PValue,
        pValueAdjusted: decision?.pValueAdjusted, pValueHolm: holm[index],
        pValueBenjaminiHochberg: hochberg[index], verdict: hypothesis.verdict)
    }
    missingRoles = [Role.products, .income, .score].filter { schema.entry($0) == nil }

    var rate: Double?
    if let sides,
      case .moments(let cells)? = answers[
        .moments(of: sides.grouping.column, by: [sides.grouping])]
    {
      let n = cells.values.reduce(0) { $0 + $1.n }
      let left = zip(cells.axes[0], cells.values).first { $0.0 == sides.left }?.1.n ?? 0
      rate = n > 0 ? Double(left) / Double(n) : nil
    }
    power = rate.flatMap { HypothesisPower(rate: $0) }
  }

  public subscript(id: String) -> Hypothesis? { tested.first { $0.id == id } }
}
