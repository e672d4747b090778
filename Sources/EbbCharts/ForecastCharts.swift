import EbbForecast
import EbbStatistics
import EbbStudy
import EbbWords

extension StudyCharts {
  private var champion: ModelReport? { study.forecast.flatMap { $0.champion.flatMap($0.model) } }

  private func note(_ model: ModelReport) -> String {
    words.forecastNote(model: ForecastWords.method(model.name)[language], n: model.metrics.n)
  }

  public var roc: Chart? {
    guard let model = champion else { return nil }
    let area = model.metrics.rocAUC
    let name = ForecastWords.method(model.name)[language]
    let texts = words.roc(model: name, area: area.estimate, low: area.lower, high: area.upper)
    return Chart(
      id: "forecast.roc", kind: .lines, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.falsePositives, .share), y: .init(words.truePositives, .share),
      series: [
        .init(
          name,
          zip(model.roc.falsePositiveRate, model.roc.truePositiveRate).map { .init(x: $0, y: $1) }),
        .init(words.chance, [.init(x: 0, y: 0), .init(x: 1, y: 1)]),
      ], note: note(model))
  }

  /// Share of leavers reached by share of clients contacted.
  public var gains: Chart? {
    guard let model = champion, model.deciles.rows.count > 1 else { return nil }
    let rows = model.deciles.rows
    let texts = words.gains(share: rows[1].cumulativeShare, capture: rows[1].capture)
    return Chart(
      id: "forecast.gains", kind: .lines, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.contactedShare, .share), y: .init(words.captured, .share),
      series: [
        .init(
          ForecastWords.method(model.name)[language],
          [.init(x: 0, y: 0)] + rows.map { .init(x: $0.cumulativeShare, y: $0.capture) }),
        .init(words.chance, [.init(x: 0, y: 0), .init(x: 1, y: 1)]),
      ], note: note(model))
  }

  public var lift: Chart? {
    guard let model = champion, let first = model.deciles.rows.first else { return nil }
    let texts = words.lift(top: first.lift)
    return Chart(
      id: "forecast.lift", kind: .bars, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.tenthAxis, .category), y: .init(words.lift, .number(decimals: 2)),
      series: [
        .init(
          words.lift,
          model.deciles.rows.map { row in
            .init(
              label: words.tenth(row.decile), y: row.lift, n: Int(row.n.rounded()),
              isHighlighted: row.decile == 1)
          })
      ],
      reference: .init(1, words.bankAverage), note: note(model))
  }

  /// Forecast against what happened.
  public var calibration: Chart? {
    guard let model = champion else { return nil }
    let bins = model.calibration.after.bins
    let texts = words.calibration(error: model.metrics.ece.estimate)
    let end = bins.map { max($0.meanForecast, $0.interval?.high ?? $0.rate) }.max() ?? 1
    return Chart(
      id: "forecast.calibration", kind: .lines, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.forecastAxis, .share), y: .init(words.observedAxis, .share),
      series: [
        .init(
          ForecastWords.method(model.name)[language],
          bins.map {
            .init(
              x: $0.meanForecast, y: $0.rate, low: $0.interval?.low, high: $0.interval?.high, n: $0.n)
          }),
        .init(words.perfect, [.init(x: 0, y: 0), .init(x: end, y: end)]),
      ], note: note(model))
  }

  public var importance: Chart? {
    guard let model = champion, let first = model.importance.first else { return nil }
    let effects = Array(model.importance.prefix(Self.levelLimit))
    let top = min(3, effects.count)
    let texts = words.importance(
      first: heading(first.feature), share: first.share, top: top,
      topShare: effects.prefix(top).reduce(0) { $0 + $1.share })
    return Chart(
      id: "forecast.importance", kind: .bars, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.attributeAxis, .category), y: .init(words.importanceShare, .share),
      series: [
        .init(
          words.importanceShare,
          effects.enumerated().map { index, effect in
            .init(label: heading(effect.feature), y: effect.share, isHighlighted: index < top)
          })
      ], note: note(model))
  }

  /// What each feature does to the forecast, the most important first.
  public var shapes: [Chart] {
    guard let model = champion else { return [] }
    return model.importance.prefix(12).filter { $0.share >= 0.005 }.compactMap {
      shape($0, note: note(model))
    }
  }

  private func shape(_ effect: FeatureEffect, note: String) -> Chart? {
    let role = role(effect.feature)
    func label(_ point: FeatureEffect.Point) -> String {
      words.level(point.value, role, low: point.low, high: point.high)
    }
    guard let highest = effect.shape.max(by: { $0.contribution < $1.contribution }) else { return nil }
    let texts = words.shape(
      feature: heading(effect.feature), highest: (label(highest), highest.contribution))
    return Chart(
      id: "shape.\(effect.feature)", kind: .bars, title: texts.title, alternativeText: texts.alternative,
      x: .init(heading(effect.feature), .category), y: .init(words.logOdds, .number(decimals: 2)),
      series: [
        .init(
          words.logOdds,
          effect.shape.map {
            .init(label: label($0), y: $0.contribution, n: $0.n, isHighlighted: $0.contribution > 0)
          })
      ],
      reference: .init(0, words.noEffect), note: note)
  }
}
