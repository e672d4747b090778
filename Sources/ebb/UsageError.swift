import EbbWords

/// A command line that cannot be understood: exit code 64, with what to type instead.
enum UsageError: Error, Equatable {
  case unknownCommand(String, suggestion: String?)
  case unknownOption(String, suggestion: String?)
  case missingValue(option: String, placeholder: String)
  case unwantedValue(option: String)
  case repeatedOption(String)
  case unexpectedArgument(String)
  case missingArgument(String)
  case badValue(option: String, text: String, expected: Phrase)
  /// An option that means nothing without another.
  case needsOption(String, needed: String)
  /// Two options that say different things.
  case optionsApart(String, String)

  var phrase: Phrase {
    switch self {
    case .unknownCommand(let name, let suggestion):
      Phrase(
        en: "there is no command “\(name)”" + (suggestion.map { "; did you mean “\($0)”?" } ?? ""),
        ru: "нет команды «\(name)»" + (suggestion.map { "; может быть, «\($0)»?" } ?? ""))
    case .unknownOption(let name, let suggestion):
      Phrase(
        en: "there is no option \(name)" + (suggestion.map { "; did you mean --\($0)?" } ?? ""),
        ru: "нет ключа \(name)" + (suggestion.map { "; может быть, --\($0)?" } ?? ""))
    case .missingValue(let option, let placeholder):
      Phrase(
        en: "--\(option) needs a value: --\(option) \(placeholder)",
        ru: "ключу --\(option) нужно значение: --\(option) \(placeholder)")
    case .unwantedValue(let option):
      Phrase(en: "--\(option) takes no value", ru: "ключ --\(option) значения не принимает")
    case .repeatedOption(let option):
      Phrase(en: "--\(option) is given twice", ru: "ключ --\(option) указан дважды")
    case .unexpectedArgument(let text):
      Phrase(
        en: "“\(text)” is one argument too many", ru: "лишний аргумент «\(text)»")
    case .missingArgument(let name):
      Phrase(en: "\(name) is missing", ru: "не указан аргумент \(name)")
    case .badValue(let option, let text, let expected):
      Phrase(
        en: "--\(option) “\(text)”: expected \(expected.english)",
        ru: "--\(option) «\(text)»: ожидается \(expected.russian)")
    case .needsOption(let option, let needed):
      Phrase(
        en: "--\(option) goes only with --\(needed)", ru: "--\(option) указывают только вместе с --\(needed)")
    case .optionsApart(let first, let second):
      Phrase(en: "--\(first) does not go with --\(second)", ru: "--\(first) не сочетается с --\(second)")
    }
  }
}
