import EbbClients
import EbbEngine
import EbbForecast
import EbbStudy
import EbbTable
import EbbWarehouse

/// Clients to study and the engine that answers about them: of a file in memory, or of a table where it lies.
struct StudySource {
  let intake: ClientIntake
  let engine: any Engine
  private let path: String
  private let session: WarehouseSession?
  /// Nobody asked for these by name, and only some rows were read: they would need all.
  private(set) var leftOut: Set<StudyConfiguration.Chapter> = []

  /// - Parameter isDefault: the chapters are not asked for by name.
  static func read(
    _ path: String, _ request: WarehouseRequest?, configuration: StudyConfiguration, isDefault: Bool,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) async throws -> StudySource {
    guard let request else {
      let intake = try await ClientIntake.read(path: path, configuration: configuration, progress: progress)
      return StudySource(
        intake: intake, engine: MemoryEngine(intake.clients, cores: configuration.cores), path: path,
        session: nil)
    }
    progress(.opening)
    return try await read(
      path, try WarehouseSession(request), configuration: configuration, isDefault: isDefault,
      progress: progress)
  }

  /// What a study would ask of a warehouse: the statements of the chapters that are made of answers.
  static func plan(_ request: WarehouseRequest, configuration: StudyConfiguration) async throws
    -> [PlannedStatement]
  {
    var configuration = configuration
    configuration.chapters.subtract([.forecast, .retention])
    let session = try WarehouseSession(request, plans: true)
    let clients = try await read("", session, configuration: configuration, isDefault: true) { _ in }
    _ = try await StudyRunner.study(
      clients.intake, engine: clients.engine, provenance: clients.provenance(configuration),
      configuration: configuration)
    return session.planned
  }

  private static func read(
    _ path: String, _ session: WarehouseSession, configuration: StudyConfiguration, isDefault: Bool,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) async throws -> StudySource {
    let request = session.request
    let limit = configuration.forecast.trainingLimit.flatMap { session.rowCount > $0 ? $0 : nil }
    if let limit, configuration.chapters.contains(.retention), !isDefault {
      throw WarehouseError.tooManyRows(
        table: request.table, rows: session.rowCount, limit: limit,
        chapters: [StudyConfiguration.Chapter.retention.rawValue])
    }
    if [.first, .last].contains(configuration.clients.duplicates) {
      throw WarehouseError.unsupported(.orderOfRows)
    }
    var configuration = configuration
    configuration.reading = WarehouseSession.readOptions(configuration.reading)
    let (intake, read, dropped) = try await ClientIntake.read(
      try session.fetch(about: limit, seed: configuration.forecast.settings.seed),
      configuration: configuration, progress: progress)
    if limit != nil {
      let (engine, quality) = try await session.engine(
        sample: read, clients: intake.clients, dropped: dropped, quality: intake.quality,
        isWhole: configuration.chapters.contains(.quality), assignments: intake.assignments,
        options: configuration.clients)
      let elsewhere = intake.elsewhere(engine.schema, count: engine.clientCount, quality: quality)
      return StudySource(
        intake: elsewhere, engine: engine, path: path, session: session, leftOut: [.retention])
    }
    let engine = try await session.engine(
      ReadDecisions(read: read, clients: intake.clients, dropped: dropped))
    return StudySource(intake: intake, engine: engine, path: path, session: session)
  }

  func provenance(_ configuration: StudyConfiguration) -> Provenance {
    Provenance(
      tool: "ebb \(Ebb.version)", source: path, intake: intake, configuration: configuration,
      warehouse: session.map {
        Provenance.WarehouseSource(
          address: $0.source, table: $0.request.table, condition: $0.request.condition,
          snapshot: $0.snapshot, statements: $0.statements.count, received: $0.received,
          receivedAsRows: $0.receivedAsRows)
      })
  }

  /// Every statement that ran, as a script; `nil` for files.
  var statements: String? { session.map { $0.statements.map { $0 + ";\n" }.joined() } }

  /// The study with all that was asked of the database in its provenance; the database is let go.
  func finished(_ study: Study, _ configuration: StudyConfiguration) throws -> Study {
    guard let session else { return study }
    try session.end()
    return study.with(provenance(configuration))
  }
}
