public import EbbClients
public import EbbEngine

/// The chapter of segments: clients by churn, by number of products, and by both; product groups and cities also with
/// everybody's composition; the difference between cities split into rates and mix; and where a comparison turns round
/// inside groups.
public struct Segments: Sendable, Codable, Equatable {
  /// What the table lacks for parts of this chapter.
  public enum Lack: String, Sendable, Codable, Equatable { case products, city }

  public let byChurn: [Segment]
  /// Empty without products.
  public let byProducts: [Segment]
  public let byProductsAndChurn: [Segment]
  /// Among groups of at least `Stability.minimumClients`; `nil` without two such groups.
  public let stability: Stability?
  public let adjustedProducts: [AdjustedChurn]
  public let adjustedCities: [AdjustedChurn]
  public let cityDifferences: [CityDifference]
  public let reversals: [SimpsonReversal]
  public let lacks: [Lack]

  public static func questions(
    for schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts()
  ) -> Set<Question> {
    guard let churn = schema.column(.churn) else { return [] }
    let sides = Grouping(churn)
    var questions = ChurnSides.questions(schema)
    for by in groupings(schema, sides) {
      questions.formUnion(SegmentCut(by, sides, schema, data, cuts).questions())
    }
    questions.formUnion(AdjustedChurn.questions(schema, sides, data, cuts))
    questions.formUnion(SimpsonReversal.questions(schema, sides, data, cuts))
    return questions
  }

  /// `nil` without a churn column, or where nobody left or nobody stayed.
  public init?(
    answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(), threshold: Int = 5
  ) {
    guard let sides = ChurnSides(answers, schema) else { return nil }
    let products = Self.productGrouping(schema)
    func segments(_ by: [Grouping]) -> [Segment] {
      SegmentCut(by, sides.grouping, schema, data, cuts)
        .segments(answers, sides, schema, threshold: threshold)
    }
    byChurn = segments([sides.grouping])
    byProducts = products.map { segments([$0]) } ?? []
    byProductsAndChurn = products.map { segments([$0, sides.grouping]) } ?? []
    stability = Stability(byProducts)
    adjustedProducts = AdjustedChurn.products(answers, sides, schema, data, cuts, threshold: threshold)
    adjustedCities = AdjustedChurn.cities(answers, sides, schema, data, cuts, threshold: threshold)
    cityDifferences = CityDifference.all(answers, sides, schema, data, cuts, threshold: threshold)
    reversals = SimpsonReversal.all(answers, sides, schema, data, cuts)
    lacks = (products == nil ? [.products] : []) + (schema.column(.city) == nil ? [.city] : [])
  }

  private static func groupings(_ schema: ClientSchema, _ sides: Grouping) -> [[Grouping]] {
    guard let products = productGrouping(schema) else { return [[sides]] }
    return [[sides], [products], [products, sides]]
  }

  private static func productGrouping(_ schema: ClientSchema) -> Grouping? {
    Portrait.productGrouping(schema).flatMap { CellBudget.fits([$0], schema) ? $0 : nil }
  }
}
