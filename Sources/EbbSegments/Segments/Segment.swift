public import EbbClients
import EbbEngine
public import EbbStatistics

/// One group of clients: how many, how they leave, what they are like.
public struct Segment: Sendable, Codable, Equatable {
  public struct Number: Sendable, Codable, Equatable {
    public let column: String
    public let role: Role
    public let n: Int
    public let missing: Int
    public let mean: Double?
    public let median: Double?
    /// ddof = 1.
    public let standardDeviation: Double?
    /// Type 7.
    public let q25: Double?
    public let q75: Double?
    public let minimum: Double?
    public let maximum: Double?
    public let sum: Double
  }
  public struct Category: Sendable, Codable, Equatable {
    public struct Level: Sendable, Codable, Equatable {
      public let value: String
      /// Of the segment's clients.
      public let share: CompositionShare
    }
    public let attribute: ComparisonAxis
    public let levels: [Level]
  }
  /// Money held.
  public struct Balance: Sendable, Codable, Equatable {
    public let sum: Double
    /// Clients with a balance.
    public let holders: Int
    /// Of all balances of the bank.
    public let share: Double?
  }

  /// The level of each attribute that makes the segment: "2"; "2", "ушёл".
  public let values: [String]
  public let n: Int
  /// Of all clients.
  public let share: Double
  public let churned: Int
  public let churn: Proportion
  /// Too few clients to be described without telling on one of them: sizes only.
  public let isSuppressed: Bool
  public let numbers: [Number]
  public let categories: [Category]
  public let balance: Balance?

  public func number(_ role: Role) -> Number? { numbers.first { $0.role == role } }

  static let probabilities = [0.25, 0.5, 0.75]

  /// Attributes whose shares describe a segment: levels (also of numbers with few values), bands, presence.
  private static func attributes(
    _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> [Grouping] {
    let levels = Set(schema.levelColumns)
    return schema.factorEntries.flatMap { entry -> [Grouping] in
      var found: [Grouping] = []
      if levels.contains(entry.column) {
        found.append(Grouping(entry.column))
      } else if schema.isNumeric(entry.column), cuts.cuts(entry) != nil {
        found.append(ChurnAttributes.banded(entry, cuts))
      }
      if ChurnAttributes.isIncomplete(entry, data) { found.append(Grouping(entry.column, .presence)) }
      return found
    }
  }

  private static func measures(_ schema: ClientSchema, _ by: [Grouping]) -> [ClientSchema.Entry] {
    schema.factorEntries.filter { entry in
      schema.isNumeric(entry.column) && !by.contains { $0.column == entry.column }
    }
  }

  static func questions(
    _ by: [Grouping], _ sides: Grouping, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) -> Set<Question> {
    var questions: Set<Question> = [.counts(by: by), .counts(by: by + [sides])]
    for entry in measures(schema, by) {
      questions.insert(.moments(of: entry.column, by: by))
      questions.insert(.quantiles(of: entry.column, by: by, probabilities: probabilities))
    }
    for attribute in attributes(schema, data, cuts)
    where !by.contains(where: { $0.column == attribute.column }) {
      questions.insert(.counts(by: by + [attribute]))
    }
    return questions
  }

  /// Every group with clients in it; groups without a level (missing) too.
  static func all(
    _ by: [Grouping], _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, _ data: DataQuality,
    _ cuts: BandCuts, threshold: Int
  ) -> [Segment] {
    guard case .counts(let cells)? = answers[.counts(by: by)],
      let churn = ChurnCounts(answers, by, sides)
    else { return [] }
    let total = cells.counts.reduce(0, +)
    let measures = measures(schema, by)
    let balanceTotal = measures.first { $0.role == .balance }.flatMap { entry -> Double? in
      guard case .moments(let cells)? = answers[.moments(of: entry.column, by: by)] else { return nil }
      return cells.values.reduce(0) { $0 + $1.sum }
    }
    return cells.counts.indices.filter { cells.counts[$0] > 0 }.map { cell in
      let n = cells.counts[cell]
      let hidden = n < threshold
      let numbers = hidden ? [] : measures.compactMap { number($0, by, answers, cell: cell) }
      return Segment(
        values: zip(by, churn.levels(cell)).map { ComparisonValue($1, of: $0).value }, n: n,
        share: Double(n) / Double(max(1, total)), churned: churn.churned[cell],
        churn: Proportion(successes: churn.churned[cell], n: n), isSuppressed: hidden, numbers: numbers,
        categories: hidden
          ? []
          : attributes(schema, data, cuts).compactMap { category($0, by, answers, schema, cell: cell) },
        balance: numbers.first { $0.role == .balance }.map { number in
          Balance(
            sum: number.sum, holders: number.n,
            share: balanceTotal.flatMap { $0 != 0 ? number.sum / $0 : nil })
        })
    }
  }

  private static func number(
    _ entry: ClientSchema.Entry, _ by: [Grouping], _ answers: Answers, cell: Int
  ) -> Number? {
    guard case .moments(let moments)? = answers[.moments(of: entry.column, by: by)],
      case .quantiles(let quantiles)? = answers[
        .quantiles(of: entry.column, by: by, probabilities: probabilities)]
    else { return nil }
    let (m, q) = (moments.values[cell], quantiles.values[cell])
    return Number(
      column: entry.column, role: entry.role, n: m.n, missing: moments.missing[cell], mean: m.mean,
      median: q?[1], standardDeviation: m.standardDeviation, q25: q?[0], q75: q?[2], minimum: m.minimum,
      maximum: m.maximum, sum: m.sum)
  }

  private static func category(
    _ attribute: Grouping, _ by: [Grouping], _ answers: Answers, _ schema: ClientSchema, cell: Int
  ) -> Category? {
    guard !by.contains(where: { $0.column == attribute.column }),
      case .counts(let cells)? = answers[.counts(by: by + [attribute])], let axis = cells.axes.last
    else { return nil }
    let counts = cells.counts[cell * axis.count..<(cell + 1) * axis.count].map { $0 }
    let n = counts.reduce(0, +)
    return Category(
      attribute: ComparisonAxis(attribute, schema: schema),
      levels: axis.indices.map { level in
        Category.Level(
          value: ComparisonValue(axis[level], isFirst: level == 0, of: attribute).value,
          share: CompositionShare(having: counts[level], of: n))
      })
  }
}
