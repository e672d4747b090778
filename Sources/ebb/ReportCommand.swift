import EbbDashboard
import EbbDeck
import EbbStudy
import EbbWords

/// `ebb report STUDY`: what a study is shown in, made again without its data, in another language or look.
struct ReportCommand: Command {
  static let spec = CommandSpec(
    name: "report",
    summary: Phrase(
      en: "make the dashboard and the presentation again from study.json",
      ru: "заново сделать дашборд и презентацию из study.json"),
    discussion: Phrase(
      en: """
        Reads a study.json and writes dashboard.html and presentation.pptx beside it, or into another folder. The data
        are not needed. The page holds both languages; --lang says which is shown first.
        """,
      ru: """
        Читает study.json и пишет dashboard.html и presentation.pptx рядом с ним или в другую папку. Данные не нужны. В
        странице есть оба языка; --lang говорит, какой показать сначала.
        """),
    positionals: [
      .init(name: "STUDY", help: Phrase(en: "a study.json", ru: "файл study.json"))
    ],
    options: [
      .init(
        name: "out", short: "o", kind: .value("DIR"),
        help: Phrase(
          en: "folder for the results (default: the study's own)",
          ru: "папка для результата (по умолчанию папка исследования)")),
      extractOption,
    ] + DeckFlags.options,
    examples: ["ebb report ebb-report/study.json --lang en"])

  /// Of the study too.
  static let extractOption = CommandSpec.Option(
    name: "extract", kind: .flag,
    help: Phrase(
      en: "also the dashboard's cells for Tableau or Power BI: cells.csv and its dictionary",
      ru: "ещё и ячейки дашборда для Tableau или Power BI: cells.csv и словарь к нему"))

  private let path: String
  private let folder: String
  private let extracts: Bool
  private let look: Deck.Look

  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = arguments.positionals[0]
    look = try DeckFlags.look(arguments)
    extracts = arguments.flag("extract")
    let own = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    folder = arguments.value("out") ?? (own.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : own)
  }

  func run(_ session: Session) async throws -> ExitCode {
    let study = try StudyFile.read(path)
    let results = try ResultFolder(folder)
    let language = session.language(dataIsCyrillic: study.isCyrillic)
    let written =
      [
        try results.write(DashboardFile.make(study, language: language), DashboardFile.name),
        try results.write(Deck.make(study, language: language, look: look), Deck.name),
      ] + (extracts ? try results.writeExtract(of: study) : [])
    try session.console.print(
      Phrase(en: "Written: ", ru: "Записано: ")[language] + written.joined(separator: ", "))
    return .success
  }
}
