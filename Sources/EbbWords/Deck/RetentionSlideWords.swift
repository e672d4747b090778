import EbbClients
import EbbForecast
public import EbbRetention
import EbbSegments
import EbbStatistics
import EbbStudy

/// Recommendations, the plan and its money, the experiment.
extension DeckWords {
  public var recommendations: SlideWords? {
    guard let items = study.recommendations?.items, !items.isEmpty else { return nil }
    let actions = items.filter { !$0.isInvestigation }
    var titles: [String] = []
    if let first = actions.first, items.count > 1 {
      titles.append(
        say(
          "The data call for \(items.count) actions; first: \(first.title.en.lowercasedFirst)",
          "Рекомендаций по данным: \(items.count); первая: \(first.title.ru.lowercasedFirst)"))
      titles.append(
        say("The data call for \(items.count) actions", "Рекомендаций по данным: \(items.count)"))
    }
    titles.append(say("What the data call for", "Что подсказывают данные"))
    return SlideWords(
      titles: titles, lead: "",
      notes: [
        say(
          "Each stands on this bank's data: its audience leaves more often than the others, after correction over the whole catalogue (Holm, α = \(format.fixed(study.recommendations?.alpha, decimals: 2))).",
          "Каждая опирается на данные этого банка: её клиенты уходят чаще остальных с поправкой на весь каталог (Холм, α = \(format.fixed(study.recommendations?.alpha, decimals: 2)))."
        ),
        say(
          "That the audience leaves more often is shown; that the offer keeps clients is assumed until an experiment says so.",
          "Что эти клиенты уходят чаще, показано; что предложение удержит, допускается, пока не скажет эксперимент."
        ),
      ])
  }

  /// One recommendation as a card: lines with a heading each.
  public func card(_ item: Recommendation) -> [(heading: String, text: String)] {
    var lines = [
      (say("Whom", "Кого"), audience(item) + ": " + count(item.n)),
      (
        say("Why", "Почему"),
        say(
          "\(format.percent(item.churn.estimate)) leave against \(format.percent(item.elsewhere.estimate)) of the others\(item.adjustedDifference?.estimate.map { "; " + format.points($0) + " with composition equal" } ?? "")",
          "уходят \(format.percent(item.churn.estimate)) против \(format.percent(item.elsewhere.estimate))\(item.adjustedDifference?.estimate.map { "; при равном составе " + format.points($0) } ?? "")"
        )
      ),
      (say("What", "Что"), text(item.action)),
    ]
    if !item.isInvestigation {
      let channels = item.channels.compactMap { id in study.recommendations?.channels.first { $0.id == id } }
        .map { text($0.name) }
      if !channels.isEmpty { lines.append((say("How", "Как"), channels.joined(separator: ", "))) }
      lines.append(
        (
          say("Money", "Деньги"),
          say(
            "gain \(money(item.expectedGain)) at a cost of \(money(item.expectedCost))\(item.breakEvenEffect.map { "; breaks even if " + format.percent($0) + " of leavers stay" } ?? "")",
            "выгода \(money(item.expectedGain)) при затратах \(money(item.expectedCost))\(item.breakEvenEffect.map { "; окупится, если удержать " + format.percent($0) + " уходящих" } ?? "")"
          )
        ))
    }
    lines.append((say("Evidence", "Доказано"), grade(item.grade)))
    lines.append((say("Measure", "Мера"), text(item.measure)))
    return lines
  }

  /// Who is meant: the rule, and the forecast from which on.
  func audience(_ item: Recommendation) -> String {
    guard let risk = item.minimumRisk else { return rules.title(item.audience) }
    let forecast = say(
      "forecast of leaving from \(format.percent(risk))", "прогноз ухода от \(format.percent(risk))")
    return item.audience.conditions.isEmpty
      ? capital(forecast) : rules.title(item.audience) + ", " + forecast
  }

  /// Titles of further pages of cards.
  public func continued(_ titles: [String]) -> String {
    say("Further: ", "Далее: ") + titles.joined(separator: "; ")
  }

  /// What the speaker may add to a card.
  public func cardNote(_ item: Recommendation) -> String {
    card(item).map { $0.heading + ": " + $0.text }.joined(separator: "; ")
      + (item.caution.map { ". " + text($0) } ?? "") + " " + p(item.pValueAdjusted) + "."
  }

  public func grade(_ grade: EvidenceGrade) -> String {
    switch grade {
    case .experiment: say("by an experiment of this bank", "экспериментом этого банка")
    case .adjustedAssociation:
      say("association, composition equal; effect assumed", "связь при равном составе; эффект допущен")
    case .expert: say("expert's opinion; effect assumed", "мнение знатоков; эффект допущен")
    }
  }

  // MARK: Plan

  public var plan: SlideWords? {
    guard let plan = study.plan, plan.contacted.clients > 0 else { return nil }
    let (gain, cost) = (money(plan.contacted.gain), money(plan.contacted.cost))
    let clients = count(plan.contacted.clients)
    var points = [
      say(
        "\(format.fixed(plan.contacted.leavers, decimals: 0)) of them would leave; \(format.fixed(plan.contacted.kept, decimals: 0)) are expected to stay because of it.",
        "Без плана из них уйдут \(format.fixed(plan.contacted.leavers, decimals: 0)); благодаря плану останутся \(format.fixed(plan.contacted.kept, decimals: 0))."
      )
    ]
    if let factor = plan.breakEvenEffectFactor {
      points.append(
        say(
          "It pays until effects are below \(format.percent(factor, decimals: 0)) of what is assumed.",
          "План окупается, пока эффекты не ниже \(format.percent(factor, decimals: 0)) допущенных."))
    }
    if plan.control.clients > 0 {
      points.append(
        say(
          "\(format.integer(plan.control.clients)) clients are held out as a control group.",
          "В контрольной группе без контакта: \(count(plan.control.clients))."))
    }
    return SlideWords(
      titles: [
        say(
          "Contacting \(clients) is expected to gain \(gain) at a cost of \(cost)",
          "План: \(clients), ожидаемая выгода \(gain) при затратах \(cost)"),
        say("Expected gain: \(gain)", "Ожидаемая выгода: \(gain)"),
      ],
      lead: say(
        "In the table's money. Left: value kept, cost, gain; right: gain of the best plan of so many contacts",
        "В деньгах таблицы. Слева: ценность, затраты, выгода; справа: выгода лучшего плана по числу контактов"
      ),
      points: points,
      notes: [
        say(
          "Value of a client: (\(format.percent(plan.assumptions.balanceMargin)) × balance + \(format.compact(plan.assumptions.productValue)) × products) × \(format.compact(plan.assumptions.horizonYears)) years. Gain = Σ probability × effect × value − cost.",
          "Ценность клиента: (\(format.percent(plan.assumptions.balanceMargin)) × остаток + \(format.compact(plan.assumptions.productValue)) × продукты) × \(format.compact(plan.assumptions.horizonYears)) лет. Выгода = Σ вероятность × эффект × ценность − затраты."
        ),
        plan.isOptimal
          ? say("No plan under these limits gains more.", "При этих ограничениях лучшего плана нет.")
          : say(
            "No plan under these limits can gain more than \(money(plan.upperBound)).",
            "Никакой план при этих ограничениях не даст больше \(money(plan.upperBound))."),
        say(
          "Margins, values and effects are assumptions, not figures of the table.",
          "Маржа, ценность и эффекты\u{00A0}— допущения, а не данные таблицы."),
      ])
  }

  public var assumptions: SlideWords? {
    guard let plan = study.plan, plan.contacted.clients > 0,
      let widest = plan.sensitivity.max(by: { spread($0) < spread($1) })
    else { return nil }
    let (low, high) = (
      money(min(widest.gainAtLow, widest.gainAtHigh)), money(max(widest.gainAtLow, widest.gainAtHigh))
    )
    return SlideWords(
      titles: [
        say(
          "The gain hangs most on one assumption, \(assumption(widest.assumption)): from \(low) to \(high)",
          "Сильнее всего на выгоду влияет допущение «\(assumption(widest.assumption))»: от \(low) до \(high)"),
        say("What the gain hangs on", "От чего зависит выгода"),
      ],
      lead: say(
        "Gain of the best plan were one assumption lower or higher",
        "Выгода лучшего плана, если одно допущение ниже или выше"),
      notes: [
        say(
          "Each assumption is moved alone and the plan made anew. Replace them with the bank's own figures before deciding.",
          "Каждое допущение меняется отдельно, план строится заново. До решения замените их цифрами банка.")
      ]
        + (plan.assumptions.overridden.isEmpty
          ? [say("All of them are defaults.", "Все они взяты по умолчанию.")] : []))
  }

  private func spread(_ item: RetentionPlan.Sensitivity) -> Double { abs(item.gainAtHigh - item.gainAtLow) }

  public func assumption(_ name: String) -> String {
    switch name {
    case "balanceMargin": say("margin on balances", "маржа на остатки")
    case "productValue": say("value of a product", "ценность продукта")
    case "horizonYears": say("years a client stays", "сколько лет остаётся клиент")
    case "effectFactor": say("effect of offers", "эффект предложений")
    case "contactCostFactor": say("cost of a contact", "цена контакта")
    case "offerCostFactor": say("cost of an offer", "цена предложения")
    case "campaignDays": say("days of the campaign", "дни кампании")
    default: short(name)
    }
  }

  // MARK: Experiment

  public func title(_ recommendation: String) -> String {
    study.recommendations?.items.first { $0.id == recommendation }.map { text($0.title) }
      ?? short(recommendation)
  }

  public var experiment: SlideWords? {
    guard let designs = study.experiments, !designs.isEmpty else { return nil }
    let able = designs.filter { $0.verdict == .answerable }.count
    return SlideWords(
      titles: [
        able > 0
          ? say(
            "A control group will show whether it works: \(able) of \(designs.count) actions can be judged with the clients at hand",
            "Контрольная группа покажет, работает ли это: клиентов хватает для \(able) из \(designs.count)")
          : designs[0].neededPerEqualArm.map {
            say(
              "Too few clients at hand to see such effects: the first action needs \(format.integer($0)) in each of two arms",
              "Клиентов пока мало, чтобы увидеть эффект: для первого действия нужно по \(format.integer($0)) в двух группах"
            )
          }
            ?? say(
              "The clients at hand are too few to see such effects",
              "Клиентов пока мало, чтобы увидеть эффект"),
        say("How we will know", "Как узнаем, работает ли"),
      ],
      lead: say(
        "Settled before anybody is contacted: sizes, what is expected, the smallest fall that would show",
        "Решено до первого контакта: размеры, ожидание и наименьшее снижение, которое будет видно"),
      notes: [
        say(
          "Clients are assigned at random with a written seed, balanced by strata. α = \(format.fixed(designs[0].alpha, decimals: 2)), power \(format.percent(designs[0].power, decimals: 0)), sizes by Cohen's h.",
          "Клиенты распределены случайно, с записанным зерном и балансом по слоям. α = \(format.fixed(designs[0].alpha, decimals: 2)), мощность \(format.percent(designs[0].power, decimals: 0)), размеры по h Коэна."
        ),
        say(
          "Wait \(designs[0].durationDays) days, then compare shares who left; stop what does not work.",
          "Через \(designs[0].durationDays) дней сравните доли ушедших; что не работает, прекратите."),
      ])
  }

  /// A fall in points of share, without a sign.
  public func fall(_ points: Double) -> String { format.points(points).filter { $0 != "+" } }

  public func verdict(_ verdict: ExperimentDesign.Verdict) -> String {
    switch verdict {
    case .answerable: say("yes", "да")
    case .tooFewClients: say("too few clients", "мало клиентов")
    case .noControl: say("no control group", "нет контроля")
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
