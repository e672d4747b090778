import EbbClients
public import EbbRetention
import EbbSegments
public import EbbStudy

/// A plan and its experiments in sentences, every figure from the study.
public struct RetentionWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// "Contact 1,800 of 10,000 clients; 200 more, drawn at random, are held out to compare with."
  public func selection(_ plan: RetentionPlan) -> String {
    let contacted = Plural.clients.counted(plan.contacted.clients, language)
    let all = format.integer(plan.clients)
    let control = format.integer(plan.control.clients)
    guard plan.control.clients > 0 else {
      return say("Contact \(contacted) of \(all).", "Связаться: \(contacted) из \(all).")
    }
    return say(
      "Contact \(contacted) of \(all); \(control) more, drawn at random, are held out to compare with.",
      "Связаться: \(contacted) из \(all); ещё \(control), взятые наугад, остаются для сравнения.")
  }

  /// "Of them 812 would leave, about 74 stay because of it; cost 160,000, gain 240,000 (1.5 for each unit spent)."
  public func money(_ plan: RetentionPlan) -> String {
    let totals = plan.contacted
    let leavers = format.fixed(totals.leavers, decimals: 0)
    let kept = format.fixed(totals.kept, decimals: 0)
    let cost = format.fixed(totals.cost, decimals: 0)
    let gain = format.fixed(totals.gain, decimals: 0)
    let ratio =
      totals.returnOnCost.map {
        say(
          ", \(format.fixed($0, decimals: 2)) for each unit spent",
          ", \(format.fixed($0, decimals: 2)) на единицу затрат")
      } ?? ""
    return say(
      "About \(leavers) of them would leave, \(kept) stay because of it; it costs \(cost) and gains \(gain)\(ratio).",
      "Из них ушли бы около \(leavers), благодаря плану останутся \(kept); затраты \(cost), выгода \(gain)\(ratio)."
    )
  }

  /// "The plan breaks even at 0.31 of the assumed effects; one more contact would gain 12."
  public func breakEven(_ plan: RetentionPlan) -> String {
    var text = ""
    if let factor = plan.breakEvenEffectFactor {
      text = say(
        "It breaks even if offers work at \(format.percent(factor, decimals: 0)) of the assumed effect.",
        "План окупается, пока предложения действуют хотя бы на \(format.percent(factor, decimals: 0)) от принятого."
      )
    }
    if let price = plan.priceOfContact, price > 0 {
      text += text.isEmpty ? "" : " "
      text += say(
        "One more contact would gain \(format.compact(price)).",
        "Ещё один контакт принёс бы \(format.compact(price)).")
    }
    if let price = plan.priceOfBudget, price > 0 {
      text += text.isEmpty ? "" : " "
      text += say(
        "One more unit of budget would gain \(format.compact(price)).",
        "Ещё единица бюджета принесла бы \(format.compact(price)).")
    }
    if !plan.isOptimal {
      text += " "
      text += say(
        "No plan can gain more than \(format.fixed(plan.upperBound, decimals: 0)).",
        "Никакой план не даст больше \(format.fixed(plan.upperBound, decimals: 0)).")
    }
    return text
  }

  /// `nil` where everybody may be contacted.
  public func permission(_ plan: RetentionPlan) -> String? {
    guard plan.withoutConsent + plan.doNotContact > 0 else { return nil }
    let (without, no) = (format.integer(plan.withoutConsent), format.integer(plan.doNotContact))
    return say(
      "Left out: \(without) without consent, \(no) who asked not to be contacted.",
      "Исключены: без согласия \(without), просили не беспокоить \(no).")
  }

  /// "Four-fifths rule by gender: fails (ж 12.1%, м 5.0%, ratio 0.41)."
  public func fairness(_ selection: RetentionPlan.Selection, _ study: Study) -> String {
    let entry = study.schema.columns.first { $0.column == selection.attribute }
    let name =
      entry.map { $0.role == .attribute ? selection.attribute : RoleWords.name($0.role)[language] }
      ?? selection.attribute
    let judged = selection.groups.filter { $0.ratio != nil }
    guard let ratio = selection.lowestRatio, let passes = selection.passesFourFifths,
      let low = judged.min(by: { $0.rate < $1.rate }), let high = judged.max(by: { $0.rate < $1.rate })
    else {
      return say(
        "Four-fifths rule by \(name): too few clients to judge.",
        "Правило четырёх пятых, \(name): клиентов слишком мало, чтобы судить.")
    }
    func group(_ group: RetentionPlan.Selection.Group) -> String {
      LevelWords(language).name(group.value, role: entry?.role, low: group.low, high: group.high) + " "
        + format.percent(group.rate)
    }
    let verdict = passes ? say("holds", "соблюдено") : say("does not hold", "нарушено")
    return say(
      "Four-fifths rule by \(name): \(verdict) (selected: \(group(high)), \(group(low)); ratio \(format.fixed(ratio, decimals: 2))).",
      "Правило четырёх пятых, \(name): \(verdict) (попадают в список: \(group(high)), \(group(low)); отношение \(format.fixed(ratio, decimals: 2)))."
    )
  }

  /// "Assumed: margin 3% of the balance a year, …; --assume changes them."
  public func assumptions(_ plan: RetentionPlan) -> String {
    let money = plan.assumptions
    let margin = format.percent(money.balanceMargin)
    let value = format.compact(money.productValue)
    let years = format.compact(money.horizonYears)
    return say(
      "Assumed: the bank earns \(margin) of a balance and \(value) a product a year; horizon \(years) years; effects and costs as in the catalogue. --assume changes them.",
      "Допущения: банк зарабатывает в год \(margin) от остатка и \(value) с продукта; горизонт, лет: \(years); эффекты и цены из каталога. Меняет их --assume."
    )
  }

  /// The verdict for a cell of a table; `ExperimentWords` says it in full.
  func shortVerdict(_ design: ExperimentDesign) -> String {
    switch design.verdict {
    case .answerable: return say("can answer", "ответит")
    case .noControl: return say("no control group", "нет контрольной группы")
    case .tooFewClients:
      guard let treated = design.neededTreated, let control = design.neededControl else {
        return say("cannot answer", "не ответит")
      }
      let (t, c) = (format.integer(treated), format.integer(control))
      let text = say("cannot answer: needs \(t) and \(c)", "не ответит: нужно \(t) и \(c)")
      guard let equal = design.neededPerEqualArm else { return text }
      return text + say(", or \(format.integer(equal)) each", " или по \(format.integer(equal))")
    }
  }
}
