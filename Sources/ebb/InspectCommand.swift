import EbbClients
import EbbTable
import EbbWords
import Foundation

/// `ebb inspect FILE`: how a file is going to be read, before any study.
struct InspectCommand: Command {
  static let spec = CommandSpec(
    name: "inspect",
    summary: Phrase(
      en: "how a file is read: encoding, delimiter, columns, rejected rows, first rows",
      ru: "как читается файл: кодировка, разделитель, столбцы, отвергнутые и первые строки"),
    discussion: Phrase(
      en: "Works on any delimited text. Every guess is shown with its reason; each can be overridden.",
      ru:
        "Работает с любым текстом с разделителями. Каждая догадка показана с причиной, любую можно переопределить."
    ),
    positionals: [.table],
    options: [
      .init(
        name: "rows", short: "n", kind: .value("N"),
        help: Phrase(en: "how many rows to show (default 10)", ru: "сколько строк показать (по умолчанию 10)")
      ),
      .init(name: "json", kind: .flag, help: Phrase(en: "as JSON", ru: "в виде JSON")),
      .init(
        name: "map", kind: .repeated("ROLE=COLUMN"),
        help: Phrase(
          en: "which column means what: churn=Exited,income=Salary",
          ru: "какой столбец что значит: churn=Exited,income=Salary")),
    ] + ReadingFlags.options,
    examples: ["ebb inspect clients.csv", "ebb inspect export.txt --encoding windows-1251 --rows 3 --json"])

  private let path: String
  private let asJSON: Bool
  private let map: [String]
  private let options: ReadOptions
  private let limits: TableSurvey.Limits

  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = arguments.positionals[0]
    asJSON = arguments.flag("json")
    map = arguments.all("map")
    options = try ReadingFlags.readOptions(arguments)
    limits = .init(rows: try arguments.integer("rows", in: 0...100_000) ?? 10)
  }

  func run(_ session: Session) async throws -> ExitCode {
    var mapping = RoleMapping()
    for argument in map { mapping = mapping.overridden(by: try RoleMapping(argument: argument)) }
    let inspection = try Inspection.make(
      ByteSource(path: path), options: options, mapping: mapping, limits: limits)
    if asJSON {
      try session.console.write(JSONText.bytes(inspection))
      return .success
    }
    let isCyrillic =
      inspection.columns.prefix(200).contains { Cyrillic.isIn($0.name) }
      || inspection.rows.prefix(20).contains { row in
        row.prefix(200).contains { Cyrillic.isIn(String($0.prefix(200))) }
      }
    let words = InspectionWords(
      inspection, language: session.language(dataIsCyrillic: isCyrillic),
      style: session.console.outputStyle, width: session.console.outputWidth)
    try session.console.print(words.text, terminator: "")
    return .success
  }
}
