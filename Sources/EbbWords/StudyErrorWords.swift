import EbbStudy

enum StudyErrorWords {
  static func explain(_ error: StudyFile.Failure, _ language: Language) -> Explanation {
    func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }
    switch error {
    case .notAStudy(let reason):
      return Explanation(
        message: say("the file is no study of Ebb's", "файл не похож на исследование Ebb"),
        details: [String(TextTable.visible(reason).prefix(300))],
        remedy: say("`ebb study FILE` writes a study.json.", "`ebb study FILE` пишет study.json."))
    case .newerVersion(let found, let known):
      return Explanation(
        message: say(
          "the study is of version \(found), this ebb knows up to \(known)",
          "исследование версии \(found), эта программа знает до \(known)"),
        remedy: say("Use a newer ebb.", "Возьмите более новую версию ebb."))
    }
  }
}
