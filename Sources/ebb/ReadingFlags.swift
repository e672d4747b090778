import EbbTable
import EbbWords

/// How a file is written, where the user says so instead of letting it be detected: the flags of every command
/// that reads a table.
enum ReadingFlags {
  static let options: [CommandSpec.Option] = [
    .init(
      name: "encoding", kind: .value("NAME"),
      help: Phrase(
        en: "utf-8, utf-16le, utf-16be or windows-1251 (default: detected)",
        ru: "utf-8, utf-16le, utf-16be или windows-1251 (по умолчанию определяется)")),
    .init(
      name: "delimiter", short: "d", kind: .value("CHAR"),
      help: Phrase(
        en: "what parts the fields: , ; | or another character, or tab, space",
        ru: "что разделяет поля: , ; | или другой знак, либо tab, space")),
    .init(
      name: "quote", kind: .value("CHAR|none"),
      help: Phrase(
        en: "what fields are wrapped in; none: quotes are letters",
        ru: "во что заключены поля; none: кавычки просто буквы")),
    .init(
      name: "decimal", kind: .value(".|,"),
      help: Phrase(
        en: "decimal sign (or: point, comma)", ru: "десятичный знак (или словом: point, comma)")),
    .init(
      name: "thousands", kind: .value("CHAR|none"),
      help: Phrase(
        en: "what parts thousands: , . ' or space; none: neither , nor .",
        ru: "что разделяет тысячи: , . ' или space; none: ни запятая, ни точка")),
    .init(
      name: "header", kind: .flag,
      help: Phrase(en: "the first row holds the headings", ru: "в первой строке заголовки")),
    .init(
      name: "no-header", kind: .flag,
      help: Phrase(
        en: "the first row is data; columns are called column 1, column 2, ...",
        ru: "в первой строке данные; столбцы называются column 1, column 2, ...")),
    .init(
      name: "skip", kind: .value("LINES"),
      help: Phrase(
        en: "lines before the table to leave out", ru: "сколько строк перед таблицей пропустить")),
    .init(
      name: "missing", kind: .repeated("LIST"),
      help: Phrase(
        en:
          "texts that mean a missing value, with commas between, instead of the usual ones (empty always does)",
        ru: "через запятую: что означает пропуск, вместо обычных обозначений (пустое поле — всегда пропуск)")),
    .init(
      name: "kind", kind: .repeated("COLUMN=KIND"),
      help: Phrase(
        en: "what a column holds: integer, decimal, real, flag, category or text",
        ru: "что в столбце: integer, decimal, real, flag, category или text")),
    .init(
      name: "max-rejected", kind: .value("SHARE"),
      help: Phrase(
        en: "how many rows may be unreadable (default 1%)",
        ru: "какая доля строк может не читаться (по умолчанию 1%)")),
  ]

  static func readOptions(_ arguments: ParsedArguments) throws(UsageError) -> ReadOptions {
    var options = ReadOptions()
    options.encoding = try encoding(arguments)
    if let text = arguments.value("delimiter") {
      options.delimiter = try character(text, option: "delimiter")
    }
    if let text = arguments.value("quote") {
      options.quote = .some(text == "none" || text.isEmpty ? nil : try character(text, option: "quote"))
    }
    if let delimiter = options.delimiter, options.quote == .some(delimiter) {
      throw .badValue(
        option: "quote", text: arguments.value("quote") ?? "",
        expected: Phrase(en: "another character than --delimiter", ru: "не тот же знак, что --delimiter"))
    }
    options.decimalSeparator = try decimal(arguments)
    options.groupSeparator = try group(arguments)
    if let decimal = options.decimalSeparator, options.groupSeparator?.utf8.first == decimal {
      throw .badValue(
        option: "thousands", text: arguments.value("thousands") ?? "",
        expected: Phrase(en: "another sign than --decimal", ru: "не тот же знак, что --decimal"))
    }
    if arguments.flag("header") {
      if arguments.flag("no-header") { throw .unexpectedArgument("--no-header") }
      options.hasHeader = true
    } else if arguments.flag("no-header") {
      options.hasHeader = false
    }
    options.skippedLines = try arguments.integer("skip", in: 0...1_000_000)
    let lists = arguments.all("missing")
    if !lists.isEmpty {
      options.missingTokens =
        [""] + lists.flatMap { $0.split(separator: ",").map(String.init) }
    }
    for text in arguments.all("kind") {
      let (column, kind) = try columnKind(text)
      options.kinds[column] = kind
    }
    if let share = try arguments.share("max-rejected") { options.maxRejectedShare = share }
    return options
  }

  private static func encoding(_ arguments: ParsedArguments) throws(UsageError) -> Dialect.Encoding? {
    guard let text = arguments.value("encoding") else { return nil }
    let name = text.lowercased().filter { $0 != "-" && $0 != "_" }
    switch name {
    case "utf8", "utf8sig", "utf8bom": return .utf8
    case "utf16", "utf16le", "ucs2": return .utf16LittleEndian
    case "utf16be": return .utf16BigEndian
    case "windows1251", "cp1251", "win1251", "1251": return .windows1251
    default:
      throw .badValue(
        option: "encoding", text: text,
        expected: Phrase(
          en: "utf-8, utf-16le, utf-16be or windows-1251", ru: "utf-8, utf-16le, utf-16be или windows-1251"))
    }
  }

  /// One ASCII character that is no line end, or its name.
  private static func character(_ text: String, option: String) throws(UsageError) -> UInt8 {
    let names: [String: UInt8] = [
      "tab": 0x09, "\\t": 0x09, "space": 0x20, "comma": 0x2C, "semicolon": 0x3B, "pipe": 0x7C, "bar": 0x7C,
      "colon": 0x3A, "double": 0x22, "single": 0x27, "apostrophe": 0x27,
    ]
    if let byte = names[text.lowercased()] { return byte }
    let bytes = Array(text.utf8)
    guard bytes.count == 1, bytes[0] > 0, bytes[0] < 0x7F, bytes[0] != 0x0A, bytes[0] != 0x0D else {
      throw .badValue(
        option: option, text: text,
        expected: Phrase(en: "one character of ASCII, or tab", ru: "один знак ASCII или tab"))
    }
    return bytes[0]
  }

  private static func decimal(_ arguments: ParsedArguments) throws(UsageError) -> UInt8? {
    switch arguments.value("decimal") {
    case nil: return nil
    case ".", "point", "dot": return UInt8(ascii: ".")
    case ",", "comma": return UInt8(ascii: ",")
    case .some(let text):
      throw .badValue(
        option: "decimal", text: text,
        expected: Phrase(en: ". or , (point, comma)", ru: ". или , (point, comma)"))
    }
  }

  private static func group(_ arguments: ParsedArguments) throws(UsageError) -> String? {
    switch arguments.value("thousands") {
    case nil: return nil
    case "none", "": return ""
    case ",", "comma": return ","
    case ".", "point", "dot": return "."
    case "'", "apostrophe": return "'"
    case "’": return "\u{2019}"
    case " ", "space": return " "
    case "\u{A0}", "nbsp": return "\u{A0}"
    case "\u{202F}": return "\u{202F}"
    case .some(let text):
      throw .badValue(
        option: "thousands", text: text,
        expected: Phrase(en: "one of , . ' space none", ru: "одно из , . ' space none"))
    }
  }

  private static func columnKind(_ text: String) throws(UsageError) -> (String, Column.Kind) {
    if let sign = text.lastIndex(of: "="), sign > text.startIndex,
      let kind = Column.Kind(rawValue: String(text[text.index(after: sign)...])), kind != .empty
    {
      return (String(text[..<sign]), kind)
    }
    throw .badValue(
      option: "kind", text: text,
      expected: Phrase(
        en: "COLUMN=integer, decimal, real, flag, category or text",
        ru: "СТОЛБЕЦ=integer, decimal, real, flag, category или text"))
  }
}
