import EbbRetention
import EbbStudy
import EbbTable
import EbbWords
import Foundation

/// `ebb experiment RESULTS`: did the action keep clients, how many, and what was that worth?
struct ExperimentCommand: Command {
  static let spec = CommandSpec(
    name: "experiment",
    summary: Phrase(
      en: "read the results of an experiment: effect, test, money, verdict",
      ru: "разобрать результаты эксперимента: эффект, тест, деньги, вывод"),
    discussion: Phrase(
      en: """
        Takes a table with a row for each client: which arm it was assigned to (control or treated) and whether it left,
        such as contacts.csv of `ebb study` with a column for what became of the client. Columns are found by their names
        and content. Everybody counts in the arm assigned, contacted or not. With --planned-control-share the sizes of
        the arms are checked first, and where they are not as planned nothing is claimed.
        """,
      ru: """
        Нужна таблица, где на каждого клиента строка: в какую группу он распределён (контроль или контакт) и ушёл ли,
        например contacts.csv из `ebb study` с добавленным столбцом исхода. Столбцы находятся по названиям и содержанию.
        Каждый считается в той группе, куда распределён, состоялся контакт или нет. С --planned-control-share сначала
        сверяются размеры групп, и если они не по плану, выводов нет.
        """),
    positionals: [
      .init(
        name: "RESULTS",
        help: Phrase(
          en: "CSV or TSV, plain or gzip; - for standard input",
          ru: "CSV или TSV, можно gzip; - для стандартного ввода"),
        isRequired: false)
    ],
    options: [
      .init(
        name: "arm", kind: .value("COLUMN"),
        help: Phrase(en: "who was treated and who held out", ru: "кто получил контакт, а кто в контроле")),
      .init(
        name: "left", kind: .value("COLUMN"),
        help: Phrase(en: "who left and who stayed", ru: "кто ушёл, а кто остался")),
      .init(
        name: "client", kind: .value("COLUMN"),
        help: Phrase(en: "what tells clients apart", ru: "код клиента")),
      .init(
        name: "control", kind: .value("TEXT"),
        help: Phrase(
          en: "the value of the arm that means: control group",
          ru: "значение, которое означает контрольную группу")),
      .init(
        name: "churned", kind: .value("TEXT"),
        help: Phrase(en: "the value that means: left", ru: "значение, которое означает «ушёл»")),
      .init(
        name: "by", short: "b", kind: .value("COLUMN|none"),
        help: Phrase(
          en:
            "compare within the strata of this column (default: recommendation or group, where there is one)",
          ru: "сравнить и внутри слоёв этого столбца (по умолчанию рекомендация или группа, если есть)")),
      .init(
        name: "value", kind: .value("X|COLUMN"),
        help: Phrase(
          en: "what a kept client is worth, or the column that says it (default: a column of that name)",
          ru: "сколько стоит удержанный клиент, или столбец с этой суммой (по умолчанию столбец «ценность»)")),
      .init(
        name: "cost", kind: .value("X|COLUMN"),
        help: Phrase(
          en: "what the action cost for each treated client, or the column that says it (default: likewise)",
          ru: "во что обошлось действие на клиента, или столбец с этой суммой (по умолчанию «затраты»)")),
      .init(
        name: "planned-control-share", kind: .value("SHARE"),
        help: Phrase(
          en: "share of clients that were to be held out: 10%",
          ru: "какую долю клиентов собирались оставить в контроле: 10%")),
      .init(
        name: "effect", kind: .value("SHARE"),
        help: Phrase(
          en: "smallest effect the experiment was planned for, as a share of leavers kept: 20%",
          ru: "наименьший эффект, на который рассчитан эксперимент, в доле удержанных из уходящих: 20%")),
      .init(
        name: "alpha", kind: .value("P"),
        help: Phrase(en: "significance level (default 0.05)", ru: "уровень значимости (по умолчанию 0.05)")),
      .init(
        name: "power", kind: .value("P"),
        help: Phrase(
          en: "power for the smallest fall that could be seen (default 0.8)",
          ru: "мощность для наименьшего заметного снижения (по умолчанию 0.8)")),
      .init(
        name: "json", kind: .value("FILE"),
        help: Phrase(
          en: "write everything as JSON; - for standard output, instead of the report",
          ru: "записать всё в JSON; - для стандартного вывода вместо отчёта")),
    ] + ExperimentDesignFlags.options + ReadingFlags.options,
    examples: [
      "ebb experiment results.csv",
      "ebb experiment results.csv --planned-control-share 10% --value 5000 --cost 150",
      "ebb experiment --design --contacted 900 --held-out 100 --base-rate 20% --effect 20%",
      "ebb experiment results.csv --arm группа --left ушёл --by рекомендация --json experiment.json",
    ])

  /// A number, or the column that holds it.
  private enum Money {
    case amount(Double)
    case column(String)

    init?(_ text: String?) {
      guard let text else { return nil }
      if let amount = Double(text), amount.isFinite { self = .amount(amount) } else { self = .column(text) }
    }
  }

  private let path: String
  /// Set where an experiment is to be designed instead of read.
  private let design: ExperimentDesign?
  private let request: ExperimentRequest
  private let options: ExperimentOptions
  private let jsonPath: String?
  private let reading: ReadOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    design = try ExperimentDesignFlags.design(arguments)
    if design == nil, arguments.positionals.isEmpty { throw .missingArgument("RESULTS") }
    path = arguments.positionals.first ?? "-"
    let by = arguments.value("by")
    var request = ExperimentRequest(
      arm: arguments.value("arm"), outcome: arguments.value("left"), client: arguments.value("client"),
      by: by == "none" ? nil : by, withoutStrata: by == "none", controlText: arguments.value("control"),
      leftText: arguments.value("churned"))
    var options = ExperimentOptions(
      alpha: try arguments.number("alpha", in: 0.000_001...0.5) ?? 0.05,
      power: try arguments.number("power", in: 0.5...0.999) ?? 0.8,
      smallestEffect: try arguments.share("effect"))
    switch Money(arguments.value("value")) {
    case .amount(let amount):
      options.value = amount
      request.findsValue = false
    case .column(let column): request.value = column
    case nil: break
    }
    switch Money(arguments.value("cost")) {
    case .amount(let amount):
      options.cost = amount
      request.findsCost = false
    case .column(let column): request.cost = column
    case nil: break
    }
    if let share = try arguments.share("planned-control-share") {
      guard share > 0, share < 1 else {
        throw .badValue(
          option: "planned-control-share", text: arguments.value("planned-control-share") ?? "",
          expected: Phrase(en: "a share between 0 and 1, such as 10%", ru: "доля между 0 и 1, например 10%"))
      }
      options.plannedControlShare = share
    }
    jsonPath = arguments.value("json")
    self.request = request
    self.options = options
    reading = try ReadingFlags.readOptions(arguments)
  }

  func run(_ session: Session) async throws -> ExitCode {
    let console = session.console
    if let design { return try show(design, session) }
    let line = ProgressLine(console)
    defer { line.clear() }
    let early = session.language()
    line.show(Phrase(en: "reading", ru: "чтение")[early])
    var reading = reading
    reading.cores = session.cores
    let table = try await ExperimentTable.read(path: path, options: reading, request: request) {
      line.show(Phrase(en: "reading", ru: "чтение")[early], share: $0)
    }
    line.clear()
    var options = options
    if let value = table.value { options.value = value }
    if let cost = table.cost { options.cost = cost }
    let analysis = ExperimentAnalysis.make(table.counts, options: options)
    let written = Written(analysis: analysis, columns: table.columns, rows: table.rows, source: path)
    if try write(written, console) { return .success }
    let language = session.language(dataIsCyrillic: table.isCyrillic)
    try console.print(ExperimentReport(language, style: console.outputStyle).render(analysis, table))
    return .success
  }

  private func show(_ design: ExperimentDesign, _ session: Session) throws -> ExitCode {
    if try write(design, session.console) { return .success }
    let style = session.console.outputStyle
    try session.console.print(ExperimentWords(session.language()).text(design, style: style))
    return .success
  }

  /// Whether standard output has got the JSON, so that no report goes there.
  private func write(_ result: some Encodable, _ console: Console) throws -> Bool {
    guard let jsonPath else { return false }
    let bytes = try JSONText.bytes(result)
    if jsonPath == "-" {
      try console.write(bytes)
      return true
    }
    try OutputFile.write(bytes, to: jsonPath)
    return false
  }
}

/// The analysis's own keys, and beside them what was read.
private struct Written: Encodable {
  let analysis: ExperimentAnalysis
  let columns: ExperimentTable.Columns
  let rows: ExperimentTable.Rows
  let source: String

  private enum Key: String, CodingKey { case columns, rows, source }

  func encode(to encoder: any Encoder) throws {
    try analysis.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(columns, forKey: .columns)
    try container.encode(rows, forKey: .rows)
    try container.encode(
      source == "-" ? source : String(source.split(separator: "/").last ?? "-"), forKey: .source)
  }
}
