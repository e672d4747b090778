public import EbbClients
public import EbbEngine
import EbbStatistics

/// Why two columns cannot be compared as asked. Words for people live in `EbbWords`.
public enum ComparisonError: Error, Sendable, Equatable {
  /// The measure and the groups are the same column.
  case sameColumn(String)
  case emptyColumn(String)
  /// A column with too many different values to be groups as they stand; `isNumeric`: it can be cut into bands.
  case tooManyGroups(column: String, found: Int, limit: Int, isNumeric: Bool)
  /// A measure without numbers, and with too many different texts to count by.
  case tooManyCategories(column: String, found: Int, limit: Int)
  /// Bands are asked for of a column without numbers.
  case noBands(column: String)
}

/// One comparison of any two columns, churn or not: numbers are compared as numbers, everything else by shares.
public struct ComparisonRequest: Sendable, Equatable {
  /// How the groups are made.
  public enum Groups: Sendable, Equatable {
    /// A group for each value.
    case levels
    /// Bands of about equal size.
    case quantiles(Int)
    /// Bands between cut points, lower border included.
    case cuts([Double])
  }

  /// Different numbers that are groups as they stand, at most.
  public static let numberLimit = 100
  /// Different texts that are groups as they stand, at most.
  public static let textLimit = 1000
  /// Categories of a measure, at most.
  public static let categoryLimit = 50

  public let measure: ClientSchema.Entry
  public let grouping: Grouping
  public let isNumeric: Bool

  /// Names are columns of `engine.schema`.
  public init(
    measure: String, by: String, groups: Groups = .levels, engine: some Engine
  ) async throws {
    let schema = engine.schema
    guard let measureEntry = schema.entry(measure) else { throw EngineError.unknownColumn(measure) }
    if schema.entry(by) == nil { throw EngineError.unknownColumn(by) }
    if measure == by { throw ComparisonError.sameColumn(by) }
    for column in [measure, by] where schema.isEmpty(column) { throw ComparisonError.emptyColumn(column) }
    self.measure = measureEntry
    isNumeric = schema.isNumeric(measure)

    var questions: Set<Question> = []
    if !isNumeric { questions.insert(.distinct(of: measure)) }
    if groups == .levels { questions.insert(.distinct(of: by)) }
    let answers = try await engine.answer(questions)
    if case .distinct(let found)? = answers[.distinct(of: measure)], !isNumeric, found > Self.categoryLimit {
      throw ComparisonError.tooManyCategories(column: measure, found: found, limit: Self.categoryLimit)
    }
    let byNumbers = schema.isNumeric(by)
    switch groups {
    case .levels:
      let limit = byNumbers ? Self.numberLimit : Self.textLimit
      if case .distinct(let found)? = answers[.distinct(of: by)], found > limit {
        throw ComparisonError.tooManyGroups(column: by, found: found, limit: limit, isNumeric: byNumbers)
      }
      grouping = Grouping(by)
    case .quantiles(let count):
      guard byNumbers else { throw ComparisonError.noBands(column: by) }
      grouping = Grouping(by, .quantiles(count: count))
    case .cuts(let cuts):
      guard byNumbers else { throw ComparisonError.noBands(column: by) }
      grouping = Grouping(by, .bands(cuts: cuts.sorted(), leftClosed: true))
    }
  }

  public func run(
    _ engine: some Engine, options: ComparisonOptions = ComparisonOptions()
  ) async throws -> ComparisonOutcome {
    if isNumeric {
      let answers = try await engine.answer(Comparison.questions(measure.column, by: grouping))
      if let comparison = Comparison(
        answers, measure.column, by: grouping, schema: engine.schema, options: options)
      {
        return .numbers(comparison)
      }
    } else {
      let axis = Grouping(measure.column)
      var questions = CategoricalComparison.questions(axis, by: grouping)
      let sides: Question = .moments(of: measure.column, by: [axis])
      if engine.schema.isFlag(measure.column) { questions.insert(sides) }
      let answers = try await engine.answer(questions)
      var yes: Level?
      if case .moments(let cells)? = answers[sides] {
        yes = zip(cells.axes[0], cells.values).first { $0.1.n > 0 && $0.1.mean == 1 }?.0
      }
      if let shares = CategoricalComparison(
        answers, axis, by: grouping, schema: engine.schema, focus: yes, options: options)
      {
        return .shares(shares)
      }
    }
    throw EngineError.unknownColumn(measure.column)
  }
}

/// A comparison of numbers or of shares.
public enum ComparisonOutcome: Sendable, Equatable {
  case numbers(Comparison)
  case shares(CategoricalComparison)

  public var verdict: Verdict {
    switch self {
    case .numbers(let comparison): comparison.verdict
    case .shares(let comparison): comparison.verdict
    }
  }
}

/// Written as the comparison itself.
extension ComparisonOutcome: Encodable {
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .numbers(let comparison): try comparison.encode(to: encoder)
    case .shares(let comparison): try comparison.encode(to: encoder)
    }
  }
}
