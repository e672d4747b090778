/// What the charts of the forecast, the groups and the plan say.
extension ChartWords {
  // MARK: Forecast

  public var falsePositives: String { say("Share of stayers flagged", "Доля отмеченных среди оставшихся") }
  public var truePositives: String { say("Share of leavers flagged", "Доля отмеченных среди ушедших") }
  public var chance: String { say("at random", "наугад") }
  public var perfect: String { say("exact", "точно") }
  public var contactedShare: String {
    say(
      "Share of clients contacted, highest risk first",
      "Доля клиентов, которым звонят, начиная с высокого риска")
  }
  public var captured: String { say("Share of all leavers reached", "Доля охваченных ушедших") }
  public var lift: String { say("Times the bank's rate", "Во сколько раз выше среднего") }
  public var forecastAxis: String { say("Forecast of leaving", "Прогноз ухода") }
  public var observedAxis: String { say("Share who left in fact", "Доля ушедших на деле") }
  public var importanceShare: String { say("Share of the forecast", "Доля в прогнозе") }

  public var tenthAxis: String { say("Tenth of clients by forecast", "Десятая клиентов по прогнозу") }

  public func forecastNote(model: String, n: Int) -> String {
    let clients = Plural.clients.counted(n, language)
    return say(
      "Model: \(model); judged out of fold on \(clients).",
      "Модель: \(model); проверка вне обучающих частей, \(clients).")
  }

  public func tenth(_ number: Int) -> String {
    switch language {
    case .english:
      number == 1 ? "1st tenth" : number == 2 ? "2nd tenth" : number == 3 ? "3rd tenth" : "\(number)th tenth"
    case .russian: "\(number)-я десятая"
    }
  }

  public func roc(model: String, area: Double, low: Double, high: Double) -> Texts {
    let chance = format.percent(area, decimals: 0)
    let interval = format.interval(low, high, decimals: 3)
    return Texts(
      say(
        "A leaver gets the higher forecast in \(chance) of pairs (ROC AUC \(format.fixed(area, decimals: 3)))",
        "В \(chance) пар прогноз выше у того, кто ушёл (ROC AUC \(format.fixed(area, decimals: 3)))"),
      say(
        "ROC curve of the \(model), out of fold; area with 95% interval \(interval).",
        "ROC-кривая модели «\(model)» вне обучающих частей; площадь с интервалом 95\u{00A0}% \(interval)."))
  }

  public func gains(share: Double, capture: Double) -> Texts {
    let (part, caught) = (format.percent(share, decimals: 0), format.percent(capture, decimals: 0))
    return Texts(
      say(
        "The riskiest \(part) of clients hold \(caught) of those who leave",
        "\(part) самых рискованных клиентов охватывают \(caught) ушедших"),
      say(
        "Line: share of leavers reached by share of clients contacted; the dashed line is contact at random.",
        "Линия: доля охваченных ушедших по доле клиентов, которым звонят; пунктир: звонки наугад."))
  }

  public func lift(top: Double) -> Texts {
    let times = format.fixed(top, decimals: 1)
    return Texts(
      say(
        "In the riskiest tenth \(times) times as many leave as on average",
        "В самой рискованной десятой уходят в \(times) раза чаще среднего"),
      say(
        "Bars: rate of each tenth of clients by forecast over the bank's rate, highest forecast first.",
        "Столбцы: отток каждой десятой клиентов по прогнозу относительно среднего, начиная с высокого прогноза."
      ))
  }

  public func calibration(error: Double) -> Texts {
    let points = format.percent(error)
    return Texts(
      say(
        "Forecasts are off by \(points) of clients on average",
        "В среднем прогноз расходится с фактом на \(points) клиентов"),
      say(
        "Dots: share who left against forecast in ten groups, with 95% intervals; exact forecasts lie on the diagonal.",
        "Точки: доля ушедших против прогноза в десяти группах с интервалами 95\u{00A0}%; точный прогноз лежит на диагонали."
      ))
  }

  public func importance(first: String, share: Double, top: Int, topShare: Double) -> Texts {
    let (one, all) = (format.percent(share, decimals: 0), format.percent(topShare, decimals: 0))
    return Texts(
      say(
        "\(first) carries \(one) of the forecast, the first \(top) attributes \(all)",
        "\(first): \(one) прогноза; на первые \(top) признака приходится \(all)"),
      say(
        "Bars: share of each attribute in the forecast, by mean absolute contribution to the log-odds.",
        "Столбцы: доля каждого признака в прогнозе по среднему модулю вклада в логарифм шансов."))
  }

  public func shape(feature: String, highest: (name: String, value: Double)) -> Texts {
    let value = format.signed(highest.value, decimals: 2)
    return Texts(
      say(
        "\(feature): risk is highest at \(highest.name) (\(value))",
        "\(feature): риск выше всего при значении \(highest.name) (\(value))"),
      say(
        "Bars: mean contribution to the log-odds of leaving by value of \(feature); right of zero raises the risk.",
        "Столбцы: средний вклад в логарифм шансов ухода по значениям признака «\(feature)»; правее нуля риск выше."
      ))
  }

  // MARK: Groups and hypotheses

  public func riskGroups(coveredShare: Double, ofChurned: Double?) -> Texts {
    let (part, caught) = (format.percent(coveredShare, decimals: 0), format.percent(ofChurned, decimals: 0))
    return Texts(
      say(
        "Groups found hold \(part) of clients and \(caught) of those who left",
        "В найденных группах \(part) клиентов и \(caught) ушедших"),
      say(
        "Bars: share who left in each group found, with 95% intervals; the dashed line is all clients.",
        "Столбцы: доля ушедших в каждой найденной группе с интервалами 95\u{00A0}%; пунктир: все клиенты."))
  }

  public func loyalGroups(rate: Double, overall: Double) -> Texts {
    let (low, all) = (format.percent(rate), format.percent(overall))
    return Texts(
      say(
        "In the most loyal group \(low) leave, against \(all) of all",
        "В самой верной группе уходят \(low) против \(all) в целом"),
      say(
        "Bars: share who left in each loyal group found, with 95% intervals; the dashed line is all clients.",
        "Столбцы: доля ушедших в каждой найденной верной группе с интервалами 95\u{00A0}%; пунктир: все клиенты."
      ))
  }

  public var groupAxis: String { say("Group", "Группа") }

  public func forest(differ: Int, of count: Int) -> Texts {
    Texts(
      say(
        "Of \(count) numbers, \(differ) differ noticeably between those who left and stayed",
        "Чисел, которые у ушедших и оставшихся заметно различаются: \(differ) из \(count)"),
      say(
        "Dots with 95% intervals: effect of each attribute against churn; the dashed line is no difference.",
        "Точки с интервалами 95\u{00A0}%: эффект каждого признака относительно оттока; пунктир: нет различия."
      ))
  }

  public func groupMeans(measure: String, by: String, verdict: String) -> Texts {
    Texts(
      say("\(measure) by \(by): \(verdict)", "\(measure), группы «\(by)»: \(verdict)"),
      say(
        "Dots with 95% intervals: mean of \(measure) in each group by \(by).",
        "Точки с интервалами 95\u{00A0}%: среднее «\(measure)» в каждой группе по признаку «\(by)»."))
  }

  public func groupRates(by: String, verdict: String) -> Texts {
    Texts(
      say("Churn by \(by): rates \(verdict)", "Отток, группы «\(by)»: доли \(verdict)"),
      say(
        "Dots with 95% intervals: share who left in each group by \(by).",
        "Точки с интервалами 95\u{00A0}%: доля ушедших в каждой группе по признаку «\(by)»."))
  }

  public func mean(of measure: String) -> String { say("Mean: \(measure)", "Среднее: \(measure)") }

  // MARK: Plan

  public var contacts: String { say("Clients contacted", "Клиентов в плане") }
  public var gain: String { say("Expected gain less cost", "Ожидаемая выгода за вычетом затрат") }
  public var gainOfPlan: String { say("Gain of the plan", "Выгода плана") }
  public var assumptionAxis: String { say("Assumption", "Предположение") }
  public var noGain: String { say("no gain", "без выгоды") }
  public var assumptionsNote: String {
    say("Rests on the assumptions listed beside it.", "Держится на предположениях, перечисленных рядом.")
  }
  public var leftAgainstStayed: String {
    say("Left less stayed, standard deviations", "Ушли минус остались, стандартных отклонений")
  }
  public var plan: String { say("plan", "план") }

  public func gainCurve(contacts: Int, gain: Double) -> Texts {
    let (clients, money) = (Plural.clients.counted(contacts, language), format.fixed(gain, decimals: 0))
    return Texts(
      say(
        "The most is gained at \(clients): \(money), if the assumptions hold",
        "Наибольшая выгода при охвате \(clients): \(money), если верны предположения"),
      say(
        "Line: expected gain less cost of the best plan by number of clients contacted.",
        "Линия: ожидаемая выгода за вычетом затрат лучшего плана по числу клиентов."))
  }

  public func tornado(widest: String, low: Double, high: Double) -> Texts {
    let (from, to) = (format.fixed(low, decimals: 0), format.fixed(high, decimals: 0))
    return Texts(
      say(
        "Most depends on \(widest): the gain runs from \(from) to \(to)",
        "Больше всего решает \(widest): выгода от \(from) до \(to)"),
      say(
        "Bars: gain of the plan with each assumption at its low and high value, widest first.",
        "Столбцы: выгода плана при нижнем и верхнем значении каждого предположения, самые широкие сверху."))
  }

  /// A field of `MoneyAssumptions`.
  public func assumption(_ name: String) -> String {
    switch name {
    case "balanceMargin": say("margin on balance, a year", "маржа с остатка в год")
    case "productValue": say("income from a product, a year", "доход с продукта в год")
    case "horizonYears": say("years a kept client stays", "на сколько лет остаётся удержанный")
    case "effectFactor": say("effect of the offers", "действие предложений")
    case "contactCostFactor": say("cost of a contact", "цена контакта")
    case "offerCostFactor": say("cost of an offer", "цена предложения")
    case "campaignDays": say("days of the campaign", "дней кампании")
    default: TextTable.visible(name)
    }
  }
}
