import EbbRetention
import EbbStudy
import EbbWords

/// The sheets beside the contacts: what the plan comes to, what it rests on, and how it was made.
struct SummarySheets {
  private typealias Row = (cells: [Spreadsheet.Cell], height: Double?)
  private let study: Study
  private let list: ContactList
  private let language: Language
  private let words: ContactWords
  private let plan: RetentionWords

  init(_ study: Study, _ list: ContactList, language: Language) {
    self.study = study
    self.list = list
    self.language = language
    words = ContactWords(language, list: list)
    plan = RetentionWords(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  func write(to book: Spreadsheet) {
    guard let found = study.plan else { return }
    book.addSheet(say("Summary", "Сводка"), widths: [12, 60, 12, 14, 14, 14, 14, 14])
    write(summary(found), to: book)
    book.addSheet(say("Assumptions", "Допущения"), widths: [48, 16, 22, 16, 16, 18, 18])
    write(assumptions(found), to: book)
    book.addSheet(say("Method", "Метод"), widths: [110])
    write(method(found), to: book)
  }

  private func write(_ rows: [Row], to book: Spreadsheet) {
    for (index, row) in rows.enumerated() { book.write(row.cells, row: index, height: row.height) }
  }

  private func title(_ text: String) -> Row { ([.text(text, .title)], 24) }
  private func headings(_ texts: [String]) -> Row { (texts.map { .text($0, .heading) }, 32) }
  private static let gap: Row = ([], nil)

  // MARK: Summary

  private func summary(_ found: RetentionPlan) -> [Row] {
    var rows: [Row] = [title(say("Who is contacted, and what it is worth", "С кем связаться и что это даст"))]
    rows += [plan.selection(found), plan.money(found), plan.breakEven(found), plan.permission(found) ?? ""]
      .filter { !$0.isEmpty }.map { ([.text($0)], nil) }
    if ContactSheets(list, language: language).sheetCount > 1 {
      rows.append(
        (
          [
            .text(
              say(
                "The list is longer than a sheet of Excel holds (1,048,576 rows): it goes on over several sheets.",
                "Список длиннее листа Excel (1 048 576 строк), поэтому он продолжается на нескольких листах.")
            )
          ], nil
        ))
    }
    let columns = [
      say("clients", "клиентов"), say("would leave", "ушли бы"), say("kept", "останутся"),
      say("value", "ценность"),
      say("cost", "затраты"), say("gain", "выгода"),
    ]
    rows += [Self.gap, headings([say("code", "код"), say("what to do", "что сделать")] + columns)]
    for (index, item) in list.recommendations.enumerated() {
      guard let part = found.byRecommendation.first(where: { $0.id == item.id }), part.totals.clients > 0
      else { continue }
      rows.append(
        (
          [.text(ContactList.code(index)), .text(words.text(item.action), .wrapped)] + totals(part.totals),
          nil
        ))
    }
    rows += [Self.gap, headings([say("channel", "канал"), ""] + columns)]
    for part in found.byChannel where part.totals.clients > 0 {
      let name = list.channels.first { $0.id == part.id }.map { words.text($0.name) } ?? part.id
      rows.append(([.text(part.id), .text(name)] + totals(part.totals), nil))
    }
    for (name, part) in [
      (say("contacted", "связаться"), found.contacted), (say("control", "контроль"), found.control),
      (say("all", "всего"), found.selected),
    ] {
      rows.append(([.text("", .strong), .text(name, .strong)] + totals(part), nil))
    }
    if !found.selection.isEmpty {
      rows += [
        Self.gap,
        (
          [
            .text(
              say("Check of the list: four-fifths rule", "Проверка списка: правило четырёх пятых"), .strong)
          ],
          nil
        ),
      ]
      rows += found.selection.map { ([.text(plan.fairness($0, study))], nil) }
    }
    return rows
  }

  private func totals(_ totals: RetentionPlan.Totals) -> [Spreadsheet.Cell] {
    [
      .integer(totals.clients), .number(totals.leavers, .integer), .number(totals.kept, .integer),
      .number(totals.value, .money), .number(totals.cost, .money), .number(totals.gain, .money),
    ]
  }

  // MARK: Assumptions

  private func assumptions(_ found: RetentionPlan) -> [Row] {
    var rows: [Row] = [
      title(say("What the money rests on", "На чём держатся деньги")),
      (
        [
          .text(
            say(
              "None of these is known from the table. Change them with --assume NAME=NUMBER and make the list anew.",
              "Ничего из этого в таблице нет. Меняется ключом --assume ИМЯ=ЧИСЛО, после чего список надо составить заново."
            ))
        ], nil
      ), Self.gap,
      headings([
        say("assumption", "допущение"), say("value", "значение"),
        say("name for --assume", "имя для --assume"),
        say("lower", "меньше"), say("higher", "больше"), say("gain if lower", "выгода, если меньше"),
        say("gain if higher", "выгода, если больше"),
      ]),
    ]
    for item in found.sensitivity {
      rows.append(
        (
          [
            .text(
              MoneyWords.name(item.assumption)[language] + ", " + MoneyWords.unit(item.assumption)[language]),
            .number(item.base, .amount), .text(item.assumption),
            .number(item.low, .amount), .number(item.high, .amount), .number(item.gainAtLow, .money),
            .number(item.gainAtHigh, .money),
          ], nil
        ))
    }
    rows += [
      Self.gap,
      headings([
        say("channel", "канал"), say("cost of a contact", "цена контакта"), say("name", "имя"),
        say("strength", "сила"), say("a day", "в день"),
      ]),
    ]
    for channel in list.channels {
      rows.append(
        (
          [
            .text(words.text(channel.name)), .number(channel.cost, .amount), .text("cost." + channel.id),
            .number(channel.strength, .amount),
            channel.capacityPerDay.map { .integer($0) } ?? .text(say("no limit", "без предела")),
          ], nil
        ))
    }
    rows += [
      Self.gap,
      headings([
        say("recommendation", "рекомендация"), say("share of leavers kept", "доля удержанных"),
        say("name", "имя"),
        say("cost of the offer", "цена предложения"),
      ]),
    ]
    for (index, item) in list.recommendations.enumerated() where !item.isInvestigation {
      rows.append(
        (
          [
            .text(words.text(item.action)), .number(item.effect, .share), .text(ContactList.code(index)),
            .number(item.offerCost, .amount),
          ], nil
        ))
    }
    return rows
  }

  // MARK: Method

  private func method(_ found: RetentionPlan) -> [Row] {
    let lines = [
      say(
        "Probability: the forecast of the study's champion model, calibrated; for clients it learnt from, the forecast made without them.",
        "Вероятность: прогноз лучшей модели исследования, калиброванный; для клиентов, на которых она училась, прогноз сделан без них."
      ),
      say(
        "Expected gain = probability × effect of the offer through the channel × worth of the client − cost. The list is sorted by it, not by risk.",
        "Ожидаемая выгода = вероятность × эффект предложения в канале × ценность клиента − затраты. Список упорядочен по ней, а не по риску."
      ),
      say(
        "The effect of an offer is an assumption until an experiment measures it. That a group leaves more often is an association, not proof that an offer keeps it.",
        "Эффект предложения остаётся допущением, пока его не измерит опыт. То, что группа уходит чаще, есть связь, а не доказательство, что предложение её удержит."
      ),
      say(
        "Control: \(format(found.controlShare)) of each recommendation's clients, drawn at random (seed \(found.seed)). Do not contact them: without them nobody will know whether the campaign worked.",
        "Контроль: \(format(found.controlShare)) клиентов каждой рекомендации, взятые наугад (зерно \(found.seed)). С ними не связывайтесь: иначе никто не узнает, сработала ли кампания."
      ),
      say(
        "When it is over, add a column with the outcome (left / stayed) to contacts.csv and run: ebb experiment contacts.csv",
        "Когда кампания кончится, добавьте в contacts.csv столбец с исходом (ушёл / остался) и выполните: ebb experiment contacts.csv"
      ),
      say(
        "Gender and age are not in this file; they are not among the reasons either. Decisions about price and access must not depend on them.",
        "Пола и возраста в этом файле нет, среди причин их тоже нет. Цена и доступ от них зависеть не должны."
      ),
      say(
        "Before anything is sent: consent to advertising where the law asks for it, and a person who signs the list.",
        "До отправки: согласие на рекламу там, где его требует закон, и человек, который подписывает список."),
    ]
    var rows: [Row] = [title(say("How the list was made", "Как составлен список"))]
    rows += lines.map { ([.text($0, .wrapped)], 34) }
    if let designs = study.experiments, !designs.isEmpty {
      rows.append(([.text(say("Experiments", "Опыты"), .strong)], nil))
      for design in designs {
        let index = list.recommendations.firstIndex { $0.id == design.recommendation }
        let code = index.map(ContactList.code) ?? ""
        rows.append(([.text(code + ": " + ExperimentWords(language).verdict(design), .wrapped)], 34))
      }
    }
    rows.append(
      (
        [.text(study.provenance.tool + " · " + study.provenance.source, .note)], nil
      ))
    return rows
  }

  private func format(_ share: Double) -> String { NumberFormat(language).percent(share, decimals: 0) }
}
