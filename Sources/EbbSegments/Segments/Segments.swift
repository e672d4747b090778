public import EbbClients
public import EbbEngine
public import EbbStatistics

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
      questions.formUnion(Segment.questions(by, sides, schema, data, cuts))
    }
    questions.formUnion(AdjustedChurn.questions(schema, sides, data, cuts))
    questions.formUnion(SimpsonReversal.questions(schema, sides, data, cuts))
    return questions
  }

  public init?(
    answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(), threshold: Int = 5
  ) {
    guard let sides = ChurnSides(answers, schema) else { return nil }
    let products = Portrait.productGrouping(schema)
    func segments(_ by: [Grouping]) -> [Segment] {
      Segment.all(by, answers, sides, schema, data, cuts, threshold: threshold)
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
    guard let products = Portrait.productGrouping(schema) else { return [[sides]] }
    return [[sides], [products], [products, sides]]
  }
}

/// The product groups that hold their clients best and worst.
public struct Stability: Sendable, Codable, Equatable {
  /// Smaller groups are not judged.
  public static let minimumClients = 30

  public let most: String
  public let least: String
  public let mostChurn: Proportion
  public let leastChurn: Proportion
  /// Rate of the least stable − rate of the most stable, Newcombe's interval.
  public let difference: EffectSize
  public let test: HypothesisTest
  public let minimumClients: Int
  /// Product groups too small to be judged.
  public let notJudged: [String]

  init?(_ segments: [Segment]) {
    let judged = segments.filter { $0.n >= Self.minimumClients }
    func rate(_ segment: Segment) -> Double { segment.churn.estimate ?? 0 }
    guard judged.count > 1, let most = judged.min(by: { rate($0) < rate($1) }),
      let least = judged.max(by: { rate($0) < rate($1) }), most.values != least.values
    else { return nil }
    self.most = most.values[0]
    self.least = least.values[0]
    mostChurn = most.churn
    leastChurn = least.churn
    difference = riskDifference(
      successes1: least.churned, n1: least.n, successes2: most.churned, n2: most.n)
    test = twoProportionZ(successes1: least.churned, n1: least.n, successes2: most.churned, n2: most.n)
    minimumClients = Self.minimumClients
    notJudged = segments.filter { $0.n < Self.minimumClients }.map { $0.values[0] }
  }
}
