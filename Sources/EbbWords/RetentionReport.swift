import EbbClients
import EbbRetention
import EbbSegments
import EbbStatistics
import EbbStudy

/// The last part of a study on the terminal: risk groups, what to do, the plan and how to prove it.
struct RetentionReport {
  private let study: Study
  private let language: Language
  private let style: TextStyle
  private let format: NumberFormat
  private let rules: RiskRuleWords

  static let groupLimit = 6
  static let loyalLimit = 3

  init(_ study: Study, language: Language, style: TextStyle) {
    self.study = study
    self.language = language
    self.style = style
    format = NumberFormat(language)
    rules = RiskRuleWords(language)
  }

  /// Paragraphs; those of missing chapters are left out.
  var sections: [String] { [groups, recommendations, plan, experiments].filter { !$0.isEmpty } }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  private func title(_ english: String, _ russian: String) -> String { style.bold(say(english, russian)) }

  private func text(_ text: LocalizedText) -> String { TextTable.visible(say(text.en, text.ru)) }

  // MARK: Risk groups

  private var groups: String {
    guard let chapter = study.riskGroups else { return "" }
    guard !chapter.risk.isEmpty || !chapter.loyal.isEmpty else {
      return title("Risk groups", "Группы риска") + "\n  "
        + say(
          "No group leaves more often than chance would have it.",
          "Ни одна группа не уходит чаще, чем это бывает случайно.")
    }
    var lines: [String] = []
    if !chapter.risk.isEmpty {
      lines += [
        title(
          "Risk groups, found on one half of the clients and proven on the other",
          "Группы риска: найдены на одной половине клиентов, подтверждены на другой"),
        table(chapter.risk.prefix(Self.groupLimit)),
      ]
      let covered = chapter.covered
      lines.append(
        style.dim(
          "  "
            + say(
              "Together: \(format.percent(covered.share)) of clients, \(format.percent(covered.ofChurned.share)) of all leavers.",
              "Вместе: \(format.percent(covered.share)) клиентов и \(format.percent(covered.ofChurned.share)) всех ушедших."
            )))
    }
    if !chapter.loyal.isEmpty {
      lines += [
        title("The most loyal", "Самые лояльные"), table(chapter.loyal.prefix(Self.loyalLimit)),
      ]
    }
    return lines.joined(separator: "\n")
  }

  private func table(_ groups: ArraySlice<RiskGroup>) -> String {
    var table = TextTable([
      .init(""), .init("", maximumWidth: 56), .init(say("clients", "клиентов"), .right),
      .init(say("churn", "отток"), .right), .init(say("95% interval", "интервал 95 %"), .right),
      .init(say("× bank", "× банк"), .right), .init(say("of leavers", "из ушедших"), .right),
    ])
    for group in groups {
      table.add([
        group.id, rules.text(group.rule), format.integer(group.n), format.percent(group.churn.estimate),
        format.percentInterval(group.churn.interval?.low, group.churn.interval?.high),
        format.fixed(group.lift, decimals: 2), format.percent(group.ofChurned.share, decimals: 0),
      ])
    }
    return table.render(indent: 2, style: style)
  }

  // MARK: Recommendations

  private var recommendations: String {
    guard let chapter = study.recommendations else { return "" }
    guard !chapter.items.isEmpty else {
      return title("What to do", "Что делать") + "\n  "
        + say(
          "These data call for nothing that the catalogue has: no audience leaves more often than the others.",
          "Данные не дают оснований ни для одной рекомендации каталога: ни одна аудитория не уходит чаще прочих."
        )
    }
    var table = TextTable([
      .init(""), .init("", maximumWidth: 52), .init(say("clients", "клиентов"), .right),
      .init(say("churn", "отток"), .right), .init(say("others", "прочие"), .right),
      .init(say("gain", "выгода"), .right), .init(say("evidence", "основание")),
    ])
    for (index, item) in chapter.items.enumerated() {
      table.add([
        ContactList.code(index), text(item.title), format.integer(item.n),
        format.percent(item.churn.estimate),
        format.percent(item.elsewhere.estimate),
        item.isInvestigation
          ? say("look into it", "разобраться") : format.fixed(item.expectedGain, decimals: 0),
        RecommendationWords.grade(item.grade)[language],
      ])
    }
    var lines = [
      title("What to do, the most valuable first", "Что делать, начиная с самого ценного"),
      table.render(indent: 2, style: style),
      style.dim(
        "  "
          + say(
            "Gain: expected, under the assumptions below. Association is not cause: an experiment decides.",
            "Выгода ожидаемая, при допущениях ниже. Связь ещё не причина: решает опыт.")),
    ]
    if chapter.items.contains(where: \.usesProtected) {
      lines.append(
        style.dim(
          "  "
            + say(
              "Audiences by gender or age: information and marketing only, never price or access (--protected forbid leaves them out).",
              "Аудитории по полу и возрасту: только информация и реклама, не цена и не доступ (--protected forbid убирает их)."
            )))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Plan

  private var plan: String {
    guard let plan = study.plan else { return "" }
    let heading = title("Plan", "План")
    guard plan.selected.clients > 0 else {
      return heading + "\n  "
        + say(
          "There is nobody whom a contact would gain by.",
          "Нет клиентов, связаться с которыми было бы выгодно.")
    }
    let words = RetentionWords(language)
    var lines = [heading]
    lines += [words.selection(plan), words.money(plan), words.breakEven(plan)].map { "  – " + $0 }
    if let permission = words.permission(plan) { lines.append("  – " + permission) }
    lines += plan.selection.map { "  – " + words.fairness($0, study) }
    lines.append(style.dim("  " + words.assumptions(plan)))
    return lines.joined(separator: "\n")
  }

  // MARK: Experiments

  private var experiments: String {
    guard let designs = study.experiments, !designs.isEmpty else { return "" }
    var table = TextTable([
      .init(""), .init(say("contact", "контакт"), .right), .init(say("control", "контроль"), .right),
      .init(say("leave now", "уходит"), .right), .init(say("to see", "ждём"), .right),
      .init(say("can see", "различим"), .right), .init("", maximumWidth: 60),
    ])
    for design in designs {
      table.add([
        code(design.recommendation), format.integer(design.treated), format.integer(design.control),
        format.percent(design.baseRate), format.points(design.treatedRate - design.baseRate),
        format.points(design.detectableFall.map { -$0 }), RetentionWords(language).shortVerdict(design),
      ])
    }
    return title("How to prove it", "Как это проверить") + "\n" + table.render(indent: 2, style: style)
  }

  private func code(_ recommendation: String) -> String {
    study.recommendations?.items.firstIndex { $0.id == recommendation }.map(ContactList.code)
      ?? TextTable.visible(recommendation)
  }
}
