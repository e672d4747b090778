import EbbClients

enum ClientErrorWords {
  static func explain(_ error: ClientError, _ language: Language) -> Explanation {
    let format = NumberFormat(language)
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    func list(_ texts: [String]) -> String {
      texts.prefix(30).map { TextTable.visible($0) }.joined(separator: ", ") + (texts.count > 30 ? ", …" : "")
    }
    func words(_ message: Phrase, _ remedy: Phrase?) -> Explanation {
      Explanation(message: message[language], remedy: remedy?[language])
    }
    func meant(_ nearest: String?) -> Phrase {
      nearest.map { Phrase(en: "; did you mean “\($0)”?", ru: "; может быть, «\($0)»?") } ?? Phrase(same: "")
    }
    let mapping = Phrase(
      en: "A mapping is role=column: --map churn=Exited,income=Salary.",
      ru: "Соответствие пишут как роль=столбец: --map churn=Exited,income=Salary.")
    switch error {
    case .malformedMapping(let line, let text):
      let place =
        line.map { Phrase(en: "line \($0) of the mapping", ru: "строка \($0) файла соответствий") }
        ?? Phrase(en: "the mapping", ru: "соответствие")
      return words(
        Phrase(
          en: "\(place.english) has no “=”: \(q(text))", ru: "\(place.russian): нет знака «=»: \(q(text))"),
        mapping)
    case .unknownRole(let text, let nearest, let known):
      return words(
        Phrase(
          en: "there is no role \(q(text))" + meant(nearest).english,
          ru: "нет роли \(q(text))" + meant(nearest).russian),
        Phrase(en: "Roles: \(list(known))", ru: "Роли: \(list(known))"))
    case .unknownColumn(let name, let nearest, let known):
      return words(
        Phrase(
          en: "there is no column \(q(name))" + meant(nearest).english,
          ru: "нет столбца \(q(name))" + meant(nearest).russian),
        Phrase(en: "Columns: \(list(known))", ru: "Столбцы: \(list(known))"))
    case .columnUsedTwice(let column, let roles):
      let both = Phrase(
        en: roles.map { RoleWords.name($0).english }.joined(separator: ", "),
        ru: roles.map { RoleWords.name($0).russian }.joined(separator: ", "))
      return words(
        Phrase(
          en: "column \(q(column)) is given several roles: \(both.english)",
          ru: "столбцу \(q(column)) дано несколько ролей: \(both.russian)"), mapping)
    case .roleUsedTwice(let role, let columns):
      return words(
        Phrase(
          en: "the role “\(RoleWords.name(role).english)” is given to several columns: \(list(columns))",
          ru: "роль «\(RoleWords.name(role).russian)» дана нескольким столбцам: \(list(columns))"), mapping)
    case .notNumeric(let role, let column, let kind):
      return words(
        Phrase(
          en:
            "column \(q(column)), given as \(RoleWords.name(role).english), holds \(RoleWords.kind(kind).english), not numbers",
          ru:
            "в столбце \(q(column)) (\(RoleWords.name(role).russian)) не числа, а \(RoleWords.kind(kind).russian)"
        ),
        Phrase(en: "See how it is read: ebb inspect.", ru: "Посмотрите, как он читается: ebb inspect."))
    case .notFlag(let role, let column, let kind, let values):
      return words(
        Phrase(
          en:
            "column \(q(column)), given as \(RoleWords.name(role).english), is not yes or no but \(RoleWords.kind(kind).english): \(list(values))",
          ru:
            "столбец \(q(column)) (\(RoleWords.name(role).russian)) не «да/нет», а \(RoleWords.kind(kind).russian): \(list(values))"
        ), nil)
    case .emptyColumn(let role, let column):
      return words(
        Phrase(
          en: "column \(q(column)), given as \(RoleWords.name(role).english), holds nothing",
          ru: "столбец \(q(column)) (\(RoleWords.name(role).russian)) пуст"), nil)
    case .noChurnColumn(let known):
      return words(
        Phrase(
          en: "no churn column: no heading says who left (Churn, Exited, отток, …)",
          ru: "нет столбца оттока: ни один заголовок не говорит, кто ушёл (Churn, Exited, отток, …)"),
        Phrase(
          en: "Name it: --map churn=COLUMN. Columns: \(list(known))",
          ru: "Укажите его: --map churn=СТОЛБЕЦ. Столбцы: \(list(known))"))
    case .ambiguousChurn(let columns):
      return words(
        Phrase(
          en: "several columns could be churn: \(list(columns))",
          ru: "на отток похожи сразу несколько столбцов: \(list(columns))"),
        Phrase(en: "Choose one: --map churn=COLUMN.", ru: "Выберите один: --map churn=СТОЛБЕЦ."))
    case .churnNotFlag(let column, let kind, let values):
      return words(
        Phrase(
          en:
            "churn column \(q(column)) must have two values, left and stayed; it holds \(RoleWords.kind(kind).english): \(list(values))",
          ru:
            "в столбце оттока \(q(column)) должно быть два значения: ушёл и остался; в нём \(RoleWords.kind(kind).russian): \(list(values))"
        ),
        Phrase(
          en: "Recode it as 1/0 or да/нет, or choose another: --map churn=COLUMN.",
          ru: "Запишите его как 1/0 или да/нет либо выберите другой: --map churn=СТОЛБЕЦ."))
    case .churnMeaningUnknown(let column, let values):
      return words(
        Phrase(
          en: "churn column \(q(column)): which of \(list(values)) means left?",
          ru: "столбец оттока \(q(column)): что из \(list(values)) значит «ушёл»?"),
        Phrase(en: "Say it: --churned VALUE.", ru: "Укажите: --churned ЗНАЧЕНИЕ."))
    case .churnOneValue(let column, let value, let rows):
      return words(
        Phrase(
          en:
            "churn column \(q(column)) has one value, \(q(value)), in all \(Plural.rows.counted(rows, language)): there is nobody to compare",
          ru:
            "в столбце оттока \(q(column)) одно значение \(q(value)) во всех строках (\(format.integer(rows))): сравнивать не с кем"
        ),
        Phrase(
          en: "Add clients who left and clients who stayed.",
          ru: "Нужны и ушедшие, и оставшиеся клиенты."))
    case .churnMissing(let column, let rows):
      return words(
        Phrase(
          en: "churn column \(q(column)) is missing in \(Plural.rows.counted(rows, language))",
          ru: "столбец оттока \(q(column)) не заполнен, строк: \(format.integer(rows))"), nil)
    case .noClients:
      return words(
        Phrase(en: "no client is left to study", ru: "не осталось ни одного клиента"),
        Phrase(en: "See what was rejected: ebb inspect.", ru: "Посмотрите, что отвергнуто: ebb inspect."))
    case .duplicateIds(let column, let ids, let rows):
      return words(
        Phrase(
          en:
            "\(format.integer(ids)) values of \(q(column)) stand on \(format.integer(rows)) rows that differ, and --duplicates refuse was given",
          ru:
            "значений \(q(column)), стоящих на разных строках: \(format.integer(ids)) (строк \(format.integer(rows))), а указано --duplicates refuse"
        ),
        Phrase(
          en: "Mend them, or use --duplicates keep, first or last.",
          ru: "Исправьте их либо укажите --duplicates keep, first или last."))
    }
  }
}
