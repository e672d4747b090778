import EbbStudy

enum ExperimentErrorWords {
  static func explain(_ error: ExperimentError, _ language: Language) -> Explanation {
    let format = NumberFormat(language)
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    func list(_ texts: [String]) -> String {
      texts.prefix(30).map { TextTable.visible($0) }.joined(separator: ", ") + (texts.count > 30 ? ", …" : "")
    }
    func words(_ message: Phrase, _ remedy: Phrase?) -> Explanation {
      Explanation(message: message[language], remedy: remedy?[language])
    }
    func option(_ part: ExperimentError.Part) -> String { part == .arm ? "--arm" : "--left" }
    switch error {
    case .noColumn(.arm, let known):
      return words(
        Phrase(
          en: "no column says who was in the control group",
          ru: "ни один столбец не говорит, кто был в контрольной группе"),
        Phrase(
          en: "Name it: --arm COLUMN. Columns: \(list(known))",
          ru: "Укажите его: --arm СТОЛБЕЦ. Столбцы: \(list(known))"))
    case .noColumn(.outcome, let known):
      return words(
        Phrase(en: "no column says who left", ru: "ни один столбец не говорит, кто ушёл"),
        Phrase(
          en: "Name it: --left COLUMN. Columns: \(list(known))",
          ru: "Укажите его: --left СТОЛБЕЦ. Столбцы: \(list(known))"))
    case .ambiguous(let part, let columns):
      return words(
        part == .arm
          ? Phrase(
            en: "several columns could be the arm: \(list(columns))",
            ru: "на группу эксперимента похожи сразу несколько столбцов: \(list(columns))")
          : Phrase(
            en: "several columns could be the outcome: \(list(columns))",
            ru: "на исход похожи сразу несколько столбцов: \(list(columns))"),
        Phrase(en: "Choose one: \(option(part)) COLUMN.", ru: "Выберите один: \(option(part)) СТОЛБЕЦ."))
    case .meaningUnknown(.arm, let column, let values):
      return words(
        Phrase(
          en: "column \(q(column)): no telling which value means the control group: \(list(values))",
          ru: "столбец \(q(column)): непонятно, какое значение означает контрольную группу: \(list(values))"),
        Phrase(en: "Say which: --control TEXT.", ru: "Укажите: --control ЗНАЧЕНИЕ."))
    case .meaningUnknown(.outcome, let column, let values):
      return words(
        Phrase(
          en: "column \(q(column)): no telling which value means: left: \(list(values))",
          ru: "столбец \(q(column)): непонятно, какое значение означает «ушёл»: \(list(values))"),
        Phrase(en: "Say which: --churned TEXT.", ru: "Укажите: --churned ЗНАЧЕНИЕ."))
    case .emptyColumn(let column):
      return words(
        Phrase(
          en: "column \(q(column)) is empty: nothing has come back yet",
          ru: "столбец \(q(column)) пуст: результатов ещё нет"),
        Phrase(
          en: "Fill in what became of each client, or name another column.",
          ru: "Заполните, что стало с каждым клиентом, или укажите другой столбец."))
    case .oneArm(let column, let isControl):
      return words(
        isControl
          ? Phrase(
            en: "column \(q(column)): everybody is in the control group, nobody was treated",
            ru: "столбец \(q(column)): все в контрольной группе, действия ни к кому не было")
          : Phrase(
            en: "column \(q(column)): there is no control group, so there is nothing to compare with",
            ru: "столбец \(q(column)): контрольной группы нет, сравнивать не с чем"),
        Phrase(
          en:
            "If the arm is in another column: --arm COLUMN; if the control group has a name of its own: --control TEXT.",
          ru:
            "Если группа в другом столбце: --arm СТОЛБЕЦ; если контроль назван по-своему: --control ЗНАЧЕНИЕ."
        ))
    case .sameColumn(let column):
      return words(
        Phrase(
          en: "--arm and --left are the same column, \(q(column))",
          ru: "--arm и --left указывают на один столбец \(q(column))"
        ), nil)
    case .inBothArms(let column, let ids, let count):
      return words(
        Phrase(
          en:
            "clients that stand in both arms (by \(q(column))): \(format.integer(count)), such as \(list(ids))",
          ru:
            "клиенты сразу в обеих группах (по столбцу \(q(column))): \(format.integer(count)), например \(list(ids))"
        ),
        Phrase(
          en:
            "A client belongs to the arm it was assigned to: correct the table, or name the right column with --client.",
          ru:
            "Клиент относится к той группе, куда был распределён: исправьте таблицу или укажите верный столбец ключом --client."
        ))
    case .twoOutcomes(let column, let ids, let count):
      return words(
        Phrase(
          en:
            "clients that both left and stayed (by \(q(column))): \(format.integer(count)), such as \(list(ids))",
          ru:
            "клиенты, которые и ушли, и остались (по столбцу \(q(column))): \(format.integer(count)), например \(list(ids))"
        ),
        Phrase(
          en: "Keep one row a client: what became of it by the end.",
          ru: "Оставьте по одной строке на клиента: чем всё кончилось."))
    case .notNumeric(let column):
      return words(
        Phrase(en: "column \(q(column)) holds no numbers", ru: "в столбце \(q(column)) не числа"),
        Phrase(
          en: "--value and --cost take a number or a column of numbers.",
          ru: "--value и --cost принимают число или столбец с числами."))
    case .tooManyStrata(let column, let found, let limit):
      return words(
        Phrase(
          en:
            "column \(q(column)) has \(format.integer(found)) different values; strata can be at most \(format.integer(limit))",
          ru:
            "в столбце \(q(column)) различных значений: \(format.integer(found)); слоёв может быть не больше \(format.integer(limit))"
        ), Phrase(en: "Choose another column for --by.", ru: "Выберите для --by другой столбец."))
    }
  }
}
