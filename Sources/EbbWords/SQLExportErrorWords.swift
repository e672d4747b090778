import EbbForecast

enum SQLExportErrorWords {
  static func explain(_ error: SQLExportError, _ language: Language) -> Explanation {
    func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }
    switch error {
    case .emptyName(let name):
      let shown = TextTable.visible(name)
      return Explanation(
        message: say(
          "“\(shown)” is no name of a table or column: a part of it is empty",
          "«\(shown)» — не имя таблицы или столбца: часть имени пуста"),
        remedy: say("Give it as schema.table.", "Укажите его как схема.таблица."))
    case .unusableText(let text):
      let shown = TextTable.visible(text)
      return Explanation(
        message: say(
          "“\(shown)” cannot be written safely in this SQL", "«\(shown)» нельзя безопасно записать в этом SQL"
        ),
        remedy: say(
          "Give the column or the table a plainer name.", "Дайте столбцу или таблице более простое имя."))
    case .unreadableTrees(let reason):
      return Explanation(
        message: say(
          "the model's trees are not as XGBoost writes them",
          "деревья модели записаны не так, как их пишет XGBoost"),
        details: [String(TextTable.visible(reason).prefix(300))],
        remedy: say("Make the model again: `ebb study FILE`.", "Постройте модель заново: `ebb study FILE`."))
    case .foreignFeatures:
      return Explanation(
        message: say(
          "the model's features are not those it learnt from", "признаки модели не те, на которых она обучена"
        ),
        remedy: say("Make the model again: `ebb study FILE`.", "Постройте модель заново: `ebb study FILE`."))
    }
  }
}
