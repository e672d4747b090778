public import EbbEngine
public import EbbForecast
public import EbbRetention
import EbbSegments

/// A study, and the model that scores clients by it.
public struct StudyResult: Sendable {
  public let study: Study
  /// `nil` where there is no forecast.
  public let model: SavedModel?
  /// The clients of the plan; `nil` where there is none. It names clients and is no part of the study.
  public let contacts: ContactList?
}

/// Works a study out: gathers every chapter's questions, asks the engine once, and lets each chapter make its figures
/// of the answers.
public enum StudyRunner {
  /// The models learn beside the chapters: neither waits for the other.
  ///
  /// - Throws: `EngineError`, `TreeError`.
  public static func study(
    _ intake: ClientIntake, engine: any Engine, provenance: Provenance, configuration: StudyConfiguration,
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) async throws -> StudyResult {
    async let learning = learnt(intake, configuration, progress)
    let (chapters, answers) = try await chapters(
      intake, engine: engine, provenance: provenance, configuration: configuration, progress)
    let forecast = try await learning
    async let withCells = cells(chapters, forecast, intake, answers, configuration)
    let model = forecast.flatMap {
      SavedModel(
        $0.result, clients: intake.sample ?? intake.clients, quality: intake.quality, tool: provenance.tool,
        source: provenance.source)
    }
    var retention: RetentionResult?
    if configuration.chapters.contains(.retention) {
      progress(.planning)
      var options = configuration.retention
      options.privacyThreshold = configuration.privacyThreshold
      retention = RetentionRunner.run(
        clients: intake.clients, quality: intake.quality,
        forecast: forecast.map { ($0.result, $0.probabilities) }, excluding: configuration.excluded,
        riskGroups: chapters.riskGroups, options: options, cores: configuration.cores)
    }
    var study = try await withCells
    if let retention { study = study.with(retention) }
    return StudyResult(study: study.withFindings(), model: model, contacts: retention?.contacts)
  }

  /// The study with its forecast, also in the cells of clients.
  private static func cells(
    _ study: Study, _ forecast: Learnt?, _ intake: ClientIntake, _ answers: Answers,
    _ configuration: StudyConfiguration
  ) async throws -> Study {
    guard let forecast else { return study }
    return try await ForecastCells.study(
      study.with(forecast.result.forecast), forecast.probabilities, intake, answers: answers,
      configuration: configuration)
  }

  /// A forecast, and every client's chance of leaving by it.
  private struct Learnt: Sendable {
    let result: ForecastResult
    let probabilities: [Double]
  }

  /// `nil` where no forecast is wanted or nobody's leaving is known.
  private static func learnt(
    _ intake: ClientIntake, _ configuration: StudyConfiguration,
    _ progress: @escaping @Sendable (StudyProgress) -> Void
  ) async throws -> Learnt? {
    guard configuration.chapters.contains(.forecast),
      let drawn = ForecastInput(
        intake.sample ?? intake.clients, excluding: configuration.excluded,
        limit: configuration.forecast.trainingLimit,
        seed: configuration.forecast.settings.seed)
    else { return nil }
    let input = intake.sample == nil ? drawn : drawn.drawn(from: intake.recordCount)
    progress(.forecasting(share: 0))
    var options = configuration.forecast
    options.privacyThreshold = configuration.privacyThreshold
    let result = try ForecastRunner.run(input, options: options) { progress(.forecasting(share: $0)) }
    // Clients that lie elsewhere are scored where they are.
    if intake.sample != nil { return Learnt(result: result, probabilities: []) }
    return Learnt(
      result: result,
      probabilities: try ClientForecast.probabilities(
        result, input, clients: intake.clients, excluding: configuration.excluded, cores: configuration.cores)
    )
  }

  /// The chapters made of answers alone.
  private static func chapters(
    _ intake: ClientIntake, engine: any Engine, provenance: Provenance, configuration: StudyConfiguration,
    _ progress: @escaping @Sendable (StudyProgress) -> Void
  ) async throws -> (study: Study, answers: Answers) {
    let schema = engine.schema
    let wanted = configuration.chapters
    let options = ComparisonOptions(alpha: configuration.alpha, bound: configuration.equivalenceBound)
    let threshold = configuration.privacyThreshold
    let data = intake.quality
    // The longer work beside it is the one to be told about.
    let told = !wanted.contains(.forecast)
    var questions: Set<Question> = []
    if wanted.contains(.quality) { questions.formUnion(QualityChapter.questions(for: schema, data: data)) }
    if wanted.contains(.profile) { questions.formUnion(Profile.questions(for: schema, data: data)) }
    if wanted.contains(.churn) { questions.formUnion(Churn.questions(for: schema, data: data)) }
    if wanted.contains(.segments) { questions.formUnion(Segments.questions(for: schema, data: data)) }
    if wanted.contains(.portraits) { questions.formUnion(Portraits.questions(for: schema)) }
    if wanted.contains(.hypotheses) { questions.formUnion(Hypotheses.questions(for: schema)) }
    if wanted.contains(.riskGroups) { questions.formUnion(RiskGroups.questions(for: schema, data: data)) }

    if told { progress(.computing) }
    var answers = try await engine.answer(questions)
    if wanted.contains(.profile) {
      answers = answers.merging(try await engine.answer(Profile.followUp(for: schema, answers)))
    }
    var riskGroups: RiskGroups?
    if wanted.contains(.riskGroups) {
      riskGroups = try await RiskGroups.find(
        engine, answers: answers, data: data, options: RiskOptions(privacyThreshold: threshold))
    }
    if told { progress(.chapters) }
    let study = Study(
      schema: StudySchema(intake.clients), provenance: provenance,
      quality: wanted.contains(.quality)
        ? QualityChapter(answers: answers, schema: schema, data: data, options: options) : nil,
      profile: wanted.contains(.profile)
        ? Profile(answers: answers, schema: schema, data: data, threshold: threshold) : nil,
      churn: wanted.contains(.churn)
        ? Churn(answers: answers, schema: schema, data: data, threshold: threshold) : nil,
      segments: wanted.contains(.segments)
        ? Segments(answers: answers, schema: schema, data: data, threshold: threshold) : nil,
      portraits: wanted.contains(.portraits)
        ? Portraits(answers: answers, schema: schema, options: options) : nil,
      hypotheses: wanted.contains(.hypotheses)
        ? Hypotheses(answers: answers, schema: schema, options: options, cores: configuration.cores) : nil,
      forecast: nil, riskGroups: riskGroups, recommendations: nil, plan: nil, experiments: nil, findings: [])
    return (study, answers)
  }
}

extension ForecastInput {
  /// The same, known to be drawn from more clients than were here.
  fileprivate func drawn(from count: Int) -> ForecastInput {
    ForecastInput(
      matrix: matrix, churned: churned, products: products, gender: gender, age: age, cuts: cuts,
      setAside: setAside, tableCount: count)
  }
}
