import EbbClients
import EbbTable

enum TableErrorWords {
  static func explain(_ error: TableError, _ language: Language) -> Explanation {
    func words(_ message: Phrase, _ remedy: Phrase?, details: [String] = []) -> Explanation {
      Explanation(message: message[language], details: details, remedy: remedy?[language])
    }
    let format = NumberFormat(language)
    switch error {
    case .noSuchFile(let path):
      return words(
        Phrase(en: "there is no file \(quoted(path, language))", ru: "нет файла \(quoted(path, language))"),
        Phrase(
          en: "Check the path; `-` reads standard input.", ru: "Проверьте путь; `-` читает стандартный ввод.")
      )
    case .notAFile(let path):
      return words(
        Phrase(
          en: "\(quoted(path, language)) is not a file that can be read as a table",
          ru: "\(quoted(path, language)) не файл, который можно прочесть как таблицу"),
        Phrase(en: "Name a CSV or TSV file inside it.", ru: "Укажите в нём файл CSV или TSV."))
    case .noPermission(let path):
      return words(
        Phrase(
          en: "no permission to read \(quoted(path, language))",
          ru: "нет права читать \(quoted(path, language))"),
        Phrase(
          en: "Ask its owner, or copy it: chmod +r.", ru: "Попросите доступ у владельца файла (chmod +r)."))
    case .readFailed(let path, let reason):
      return words(
        Phrase(
          en: "cannot read \(quoted(path, language)): \(reason)",
          ru: "не удалось прочесть \(quoted(path, language)): \(reason)"), nil)
    case .emptyFile(let path):
      return words(
        Phrase(en: "\(quoted(path, language)) is empty", ru: "файл \(quoted(path, language)) пуст"),
        Phrase(
          en: "A heading line and at least one client are needed.",
          ru: "Нужна строка заголовков и хотя бы один клиент."))
    case .noRows(let path):
      return words(
        Phrase(
          en: "\(quoted(path, language)) has a heading and no rows",
          ru: "в \(quoted(path, language)) есть заголовки, но нет ни одной строки"),
        Phrase(
          en: "If the first line is data, add --no-header.",
          ru: "Если первая строка содержит данные, добавьте --no-header."))
    case .notText(let path, let offset, let found):
      return words(
        Phrase(
          en: "\(quoted(path, language)) is not text: \(found) at byte \(format.integer(offset))",
          ru: "\(quoted(path, language)) не текст: \(found) в байте \(format.integer(offset))"),
        Phrase(
          en: "Export the table as CSV (from Excel: Save As, CSV UTF-8).",
          ru: "Выгрузите таблицу в CSV (из Excel: «Сохранить как», CSV UTF-8)."))
    case .brokenArchive(let path, let offset):
      return words(
        Phrase(
          en: "the gzip archive \(quoted(path, language)) breaks off at byte \(format.integer(offset))",
          ru: "архив gzip \(quoted(path, language)) обрывается в байте \(format.integer(offset))"),
        Phrase(
          en: "Copy the file again; check with gzip -t.", ru: "Скопируйте файл ещё раз; проверьте gzip -t."))
    case .invalidEncoding(let path, let line, let offset, let expected):
      return words(
        Phrase(
          en:
            "\(quoted(path, language)), line \(format.integer(line)), byte \(format.integer(offset)): not \(expected.rawValue)",
          ru:
            "\(quoted(path, language)), строка \(format.integer(line)), байт \(format.integer(offset)): это не \(expected.rawValue)"
        ),
        Phrase(
          en: "Say the encoding: --encoding windows-1251 (or utf-8, utf-16le, utf-16be).",
          ru: "Укажите кодировку: --encoding windows-1251 (или utf-8, utf-16le, utf-16be)."))
    case .unclosedQuote(let path, let line):
      return words(
        Phrase(
          en: "\(quoted(path, language)): the quote opened in line \(format.integer(line)) never ends",
          ru: "\(quoted(path, language)): кавычка, открытая в строке \(format.integer(line)), не закрыта"),
        Phrase(
          en: "Close it, or read without quotes: --quote none.",
          ru: "Закройте её или читайте без кавычек: --quote none."))
    case .lineTooLong(let path, let line, let limit):
      return words(
        Phrase(
          en:
            "\(quoted(path, language)): line \(format.integer(line)) does not end within \(format.integer(limit)) bytes",
          ru:
            "\(quoted(path, language)): строка \(format.integer(line)) не кончается и через \(format.integer(limit)) байт"
        ),
        Phrase(
          en: "Tables have line ends (LF, CRLF or CR): check how the file was exported.",
          ru: "В таблице должны быть концы строк (LF, CRLF или CR): проверьте, как выгружен файл."))
    case .tooManyColumns(let path, let found, let limit):
      return words(
        Phrase(
          en:
            "\(quoted(path, language)) has \(format.integer(found)) columns; at most \(format.integer(limit)) can be read",
          ru:
            "в \(quoted(path, language)) столбцов: \(format.integer(found)); прочесть можно не более \(format.integer(limit))"
        ),
        Phrase(
          en: "Check the delimiter (--delimiter), or export fewer columns.",
          ru: "Проверьте разделитель (--delimiter) или выгрузите меньше столбцов."))
    case .tooManyRejected(let rejected, let read, let limit, let first):
      return words(
        Phrase(
          en:
            "\(format.integer(rejected)) of \(format.integer(read)) rows cannot be read, more than \(format.percent(limit)); the first:",
          ru:
            "не читается строк: \(format.integer(rejected)) из \(format.integer(read)), это больше \(format.percent(limit)); первые из них:"
        ),
        Phrase(
          en: "Mend them, or allow more with --max-rejected. `ebb inspect` shows how the file is read.",
          ru: "Исправьте их или разрешите больше: --max-rejected. Как читается файл, покажет `ebb inspect`."),
        details: first.prefix(5).map { RejectedRowWords.line($0, language) })
    case .unknownColumn(let name, let known):
      let nearest = NearestName.find(name, among: known)
      return words(
        Phrase(
          en: "there is no column \(quoted(name, language))"
            + (nearest.map { "; did you mean “\($0)”?" } ?? ""),
          ru: "нет столбца \(quoted(name, language))" + (nearest.map { "; может быть, «\($0)»?" } ?? "")),
        Phrase(
          en: "Columns: \(known.prefix(30).map(TextTable.visible).joined(separator: ", "))",
          ru: "Столбцы: \(known.prefix(30).map(TextTable.visible).joined(separator: ", "))"))
    case .ambiguousColumn(let name):
      return words(
        Phrase(
          en: "more than one column is called \(quoted(name, language))",
          ru: "столбцов с именем \(quoted(name, language)) больше одного"),
        Phrase(en: "Rename one of them.", ru: "Переименуйте один из них."))
    }
  }

  static func quoted(_ text: String, _ language: Language) -> String {
    let shown = DisplayWidth.truncate(TextTable.visible(text), to: 120)
    return language == .russian ? "«\(shown)»" : "“\(shown)”"
  }
}
