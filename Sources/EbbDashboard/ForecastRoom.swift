import EbbCharts
import EbbClients
import EbbForecast
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// How well leaving can be foreseen, what drives it, and one client scored by hand.
struct ForecastRoom {
  let study: Study
  let charts: StudyCharts
  let cube: CubeData?
  private let words: DashboardWords
  private let names: ChartWords

  init(_ study: Study, _ charts: StudyCharts, _ cube: CubeData? = nil) {
    self.study = study
    self.charts = charts
    self.cube = cube
    words = DashboardWords(charts.language)
    names = ChartWords(charts.language)
  }

  var blocks: [JSONValue] {
    guard let forecast = study.forecast else { return [] }
    if let refusal = forecast.refusal {
      return [PageBlock.text(words.noForecast(ForecastWords.refusal(refusal)[charts.language]))]
    }
    let language = charts.language
    let pictures = [charts.gains, charts.lift, charts.roc, charts.calibration].compactMap(\.self)
    var out: [JSONValue?] = [facts(forecast), PageBlock.charts(pictures, language), simulator(forecast)]
    if let expected = cube?.twins(.expected, language) {
      out += [PageBlock.heading(words.expectedHeading), expected]
    }
    out += [
      PageBlock.heading(words.drivers), PageBlock.alone(charts.importance, language),
      PageBlock.charts(charts.shapes, language),
      PageBlock.heading(words.models), models(forecast), bySegment(forecast), fairness(forecast),
    ]
    return out.compactMap(\.self)
  }

  private func role(_ column: String) -> Role? { study.schema.columns.first { $0.column == column }?.role }

  private func facts(_ forecast: Forecast) -> JSONValue? {
    guard let champion = forecast.champion, let metrics = forecast.model(champion)?.metrics else {
      return nil
    }
    func fact(_ title: String, _ figure: Estimate, _ unit: Chart.Unit) -> PageBlock.Fact {
      .init(
        title, .number(figure.estimate), PageBlock.unit(unit),
        beside: ChartNumbers(charts.language).interval(figure.lower, figure.upper, unit))
    }
    return PageBlock.facts([
      .init(
        words.model, .text(ForecastWords.method(champion)[charts.language]),
        beside: forecast.choice.map { ForecastWords.reason($0.reason)[charts.language] }),
      fact("ROC AUC", metrics.rocAUC, .number(decimals: 3)),
      fact(words.gini, metrics.gini, .number(decimals: 3)),
      fact(words.captureTopTenth, metrics.captureTopTenth, .share),
      fact(words.liftTopTenth, metrics.liftTopTenth, .number(decimals: 2)),
      fact("ECE", metrics.ece, .number(decimals: 4)),
    ])
  }

  private func models(_ forecast: Forecast) -> JSONValue? {
    var table = PageTable(
      "models", words.models,
      [
        .init(words.model), .init("ROC AUC", "number3"), .init(words.interval, "number3", interval: true),
        .init(words.gini, "number3"), .init("KS", "number3"), .init("PR AUC", "number3"),
        .init("log-loss", "number4"), .init("Brier", "number4"), .init("ECE", "number4"),
        .init(words.liftTopTenth, "number2"),
      ])
    table.rows = forecast.models.map { model in
      let m = model.metrics
      let name = ForecastWords.method(model.name)[charts.language]
      return [
        .text(model.name == forecast.champion ? name + " ←" : name), .number(m.rocAUC.estimate),
        PageBlock.interval(m.rocAUC.lower, m.rocAUC.upper), .number(m.gini.estimate), .number(m.ks.estimate),
        .number(m.prAUC.estimate), .number(m.logLoss.estimate), .number(m.brier.estimate),
        .number(m.ece.estimate), .number(m.liftTopTenth.estimate),
      ]
    }
    table.note = forecast.n < forecast.tableCount ? words.drawn(forecast.n, of: forecast.tableCount) : nil
    return table.block(charts.language)
  }

  private func bySegment(_ forecast: Forecast) -> JSONValue? {
    var table = PageTable(
      "forecast-segments", words.bySegment,
      [
        .init(words.attribute), .init(words.value), .init(words.clients, "number0"),
        .init(words.expected, "share"), .init(words.observed, "share"),
        .init(words.interval, "share", interval: true), .init("ROC AUC", "number3"),
      ])
    table.rows = forecast.bySegment.map { row in
      [
        .text(names.heading(row.attribute, role(row.attribute))),
        .text(names.level(row.value, role(row.attribute), low: row.low, high: row.high)), .integer(row.n),
        .number(row.expected), JSONValue(row.observed.estimate),
        PageBlock.interval(row.observed.interval?.low, row.observed.interval?.high), JSONValue(row.rocAUC),
      ]
    }
    return table.block(charts.language)
  }

  private func fairness(_ forecast: Forecast) -> JSONValue? {
    guard let fairness = forecast.fairness else { return nil }
    var table = PageTable(
      "fairness", words.fairness,
      [
        .init(words.attribute), .init(words.value), .init(words.clients, "number0"),
        .init(words.observed, "share"), .init(words.selected, "share"), .init(words.ratio, "number2"),
        .init(words.fourFifths),
      ])
    for attribute in fairness.attributes {
      for group in attribute.groups {
        let cell = group.forecast
        table.rows.append([
          .text(names.heading(attribute.attribute, role(attribute.attribute))),
          .text(names.level(cell.value, role(attribute.attribute), low: cell.low, high: cell.high)),
          .integer(cell.n), JSONValue(cell.observed.estimate), .number(group.selectionRate),
          JSONValue(group.selectionRatio),
          .text(group.passesFourFifths.map { $0 ? words.holds : words.fails } ?? "—"),
        ])
      }
    }
    table.note = words.fairnessNote(fairness.contactShare)
    return table.block(charts.language)
  }

  // MARK: One client

  /// The card that the champion is, else the additive one.
  private var card: PointsTable? {
    guard let forecast = study.forecast else { return nil }
    return forecast.champion == .scorecard
      ? forecast.card ?? forecast.cardWithPairs : forecast.cardWithPairs ?? forecast.card
  }

  private func simulator(_ forecast: Forecast) -> JSONValue? {
    guard let card, !card.characteristics.isEmpty else { return nil }
    let place = Dictionary(
      card.characteristics.enumerated().map { ($1.feature, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = card.pairs.compactMap { pair -> JSONValue? in
      guard let first = place[pair.first], let second = place[pair.second] else { return nil }
      return [
        "first": .integer(first), "second": .integer(second),
        "points": .list(pair.points.map { .list($0.map { .integer($0) }) }),
      ]
    }
    return [
      "kind": "simulator",
      "card": .object(leavingOutNull: [
        "basePoints": .integer(card.basePoints), "pairs": .list(pairs),
        "scale": [
          "baseScore": .number(card.scale.baseScore), "baseOdds": .number(card.scale.baseOdds),
          "pointsToDouble": .number(card.scale.pointsToDouble),
        ],
        "overall": JSONValue(study.churn?.overall.estimate),
        "characteristics": .list(
          card.characteristics.map { characteristic in
            [
              "bins": .list(
                characteristic.bins.map {
                  .object(leavingOutNull: ["points": .integer($0.points), "n": JSONValue($0.n)])
                })
            ]
          }),
      ]),
    ]
  }

  /// Names of the card's characteristics and bands.
  var cardWords: JSONValue? {
    guard let card else { return nil }
    return [
      "characteristics": .list(
        card.characteristics.map { characteristic in
          let role = role(characteristic.feature)
          return [
            "title": .text(names.heading(characteristic.feature, role)),
            "bins": .list(
              characteristic.bins.map { bin in
                let parts = bin.low == nil && bin.high == nil ? bin.value.components(of: " | ") : [bin.value]
                let said = parts.map { names.level($0, role, low: bin.low, high: bin.high, width: 60) }
                return .text(said.joined(separator: ", "))
              }),
          ]
        })
    ]
  }
}

extension String {
  /// Parts between a separator.
  fileprivate func components(of separator: String) -> [String] {
    var out: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      out.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return out + [String(rest)]
  }
}
