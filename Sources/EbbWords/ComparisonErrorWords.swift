import EbbSegments

enum ComparisonErrorWords {
  static func explain(_ error: ComparisonError, _ language: Language) -> Explanation {
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    let format = NumberFormat(language)
    func words(_ message: Phrase, _ remedy: Phrase) -> Explanation {
      Explanation(message: message[language], remedy: remedy[language])
    }
    switch error {
    case .sameColumn(let column):
      return words(
        Phrase(
          en: "--measure and --by are the same column, \(q(column))",
          ru: "--measure и --by указывают на один столбец \(q(column))"),
        Phrase(
          en: "Compare a column across the groups of another.", ru: "Сравнивайте столбец по группам другого.")
      )
    case .emptyColumn(let column):
      return words(
        Phrase(en: "column \(q(column)) is empty", ru: "столбец \(q(column)) пуст"),
        Phrase(
          en: "If its values were taken for missing, list the missing tokens with --missing.",
          ru: "Если его значения приняты за пропуски, перечислите обозначения пропусков ключом --missing."))
    case .tooManyGroups(let column, let found, let limit, let isNumeric):
      return words(
        Phrase(
          en:
            "column \(q(column)) has \(format.integer(found)) different values; as groups at most \(format.integer(limit)) can be compared",
          ru:
            "в столбце \(q(column)) различных значений: \(format.integer(found)); групп может быть не больше \(format.integer(limit))"
        ),
        isNumeric
          ? Phrase(
            en: "Cut it into bands: --bands 5, or --cuts with the borders.",
            ru: "Разбейте его на интервалы: --bands 5 или --cuts с границами.")
          : Phrase(
            en: "Choose a column with fewer values for --by.",
            ru: "Выберите для --by столбец, где значений меньше."))
    case .tooManyCategories(let column, let found, let limit):
      return words(
        Phrase(
          en:
            "column \(q(column)) holds no numbers, and its \(format.integer(found)) different texts are too many for shares (at most \(format.integer(limit)))",
          ru:
            "в столбце \(q(column)) не числа, а различных текстов \(format.integer(found)): для долей слишком много (не больше \(format.integer(limit)))"
        ),
        Phrase(
          en: "Choose a numeric column for --measure; if these are numbers, see `ebb inspect`.",
          ru: "Выберите для --measure числовой столбец; если это числа, поможет `ebb inspect`."))
    case .noBands(let column):
      return words(
        Phrase(
          en: "column \(q(column)) holds no numbers, so it cannot be cut into bands",
          ru: "в столбце \(q(column)) не числа, разбить его на интервалы нельзя"),
        Phrase(en: "Leave out --bands and --cuts.", ru: "Уберите --bands и --cuts."))
    }
  }
}
