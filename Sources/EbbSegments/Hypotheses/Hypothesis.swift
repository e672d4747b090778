public import EbbClients
import EbbEngine

/// One hypothesis of equality, tested: a number across groups, or the churn rate across groups.
public struct Hypothesis: Sendable, Codable, Equatable {
  /// How its p is corrected.
  public enum Family: String, Sendable, Codable, Equatable, CaseIterable {
    /// Declared before looking: Holm over the declared list.
    case declared
    /// Every other attribute against churn: Benjamini-Hochberg over these.
    case attribute
    /// Looked at besides: Benjamini-Hochberg over these.
    case further
  }
  /// "income.by.products": roles where there are roles, columns else.
  public let id: String
  public let family: Family
  /// The column compared, and what its groups are made of.
  public let measure: String
  public let measureRole: Role
  public let by: String
  public let byRole: Role
  /// For a number.
  public let comparison: Comparison?
  /// For the churn rate.
  public let shares: CategoricalComparison?
  public let verdict: Verdict

  public var decision: Decision? { comparison?.decision ?? shares?.decision }

  init?(_ plan: HypothesisPlan, _ comparison: Comparison?, _ shares: CategoricalComparison?) {
    guard let verdict = comparison?.verdict ?? shares?.verdict else { return nil }
    id = plan.id
    family = plan.family
    measure = plan.measure.column
    measureRole = plan.measure.role
    by = plan.by.column
    byRole = plan.by.role
    self.comparison = comparison
    self.shares = shares
    self.verdict = verdict
  }

  func adjusted(to pValue: Double?, family size: Int, _ plan: HypothesisPlan) -> Hypothesis? {
    Hypothesis(
      plan, comparison?.adjusted(to: pValue, family: size), shares?.adjusted(to: pValue, family: size))
  }
}

/// What is going to be tested, known from the schema alone, before looking.
struct HypothesisPlan: Sendable, Equatable {
  let family: Hypothesis.Family
  let measure: ClientSchema.Entry
  let by: ClientSchema.Entry
  /// `true`: the measure is the churn flag, compared as a rate.
  let isRate: Bool

  var id: String { Self.name(measure) + ".by." + Self.name(by) }
  var grouping: Grouping { Grouping(by.column) }

  private static func name(_ entry: ClientSchema.Entry) -> String {
    entry.role == .attribute ? entry.column : entry.role.rawValue
  }

  var questions: Set<Question> {
    isRate
      ? CategoricalComparison.questions(Grouping(measure.column), by: grouping)
      : Comparison.questions(measure.column, by: grouping)
  }

  /// - Declared: income and score across product groups, and between those who stayed and those who left.
  /// - Attributes: every other one against churn: numbers as numbers, levels as rates.
  /// - Further: the other numbers across product groups; income, score, age, balance, objects by activity and gender.
  static func all(_ schema: ClientSchema) -> [HypothesisPlan] {
    var plans: [HypothesisPlan] = []
    func add(_ family: Hypothesis.Family, _ measure: ClientSchema.Entry?, _ by: ClientSchema.Entry?) {
      guard let measure, let by, measure.column != by.column else { return }
      let plan = HypothesisPlan(
        family: family, measure: measure, by: by, isRate: measure.role == .churn)
      guard !plans.contains(where: { $0.id == plan.id }) else { return }
      plans.append(plan)
    }
    let numeric = Set(schema.numericColumns)
    let levels = Set(schema.levelColumns)
    func number(_ role: Role) -> ClientSchema.Entry? {
      schema.entry(role).flatMap { numeric.contains($0.column) ? $0 : nil }
    }
    func groups(_ role: Role) -> ClientSchema.Entry? {
      schema.entry(role).flatMap { $0.role == .churn || levels.contains($0.column) ? $0 : nil }
    }
    for by in [groups(.products), groups(.churn)] {
      for measure in [Role.income, .score] { add(.declared, number(measure), by) }
    }
    for entry in schema.factorEntries {
      if numeric.contains(entry.column), entry.role != .products {
        add(.attribute, entry, schema.entry(.churn))
      } else if levels.contains(entry.column) {
        add(.attribute, schema.entry(.churn), entry)
      }
    }
    let measures: [Role] = [.income, .score, .age, .balance, .objects]
    for by in [groups(.products), groups(.activity), groups(.gender)] {
      for measure in measures { add(.further, number(measure), by) }
    }
    return plans
  }
}
