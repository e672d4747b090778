import EbbClients
import EbbForecast
import EbbRetention
import EbbSegments
import EbbStatistics
import EbbStudy

/// The cover, and the whole story on one page.
extension DeckWords {
  public var cover: SlideWords {
    let rate = study.churn.map { format.percent($0.overall.estimate) }
    let start: String
    if let rate {
      start = say("\(rate) of clients have left", "Ушли \(rate) клиентов")
    } else {
      start = say("A study of client churn", "Исследование оттока клиентов")
    }
    var titles: [String] = []
    if let worst = headline {
      titles.append(
        start
          + say(
            "; most is lost among \(worst.name), \(worst.rate)",
            "; больше всего потерь\u{00A0}— \(worst.name), \(worst.rate)"))
    }
    titles.append(start)
    let source =
      study.provenance.source == "-"
      ? say("standard input", "стандартный ввод") : short(study.provenance.source, width: 60)
    return SlideWords(
      titles: titles,
      lead: say(
        "Client churn: who leaves, why, and whom to keep",
        "Отток клиентов: кто уходит, почему и кого удержать"),
      points: [
        say(
          "\(count(study.schema.clients)), from \(source)",
          "\(count(study.schema.clients)), по данным \(source)"),
        say("Study \(run)", "Исследование \(run)"),
      ],
      notes: [
        say(
          "The answer first: how many leave and where most is lost. Everything that follows can be traced to study.json, study \(run).",
          "Сначала ответ: сколько уходит и где теряем больше всего. Все дальнейшие числа взяты из study.json, исследование \(run)."
        ), overallSentence, intervalNote,
      ].filter { !$0.isEmpty })
  }

  var overallSentence: String { sentence(.overallChurn) }

  func sentence(_ kind: Finding.Kind) -> String {
    study.findings.first { $0.kind == kind }.map { FindingWords(language).sentence($0) } ?? ""
  }

  /// The level at which most is lost, as the findings have it.
  var headline: (name: String, rate: String, share: String)? {
    guard let found = study.findings.first(where: { $0.kind == .highestChurnLevel }),
      let value = found.subject["value"], let column = found.subject["attribute"]
    else { return nil }
    let name = people(
      value, column: column, role: found.subject["role"].flatMap(Role.init(rawValue:)),
      low: found.figures["from"],
      high: found.figures["to"])
    return (
      name, format.percent(found.figures["rate"]), format.percent(found.figures["shareOfChurned"])
    )
  }

  /// Three figures of the first page.
  public var keyFigures: [KeyFigure] {
    var figures: [KeyFigure] = []
    if let churn = study.churn {
      figures.append(
        KeyFigure(
          figure: format.percent(churn.overall.estimate),
          meaning: say("of clients have left", "клиентов ушли"),
          detail: say(
            "\(format.integer(churn.overall.successes)) of \(format.integer(churn.overall.n)), 95% interval \(interval(churn.overall))",
            "\(format.integer(churn.overall.successes)) из \(format.integer(churn.overall.n)), интервал 95\u{00A0}% \(interval(churn.overall))"
          ), isAlarm: true))
    }
    if let left = study.segments?.byChurn.first(where: { $0.churned == $0.n && $0.n > 0 }),
      let balance = left.balance,
      let share = balance.share
    {
      figures.append(
        KeyFigure(
          figure: format.percent(share),
          meaning: say("of balances left with them", "остатков ушло вместе с ними"),
          detail: say(
            "\(money(balance.sum)) in the table's money, \(count(balance.holders)) with a balance",
            "\(money(balance.sum)) в деньгах таблицы, с остатком \(count(balance.holders))"), isAlarm: true))
    }
    if let plan = study.plan, plan.contacted.clients > 0 {
      figures.append(
        KeyFigure(
          figure: money(plan.contacted.gain), meaning: say("a year to gain by the plan", "выгоды даст план"),
          detail: say(
            "contact \(format.integer(plan.contacted.clients)) at a cost of \(money(plan.contacted.cost)), by stated assumptions",
            "контактов \(format.integer(plan.contacted.clients)), затраты \(money(plan.contacted.cost)), при явных допущениях"
          ),
          isAlarm: false))
    } else if let metrics = championMetrics {
      figures.append(
        KeyFigure(
          figure: format.percent(metrics.captureTopTenth.estimate),
          meaning: say(
            "of leavers are in the riskiest tenth", "ушедших\u{00A0}— в десятой части с наибольшим риском"),
          detail: say(
            "forecast judged on clients it had not seen, 95% interval \(format.percentInterval(metrics.captureTopTenth.lower, metrics.captureTopTenth.upper))",
            "прогноз проверен на клиентах, которых не видел, интервал 95\u{00A0}% \(format.percentInterval(metrics.captureTopTenth.lower, metrics.captureTopTenth.upper))"
          ), isAlarm: false))
    }
    return figures
  }

  var championMetrics: ForecastMetrics? {
    study.forecast.flatMap { forecast in forecast.champion.flatMap { forecast.model($0)?.metrics } }
  }

  public var summary: SlideWords {
    let rate = format.percent(study.churn?.overall.estimate)
    var titles: [String] = []
    if let plan = study.plan, plan.contacted.clients > 0 {
      titles.append(
        say(
          "\(rate) leave; contacting \(count(plan.contacted.clients)) is expected to gain \(money(plan.contacted.gain))",
          "Уходят \(rate); ожидаемая выгода плана (контактов: \(format.integer(plan.contacted.clients)))\u{00A0}— \(money(plan.contacted.gain))"
        ))
    }
    if let metrics = championMetrics {
      let capture = format.percent(metrics.captureTopTenth.estimate, decimals: 0)
      titles.append(
        say(
          "\(rate) leave, and it can be foreseen: a tenth of clients holds \(capture) of the leavers",
          "Уходят \(rate), и это предсказуемо: в десятой части клиентов\u{00A0}— \(capture) всех ушедших"))
    }
    titles.append(say("\(rate) of clients leave", "Уходят \(rate) клиентов"))
    return SlideWords(
      titles: titles, lead: "", points: found,
      notes: [
        say(
          "One page for those who read only one: three figures, what we found, what to do.",
          "Одна страница для тех, кто прочтёт только её: три числа, что нашли, что делать."),
        overallSentence, sentence(.forecastQuality), intervalNote,
      ].filter { !$0.isEmpty })
  }

  /// What was found, in few lines.
  private var found: [String] {
    var lines: [String] = []
    if let headline {
      lines.append(
        say(
          "\(capital(headline.name)): \(headline.rate) leave, \(headline.share) of all leavers.",
          "\(capital(headline.name)): уходят \(headline.rate), это \(headline.share) всех ушедших."))
    }
    if let stability = study.segments?.stability {
      lines.append(
        say(
          "Steadiest: \(products(stability.most)), \(format.percent(stability.mostChurn.estimate)) leave; shakiest: \(products(stability.least)), \(format.percent(stability.leastChurn.estimate)).",
          "Устойчивее всего: \(products(stability.most)), уходят \(format.percent(stability.mostChurn.estimate)); хуже всего: \(products(stability.least)), \(format.percent(stability.leastChurn.estimate))."
        ))
    }
    if let group = study.riskGroups?.risk.first {
      lines.append(
        say(
          "At greatest risk: \(rules.text(group.rule)): \(format.percent(group.churn.estimate)) leave.",
          "Наибольший риск: \(rules.text(group.rule)): уходят \(format.percent(group.churn.estimate))."))
    }
    if let forecast = study.forecast, let refusal = forecast.refusal {
      lines.append(
        say(
          "No forecast: \(ForecastWords.refusal(refusal)[language]).",
          "Прогноза нет: \(ForecastWords.refusal(refusal)[language])."))
    } else if let metrics = championMetrics {
      lines.append(
        say(
          "The forecast ranks a leaver above a stayer \(format.percent(metrics.rocAUC.estimate, decimals: 0)) of the time.",
          "Прогноз ставит уходящего выше остающегося в \(format.percent(metrics.rocAUC.estimate, decimals: 0)) случаев."
        ))
    }
    return lines
  }

  /// What to do; empty without recommendations.
  public var actions: [String] {
    guard let items = study.recommendations?.items, !items.isEmpty else { return fallbackActions }
    return items.prefix(3).map { text($0.title) + " (" + count($0.n) + ")" }
  }

  private var fallbackActions: [String] {
    var lines: [String] = []
    if study.forecast?.champion != nil {
      lines.append(
        say(
          "Score clients with the saved model and begin with the riskiest tenth.",
          "Посчитать риск клиентов сохранённой моделью и начать с верхней десятой части."))
    }
    if let least = study.segments?.stability?.least {
      lines.append(
        say(
          "Find out why clients with \(products(least)) leave before offering anything.",
          "До любых предложений выяснить, почему уходят клиенты: \(products(least))."))
    }
    lines.append(
      say(
        "Prove any offer with a control group before paying for all.",
        "Любое предложение проверить на контрольной группе, прежде чем платить за всех."))
    return lines
  }

  /// A product group: "2 products".
  func products(_ value: String) -> String {
    Int(value).map { Plural.products.counted($0, language) } ?? clients(value, column: "", role: .products)
  }
}
