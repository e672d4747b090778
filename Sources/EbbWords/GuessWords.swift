public import EbbTable

/// What the reader decided by itself, and why, in words.
public enum GuessWords {
  /// What the decision is about.
  public static func subject(_ subject: Guess.Subject) -> Phrase {
    switch subject {
    case .compression: Phrase(en: "compression", ru: "сжатие")
    case .encoding: Phrase(en: "encoding", ru: "кодировка")
    case .delimiter: Phrase(en: "delimiter", ru: "разделитель")
    case .quote: Phrase(en: "quotes", ru: "кавычки")
    case .lineEnding: Phrase(en: "line ends", ru: "концы строк")
    case .header: Phrase(en: "heading", ru: "заголовок")
    case .skippedLines: Phrase(en: "skipped lines", ru: "пропущено строк")
    case .decimalSeparator: Phrase(en: "decimal sign", ru: "десятичный знак")
    case .groupSeparator: Phrase(en: "thousands", ru: "тысячи")
    case .kind: Phrase(en: "kind", ru: "вид")
    case .unit: Phrase(en: "unit", ru: "единица")
    case .flag: Phrase(en: "no/yes", ru: "нет/да")
    case .heading: Phrase(en: "column name", ru: "имя столбца")
    case .totals: Phrase(en: "totals rows", ru: "итоговых строк")
    case .padding: Phrase(en: "blanks around values", ru: "пробелы вокруг значений")
    case .zeroBalance: Phrase(en: "balance of zero", ru: "нулевой баланс")
    }
  }

  /// What was decided.
  public static func value(_ guess: Guess, _ language: Language) -> String {
    switch guess.subject {
    case .compression where guess.value == "none", .lineEnding where guess.value == "none":
      Phrase(en: "none", ru: "нет")[language]
    case .lineEnding where guess.value == "mixed": Phrase(en: "mixed", ru: "разные")[language]
    case .lineEnding: guess.value.uppercased()
    case .delimiter, .quote, .decimalSeparator, .groupSeparator: sign(guess.value)[language]
    case .header:
      guess.value == "true"
        ? Phrase(en: "yes", ru: "есть")[language] : Phrase(en: "no", ru: "нет")[language]
    case .kind: Column.Kind(rawValue: guess.value).map { RoleWords.kind($0)[language] } ?? guess.value
    case .padding: Phrase(en: "taken off", ru: "убраны")[language]
    default: guess.value
    }
  }

  /// A character by name where it cannot be seen.
  static func sign(_ text: String) -> Phrase {
    switch text {
    case "": Phrase(en: "none", ru: "нет")
    case "\t": Phrase(en: "tab", ru: "табуляция")
    case " ": Phrase(en: "space", ru: "пробел")
    case "\u{A0}": Phrase(en: "no-break space", ru: "неразрывный пробел")
    case "\u{202F}": Phrase(en: "narrow no-break space", ru: "узкий неразрывный пробел")
    case "\u{1F}": Phrase(en: "none: one column", ru: "нет: один столбец")
    default: Phrase(same: text)
    }
  }

  /// Why, as one line; empty where there is nothing to say.
  public static func why(_ guess: Guess, _ language: Language) -> String {
    if guess.overridden { return Phrase(en: "as you said", ru: "как указано")[language] }
    return reasons(guess, NumberFormat(language)).map { $0[language] }.joined(separator: "; ")
  }

  private static func reasons(_ guess: Guess, _ format: NumberFormat) -> [Phrase] {
    let evidence = guess.evidence
    func count(_ key: String) -> String { format.integer(Int(evidence[key] ?? 0)) }
    func has(_ key: String) -> Bool { (evidence[key] ?? 0) > 0 }
    switch guess.subject {
    case .encoding: return encoding(guess, format)
    case .delimiter:
      if has("sepLine") {
        return [Phrase(en: "the file's first line says so", ru: "так сказано в первой строке")]
      }
      guard has("rowsAgreeing") else {
        return [
          Phrase(
            en: "one column: nothing parts the rows alike",
            ru: "один столбец: ничто не делит строки одинаково")
        ]
      }
      return [
        Phrase(
          en:
            "\(count("rowsAgreeing")) of \(count("rowsSeen")) sampled rows have \(count("fieldsPerRow")) fields",
          ru:
            "по \(count("fieldsPerRow")) полей в \(count("rowsAgreeing")) из \(count("rowsSeen")) строк пробы"
        )
      ]
    case .quote:
      if guess.value == "'" {
        return [
          Phrase(
            en: "apostrophes wrap \(count("apostropheWrapped")) fields of the sample",
            ru: "в апострофах полей пробы: \(count("apostropheWrapped"))")
        ]
      }
      if !has("wrapped"), !has("broken") {
        return [Phrase(en: "none met in the sample", ru: "в пробе не встретились")]
      }
      return [
        Phrase(
          en: "wrap \(count("wrapped")) fields of the sample, stand loose in \(count("broken"))",
          ru: "полей пробы в кавычках: \(count("wrapped")), с непарными: \(count("broken"))")
      ]
    case .lineEnding:
      return ["lf", "crlf", "cr"].filter(has).map {
        Phrase(
          en: "\($0.uppercased()): \(count($0)) in the sample", ru: "\($0.uppercased()): \(count($0)) в пробе"
        )
      }
    case .header: return header(guess, format)
    case .skippedLines:
      var reasons: [Phrase] = []
      if has("sepLine") { reasons.append(Phrase(en: "a sep= line", ru: "строка sep=")) }
      if has("titleRows") {
        reasons.append(
          Phrase(
            en: "titles above a table of \(count("columns")) columns: \(count("titleRows"))",
            ru: "надписи над таблицей, где столбцов \(count("columns")): \(count("titleRows"))"))
      }
      if reasons.isEmpty { reasons.append(Phrase(en: "empty lines", ru: "пустые строки")) }
      return reasons
    case .decimalSeparator: return decimal(guess, format)
    case .groupSeparator:
      return [
        Phrase(en: "numbers in groups: \(count("grouped"))", ru: "чисел с группами: \(count("grouped"))")
      ]
    case .unit:
      var reasons = [
        Phrase(
          en: "stands by \(count("withUnit")) of \(count("rowsSeen")) values",
          ru: "стоит при \(count("withUnit")) из \(count("rowsSeen")) значений")
      ]
      if (evidence["multiplier"] ?? 1) != 1 {
        reasons.append(
          Phrase(en: "multiplied by \(count("multiplier"))", ru: "умножается на \(count("multiplier"))"))
      }
      return reasons
    case .heading:
      return [
        has("lookalike")
          ? Phrase(
            en: "letters of another alphabet that look alike: \(count("lookalike"))",
            ru: "похожих букв другого алфавита: \(count("lookalike"))")
          : has("duplicate")
            ? Phrase(en: "the same heading stands before", ru: "такой заголовок уже был")
            : Phrase(en: "the heading is empty", ru: "заголовок пуст")
      ]
    case .totals:
      return [
        Phrase(en: "the first in line \(count("firstLine"))", ru: "первая в строке \(count("firstLine"))")
      ]
    case .padding:
      return [
        Phrase(
          en: "around \(count("padded")) of \(count("rowsSeen")) values",
          ru: "вокруг \(count("padded")) из \(count("rowsSeen")) значений")
      ]
    case .kind: return kind(guess, format)
    case .compression, .flag, .zeroBalance: return []
    }
  }

  private static func encoding(_ guess: Guess, _ format: NumberFormat) -> [Phrase] {
    let evidence = guess.evidence
    func count(_ key: String) -> String { format.integer(Int(evidence[key] ?? 0)) }
    if evidence["byteOrderMark"] != nil { return [Phrase(en: "byte order mark", ru: "метка порядка байтов")] }
    if evidence["zerosFirst"] != nil {
      return [Phrase(en: "every other byte of the text is zero", ru: "каждый второй байт текста нулевой")]
    }
    if evidence["multibyteCharacters"] == 0, evidence["invalidBytes"] == 0 {
      return [Phrase(en: "plain ASCII", ru: "только ASCII")]
    }
    if guess.value == Dialect.Encoding.windows1251.rawValue {
      return [
        Phrase(
          en:
            "not UTF-8 (\(count("invalidBytes")) bytes); read so, \(count("cyrillicLetters")) Cyrillic letters",
          ru:
            "не UTF-8 (байтов: \(count("invalidBytes"))); при таком чтении букв кириллицы: \(count("cyrillicLetters"))"
        )
      ]
    }
    return [
      Phrase(
        en:
          "characters of several bytes: \(count("multibyteCharacters")), bytes out of place: \(count("invalidBytes"))",
        ru:
          "многобайтовых знаков: \(count("multibyteCharacters")), неуместных байтов: \(count("invalidBytes"))"
      )
    ]
  }

  private static func header(_ guess: Guess, _ format: NumberFormat) -> [Phrase] {
    let evidence = guess.evidence
    func count(_ key: String) -> String { format.integer(Int(evidence[key] ?? 0)) }
    if evidence["rowsSeen"] == 0 {
      return [Phrase(en: "no rows to compare with", ru: "сравнить не с чем: строк нет")]
    }
    let words = evidence["wordsOverNumbers"] ?? 0
    let numbers = evidence["numbersOverNumbers"] ?? 0
    if words > 0 || numbers > 0 {
      return [
        Phrase(
          en:
            "columns of numbers with a word on top: \(count("wordsOverNumbers")), with a number: \(count("numbersOverNumbers"))",
          ru:
            "столбцов чисел со словом сверху: \(count("wordsOverNumbers")), с числом: \(count("numbersOverNumbers"))"
        )
      ]
    }
    return [
      Phrase(
        en: "texts of the first row repeated below: \(count("repeatedBelow"))",
        ru: "слова первой строки, которые есть и ниже: \(count("repeatedBelow"))")
    ]
  }

  private static func decimal(_ guess: Guess, _ format: NumberFormat) -> [Phrase] {
    let evidence = guess.evidence
    func count(_ key: String) -> String { format.integer(Int(evidence[key] ?? 0)) }
    if evidence.values.allSatisfy({ $0 == 0 }) {
      return [Phrase(en: "no numbers with decimals met", ru: "дробных чисел не встретилось")]
    }
    return [
      Phrase(
        en: "with a decimal point: \(count("decimalPoint")), with a decimal comma: \(count("decimalComma"))",
        ru: "чисел с точкой: \(count("decimalPoint")), с запятой: \(count("decimalComma"))")
    ]
  }

  private static func kind(_ guess: Guess, _ format: NumberFormat) -> [Phrase] {
    let evidence = guess.evidence
    func count(_ key: String) -> String { format.integer(Int(evidence[key] ?? 0)) }
    func value(_ key: String) -> Double { evidence[key] ?? 0 }
    let values = value("rowsSeen") - value("missing")
    if values == 0 { return [Phrase(en: "no value in the sample", ru: "в пробе нет значений")] }
    switch Column.Kind(rawValue: guess.value) {
    case .category, .text:
      if value("leadingZeros") > 0, value("numbers") > 0 {
        return [
          Phrase(
            en: "digits with leading zeros: \(count("leadingZeros"))",
            ru: "цифр с нулями впереди: \(count("leadingZeros"))")
        ]
      }
      if value("longDigits") > 0, value("numbers") > 0 {
        return [
          Phrase(
            en: "digit strings of 16 and more: \(count("longDigits"))",
            ru: "строк из 16 и более цифр: \(count("longDigits"))")
        ]
      }
      return [
        Phrase(
          en: "different texts in the sample: \(count("distinct"))",
          ru: "разных текстов в пробе: \(count("distinct"))")
      ]
    case .integer, .decimal, .real:
      return [
        Phrase(
          en: "numbers: \(count("numbers")) of \(format.integer(Int(values))) values",
          ru: "чисел \(count("numbers")) из \(format.integer(Int(values))) значений")
      ]
    case .flag:
      return [Phrase(en: "two values that mean no and yes", ru: "два значения: «нет» и «да»")]
    case .empty, nil: return []
    }
  }
}
