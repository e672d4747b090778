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
    /// Levels not shown one by one, together.
    public struct Other: Sendable, Codable, Equatable {
      public let levels: Int
      public let share: CompositionShare
    }
    public let attribute: ComparisonAxis
    public let levels: [Level]
    public let other: Other?
  }
  /// Money held.
  public struct Balance: Sendable, Codable, Equatable {
    public let sum: Double
    /// Clients with a balance.
    public let holders: Int
    /// Of all balances of the bank.
    public let share: Double?

    public init(sum: Double, holders: Int, share: Double?) {
      self.sum = sum
      self.holders = holders
      self.share = share
    }
  }

  /// The level of each attribute that makes the segment: "2"; "2", "ушёл"; "pooled" for small ones together.
  public let values: [String]
  /// How many levels (by two attributes: cells) are put together here; 1 for a segment of its own.
  public let groups: Int
  /// Clients whose number of products is not known.
  public let isMissing: Bool
  public let n: Int
  /// Of all clients.
  public let share: Double
  public let churned: Int
  public let churn: Proportion
  /// Sizes only: a description would tell on a few clients, by itself or by subtraction, or the segment is pooled.
  public let isSuppressed: Bool
  public let numbers: [Number]
  public let categories: [Category]
  public let balance: Balance?

  public func number(_ role: Role) -> Number? { numbers.first { $0.role == role } }
}

/// The segments of one cut: by churn, by products, or by both.
struct SegmentCut {
  /// Product groups shown one by one at most; the largest.
  static let groupLimit = 20

  let contents: SegmentContents
  let sides: Grouping

  init(
    _ by: [Grouping], _ sides: Grouping, _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts
  ) {
    contents = SegmentContents(by, schema, data, cuts)
    self.sides = sides
  }

  func questions() -> Set<Question> {
    contents.questions().union([
      .counts(by: contents.by), ChurnCounts.question(contents.by, sides),
    ])
  }

  /// Every group with clients in it, those without a level (missing) too.
  func segments(_ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema, threshold: Int) -> [Segment]
  {
    let by = contents.by
    guard let counts = ChurnCounts(answers, by, sides) else { return [] }
    let total = counts.n.reduce(0, +)
    let plan =
      by.count == 2
      ? SegmentPooling(rowsOf: counts.n, columns: counts.axes[1].count, threshold: threshold)
      : SegmentPooling(counts.n, threshold: threshold)
    let described = plan.parts.compactMap { $0.isDescribed ? $0.cells.first : nil }
    let categories = contents.categories(answers, schema, threshold: threshold, cells: described)
    let balance = contents.balance(answers)
    return plan.parts.map { part in
      let n = part.cells.reduce(0) { $0 + counts.n[$1] }
      let churned = part.cells.reduce(0) { $0 + counts.churned[$1] }
      let levels = part.cells.map { counts.levels($0) }
      // What the pooled cells have in common keeps its name.
      let values = by.indices.map { axis in
        Set(levels.map { $0[axis] }).count == 1
          ? ComparisonValue(levels[0][axis], of: by[axis]).value : "pooled"
      }
      let cell = part.isDescribed ? part.cells[0] : nil
      let numbers = cell.map { contents.numbers(answers, cell: $0) } ?? []
      return Segment(
        values: values, groups: part.cells.count, isMissing: levels.allSatisfy { $0[0].isMissing }, n: n,
        share: Double(n) / Double(max(1, total)), churned: churned,
        churn: Proportion(successes: churned, n: n), isSuppressed: cell == nil, numbers: numbers,
        categories: cell.flatMap { categories[$0] } ?? [],
        balance: numbers.first { $0.role == .balance }.map { number in
          Segment.Balance(
            sum: number.sum, holders: number.n,
            share: balance.flatMap { $0 > 0 && number.sum >= 0 ? number.sum / $0 : nil })
        })
    }
  }
}
