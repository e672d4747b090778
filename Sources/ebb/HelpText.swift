import EbbWords

/// `--help`, made from the same specification that parsing uses.
enum HelpText {
  static func tool(_ commands: [CommandSpec], _ language: Language) -> String {
    var table = TextTable([.init(""), .init("", maximumWidth: 90)])
    for command in commands { table.add(["ebb " + command.name, command.summary[language]]) }
    let intro = Phrase(
      en: "ebb: from a bank's client table to who is leaving, why, how sure we are, and whom to keep.",
      ru: "ebb: от таблицы клиентов банка к тому, кто уходит, почему, насколько мы уверены и кого удержать.")
    let more = Phrase(
      en: "`ebb COMMAND --help` tells more about a command.",
      ru: "`ebb КОМАНДА --help` расскажет о команде подробнее.")
    return intro[language] + "\n\n" + table.render(indent: 2) + "\n\n" + more[language] + "\n"
  }

  static func command(_ spec: CommandSpec, _ language: Language) -> String {
    var usage = "ebb " + spec.name
    for positional in spec.positionals {
      usage += positional.isRequired ? " " + positional.name : " [" + positional.name + "]"
    }
    var lines = [spec.summary[language], ""]
    if let discussion = spec.discussion { lines += [discussion[language], ""] }
    lines.append(
      Phrase(en: "Usage: \(usage) [options]", ru: "Вызов: \(usage) [ключи]")[language])
    var table = TextTable([.init(""), .init("", maximumWidth: 100)])
    for positional in spec.positionals { table.add([positional.name, positional.help[language]]) }
    for option in spec.allOptions {
      var left = option.short.map { "-\($0), " } ?? ""
      left += "--" + option.name
      switch option.kind {
      case .flag: break
      case .value(let placeholder), .repeated(let placeholder): left += " " + placeholder
      }
      table.add([left, option.help[language]])
    }
    lines += ["", table.render(indent: 2)]
    if !spec.examples.isEmpty {
      lines += ["", Phrase(en: "Examples:", ru: "Примеры:")[language]]
      lines += spec.examples.map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
