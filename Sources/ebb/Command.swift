import EbbWords

/// A command of the tool. Settings are read in `init`, so that a wrong command line ends before any work.
protocol Command: Sendable {
  static var spec: CommandSpec { get }
  init(_ arguments: ParsedArguments) throws(UsageError)
  func run(_ session: Session) async throws -> ExitCode
}

/// What a running command knows about its surroundings.
struct Session: Sendable {
  let console: Console
  /// `--lang` as given; `nil` for auto.
  let languageOption: String?
  let environment: [String: String]
  let cores: Int?

  /// The language, once it is known whether the data are in Cyrillic.
  func language(dataIsCyrillic: Bool = false) -> Language {
    Language.resolve(option: languageOption, environment: environment, dataIsCyrillic: dataIsCyrillic)
  }
}
