import EbbClients
import EbbEngine
import EbbSegments
import EbbStudy
import EbbTable
import EbbWords
import Foundation

/// `ebb hypothesis FILE --measure COL --by COL`: any one comparison, all its tests.
struct HypothesisCommand: Command {
  static let spec = CommandSpec(
    name: "hypothesis",
    summary: Phrase(
      en: "compare one column across the groups of another, with every test",
      ru: "сравнить один столбец по группам другого всеми тестами"),
    discussion: Phrase(
      en: """
        Works on any table, with churn or without. Numbers are compared as numbers, other columns by shares. The test is
        chosen by what the data allow, and says why; the verdict is one of four, and a large p alone never says “equal”.
        """,
      ru: """
        Работает с любой таблицей, есть в ней отток или нет. Числа сравниваются как числа, остальное по долям. Тест
        выбирается по данным, и сказано почему; вывод один из четырёх, и большое p само по себе не значит «равны».
        """),
    positionals: [.table],
    options: [
      .init(
        name: "measure", short: "m", kind: .value("COLUMN"),
        help: Phrase(
          en: "what is compared: a heading, or a role such as income",
          ru: "что сравнивать: заголовок или роль, например income")),
      .init(
        name: "by", short: "b", kind: .value("COLUMN"),
        help: Phrase(en: "what makes the groups", ru: "по чему разбить на группы")),
      .init(
        name: "bands", kind: .value("N"),
        help: Phrase(
          en: "cut the numbers of --by into N bands of about equal size",
          ru: "разбить числа столбца --by на N интервалов примерно равной численности")),
      .init(
        name: "cuts", kind: .value("LIST"),
        help: Phrase(
          en: "cut the numbers of --by at these points: 30,40,50",
          ru: "разбить числа столбца --by в этих точках: 30,40,50")),
      .init(
        name: "alpha", kind: .value("P"),
        help: Phrase(en: "significance level (default 0.05)", ru: "уровень значимости (по умолчанию 0.05)")),
      .init(
        name: "bound", kind: .value("D"),
        help: Phrase(
          en: "differences within ±D standard deviations are negligible (default 0.2)",
          ru: "различия в пределах ±D стандартных отклонений пренебрежимы (по умолчанию 0.2)")),
      .init(name: "json", kind: .flag, help: Phrase(en: "as JSON", ru: "в виде JSON")),
      .init(
        name: "map", kind: .repeated("ROLE=COLUMN"),
        help: Phrase(
          en: "which column means what: churn=Exited,income=Salary; churn= for none",
          ru: "какой столбец что значит: churn=Exited,income=Salary; churn= — никакой")),
    ] + ReadingFlags.options,
    examples: [
      "ebb hypothesis clients.csv --measure income --by products",
      "ebb hypothesis clients.csv --measure balance --by age --cuts 30,40,50,60",
      "ebb hypothesis results.csv --measure response --by treatment --json",
    ])

  private let path: String
  private let measure: String
  private let by: String
  private let groups: ComparisonRequest.Groups
  private let comparison: ComparisonOptions
  private let asJSON: Bool
  private let map: [String]
  private let reading: ReadOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = arguments.positionals[0]
    guard let measure = arguments.value("measure") else { throw .missingArgument("--measure") }
    guard let by = arguments.value("by") else { throw .missingArgument("--by") }
    self.measure = measure
    self.by = by
    if let cuts = arguments.value("cuts") {
      if arguments.value("bands") != nil { throw .unexpectedArgument("--bands") }
      groups = .cuts(try Self.numbers(cuts))
    } else if let count = try arguments.integer("bands", in: 2...50) {
      groups = .quantiles(count)
    } else {
      groups = .levels
    }
    comparison = ComparisonOptions(
      alpha: try arguments.number("alpha", in: 0.000_001...0.5) ?? 0.05,
      bound: try arguments.number("bound", in: 0.001...10) ?? 0.2)
    asJSON = arguments.flag("json")
    map = arguments.all("map")
    reading = try ReadingFlags.readOptions(arguments)
  }

  func run(_ session: Session) async throws -> ExitCode {
    var mapping = RoleMapping()
    for argument in map { mapping = mapping.overridden(by: try RoleMapping(argument: argument)) }
    let console = session.console
    let line = ProgressLine(console)
    defer { line.clear() }
    let early = session.language()
    line.show(Phrase(en: "reading", ru: "чтение")[early])
    let table = try await ComparisonTable.read(path: path, options: reading, mapping: mapping) {
      line.show(Phrase(en: "reading", ru: "чтение")[early], share: $0)
    }
    line.show(Phrase(en: "comparing", ru: "сравнение")[early])
    let columns = table.clients.schema.entries.map { (column: $0.column, role: $0.role) }
    let engine = MemoryEngine(table.clients, cores: session.cores)
    let request = try await ComparisonRequest(
      measure: try ColumnName.find(measure, in: columns), by: try ColumnName.find(by, in: columns),
      groups: groups, engine: engine)
    let outcome = try await request.run(engine, options: comparison)
    line.clear()

    if asJSON {
      let written = Written(outcome: outcome, rows: table.rows, source: path)
      try console.write(JSONText.bytes(written))
      return .success
    }
    let language = session.language(
      dataIsCyrillic: columns.prefix(200).contains { Cyrillic.isIn($0.column) })
    let report = ComparisonReport(language, style: console.outputStyle)
    let text =
      switch outcome {
      case .numbers(let comparison): report.render(comparison)
      case .shares(let comparison): report.render(comparison)
      }
    let notes = report.rows(table.rows, rejected: table.rejected)
    try console.print(([text] + (notes.isEmpty ? [] : [notes])).joined(separator: "\n\n"))
    return .success
  }

  private static func numbers(_ list: String) throws(UsageError) -> [Double] {
    var numbers: [Double] = []
    for text in list.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Double(text.filter { $0 != " " }), number.isFinite else {
        throw .badValue(
          option: "cuts", text: list,
          expected: Phrase(
            en: "numbers with commas between: 30,40,50", ru: "числа через запятую: 30,40,50"))
      }
      numbers.append(number)
    }
    return numbers
  }
}

/// The comparison's own keys, and beside them what was read.
private struct Written: Encodable {
  let outcome: ComparisonOutcome
  let rows: ComparisonTable.Rows
  let source: String

  private enum Key: String, CodingKey { case rows, source }

  func encode(to encoder: any Encoder) throws {
    try outcome.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(
      source == "-" ? source : String(source.split(separator: "/").last ?? "-"), forKey: .source)
  }
}
