import EbbStudy

/// Why a file is no study, in words.
enum StudyFileWords {
  static func explain(_ failure: StudyFile.Failure, _ language: Language) -> Explanation {
    switch failure {
    case .notAStudy(let reason):
      Explanation(
        message: Phrase(en: "this is no study.json", ru: "это не study.json")[language],
        details: [TextTable.visible(String(reason.prefix(300)))])
    case .newerVersion(let found, let known):
      Explanation(
        message: Phrase(
          en: "the study was written by a newer version (form \(found), known up to \(known))",
          ru: "исследование записано более новой версией (вид \(found), известен до \(known))")[language])
    }
  }
}
