public import EbbRetention

/// What the rooms of groups, forecast and plan say.
extension DashboardWords {
  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }
  private var format: NumberFormat { NumberFormat(language) }

  // MARK: Hypotheses

  public var decisions: String { say("All decisions", "Все решения") }
  public var hypothesis: String { say("Hypothesis", "Гипотеза") }
  public var groups: String { say("Groups", "Группы") }

  public func decides(_ test: String, _ reason: String) -> String {
    reason.isEmpty
      ? say("Decides: \(test).", "Решает: \(test).")
      : say("Decides: \(test), for \(reason).", "Решает: \(test), потому что \(reason).")
  }

  // MARK: Forecast

  public var gini: String { say("Gini", "Джини") }
  public var captureTopTenth: String {
    say("Leavers found in the riskiest tenth", "Ушедших в самой рискованной десятой")
  }
  public var liftTopTenth: String { say("Lift of the riskiest tenth", "Лифт самой рискованной десятой") }
  public var selected: String { say("Share selected", "Доля попавших в список") }
  public var ratio: String { say("Against the highest", "К наибольшей") }
  public var fourFifths: String { say("Four fifths", "Четыре пятых") }
  public var holds: String { say("holds", "соблюдено") }
  public var fails: String { say("fails", "нарушено") }

  public func noForecast(_ reason: String) -> String {
    say("There is no forecast: \(reason).", "Прогноза нет: \(reason).")
  }

  public func drawn(_ n: Int, of all: Int) -> String {
    let (part, whole) = (format.integer(n), format.integer(all))
    return say(
      "Learnt from and judged on \(part) clients drawn from \(whole).",
      "Обучение и проверка на \(part) клиентах, случайно взятых из \(whole).")
  }

  public func fairnessNote(_ share: Double) -> String {
    let part = format.percent(share, decimals: 0)
    return say(
      "As if the riskiest \(part) were contacted. A group selected less than four fifths as often as the most selected one fails the rule.",
      "Как если бы звонили \(part) самых рискованных. Группа, которую выбирают реже четырёх пятых от самой выбираемой, нарушает правило."
    )
  }

  // MARK: Risk groups

  public var noGroups: String {
    say("No group stands out after correction.", "После поправки ни одна группа не выделяется.")
  }
  public var groupsFound: String { say("Risk groups", "Групп риска") }
  public var clientsInGroups: String { say("Clients in them", "Клиентов в них") }
  public var ofLeavers: String { say("Of all leavers", "От всех ушедших") }
  public var rulesTried: String { say("Rules tried", "Проверено правил") }
  public var risky: String { say("Those who leave more often", "Уходят чаще") }
  public var loyal: String { say("Those who stay", "Остаются") }
  public var protected: String { say("by gender or age", "по полу или возрасту") }

  public func confirmedOn(_ n: Int) -> String {
    say(
      "confirmed on \(Plural.clients.counted(n, language))",
      "подтверждение: \(Plural.clients.counted(n, language))")
  }

  public func confirmation(here: Double?, n: Int, elsewhere: Double?, p: Double?) -> String {
    let (rate, rest) = (format.percent(here), format.percent(elsewhere))
    let clients = Plural.clients.counted(n, language)
    let sure = format.pValue(p)
    return say(
      "Confirmed on clients the search had not seen: \(rate) of \(clients) against \(rest) elsewhere (\(sure), corrected).",
      "Подтверждено на клиентах, которых поиск не видел: \(rate), \(clients), против \(rest) у прочих (\(sure) с поправкой)."
    )
  }

  public func groupTrait(_ name: String, here: Double, elsewhere: Double, isShare: Bool) -> String {
    let (a, b) =
      isShare
      ? (format.percent(here), format.percent(elsewhere)) : (format.compact(here), format.compact(elsewhere))
    return say("\(name): \(a) against \(b)", "\(name): \(a) против \(b)")
  }

  // MARK: Plan

  public var contacted: String { say("To contact", "Связаться") }
  public var cost: String { say("Cost", "Затраты") }
  public var kept: String { say("Leavers expected to stay", "Удержим, ожидаемо") }
  public var gainLessCost: String { say("Gain less cost", "Выгода за вычетом затрат") }
  public var breakEven: String { say("Breaks even at", "Окупается при") }
  public var ofAssumedEffect: String { say("of the assumed effect", "от принятого действия") }
  public var assumption: String { say("Assumption", "Предположение") }
  public var low: String { say("Low", "Низкое") }
  public var base: String { say("As in the study", "В исследовании") }
  public var high: String { say("High", "Высокое") }
  public var gainAtLow: String { say("Gain at low", "Выгода при низком") }
  public var gainAtHigh: String { say("Gain at high", "Выгода при высоком") }
  public var inPlan: String { say("In the plan", "В плане") }
  public var recommendation: String { say("Recommendation", "Рекомендация") }
  public var treated: String { say("Contacted", "Связаться") }
  public var controlGroup: String { say("Held out", "Контроль") }
  public var wouldLeaveShare: String { say("Would leave", "Уйдут без действий") }
  public var withAction: String { say("With the action", "Уйдут с действиями") }
  public var neededPerArm: String { say("Needed in each arm", "Нужно в каждой части") }
  public var powerAtHand: String { say("Power at hand", "Мощность сейчас") }
  public func heldOut(_ n: Int) -> String {
    n == 0
      ? say("no control group", "без контрольной группы")
      : say(
        "\(format.integer(n)) more held out to compare with",
        "ещё \(format.integer(n)) оставлены для сравнения")
  }

  public func wouldLeave(_ leavers: Double) -> String {
    let n = format.fixed(leavers, decimals: 0)
    return say("of \(n) who would leave", "из \(n), кто ушёл бы")
  }

  public func perUnit(_ ratio: Double?) -> String? {
    ratio.map {
      let number = format.fixed($0, decimals: 2)
      return say("\(number) for each unit spent", "\(number) на единицу затрат")
    }
  }

  public func audience(_ rule: String, minimumRisk: Double?) -> String {
    let risk = minimumRisk.map {
      say(
        ", forecast of leaving at least \(format.percent($0, decimals: 0))",
        ", прогноз ухода не ниже \(format.percent($0, decimals: 0))")
    }
    return say("For: \(rule)\(risk ?? "").", "Кому: \(rule)\(risk ?? "").")
  }

  public func worthwhile(_ n: Int) -> String {
    let clients = Plural.clients.counted(n, language)
    return say("worth contacting: \(clients)", "есть смысл связаться: \(clients)")
  }

  public func action(_ text: String) -> String { say("What to do: \(text)", "Что делать: \(text)") }
  public func measured(_ text: String) -> String { say("Measured by: \(text)", "Чем измерить: \(text)") }

  public func adjustedDifference(raw: Double?, adjusted: Double, by attributes: [String]) -> String {
    let names = attributes.joined(separator: ", ")
    let (a, b) = (format.points(raw), format.points(adjusted))
    return say(
      "Against all others: \(a); with \(names) held equal: \(b).",
      // "п. п." brings its own full stop.
      "Против всех прочих: \(a); при равных признаках (\(names)): \(b)" + (b.hasSuffix(".") ? "" : "."))
  }

  public func experiment(_ design: ExperimentDesign) -> String {
    let (treated, control) = (format.integer(design.treated), format.integer(design.control))
    return say(
      "Experiment: \(treated) contacted, \(control) held out, \(design.durationDays) days. \(verdict(design.verdict)).",
      "Опыт: связаться с \(treated), для сравнения \(control), дней \(design.durationDays). \(verdict(design.verdict))."
    )
  }

  public func verdict(_ verdict: ExperimentDesign.Verdict) -> String {
    switch verdict {
    case .answerable: say("The clients at hand suffice", "Клиентов достаточно")
    case .tooFewClients: say("Too few clients to see the effect", "Клиентов мало, чтобы увидеть эффект")
    case .noControl: say("There is nobody to compare with", "Не с кем сравнить")
    }
  }

  // MARK: Data

  public var rowsRead: String { say("Rows read", "Прочитано строк") }
  public var rowsUsed: String { say("Rows used", "Использовано") }
  public var rowsRejected: String { say("Rejected", "Отклонено") }
  public var duplicatesDropped: String { say("Duplicates dropped", "Убрано повторов") }
  public var notByChance: String { say("not by chance", "не случайно") }
  public var kindOfColumn: String { say("Kind", "Вид") }
  public var about: String { say("About", "О чём") }
}
