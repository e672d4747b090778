import EbbRetention
import EbbTable
import EbbWords

/// `ebb catalogue [FILE]`: the shipped recommendations, to be edited; or a check of an edited file.
struct CatalogueCommand: Command {
  static let spec = CommandSpec(
    name: "catalogue",
    summary: Phrase(
      en: "print the catalogue of recommendations, or check one of your own",
      ru: "напечатать каталог рекомендаций или проверить свой"),
    discussion: Phrase(
      en: """
        Without FILE it prints the catalogue that `ebb study` uses: save it, edit it, and give it to `ebb study
        --catalogue`. With FILE it says whether the file can be used, or the line that is wrong and what was expected.
        """,
      ru: """
        Без FILE печатает каталог, по которому работает `ebb study`: сохраните его, поправьте и передайте через
        --catalogue. С FILE сообщает, годится ли файл, или называет строку с ошибкой и что там ожидалось.
        """),
    positionals: [
      .init(
        name: "FILE", help: Phrase(en: "an edited catalogue", ru: "исправленный каталог"), isRequired: false)
    ],
    examples: ["ebb catalogue > catalogue.yaml", "ebb catalogue catalogue.yaml"])

  private let path: String?

  init(_ arguments: ParsedArguments) throws(UsageError) { path = arguments.positionals.first }

  func run(_ session: Session) async throws -> ExitCode {
    guard let path else {
      try session.console.write(CatalogueFile.builtInBytes)
      return .success
    }
    let catalogue = try RetentionFlags.catalogue(path)
    let (recommendations, channels) = (catalogue.recommendations.count, catalogue.channels.count)
    try session.console.print(
      Phrase(
        en: "The catalogue can be used: \(recommendations) recommendations, \(channels) channels.",
        ru: "Каталог годится: рекомендаций \(recommendations), каналов \(channels).")[session.language()])
    return .success
  }
}
