public import EbbStudy

/// What a running study says on standard error.
public enum StudyProgressWords {
  public static func text(_ progress: StudyProgress) -> Phrase {
    switch progress {
    case .opening: Phrase(en: "looking at the file", ru: "смотрю, что за файл")
    case .reading: Phrase(en: "reading", ru: "читаю")
    case .cleaning: Phrase(en: "checking clients", ru: "проверяю клиентов")
    case .computing: Phrase(en: "counting", ru: "считаю")
    case .chapters: Phrase(en: "testing and comparing", ru: "проверяю и сравниваю")
    case .forecasting: Phrase(en: "forecasting", ru: "строю прогноз")
    case .planning: Phrase(en: "planning", ru: "составляю план")
    case .writing: Phrase(en: "writing", ru: "записываю")
    }
  }

  public static func share(_ progress: StudyProgress) -> Double? {
    switch progress {
    case .reading(let share): share
    case .forecasting(let share): share
    default: nil
    }
  }
}
