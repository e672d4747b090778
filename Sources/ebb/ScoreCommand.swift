import EbbClients
import EbbForecast
import EbbStudy
import EbbTable
import EbbWarehouse
import EbbWords

/// `ebb score FILE --model DIR`: who of these clients will leave, how sure, and why.
struct ScoreCommand: Command {
  static let spec = CommandSpec(
    name: "score",
    summary: Phrase(
      en: "forecast clients with a model that `ebb study` made",
      ru: "прогноз для клиентов по модели из `ebb study`"),
    discussion: Phrase(
      en: """
        Writes a row for every row of FILE, in its order: id, probability of leaving, risk band, at most four reasons
        (what the bank can act on, context, protected: gender and age) and a note where a value was new to the model.
        The table may be larger than memory. With --as sql it prints a statement that does the same in a warehouse.
        """,
      ru: """
        На каждую строку FILE пишет строку в том же порядке: код, вероятность ухода, группа риска, не больше четырёх
        причин (на что банк может повлиять, обстоятельства, защищённые: пол и возраст) и примечание, если значение
        модели незнакомо. Таблица может не помещаться в память. С --as sql печатает запрос, который делает то же в базе.
        """),
    positionals: [
      .init(
        name: "FILE",
        help: Phrase(en: "the clients; - for standard input", ru: "клиенты; - для стандартного ввода"),
        isRequired: false)
    ],
    options: [
      .init(
        name: "model", short: "m", kind: .value("DIR"),
        help: Phrase(
          en: "the model's folder (default: ebb-report/model)",
          ru: "папка модели (по умолчанию ebb-report/model)")),
      .init(
        name: "out", short: "o", kind: .value("FILE"),
        help: Phrase(
          en: "where to write (default: standard output)", ru: "куда писать (по умолчанию стандартный вывод)")
      ),
      .init(
        name: "method", kind: .value("NAME"),
        help: Phrase(
          en: "scorecard, scorecardInteractions or trees (default: the study's choice)",
          ru: "scorecard, scorecardInteractions или trees (по умолчанию выбор исследования)")),
      .init(
        name: "reasons", kind: .value("N"),
        help: Phrase(
          en: "reasons a client at most, 0 to 4 (default 4; 0 is faster)",
          ru: "сколько причин на клиента, от 0 до 4 (по умолчанию 4; с 0 быстрее)")),
      .init(
        name: "parts", kind: .flag,
        help: Phrase(
          en: "also the log-odds before calibration and what each feature adds to them",
          ru: "ещё и логарифм шансов до калибровки и вклад в него каждого признака")),
      .init(
        name: "map", kind: .repeated("ROLE=COLUMN"),
        help: Phrase(
          en: "which column means what, where names differ: city=Town",
          ru: "какой столбец что значит, если названия другие: city=Town")),
      .init(
        name: "allow-missing", kind: .flag,
        help: Phrase(
          en: "score even where columns that matter most are missing",
          ru: "считать, даже если самых важных столбцов нет")),
    ] + ScoreStatement.options + ReadingFlags.options,
    examples: [
      "ebb score clients.csv --model ebb-report/model --out scored.csv",
      "zcat new.csv.gz | ebb score - --reasons 0 > scored.csv",
      "ebb score --as sql --table bank.clients --id userid | psql bank",
      "ebb score postgresql://bank.example/crm --table bank.clients --into bank.scores",
      "ebb score spark --table bank.clients --into /data/scores.parquet",
    ])

  /// `nil` for a statement, which reads no file.
  private let path: String?
  private let statement: ScoreStatement?
  private let folder: String
  /// `nil`: standard output.
  private let output: String?
  private let method: ForecastMethod?
  private let reasons: Int
  private let showsParts: Bool
  private let map: [String]
  private let allowsMissing: Bool
  private let options: ReadOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    statement = try ScoreStatement(arguments, spec: Self.spec)
    path = arguments.positionals.first
    if statement == nil, path == nil { throw .missingArgument("FILE") }
    folder = arguments.value("model") ?? "ebb-report/" + ModelFolder.name
    output = arguments.value("out").flatMap { $0 == "-" ? nil : $0 }
    let known: [ForecastMethod] = [.scorecard, .scorecardInteractions, .trees]
    method = try arguments.choice("method", of: known.map(\.rawValue)).flatMap(ForecastMethod.init)
    reasons = try arguments.integer("reasons", in: 0...4) ?? 4
    showsParts = arguments.flag("parts")
    map = arguments.all("map")
    allowsMissing = arguments.flag("allow-missing")
    options = try ReadingFlags.readOptions(arguments)
  }

  func run(_ session: Session) async throws -> ExitCode {
    let model = try ModelFolder.read(folder)
    if let statement, let target = statement.target {
      return try fill(target.table, target.request, with: statement, model, session)
    }
    guard let path else { return try export(statement, model, session) }
    let scorer = try Scorer(model, method: method, reasonLimit: reasons, showsParts: showsParts)
    var options = options
    options.cores = session.cores
    var mapping = RoleMapping()
    for argument in map { mapping = mapping.overridden(by: try RoleMapping(argument: argument)) }
    let source = try ByteSource(path: path)
    let columns = try ScoringColumns(
      try Reading.detect(source, options: options), model.manifest, mapping: mapping,
      allowsMissing: allowsMissing)
    options.kinds.merge(columns.kinds) { said, _ in said }
    let blocks = try TableBlocks(
      source, columns.reading, options: options, skipping: columns.skipped, verbatim: columns.verbatim)
    let language = session.language(dataIsCyrillic: columns.isCyrillic)
    let lines = ScoreLines(scorer, columns, language: language)

    let console = session.console
    let progress = ProgressLine(console)
    defer { progress.clear() }
    let words = Phrase(en: "scoring", ru: "считаю прогноз")[language]
    FreedMemory.keep()
    var counts = ScoringCounts()
    var file = try output.map { path throws(OutputError) in try OutputFile(path: path) }
    func write(_ bytes: [UInt8]) throws {
      if file == nil { try console.write(bytes) } else { try file?.write(bytes) }
    }
    try write(Array(lines.heading.utf8))
    try blocks.forEach(
      make: { try lines.make($0) },
      take: { block in
        try write(block.text)
        counts.add(block.counts)
      },
      progress: { progress.show(words, share: $0) })
    try file?.finish()
    progress.clear()
    if !console.isQuiet { console.complain(ScoreReport(columns, language: language).text(counts)) }
    return .success
  }

  private func fill(
    _ table: String, _ request: WarehouseRequest, with statement: ScoreStatement, _ model: SavedModel,
    _ session: Session
  ) throws -> ExitCode {
    let rows = try WarehouseScores.write(of: request, into: table) { from in
      try statement.text(model, method: method, from: from)
    }
    let language = session.language()
    if !session.console.isQuiet {
      session.console.complain(WarehouseWords.scored(rows: rows, table: table, language))
    }
    return .success
  }

  private func export(_ statement: ScoreStatement?, _ model: SavedModel, _ session: Session) throws
    -> ExitCode
  {
    guard let text = try statement?.text(model, method: method) else { return .success }
    guard let output else {
      try session.console.print(text)
      return .success
    }
    var file = try OutputFile(path: output)
    try file.write(Array((text + "\n").utf8))
    try file.finish()
    return .success
  }
}
