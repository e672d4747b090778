public import EbbClients
public import EbbEngine

/// The chapter of the profile: what every column holds, and what goes with what.
public struct Profile: Sendable, Codable, Equatable {
  public let rows: Int
  /// In canonical order; identifiers and ignored columns are left out.
  public let columns: [ColumnProfile]
  public let association: Association?

  public static func questions(
    for schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts()
  ) -> Set<Question> {
    var questions = ChurnSides.questions(schema)
    let levels = Set(schema.levelColumns)
    for entry in described(schema) {
      questions.formUnion(ColumnProfile.questions(entry, schema, levels: levels))
    }
    questions.formUnion(Association.questions(for: schema, data: data, cuts: cuts))
    return questions
  }

  /// What can be asked only once the quartiles are known: how many rows lie between Tukey's fences.
  public static func followUp(for schema: ClientSchema, _ answers: Answers) -> Set<Question> {
    ColumnProfile.followUp(for: schema, answers)
  }

  public init(
    answers: Answers, schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(), threshold: Int = 5
  ) {
    rows = data.rows.used
    columns = Self.described(schema).map {
      ColumnProfile($0, answers, schema, rows: data.rows.used, data: data, threshold: threshold)
    }
    association = Association(answers: answers, schema: schema, data: data, cuts: cuts, threshold: threshold)
  }

  private static func described(_ schema: ClientSchema) -> [ClientSchema.Entry] {
    schema.entries.filter { $0.role != .id && $0.role != .ignored }
  }
}
