public import EbbClients
import EbbEngine
import EbbSegments

/// Works a study out: gathers every chapter's questions, asks the engine once, and lets each chapter make its figures
/// of the answers.
public enum StudyRunner {
  /// - Throws: `EngineError`.
  public static func study(
    _ intake: ClientIntake, engine: any Engine, provenance: Provenance, configuration: StudyConfiguration,
    progress: @Sendable (StudyProgress) -> Void = { _ in }
  ) async throws -> Study {
    let schema = engine.schema
    let wanted = configuration.chapters
    let options = ComparisonOptions(alpha: configuration.alpha, bound: configuration.equivalenceBound)
    var questions: Set<Question> = []
    if wanted.contains(.quality) {
      questions.formUnion(QualityChapter.questions(for: schema, data: intake.quality))
    }
    if wanted.contains(.profile) { questions.formUnion(Profile.questions(for: schema)) }
    if wanted.contains(.churn) { questions.formUnion(Churn.questions(for: schema)) }
    if wanted.contains(.segments) { questions.formUnion(Segments.questions(for: schema)) }
    if wanted.contains(.portraits) { questions.formUnion(Portraits.questions(for: schema)) }
    if wanted.contains(.hypotheses) { questions.formUnion(Hypotheses.questions(for: schema)) }

    progress(.computing)
    let answers = try await engine.answer(questions)
    progress(.chapters)
    return Study(
      schema: StudySchema(intake.clients), provenance: provenance,
      quality: wanted.contains(.quality)
        ? QualityChapter(answers: answers, schema: schema, data: intake.quality, options: options) : nil,
      profile: wanted.contains(.profile) ? Profile(answers: answers, schema: schema) : nil,
      churn: wanted.contains(.churn) ? Churn(answers: answers, schema: schema) : nil,
      segments: wanted.contains(.segments) ? Segments(answers: answers, schema: schema) : nil,
      portraits: wanted.contains(.portraits)
        ? Portraits(answers: answers, schema: schema, options: options) : nil,
      hypotheses: wanted.contains(.hypotheses)
        ? Hypotheses(answers: answers, schema: schema, options: options) : nil,
      findings: [])
  }
}
