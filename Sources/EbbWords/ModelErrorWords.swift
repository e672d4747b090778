import EbbForecast

enum ModelErrorWords {
  static func explain(_ error: ModelError, _ language: Language) -> Explanation {
    func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }
    let again = say(
      "Make the model again: `ebb study FILE` writes it into the folder `model`.",
      "Постройте модель заново: `ebb study FILE` пишет её в папку `model`.")
    switch error {
    case .noFolder(let path):
      return Explanation(
        message: say("there is no model folder \(path)", "нет папки с моделью \(path)"),
        remedy: say(
          "`ebb study FILE --out report` makes report/model; give its path to --model.",
          "`ebb study FILE --out report` создаёт report/model; укажите этот путь в --model."))
    case .missingFile(let path):
      return Explanation(
        message: say("the model lacks its file \(path)", "в модели нет файла \(path)"), remedy: again)
    case .notAModel(let path, let reason):
      return Explanation(
        message: say("\(path) is no model of Ebb's", "\(path) — не модель Ebb"),
        details: [String(TextTable.visible(reason).prefix(300))], remedy: again)
    case .damaged(let path):
      return Explanation(
        message: say(
          "\(path) is not what was written: its checksum differs",
          "\(path) повреждён: контрольная сумма не сходится"),
        remedy: again)
    case .newerVersion(let path, let found, let known):
      return Explanation(
        message: say(
          "\(path) is of version \(found), this ebb knows up to \(known)",
          "\(path) версии \(found), эта программа знает до \(known)"),
        remedy: say("Use a newer ebb.", "Возьмите более новую версию ebb."))
    case .noMethod(let method, let known):
      return Explanation(
        message: say("the model has no \(method.rawValue)", "в модели нет \(method.rawValue)"),
        details: [say("It has: ", "Есть: ") + known.map(\.rawValue).joined(separator: ", ")])
    }
  }
}
