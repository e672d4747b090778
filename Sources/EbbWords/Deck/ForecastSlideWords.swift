import EbbClients
public import EbbForecast
import EbbSegments
import EbbStatistics
import EbbStudy

/// What the forecast can do, and what drives it.
extension DeckWords {
  public var champion: ModelReport? {
    study.forecast.flatMap { forecast in forecast.champion.flatMap { forecast.model($0) } }
  }

  public var forecastQuality: SlideWords? {
    guard let forecast = study.forecast else { return nil }
    if let refusal = forecast.refusal {
      let words = ForecastWords.refusal(refusal)[language]
      return SlideWords(
        titles: [
          say("There is no forecast: \(words)", "Прогноза нет: \(words)"),
          say("There is no forecast", "Прогноза нет"),
        ],
        lead: "",
        points: [
          say(
            "\(format.integer(forecast.churned)) of \(format.integer(forecast.n)) clients left.",
            "Ушли \(format.integer(forecast.churned)) из \(format.integer(forecast.n)) клиентов."),
          say(
            "More history, or more clients, would make one possible.",
            "Его сделают возможным более долгая история или больше клиентов."),
        ],
        notes: [
          say(
            "Ebb refuses rather than guesses: a model that cannot be judged is worse than none.",
            "Ebb отказывается, а не гадает: модель, которую нельзя проверить, хуже её отсутствия.")
        ])
    }
    guard let model = champion else { return nil }
    let metrics = model.metrics
    let capture = format.percent(metrics.captureTopTenth.estimate)
    let lift = format.fixed(metrics.liftTopTenth.estimate, decimals: 1)
    var points = [
      say(
        "ROC AUC \(format.fixed(metrics.rocAUC.estimate, decimals: 3)), 95% interval \(format.interval(metrics.rocAUC.lower, metrics.rocAUC.upper, decimals: 3)); Gini \(format.fixed(metrics.gini.estimate, decimals: 3)).",
        "ROC AUC \(format.fixed(metrics.rocAUC.estimate, decimals: 3)), интервал 95\u{00A0}% \(format.interval(metrics.rocAUC.lower, metrics.rocAUC.upper, decimals: 3)); Джини \(format.fixed(metrics.gini.estimate, decimals: 3))."
      ),
      say(
        "Forecasts are off by \(format.percent(metrics.ece.estimate)) on average: they can be read as probabilities.",
        "Средняя ошибка вероятности \(format.percent(metrics.ece.estimate)): прогноз можно читать как вероятность."
      ),
    ]
    if let holdOut = forecast.holdOut {
      points.append(
        say(
          "On \(count(holdOut.n)) set aside before any choice: ROC AUC \(format.fixed(holdOut.metrics.rocAUC.estimate, decimals: 3)).",
          "На отложенных заранее (\(count(holdOut.n))): ROC AUC \(format.fixed(holdOut.metrics.rocAUC.estimate, decimals: 3))."
        ))
    }
    return SlideWords(
      titles: [
        say(
          "The tenth of clients at greatest risk holds \(capture) of all leavers, \(lift) times the average",
          "В десятой части с наибольшим риском\u{00A0}— \(capture) всех ушедших, в \(lift) раза больше среднего"
        ),
        say(
          "A tenth of clients holds \(capture) of the leavers", "В десятой части\u{00A0}— \(capture) ушедших"),
      ],
      lead: say(
        "Judged on clients the model had not seen: \(ForecastWords.method(model.name)[language])",
        "Проверено на клиентах, которых модель не видела: \(ForecastWords.method(model.name)[language])"),
      points: points,
      notes: [
        sentence(.forecastQuality),
        say(
          "Left: clients from the highest forecast down, and what share of all leavers is found among them. Right: clients in ten parts by forecast, and what share of each really left; on the dashed line the forecast is exact.",
          "Слева: клиенты от самого высокого прогноза вниз и какая доля всех ушедших среди них. Справа: десять частей по прогнозу и сколько в каждой ушло на деле; на пунктире прогноз точен."
        ),
        say(
          "The table has one moment in time: how early a leaver can be seen is not known from it.",
          "В таблице один момент времени: насколько заранее виден уход, по ней не узнать."),
      ])
  }

  public var gainsAcross: String {
    say("Clients, highest forecast first", "Клиенты, начиная с наибольшего прогноза")
  }
  public var gainsUp: String { say("Share of all leavers", "Доля всех ушедших") }
  public var reliabilityAcross: String { say("Forecast", "Прогноз") }
  public var reliabilityUp: String { say("Share who left", "Доля ушедших") }

  /// The features with a weight, the most important first.
  public var drivers: [FeatureEffect] {
    Array((champion?.importance ?? []).filter { $0.share >= 0.005 }.prefix(8))
  }

  public func name(_ effect: FeatureEffect) -> String {
    name(effect.feature, study.schema.columns.first { $0.column == effect.feature }?.role)
  }

  public func label(_ point: FeatureEffect.Point, of effect: FeatureEffect) -> String {
    let role = study.schema.columns.first { $0.column == effect.feature }?.role
    if let low = point.low, let high = point.high, low == low.rounded(), high == high.rounded(),
      high - low < 1000
    {
      return low == high
        ? format.fixed(low, decimals: 0)
        : format.fixed(low, decimals: 0) + "–" + format.fixed(high, decimals: 0)
    }
    if point.low != nil || point.high != nil {
      return LevelWords(language).name(point.value, role: role, low: point.low, high: point.high, width: 20)
    }
    if role == .products, Int(point.value) != nil { return point.value }
    return label(point.value, column: effect.feature, role: role)
  }

  public var driverSlide: SlideWords? {
    guard let first = drivers.first else { return nil }
    let second = drivers.dropFirst().first
    let share = format.percent(first.share, decimals: 0)
    let (low, high) = (
      first.shape.min { $0.contribution < $1.contribution },
      first.shape.max { $0.contribution < $1.contribution }
    )
    var points: [String] = []
    if let low, let high {
      points.append(
        say(
          "\(capital(name(first))): speaks most for leaving at \(label(high, of: first)), least at \(label(low, of: first)).",
          "\(capital(name(first))): сильнее всего к уходу толкает «\(label(high, of: first))», слабее всего\u{00A0}— «\(label(low, of: first))»."
        ))
    }
    let protected = drivers.filter(\.isSensitive).map(name)
    if !protected.isEmpty {
      points.append(
        say(
          "Protected: \(protected.joined(separator: ", ")) may describe, never decide a price or access.",
          "Защищённые признаки (\(protected.joined(separator: ", "))) описывают, но не решают о цене и доступе."
        ))
    }
    return SlideWords(
      titles: [
        second.map {
          say(
            "The forecast rests on \(name(first)) (\(share)) and \(name($0)) (\(format.percent($0.share, decimals: 0)))",
            "Прогноз держится на признаках: \(name(first)) (\(share)) и \(name($0)) (\(format.percent($0.share, decimals: 0)))"
          )
        },
        say(
          "The forecast rests on \(name(first)) (\(share))",
          "Прогноз держится на признаке «\(name(first))» (\(share))"),
      ].compactMap(\.self),
      lead: say(
        "Left: weight of each attribute in the forecast; right: what the first one adds to the log-odds of leaving",
        "Слева\u{00A0}— вес признаков в прогнозе; справа\u{00A0}— что первый из них добавляет к логарифму шансов ухода"
      ),
      points: points,
      notes: [
        say(
          "Weight: mean absolute contribution to the log-odds of leaving, as a share of the sum over all attributes.",
          "Вес: средний модуль вклада в логарифм шансов ухода, доля от суммы по всем признакам."),
        say(
          "A driver of the forecast is not a cause of leaving: changing it need not change anything.",
          "То, на чём держится прогноз, не обязано быть причиной: изменить признак\u{00A0}— не значит удержать."
        ),
      ])
  }
}
