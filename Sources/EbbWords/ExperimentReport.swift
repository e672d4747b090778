public import EbbRetention
import EbbStatistics
public import EbbStudy

/// The results of an experiment on one screen: the verdict first, then the arms, the effect, the tests, the strata, what was
/// read, and notes.
public struct ExperimentReport: Sendable {
  private let language: Language
  private let format: NumberFormat
  private let style: TextStyle
  private let words: ExperimentWords

  /// A screen holds so many; `--json` has them all.
  private static let stratumRows = 20

  public init(_ language: Language, style: TextStyle = .plain) {
    self.language = language
    self.style = style
    format = NumberFormat(language)
    words = ExperimentWords(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  public func render(_ analysis: ExperimentAnalysis, _ table: ExperimentTable) -> String {
    var top = [style.bold(words.headline(analysis))]
    if let line = effectLine(analysis) { top.append(line) }
    if let line = savedLine(analysis) { top.append(line) }
    if let line = nextLine(analysis) { top.append(line) }
    if let check = analysis.ratioCheck, !check.isMismatch { top.append(ratioLine(check)) }
    top += analysis.notes.map { say("Note: ", "Замечание: ") + words.note($0) + "." }
    var blocks = [top.joined(separator: "\n"), armTable(analysis)]
    if let comparison = analysis.comparison {
      blocks.append(effectTable(comparison, analysis))
      blocks.append(testTable(comparison, analysis))
    }
    if let text = attrition(analysis) { blocks.append(text) }
    if !analysis.strata.isEmpty { blocks.append(strata(analysis)) }
    blocks.append(reading(table))
    return blocks.joined(separator: "\n\n")
  }

  // MARK: The answer

  private func effectLine(_ analysis: ExperimentAnalysis) -> String? {
    guard let comparison = analysis.comparison else { return nil }
    let interval = comparison.difference.interval
    let test = HypothesisWords.test(comparison.decidedBy)[language]
    var line =
      say("Saved: ", "Удержано: ") + format.points(comparison.difference.estimate) + " "
      + self.level(analysis)
      + " " + format.percentInterval(interval?.low, interval?.high)
    if let kept = comparison.leaversKept.estimate {
      line += say("; of those who would have left ", "; из тех, кто ушёл бы, ") + format.percent(kept)
    }
    return line + "; " + test + ": " + format.pValue(comparison.pValue) + ", α = "
      + format.setting(analysis.alpha) + "."
  }

  private func savedLine(_ analysis: ExperimentAnalysis) -> String? {
    guard let saved = analysis.saved else { return nil }
    let interval = saved.clientsInterval
    var line =
      say("Clients saved: ", "Удержано клиентов: ") + format.fixed(saved.clients, decimals: 1) + " "
      + format.interval(interval?.low, interval?.high, decimals: 1)
    if let value = saved.value {
      line +=
        say("; at ", "; при ценности клиента ") + amount(value) + say(" a client", "")
        + (saved.totalCost.map { say(" and a cost of ", " и затратах ") + amount($0) } ?? "")
        + say(" the gain is ", " выигрыш ") + amount(saved.money) + " "
        + format.interval(saved.moneyInterval?.low, saved.moneyInterval?.high, decimals: 0)
    } else if let cost = saved.totalCost {
      line += say("; the cost was ", "; затраты ") + amount(cost)
    }
    line += "."
    if let needed = saved.breakEvenClients {
      line +=
        say(" It pays for itself from ", " Окупается, начиная с ") + format.fixed(needed, decimals: 1)
        + say(" clients saved.", " удержанных клиентов.")
    }
    return line
  }

  private func amount(_ money: Double?) -> String {
    guard let money else { return "—" }
    return format.fixed(money, decimals: money.magnitude < 1000 && money != money.rounded() ? 2 : 0)
  }

  private func nextLine(_ analysis: ExperimentAnalysis) -> String? {
    let power = format.percent(analysis.power, decimals: 0)
    switch analysis.verdict {
    case .ratioMismatch:
      return say(
        "Find out why before reading any effect: clients lost from one arm, arms written down wrongly, a filter after the draw.",
        "Сначала найдите причину: потеряны клиенты одной группы, группы записаны неверно, отбор после жеребьёвки."
      )
    case .tooFew:
      return say(
        "Even had the action kept every leaver, that would not have been seen with probability \(power).",
        "Даже если бы действие удержало всех, это не удалось бы увидеть с вероятностью \(power).")
    case .works, .harms, .undecided:
      guard let fall = analysis.detectableFall else { return nil }
      var line = say(
        "The smallest fall these arms could see with probability \(power): \(format.points(-fall)).",
        "Наименьшее снижение, которое эти группы могли показать с вероятностью \(power): на \(format.percent(fall)) всех клиентов."
      )
      if let effect = analysis.smallestEffect, let chance = analysis.powerForSmallestEffect {
        let share = format.percent(effect, decimals: 0)
        let seen = format.percent(chance, decimals: 0)
        line += say(
          " An effect of \(share) of leavers kept had a chance of \(seen) to be seen.",
          " Эффект в \(share) удержанных из уходящих был бы виден с вероятностью \(seen).")
      }
      return line
    }
  }

  private func ratioLine(_ check: ExperimentAnalysis.RatioCheck) -> String {
    let seen = format.percent(check.controlShare)
    let planned = format.percent(check.plannedControlShare)
    let p = format.pValue(check.test.pValue)
    return say(
      "The arms have the planned sizes: control \(seen), planned \(planned) (\(p)).",
      "Размеры групп соответствуют плану: в контроле \(seen), по плану \(planned) (\(p)).")
  }

  private func level(_ analysis: ExperimentAnalysis) -> String {
    format.percent(1 - analysis.alpha, decimals: 0)
  }

  // MARK: Tables

  private func armTable(_ analysis: ExperimentAnalysis) -> String {
    var table = TextTable([
      .init(say("arm", "группа")), .init(say("clients", "клиентов"), .right),
      .init(say("outcome known", "исход известен"), .right), .init(say("left", "ушли"), .right),
      .init(say("share", "доля"), .right), .init(level(analysis), .right),
    ])
    for (arm, isControl) in [(analysis.treated, false), (analysis.control, true)] {
      table.add([
        ExperimentWords.arm(isControl: isControl)[language], format.integer(arm.assigned),
        format.integer(arm.known), format.integer(arm.left.successes), format.percent(arm.left.estimate),
        format.percentInterval(arm.left.interval?.low, arm.left.interval?.high),
      ])
    }
    return table.render(style: style)
  }

  private func effectTable(_ comparison: ExperimentAnalysis.Comparison, _ analysis: ExperimentAnalysis)
    -> String
  {
    var table = TextTable([
      .init(say("effect", "эффект")), .init(say("estimate", "оценка"), .right),
      .init(level(analysis), .right),
    ])
    func add(_ effect: EffectSize, _ within: Bool = false) {
      let name =
        ExperimentWords.effect(effect.name)[language]
        + (within ? say(" within strata", " внутри слоёв") : "")
      let isShare = effect.name == "riskDifference" || effect.name == "leaversKept"
      table.add([
        name,
        effect.name == "riskDifference"
          ? format.points(effect.estimate, decimals: 2)
          : isShare ? format.percent(effect.estimate) : format.fixed(effect.estimate, decimals: 4),
        isShare
          ? format.percentInterval(
            effect.interval?.low, effect.interval?.high, decimals: effect.name == "riskDifference" ? 2 : 1)
          : format.interval(effect.interval?.low, effect.interval?.high, decimals: 4),
      ])
    }
    for effect in [
      comparison.difference, comparison.leaversKept, comparison.relativeRisk, comparison.oddsRatio,
    ] {
      add(effect)
    }
    if let pooled = analysis.pooled {
      add(pooled.difference, true)
      add(pooled.oddsRatio, true)
    }
    return table.render(style: style)
  }

  private func testTable(_ comparison: ExperimentAnalysis.Comparison, _ analysis: ExperimentAnalysis)
    -> String
  {
    var table = TextTable([
      .init(""), .init(say("test", "тест")), .init(say("statistic", "статистика"), .right),
      .init("p", .right),
    ])
    var tests = comparison.tests
    if let pooled = analysis.pooled { tests += [pooled.test, pooled.homogeneity] }
    for test in tests {
      table.add([
        test.name == comparison.decidedBy ? "→" : "", ExperimentWords.test(test.name)[language],
        format.fixed(test.statistic, decimals: 4), p(test.pValue),
      ])
    }
    return table.render(style: style)
  }

  private func p(_ value: Double?) -> String {
    guard let value else { return "—" }
    return value < 0.0001 ? "< " + format.fixed(0.0001, decimals: 4) : format.fixed(value, decimals: 4)
  }

  private func attrition(_ analysis: ExperimentAnalysis) -> String? {
    guard let attrition = analysis.attrition else { return nil }
    let (treated, control) = (attrition.treated, attrition.control)
    let (missingTreated, missingControl) = (
      format.integer(treated.successes), format.integer(control.successes)
    )
    let shares = (format.percent(treated.estimate), format.percent(control.estimate))
    let p = format.pValue(attrition.test.pValue)
    let bounds = format.percentInterval(attrition.lowestDifference, attrition.highestDifference)
    return say(
      "Outcome not known: \(missingTreated) of the treated (\(shares.0)) and \(missingControl) of the control group (\(shares.1)); same share? \(p). Whatever became of them, the difference observed would lie in \(bounds).",
      "Исход неизвестен: \(missingTreated) с контактом (\(shares.0)) и \(missingControl) в контроле (\(shares.1)); доли равны? \(p). Что бы с ними ни стало, наблюдаемая разность была бы в \(bounds)."
    )
  }

  private func strata(_ analysis: ExperimentAnalysis) -> String {
    var table = TextTable([
      .init(TextTable.visible(analysis.by ?? "")), .init(say("treated", "с контактом"), .right),
      .init(say("left", "ушли"), .right), .init(say("control", "контроль"), .right),
      .init(say("left", "ушли"), .right),
      .init(say("difference", "разность"), .right), .init(level(analysis), .right),
      .init(say("p, Holm", "p, Холм"), .right),
    ])
    for stratum in analysis.strata.prefix(Self.stratumRows) {
      let interval = stratum.difference?.interval
      table.add([
        stratum.value == "missing" ? say("missing", "нет данных") : stratum.value,
        format.integer(stratum.treated.known), format.percent(stratum.treated.left.estimate),
        format.integer(stratum.control.known), format.percent(stratum.control.left.estimate),
        format.points(stratum.difference?.estimate), format.percentInterval(interval?.low, interval?.high),
        p(stratum.pValueHolm),
      ])
    }
    let more = analysis.strata.count - Self.stratumRows
    return table.render(style: style)
      + (more > 0 ? "\n" + say("… \(more) more: see --json", "… и ещё \(more): см. --json") : "")
  }

  // MARK: What was read

  private func reading(_ table: ExperimentTable) -> String {
    func quoted(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    func texts(_ values: [String]) -> String {
      values.isEmpty
        ? "—"
        : values.prefix(6).map(TextTable.visible).joined(separator: ", ") + (values.count > 6 ? ", …" : "")
    }
    let columns = table.columns
    var lines = [
      say("Arm: column ", "Группа: столбец ") + quoted(columns.arm.column)
        + say("; control: ", "; контроль: ")
        + texts(columns.arm.control) + say("; treated: ", "; с контактом: ") + texts(columns.arm.treated)
        + ".",
      say("Outcome: column ", "Исход: столбец ") + quoted(columns.outcome.column)
        + say("; left: ", "; ушли: ")
        + texts(columns.outcome.left) + say("; stayed: ", "; остались: ") + texts(columns.outcome.stayed)
        + ".",
      columns.client.map { say("Client: column ", "Клиент: столбец ") + quoted($0) + "." }
        ?? say(
          "No column tells clients apart, so repeated rows count as different clients: --client COLUMN.",
          "Столбца с кодом клиента нет, повторы считаются разными клиентами: --client СТОЛБЕЦ."),
    ]
    if let by = columns.by { lines.append(say("Strata: column ", "Слои: столбец ") + quoted(by) + ".") }
    if let value = columns.value {
      lines.append(
        say("Worth of a client: column ", "Ценность клиента: столбец ") + quoted(value)
          + say(", mean of those who left.", ", среднее по ушедшим."))
    }
    if let cost = columns.cost {
      lines.append(
        say("Cost of the action: column ", "Затраты на клиента: столбец ") + quoted(cost)
          + say(", mean of the treated.", ", среднее по тем, с кем был контакт."))
    }
    let rows = table.rows
    func count(_ english: String, _ russian: String, _ count: Int, _ detail: String = "") {
      if count > 0 { lines.append(say(english, russian) + format.integer(count) + detail + ".") }
    }
    func unknown(_ values: [ReadMeaning.Unknown]) -> String {
      values.isEmpty
        ? ""
        : " ("
          + values.prefix(5).map { "\(quoted($0.text)) \(format.integer($0.rows))" }.joined(
            separator: ", ")
          + (values.count > 5 ? ", …" : "") + ")"
    }
    count(
      "Rows without a known arm, left out: ", "Строк без понятной группы, не участвуют: ", rows.withoutArm,
      unknown(columns.arm.unknown))
    count(
      "Clients without a known outcome: ", "Клиентов без понятного исхода: ", rows.withoutOutcome,
      unknown(columns.outcome.unknown))
    count(
      "Repeated rows of a client, counted once: ", "Повторных строк клиента, учтены один раз: ",
      rows.duplicates)
    count("Clients without an id: ", "Клиентов без кода: ", rows.withoutID)
    if rows.rejected > 0 {
      count("Rows that could not be read: ", "Не удалось прочитать строк: ", rows.rejected)
      lines += table.rejected.prefix(3).map { "  " + RejectedRowWords.line($0, language) }
    }
    return lines.joined(separator: "\n")
  }
}
