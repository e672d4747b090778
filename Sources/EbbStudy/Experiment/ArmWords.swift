import EbbClients

/// How files call the arms of an experiment, in Russian and English.
enum ArmWords {
  /// What a heading says of the column.
  enum Claim: Equatable {
    /// The column holds the arm; yes and no, where it has them, mean contacted or not.
    case arm
    /// The column holds the arm, and yes means held out.
    case control
  }

  static func claim(_ heading: String) -> Claim? {
    let key = Heading(heading).joined
    if controlHeadings.contains(key) { return .control }
    return armHeadings.contains(key) ? .arm : nil
  }

  /// Whether a value means the control group; `nil` where it is no word of ours. Yes and no are not asked here.
  ///
  /// - Parameter underHeading: the heading says that the column holds the arm, so that short words ("A", "call", "main")
  ///   are taken too.
  static func isControl(_ text: String, underHeading: Bool) -> Bool? {
    let heading = Heading(text)
    if underHeading {
      if controlWords.contains(heading.joined) { return true }
      if treatedWords.contains(heading.joined) { return false }
    }
    // "Контроль, без звонка": the word of control counts, whatever is said of contact beside it.
    return said(controlStems, heading.words) ?? said(treatedStems, heading.words).map { !$0 }
  }

  /// Whether one of the words is said or denied; `nil` where none occurs.
  private static func said(_ stems: [String], _ words: [String]) -> Bool? {
    for (index, word) in words.enumerated() where stems.contains(where: { word.hasPrefix($0) }) {
      return index == 0 || !negations.contains(words[index - 1])
    }
    return nil
  }

  /// Headings of what the strata of an experiment are, best first.
  static let strata: [Set<String>] = [
    keys([
      "recommendation", "recommendation id", "recommended action", "action", "рекомендация",
      "код рекомендации",
      "рекомендованное действие", "рекомендуемое действие", "действие", "мероприятие",
    ]),
    keys(["risk group", "группа риска", "segment", "сегмент", "client group", "группа клиентов"]),
    keys(["group", "группа", "stratum", "strata", "страта", "слой"]),
  ]

  /// Headings of what a client is worth, and of what the action cost.
  static let value = keys([
    "value", "client value", "customer value", "worth", "worth of the client", "value rub", "ценность",
    "ценность клиента",
    "стоимость клиента", "clv",
  ])
  static let cost = keys([
    "cost", "cost of the contact", "contact cost", "offer cost", "cost rub", "стоимость контакта", "затраты",
    "затраты на контакт", "стоимость предложения", "расходы",
  ])

  static func isStratum(_ heading: String, _ keys: Set<String>) -> Bool {
    keys.contains(Heading(heading).joined)
  }

  static let outcomeHeadings = keys([
    "outcome", "result", "status", "client status", "final status", "left or stayed", "stayed or left",
    "left stayed",
    "исход", "результат", "итог", "статус", "статус клиента", "ушел или остался", "остался или ушел",
    "ушел остался", "результат кампании", "итог кампании", "ответ", "response",
  ])

  private static func keys(_ texts: [String]) -> Set<String> { Set(texts.map { Heading($0).joined }) }
  private static func stems(_ texts: [String]) -> [String] { texts.map { Heading($0).joined } }

  private static let armHeadings = keys([
    "arm", "group", "treatment", "treated", "is treated", "treat", "test group", "experiment group",
    "experiment arm", "experimental group", "assignment", "assigned", "variant", "ab", "ab group", "ab test",
    "ab variant", "cell", "test", "in test", "is test", "contacted", "is contacted", "contact", "exposed",
    "campaign group",
    "группа", "группа эксперимента", "группа теста", "группа кампании", "рука", "ветка", "вариант",
    "назначение",
    "тест", "тестовая группа", "экспериментальная группа", "целевая группа", "плечо", "плечо эксперимента",
    "контакт",
    "был контакт", "воздействие", "звонок", "обзвон", "эксперимент", "аб", "аб группа", "аб тест", "роль",
    "группа аб", "группа аб теста", "контакт или контроль", "контакт контроль", "contact or control",
    "control or contact",
    "treated or control", "control or treated", "test or control", "тест контроль",
    "тест или контроль", "участие", "gruppa",
  ])
  private static let controlHeadings = keys([
    "control", "is control", "control group", "in control", "holdout", "is holdout", "hold out", "held out",
    "контроль", "контрольная", "контрольная группа", "в контроле", "в контрольной группе", "kontrol",
  ])
  private static let controlWords = keys([
    "c", "к", "a", "baseline", "base", "placebo", "bau", "reserve", "резерв", "отложенная", "отложен",
    "отложены",
    "ctrl", "ctl", "кг", "ничего", "nothing", "не трогать",
  ])
  private static let treatedWords = keys([
    "t", "т", "b", "цг", "тг", "эг", "sms", "смс", "push", "пуш", "email", "письмо", "call", "called", "main",
    "основная",
    "active",
    "активная", "exp",
  ])
  private static let controlStems = stems([
    "control", "контрол", "kontrol", "holdout", "hold", "held", "untreat", "uncontact",
  ])
  private static let treatedStems = stems([
    "treat", "test", "contact", "call", "offer", "campaign", "experiment", "expos", "target", "тест",
    "контакт",
    "звон", "звони", "обзвон", "эксперимент", "воздейств", "предложен", "оффер", "акци", "кампани", "целев",
    "смс",
    "sms", "push", "пуш", "письм", "mail", "эмейл", "интервенц", "опыт", "пилот", "pilot", "intervention",
  ])
  private static let negations = keys(["no", "not", "non", "without", "не", "без", "нет"])
}
