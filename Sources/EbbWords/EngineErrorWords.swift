import EbbEngine

enum EngineErrorWords {
  static func explain(_ error: EngineError, _ language: Language) -> Explanation {
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    let format = NumberFormat(language)
    switch error {
    case .unknownColumn(let name):
      return Explanation(
        message: Phrase(en: "there is no column \(q(name))", ru: "нет столбца \(q(name))")[language])
    case .notNumeric(let name):
      return Explanation(
        message: Phrase(en: "column \(q(name)) holds no numbers", ru: "в столбце \(q(name)) не числа")[
          language],
        remedy: Phrase(
          en: "Choose a numeric column as the measure.",
          ru: "В качестве показателя выберите числовой столбец.")[language])
    case .tooManyCells(let groupings, let cells, let limit):
      let names = groupings.map(\.column).joined(separator: " × ")
      return Explanation(
        message: Phrase(
          en: "\(q(names)) makes \(format.integer(cells)) groups; at most \(format.integer(limit)) fit",
          ru: "\(q(names)): групп \(format.integer(cells)), а помещается не более \(format.integer(limit))")[
            language],
        remedy: Phrase(
          en: "Group by a column with fewer values.", ru: "Группируйте по столбцу, где значений меньше.")[
            language])
    case .source(let failure): return ErrorWords.explain(failure.error, language)
    case .cancelled:
      return Explanation(message: Phrase(en: "stopped", ru: "остановлено")[language])
    }
  }
}
