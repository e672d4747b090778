import EbbWords

/// What a command takes, declared once: parsing, `--help` and the error messages all read it.
struct CommandSpec: Sendable {
  struct Positional: Sendable {
    let name: String
    let help: Phrase
    var isRequired = true

    /// The table that a command reads.
    static let table = Positional(
      name: "FILE",
      help: Phrase(
        en: "CSV or TSV, plain or gzip; - for standard input",
        ru: "CSV или TSV, можно gzip; - для стандартного ввода"))
  }
  struct Option: Sendable {
    enum Kind: Sendable {
      case flag
      /// Takes a value, shown under this name in the help.
      case value(String)
      /// As `value`, and may be given several times.
      case repeated(String)
    }
    let name: String
    var short: Character? = nil
    let kind: Kind
    let help: Phrase
  }

  let name: String
  let summary: Phrase
  var discussion: Phrase? = nil
  var positionals: [Positional] = []
  var options: [Option] = []
  /// A command line to show at the end of the help.
  var examples: [String] = []
  /// Left out of `ebb --help`: for those who measure, not for those who study.
  var isHidden = false

  /// Options that every command takes.
  static let common: [Option] = [
    Option(
      name: "lang", kind: .value("ru|en|auto"),
      help: Phrase(
        en: "language of the output (default: auto, by the locale, then by the data)",
        ru: "язык вывода (по умолчанию auto: по локали, затем по данным)")),
    Option(
      name: "cores", kind: .value("N"),
      help: Phrase(
        en: "cores to use (default: all); results do not depend on it",
        ru: "сколько ядер занять (по умолчанию все); результат от этого не зависит")),
    Option(
      name: "quiet", short: "q", kind: .flag, help: Phrase(en: "no progress", ru: "не показывать ход работы")),
    Option(
      name: "help", short: "h", kind: .flag, help: Phrase(en: "show this help", ru: "показать эту справку")),
  ]

  var allOptions: [Option] { options + Self.common }
}
