import EbbClients
import EbbDashboard
import EbbDeck
import EbbEngine
import EbbForecast
import EbbStudy
import EbbTable
import EbbWarehouse
import EbbWords
import Foundation

/// `ebb study FILE --out DIR`: the whole way from a client table to a study.
struct StudyCommand: Command {
  static let spec = CommandSpec(
    name: "study",
    summary: Phrase(
      en: "from a client table to a study, a forecast, a plan and a contact list",
      ru: "от таблицы клиентов к исследованию, прогнозу, плану и списку контактов"),
    discussion: Phrase(
      en: """
        Reads FILE (CSV or TSV, plain or gzip; - is standard input; or a table of a PostgreSQL server or, for the word
        spark, of Spark, which then answer the study's questions themselves: docs/scale.md), says how it was read and what its columns were
        taken for, and writes into the output folder: study.json, dashboard.html, presentation.pptx, contacts.xlsx
        and contacts.csv (whom to contact, with what, and who is held out), the folder model for `ebb score`, and
        rejected.csv where rows could not be read.
        """,
      ru: """
        Читает FILE (CSV или TSV, в том числе gzip; - означает стандартный ввод; или таблицу сервера PostgreSQL
        либо, по слову spark, таблицу Spark, которые тогда сами считают всё нужное: docs/scale.md), сообщает, как он прочитан и за что
        приняты столбцы, и пишет в папку результата study.json, dashboard.html, presentation.pptx,
        contacts.xlsx и contacts.csv (с кем связаться, с чем и кого оставить для сравнения), папку model для `ebb score` и rejected.csv, если часть строк не прочиталась.
        """),
    positionals: [.table],
    options: [
      .init(
        name: "out", short: "o", kind: .value("DIR"),
        help: Phrase(
          en: "folder for the results (default: ebb-report)",
          ru: "папка для результата (по умолчанию ebb-report)")),
      .init(
        name: "alpha", kind: .value("P"),
        help: Phrase(
          en: "significance level after correction (default 0.05)",
          ru: "уровень значимости после поправки (по умолчанию 0.05)")),
      .init(
        name: "bound", kind: .value("D"),
        help: Phrase(
          en: "differences within ±D standard deviations are negligible (default 0.2)",
          ru: "различия в пределах ±D стандартных отклонений пренебрежимы (по умолчанию 0.2)")),
      .init(
        name: "chapters", kind: .value("LIST"),
        help: Phrase(
          en: "only these chapters: " + Self.chapterNames,
          ru: "только эти главы: " + Self.chapterNames)),
      .init(
        name: "contact-share", kind: .value("SHARE"),
        help: Phrase(
          en: "share of clients that can be contacted (default 0.2)",
          ru: "какой доле клиентов можно позвонить (по умолчанию 0.2)")),
      ReportCommand.extractOption,
    ] + ForecastFlags.options + WarehouseFlags.options + RetentionFlags.options + DeckFlags.options
      + MappingFlags.options
      + ReadingFlags.options,
    examples: [
      "ebb study clients.csv",
      "ebb study clients.csv --out report --lang ru",
      "ebb study export.csv --map churn=Exited,income=Salary",
      "zcat clients.csv.gz | ebb study -",
      "ebb study postgresql://bank.example/crm --table clients.snapshot",
      "ebb study spark --table bank.clients --master yarn",
    ])

  private static let chapterNames = StudyConfiguration.Chapter.allCases.map(\.rawValue).joined(separator: ",")

  private let path: String
  private let folder: String
  private let flags: MappingFlags
  private let retention: RetentionFlags
  private let extracts: Bool
  private let look: Deck.Look
  private let warehouse: WarehouseRequest?
  private let plans: Bool
  private let configuration: StudyConfiguration
  /// No chapters are asked for by name.
  private let isDefault: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = arguments.positionals[0]
    folder = arguments.value("out") ?? "ebb-report"
    flags = try MappingFlags(arguments)
    retention = try RetentionFlags(arguments)
    extracts = arguments.flag("extract")
    look = try DeckFlags.look(arguments)
    warehouse = try WarehouseFlags.request(arguments)
    plans = arguments.flag("plan")
    var configuration = StudyConfiguration(
      clients: flags.clients, reading: try ReadingFlags.readOptions(arguments))
    if let alpha = try arguments.number("alpha", in: 0.000_001...0.5) { configuration.alpha = alpha }
    if let bound = try arguments.number("bound", in: 0.001...10) { configuration.equivalenceBound = bound }
    if let list = arguments.value("chapters") {
      var chapters: Set<StudyConfiguration.Chapter> = []
      for name in list.split(separator: ",") {
        guard let chapter = StudyConfiguration.Chapter(rawValue: String(name)) else {
          let known = StudyConfiguration.Chapter.allCases.map(\.rawValue).joined(separator: ", ")
          throw .badValue(
            option: "chapters", text: String(name),
            expected: Phrase(en: "some of \(known)", ru: "что-то из: \(known)"))
        }
        chapters.insert(chapter)
      }
      configuration.chapters = chapters
    }
    configuration.excluded = ForecastFlags.excluded(arguments)
    if let share = try arguments.number("contact-share", in: 0.001...1) {
      configuration.forecast.contactShare = share
    }
    try ForecastFlags.apply(arguments, to: &configuration.forecast)
    self.configuration = configuration
    isDefault = arguments.value("chapters") == nil
  }

  func run(_ session: Session) async throws -> ExitCode {
    var configuration = configuration
    configuration.cores = session.cores
    configuration.mapping = try flags.mapping()
    configuration.retention = try retention.options()
    let console = session.console
    if plans, let warehouse {
      let planned = try await StudySource.plan(warehouse, configuration: configuration)
      try console.print(WarehouseWords.plan(planned, session.language()))
      return .success
    }
    let line = ProgressLine(console)
    defer { line.clear() }
    let show = line.following(session.language())

    // Where nothing can be written, better to know before an hour of reading.
    let results = try ResultFolder(folder)
    let clients = try await StudySource.read(
      path, warehouse, configuration: configuration, isDefault: isDefault, progress: show)
    let intake = clients.intake
    let leftOut = configuration.chapters.intersection(clients.leftOut)
    configuration.chapters.subtract(leftOut)
    let language = session.language(dataIsCyrillic: intake.isCyrillic)
    let result = try await StudyRunner.study(
      intake, engine: clients.engine, provenance: clients.provenance(configuration),
      configuration: configuration, progress: show)
    let study = try clients.finished(result.study, configuration)
    show(.writing)
    let rejected = try results.writeRejected(intake.rejected, language)
    let look = look
    async let page = DashboardFile.make(study, language: language)
    async let deck = Deck.make(study, language: language, look: look)
    // The study before all else: on a disk that has no room for it nothing is left.
    var written = [try results.write(study)]
    async let contacts = results.write(result.contacts, of: study, language)
    written += [
      try results.write(try await page, DashboardFile.name), try results.write(try await deck, Deck.name),
    ]
    written += try await contacts
    if extracts { written += try results.writeExtract(of: study) }
    written += [
      try results.write(result.model), rejected,
      try clients.statements.map { try results.write(Array($0.utf8), "statements.sql") },
    ].compactMap(\.self)
    line.clear()

    try console.print(
      StudyReport(study, language: language, style: console.outputStyle).text(files: written))
    if !leftOut.isEmpty {
      console.complain(
        WarehouseWords.leftOut(
          clients: study.schema.clients, read: intake.sample?.table.rowCount ?? 0, language))
    }
    return .success
  }
}
