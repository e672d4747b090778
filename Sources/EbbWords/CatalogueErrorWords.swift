import EbbRetention

/// A catalogue's fault: the file, the line, what was found and what was expected.
enum CatalogueErrorWords {
  static func explain(_ error: CatalogueError, _ language: Language) -> Explanation {
    let file = TextTable.visible(error.name)
    let place = Phrase(
      en: "the catalogue \(file), line \(error.line): ", ru: "каталог \(file), строка \(error.line): ")
    let (message, remedy) = words(error.problem, language)
    return Explanation(
      message: place[language] + message[language],
      remedy: (remedy
        ?? Phrase(
          en: "docs/catalogue.md explains the form of the file.",
          ru: "Формат файла описан в docs/catalogue.md."))[language])
  }

  private static func words(
    _ problem: CatalogueError.Problem, _ language: Language
  ) -> (message: Phrase, remedy: Phrase?) {
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    let format = NumberFormat(language)
    func list(_ known: [String]) -> String { known.joined(separator: ", ") }
    func unknown(
      _ en: String, _ ru: String, _ text: String, _ nearest: String?, _ known: [String]
    ) -> (Phrase, Phrase?) {
      (
        Phrase(
          en: "\(en) \(q(text))" + (nearest.map { "; did you mean “\($0)”?" } ?? ""),
          ru: "\(ru) \(q(text))" + (nearest.map { "; может быть, «\($0)»?" } ?? "")),
        Phrase(en: "Expected one of: \(list(known))", ru: "Ожидается одно из: \(list(known))")
      )
    }
    func said(_ en: String, _ ru: String) -> (Phrase, Phrase?) { (Phrase(en: en, ru: ru), nil) }
    switch problem {
    case .tooLarge(let bytes, let limit):
      return said(
        "the file has \(format.integer(bytes)) bytes, at most \(format.integer(limit)) are read",
        "в файле \(format.integer(bytes)) байт, читается не более \(format.integer(limit))")
    case .notUTF8: return said("the text is not UTF-8", "текст не в кодировке UTF-8")
    case .broken(let reason):
      let reason = TextTable.visible(reason)
      return said("this is no YAML (\(reason))", "это не YAML (\(reason))")
    case .alias:
      return said(
        "anchors (&) and aliases (*) are not used in a catalogue; a text that begins with them stands in quotes",
        "якоря (&) и ссылки (*) в каталоге не используются; текст, который с них начинается, берут в кавычки")
    case .tag:
      return said(
        "tags (!) are not used in a catalogue; a text that begins with one stands in quotes",
        "теги (!) в каталоге не используются; текст, который с них начинается, берут в кавычки")
    case .severalDocuments:
      return said("a second document (---) begins", "начинается второй документ (---)")
    case .empty:
      return said(
        "nothing in it; expected are channels and recommendations",
        "в нём ничего нет; ожидаются channels и recommendations")
    case .tooDeep(let limit):
      return said("nested deeper than \(limit) levels", "вложенность больше \(limit) уровней")
    case .wrongShape(let key, let expected, let found):
      return said(
        "\(q(key)) is \(shape(found).english), expected is \(shape(expected).english)",
        "\(q(key)): здесь \(shape(found).russian), ожидается \(shape(expected).russian)")
    case .unknownKey(let key, let nearest, let known):
      return unknown("there is no key", "нет ключа", key, nearest, known)
    case .repeatedKey(let key): return said("the key \(q(key)) stands twice", "ключ \(q(key)) стоит дважды")
    case .missingKey(let key, let of):
      return said("\(q(of)) lacks the key \(q(key))", "в \(q(of)) нет ключа \(q(key))")
    case .missingTranslation(let key, let tongue):
      return said(
        "\(q(key)) lacks the text \(q(tongue)); expected are both: ru and en",
        "в \(q(key)) нет текста \(q(tongue)); нужны оба: ru и en")
    case .emptyText(let key): return said("\(q(key)) is empty", "\(q(key)): пусто")
    case .tooLong(let key, let limit):
      return said(
        "\(q(key)) is longer than \(format.integer(limit)) characters",
        "\(q(key)): больше \(format.integer(limit)) знаков")
    case .emptyList(let key):
      return said(
        "the list \(q(key)) is empty; at least one item is expected",
        "список \(q(key)) пуст; ожидается хотя бы одна строка")
    case .tooMany(let key, let limit):
      return said(
        "the list \(q(key)) has more than \(limit) items", "в списке \(q(key)) больше \(limit) строк")
    case .notANumber(let key, let text):
      return said(
        "\(q(key)) is \(q(text)), expected is a number with a decimal point, as 0.05",
        "\(q(key)): \(q(text)), ожидается число с десятичной точкой, например 0.05")
    case .notWhole(let key, let text):
      return said(
        "\(q(key)) is \(q(text)), expected is a whole number", "\(q(key)): \(q(text)), ожидается целое число")
    case .outOfRange(let key, let text, let low, let high):
      let (low, high) = (format.compact(low), format.compact(high))
      return said(
        "\(q(key)) is \(q(text)), expected is a number from \(low) to \(high)",
        "\(q(key)): \(q(text)), ожидается число от \(low) до \(high)")
    case .notYesOrNo(let key, let text):
      return said(
        "\(q(key)) is \(q(text)), expected is true or false",
        "\(q(key)): \(q(text)), ожидается true или false")
    case .malformedID(let id):
      return said(
        "the id \(q(id)) may hold Latin letters, digits, - and _, and begins with a letter",
        "id \(q(id)): допустимы латинские буквы, цифры, - и _, первой стоит буква")
    case .repeatedID(let id, let first):
      return said(
        "the id \(q(id)) is taken already, on line \(first)", "id \(q(id)) уже занят в строке \(first)")
    case .unknownChannel(let id, let nearest, let known):
      return unknown("there is no channel", "нет канала", id, nearest, known)
    case .repeatedChannel(let id):
      return said("the channel \(q(id)) stands twice", "канал \(q(id)) стоит дважды")
    case .unknownGrade(let text, let nearest, let known):
      return unknown("there is no grade of evidence", "нет степени доказанности", text, nearest, known)
    case .unknownRole(let text, let nearest, let known):
      let (message, _) = unknown("there is no role", "нет роли", text, nearest, known)
      return (
        message,
        Phrase(
          en: "Roles: \(list(known)). A column's own heading stands in double quotes: '\"Segment\" = A'.",
          ru: "Роли: \(list(known)). Заголовок столбца берут в двойные кавычки: '\"Сегмент\" = A'.")
      )
    case .unknownFigure(let text, let nearest, let known):
      return unknown("there is no figure", "нет показателя", text, nearest, known)
    case .unknownPlace(let text, let nearest, let known):
      return unknown(
        "nothing is known to fill the place", "нечем заполнить место", "{\(text)}", nearest, known)
    case .unbalancedBraces(let key):
      return said(
        "braces in \(q(key)) do not match; a place is written {rate}",
        "фигурные скобки в \(q(key)) не сходятся; место пишут так: {rate}")
    case .noOperator(let text, let known):
      return (
        Phrase(
          en: "\(q(text)) is no condition; expected is “products >= 3”",
          ru: "\(q(text)) — не условие; ожидается «products >= 3»"),
        Phrase(en: "Operators: \(list(known))", ru: "Операторы: \(list(known))")
      )
    case .unknownOperator(let text, let nearest, let known):
      return unknown("there is no operator", "нет оператора", text, nearest, known)
    case .unfitValue(let condition, let wanted):
      let expected = self.wanted(wanted)
      return said(
        "in \(q(condition)) \(expected.english)", "в условии \(q(condition)) \(expected.russian)")
    case .contradiction(let condition, let line):
      return said(
        "\(q(condition)) does not go together with line \(line)",
        "\(q(condition)) не сочетается со строкой \(line)")
    case .cautionRequired(let id):
      return said(
        "the audience of \(q(id)) is told by gender or age, so that its caution must say what is not allowed",
        "аудитория \(q(id)) определена по полу или возрасту: нужна оговорка caution о том, что недопустимо")
    }
  }

  private static func shape(_ shape: CatalogueError.Shape) -> Phrase {
    switch shape {
    case .text: Phrase(en: "a text", ru: "текст")
    case .list: Phrase(en: "a list", ru: "список")
    case .mapping: Phrase(en: "a set of keys", ru: "набор ключей")
    case .nothing: Phrase(en: "empty", ru: "пусто")
    }
  }

  private static func wanted(_ wanted: CatalogueError.Wanted) -> Phrase {
    switch wanted {
    case .numberOrQuantile:
      Phrase(
        en: "a number or “quantile 0.75” is expected", ru: "ожидается число или «quantile 0.75»")
    case .quantileShare:
      Phrase(
        en: "a quantile between 0 and 1 is expected, as quantile 0.75",
        ru: "ожидается квантиль от 0 до 1, например quantile 0.75")
    case .oneValue: Phrase(en: "exactly one value is expected", ru: "ожидается ровно одно значение")
    case .someValues:
      Phrase(en: "values with commas between are expected", ru: "ожидаются значения через запятую")
    case .noValue:
      Phrase(
        en: "nothing is expected after the operator", ru: "после оператора ничего не ожидается")
    case .womanOrMan:
      Phrase(
        en: "woman, man or the table's own text in double quotes is expected",
        ru: "ожидается woman, man или значение таблицы в двойных кавычках")
    case .yesOrNo:
      Phrase(
        en: "yes, no or the table's own text in double quotes is expected",
        ru: "ожидается yes, no или значение таблицы в двойных кавычках")
    case .cityForWorst:
      Phrase(en: "worst is for “city = worst” alone", ru: "worst годится только для «city = worst»")
    case .atLeastForRisk:
      Phrase(
        en: "only “at least” can be asked of the forecast: risk >= 0.3",
        ru: "о прогнозе можно спросить только «не ниже»: risk >= 0.3")
    case .number: Phrase(en: "a number is expected", ru: "ожидается число")
    case .ordering:
      Phrase(
        en: "a comparison with a number is expected, as lift >= 1.2",
        ru: "ожидается сравнение с числом, например lift >= 1.2")
    }
  }
}
