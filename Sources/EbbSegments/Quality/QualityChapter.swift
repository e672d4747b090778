public import EbbClients
public import EbbEngine
import EbbStatistics

/// The chapter of data quality: what was found while reading, and whether being missing goes with churn, city,
/// products or any other attribute. A value that is never missing in one city and often elsewhere is not lost at
/// random: it is structural, and a group of its own rather than a gap to fill.
public struct QualityChapter: Sendable, Codable, Equatable {
  /// Two columns missing together.
  public struct Together: Sendable, Codable, Equatable {
    public let first: String
    public let second: String
    public let both: Int
    public let onlyFirst: Int
    public let onlySecond: Int
    public let neither: Int
  }

  public let data: DataQuality
  /// One for each column that misses anything, in canonical order.
  public let missing: [MissingPattern]
  /// Every pair of such columns.
  public let together: [Together]

  public static func questions(
    for schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts()
  ) -> Set<Question> {
    var questions: Set<Question> = []
    let columns = gaps(schema, data)
    let attributes = MissingPattern.attributes(schema, cuts, gaps: columns.count)
    for column in columns {
      for attribute in attributes where attribute.column != column.column {
        questions.insert(.counts(by: [Grouping(column.column, .presence), attribute]))
      }
    }
    for (first, second) in pairs(columns) {
      questions.insert(.counts(by: together(first, second)))
    }
    return questions
  }

  public init(
    answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(),
    options: ComparisonOptions = ComparisonOptions()
  ) {
    self.data = data
    let columns = Self.gaps(schema, data)
    missing = MissingPattern.all(columns, answers, schema, cuts, options)
    together = Self.pairs(columns).compactMap { first, second in
      guard case .counts(let cells)? = answers[.counts(by: Self.together(first, second))] else {
        return nil
      }
      func count(_ row: Level.Value, _ column: Level.Value) -> Int {
        guard let i = cells.axes[0].firstIndex(of: Level(row)),
          let j = cells.axes[1].firstIndex(of: Level(column))
        else { return 0 }
        return cells.counts[i * cells.axes[1].count + j]
      }
      return Together(
        first: first.column, second: second.column, both: count(.missing, .missing),
        onlyFirst: count(.missing, .present), onlySecond: count(.present, .missing),
        neither: count(.present, .present))
    }
  }

  /// Columns that take part in the study and miss some values but not all.
  private static func gaps(_ schema: ClientSchema, _ data: DataQuality) -> [ClientSchema.Entry] {
    schema.factorEntries.filter { entry in
      data.columns.contains {
        $0.column == entry.column && $0.missing > 0 && $0.missing < data.rows.used
      }
    }
  }

  /// At most the first twenty columns with each other: a table with hundreds of gaps says little by pairs.
  private static func pairs(
    _ columns: [ClientSchema.Entry]
  ) -> [(ClientSchema.Entry, ClientSchema.Entry)] {
    let first = Array(columns.prefix(20))
    return first.indices.flatMap { i in first.indices.dropFirst(i + 1).map { (first[i], first[$0]) } }
  }

  private static func together(
    _ first: ClientSchema.Entry, _ second: ClientSchema.Entry
  ) -> [Grouping] {
    [Grouping(first.column, .presence), Grouping(second.column, .presence)]
  }
}
