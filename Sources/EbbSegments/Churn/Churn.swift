public import EbbClients
public import EbbEngine
public import EbbStatistics

/// The chapter of churn: the rate and where it is high, by every attribute and band, and by pairs of attributes.
public struct Churn: Sendable, Codable, Equatable {
  /// Churned out of all clients, with Wilson's interval.
  public let overall: Proportion
  public let stayed: Int
  /// Every attribute: by levels or bands, and by presence where it is incomplete; in canonical order.
  public let by: [ChurnByAttribute]
  /// Pairs of the main attributes, as far as the table has them.
  public let cross: [ChurnTable]
  /// Counts by all main attributes together, for drawing any cut of them.
  public let cube: ClientCube?

  public static func questions(
    for schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts()
  ) -> Set<Question> {
    guard let churn = schema.column(.churn) else { return [] }
    let sides = Grouping(churn)
    var questions = ChurnSides.questions(schema)
    questions.insert(.counts(by: [sides]))
    for grouping in ChurnAttributes.groupings(schema, cuts, data: data) {
      questions.insert(ChurnCounts.question([grouping], sides))
    }
    for pair in ChurnTable.pairs(schema, cuts, data) { questions.insert(ChurnCounts.question(pair, sides)) }
    questions.formUnion(ClientCube.questions(schema, cuts, data))
    return questions
  }

  /// `nil` without a churn column, or where nobody left or nobody stayed.
  public init?(
    answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(), threshold: Int = 5
  ) {
    guard let sides = ChurnSides(answers, schema),
      case .counts(let cells)? = answers[.counts(by: [sides.grouping])],
      let left = cells.axes[0].firstIndex(of: sides.left)
    else { return nil }
    let n = cells.counts.reduce(0, +)
    let overall = Proportion(successes: cells.counts[left], n: n)
    self.overall = overall
    stayed = n - cells.counts[left]
    by = ChurnAttributes.groupings(schema, cuts, data: data).compactMap {
      ChurnByAttribute($0, answers, sides, schema, overall: overall, threshold: threshold)
    }
    cross = ChurnTable.pairs(schema, cuts, data).compactMap {
      ChurnTable($0, answers, sides, schema, threshold: threshold)
    }
    cube = ClientCube(answers, sides, schema, cuts, data, threshold: threshold)
  }

  /// The same chapter with other cells.
  init(_ other: Churn, cube: ClientCube) {
    overall = other.overall
    stayed = other.stayed
    by = other.by
    cross = other.cross
    self.cube = cube
  }

  /// The breakdown by a role, by levels or bands (not by presence).
  public func by(_ role: Role) -> ChurnByAttribute? {
    by.first { $0.attribute.role == role && $0.attribute.kind != .presence }
  }
}
