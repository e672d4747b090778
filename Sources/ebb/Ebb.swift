import EbbClients
import EbbWords
import Foundation

/// Arguments in, exit code out.
@main
struct Ebb {
  static let commands: [any Command.Type] = [
    StudyCommand.self, ReportCommand.self, ScoreCommand.self, ValidateCommand.self, InspectCommand.self,
    HypothesisCommand.self, ExperimentCommand.self, CatalogueCommand.self, SampleCommand.self,
    ReadCommand.self,
  ]

  static func main() async {
    // A closed pipe is seen as an error of `write`, not as a signal.
    signal(SIGPIPE, SIG_IGN)
    Interruption.watch()
    let code = await run(
      Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
    exit(code.rawValue)
  }

  static func run(_ given: [String], environment: [String: String]) async -> ExitCode {
    let arguments = languageFirst(given)
    let early = Language.resolve(
      option: languageOption(in: arguments), environment: environment, dataIsCyrillic: false)
    let console = Console(
      isQuiet: arguments.contains("--quiet") || arguments.contains("-q"), environment: environment)
    do {
      guard let first = arguments.first, first != "--help", first != "-h", first != "help" else {
        let help = HelpText.tool(commands.map { $0.spec }.filter { !$0.isHidden }, early)
        if arguments.isEmpty {
          console.complain(help)
          return .usage
        }
        try console.print(help, terminator: "")
        return .success
      }
      if first == "--version" {
        try console.print("ebb \(version)")
        return .success
      }
      guard let command = commands.first(where: { $0.spec.name == first }) else {
        throw UsageError.unknownCommand(
          first, suggestion: NearestName.find(first, among: commands.map { $0.spec.name }))
      }
      let parsed = try ParsedArguments.parse(Array(arguments.dropFirst()), spec: command.spec)
      if parsed.flag("help") {
        try console.print(HelpText.command(command.spec, early), terminator: "")
        return .success
      }
      let language = try parsed.choice("lang", of: ["ru", "en", "auto"])
      let session = Session(
        console: console, languageOption: language == "auto" ? nil : language, environment: environment,
        cores: try parsed.integer("cores", in: 1...1024))
      return try await command.init(parsed).run(session)
    } catch {
      return Failure.report(error, console: console, language: early)
    }
  }

  /// `ebb --lang ru study …`: a language said before the command is moved behind it.
  private static func languageFirst(_ arguments: [String]) -> [String] {
    if let first = arguments.first, first.hasPrefix("--lang="), arguments.count > 1 {
      return Array(arguments.dropFirst()) + [first]
    }
    guard arguments.first == "--lang", arguments.count > 2 else { return arguments }
    return Array(arguments.dropFirst(2)) + Array(arguments.prefix(2))
  }

  /// `--lang` before the command line is understood, so that even its errors are in the right language.
  private static func languageOption(in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument.hasPrefix("--lang=") { return String(argument.dropFirst(7)) }
      if argument == "--lang", index + 1 < arguments.count { return arguments[index + 1] }
    }
    return nil
  }

  static let version = "0.1.0"
}
