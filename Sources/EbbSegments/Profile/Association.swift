public import EbbClients
import EbbEngine
public import EbbStatistics

/// What goes with what: correlations of numbers, and how much each attribute tells about churn.
public struct Association: Sendable, Codable, Equatable {
  public struct Correlation: Sendable, Codable, Equatable {
    public let first: String
    public let second: String
    /// Rows where both are present.
    public let n: Int
    public let pearson: Double?
    public let pearsonTest: HypothesisTest?
    public let spearman: Double?
    public let spearmanTest: HypothesisTest?
  }
  /// How well a number alone, as it is, ranks those who left above those who stayed.
  public struct SingleFeature: Sendable, Codable, Equatable {
    public let column: String
    public let role: Role
    public let n: Int
    /// P(a random leaver has a greater value) + ½ P(equal); 0.5 tells nothing, below it the relation is inverse.
    public let rocAUC: Double
  }
  /// Every pair, first before second; at most `columnLimit` columns take part, in canonical order, and churn.
  public let correlations: [Correlation]
  /// Weight of evidence by bin and information value, the highest information value first.
  public let information: [AttributeInformation]
  public let singleFeatures: [SingleFeature]

  static let columnLimit = 40

  /// Numbers and flags.
  private static func features(_ schema: ClientSchema) -> [String] {
    schema.factorEntries.map(\.column).filter { schema.isNumeric($0) || schema.isFlag($0) }
  }

  /// The first of them, churn last.
  private static func columns(_ schema: ClientSchema) -> [String] {
    features(schema).prefix(columnLimit) + [schema.column(.churn)].compactMap(\.self)
  }

  static func questions(for schema: ClientSchema, data: DataQuality, cuts: BandCuts) -> Set<Question> {
    guard let churn = schema.column(.churn) else { return [] }
    let sides = Grouping(churn)
    var questions: Set<Question> = [.correlations(of: columns(schema))]
    for column in features(schema) { questions.insert(.ranks(of: column, by: [sides])) }
    for grouping in AttributeInformation.groupings(schema, cuts, data: data) {
      questions.insert(ChurnCounts.question([grouping], sides))
    }
    return questions
  }

  /// Without leavers, or without stayers, nothing but correlations.
  init(answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts, threshold: Int) {
    let columns = Self.columns(schema)
    if case .correlations(let found)? = answers[.correlations(of: columns)] {
      correlations = found.pairs.map { pair in
        Correlation(
          first: pair.first, second: pair.second, n: pair.n, pearson: pair.pearson,
          pearsonTest: pair.pearson.map { EbbStatistics.pearsonTest(r: $0, n: pair.n) },
          spearman: pair.spearman,
          spearmanTest: pair.spearman.map { EbbStatistics.spearmanTest(r: $0, n: pair.n) })
      }
    } else {
      correlations = []
    }
    guard let sides = ChurnSides(answers, schema) else {
      (information, singleFeatures) = ([], [])
      return
    }
    information = AttributeInformation.groupings(schema, cuts, data: data)
      .compactMap { AttributeInformation($0, answers, sides, schema, threshold: threshold) }
      .enumerated().sorted { first, second in
        let (a, b) = (first.element.iv ?? 0, second.element.iv ?? 0)
        return a == b ? first.offset < second.offset : a > b
      }.map(\.element)
    singleFeatures = Self.features(schema).compactMap { column in
      guard case .ranks(let ranks)? = answers[.ranks(of: column, by: [sides.grouping])],
        let left = ranks.axes.first?.firstIndex(of: sides.left),
        let pair = ranks.pairs.first, ranks.pairs.count == 1
      else { return nil }
      let u = pair.first == left ? pair.u1 : Double(pair.n1) * Double(pair.n2) - pair.u1
      return SingleFeature(
        column: column, role: schema.entry(column)?.role ?? .attribute, n: pair.n1 + pair.n2,
        rocAUC: u / (Double(pair.n1) * Double(pair.n2)))
    }
  }
}
