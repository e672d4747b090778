import EbbClients
import EbbForecast
import EbbStudy
import EbbTable
import EbbWords
import Foundation

/// `ebb validate FILE`: how well leaving can be forecast from a table, by cross-validation and nothing more.
struct ValidateCommand: Command {
  static let spec = CommandSpec(
    name: "validate",
    summary: Phrase(
      en: "how well leaving can be forecast from a table: cross-validation of the methods",
      ru: "насколько точно по таблице прогнозируется уход: перекрёстная проверка методов"),
    discussion: Phrase(
      en: """
        Every client is forecast by models that did not see it; settings, bins and calibration are learnt inside the
        folds. No model is kept: `ebb study` does that. --out writes each client's forecasts, from which every figure
        can be worked out again in another tool.
        """,
      ru: """
        Каждого клиента прогнозируют модели, которые его не видели; настройки, интервалы и калибровка подбираются внутри
        разбиений. Модель не сохраняется: это делает `ebb study`. --out записывает прогнозы каждого клиента, по
        которым любой показатель можно пересчитать в другой программе.
        """),
    positionals: [.table],
    options: [
      .init(
        name: "methods", kind: .value("LIST"),
        help: Phrase(
          en: "only these: " + Self.methodNames + " (default: all)",
          ru: "только эти: " + Self.methodNames + " (по умолчанию все)")),
      .init(
        name: "quick", kind: .flag,
        help: Phrase(
          en: "trees with one setting, not trained again after they stopped: sooner, a little less exact",
          ru: "деревья с одной настройкой и без повторного обучения: быстрее и чуть менее точно")),
      .init(
        name: "folds", kind: .value("K"),
        help: Phrase(
          en: "parts that the clients are dealt into (default 5)",
          ru: "на сколько частей делить клиентов (по умолчанию 5)")),
      .init(
        name: "repeats", kind: .value("N"),
        help: Phrase(
          en: "times that they are dealt anew (default 1)",
          ru: "сколько раз делить заново (по умолчанию 1)")),
      .init(
        name: "out", short: "o", kind: .value("FILE"),
        help: Phrase(
          en: "write every client's forecasts here, as CSV",
          ru: "записать сюда прогнозы каждого клиента (CSV)")),
      .init(name: "json", kind: .flag, help: Phrase(en: "as JSON", ru: "в виде JSON")),
    ] + ForecastFlags.options + MappingFlags.options + ReadingFlags.options,
    examples: [
      "ebb validate clients.csv",
      "ebb validate clients.csv --methods scorecard,trees --folds 10 --repeats 3 --json",
      "ebb validate clients.csv --methods trees --out out-of-fold.csv",
    ])

  private static let methodNames = ForecastMethod.allCases.map(\.rawValue).joined(separator: ",")

  private let path: String
  private let methods: Set<ForecastMethod>
  private let isQuick: Bool
  private let forecast: ForecastOptions
  private let excluded: Set<String>
  private let flags: MappingFlags
  private let reading: ReadOptions
  private let output: String?
  private let asJSON: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = arguments.positionals[0]
    methods = try Self.methods(arguments.value("methods"))
    isQuick = arguments.flag("quick")
    var forecast = ForecastOptions()
    forecast.settings.folds = try arguments.integer("folds", in: 2...100) ?? 5
    forecast.settings.repeats = try arguments.integer("repeats", in: 1...100) ?? 1
    try ForecastFlags.apply(arguments, to: &forecast)
    self.forecast = forecast
    excluded = ForecastFlags.excluded(arguments)
    flags = try MappingFlags(arguments)
    reading = try ReadingFlags.readOptions(arguments)
    output = arguments.value("out")
    if let output, output.isEmpty || output == "-" {
      throw .badValue(
        option: "out", text: output, expected: Phrase(en: "the name of a file", ru: "имя файла"))
    }
    asJSON = arguments.flag("json")
  }
  private static func methods(_ list: String?) throws(UsageError) -> Set<ForecastMethod> {
    guard let list else { return Set(ForecastMethod.allCases) }
    let names = list.split(separator: ",")
    let methods = names.map { ForecastMethod(rawValue: $0.trimmingCharacters(in: .whitespaces)) }
    let unknown = zip(names, methods).first { $0.1 == nil }?.0
    guard unknown == nil, !methods.isEmpty else {
      throw .badValue(
        option: "methods", text: unknown.map(String.init) ?? list,
        expected: Phrase(en: "some of \(methodNames)", ru: "что-то из: \(methodNames)"))
    }
    return Set(methods.compactMap(\.self))
  }

  func run(_ session: Session) async throws -> ExitCode {
    var configuration = StudyConfiguration(clients: flags.clients, reading: reading)
    configuration.cores = session.cores
    configuration.mapping = try flags.mapping()
    var options = forecast
    options.cores = session.cores
    let console = session.console
    FreedMemory.keep()
    let line = ProgressLine(console)
    defer { line.clear() }
    let show = line.following(session.language())
    let intake = try await ClientIntake.read(path: path, configuration: configuration, progress: show)
    guard let input = ForecastInput(intake.clients, excluding: excluded) else {
      throw ClientError.noChurnColumn(known: intake.clients.table.columns.map(\.name))
    }
    // Where nothing can be written, better to know before learning.
    var file = try output.map { path throws(OutputError) in try OutputFile(path: path) }
    show(.forecasting(share: 0))
    let result = try CrossValidationResult.run(input, methods: methods, isQuick: isQuick, options: options) {
      show(.forecasting(share: $0))
    }
    show(.writing)
    var written: String?
    if let lines = OutOfFoldLines(result, intake.clients), file != nil {
      try file?.write(Array(lines.heading.utf8))
      try lines.forEachChunk { try file?.write($0) }
      try file?.finish()
      written = output
    }
    line.clear()

    let code: ExitCode = result.validation.refusal == nil ? .success : .badData
    if asJSON {
      try console.write(JSONText.bytes(result.validation))
      return code
    }
    let report = CrossValidationReport(
      result.validation, language: session.language(dataIsCyrillic: intake.isCyrillic),
      style: console.outputStyle)
    try console.print(
      report.text(
        source: path == "-" ? nil : URL(fileURLWithPath: path).lastPathComponent,
        rejected: intake.rejected.count, file: written))
    return code
  }
}
