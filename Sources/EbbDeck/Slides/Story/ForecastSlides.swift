import EbbForecast
import EbbStatistics
import EbbStudy
import EbbWords

/// What the forecast can do, and what drives it.
extension SlideComposer {
  var forecast: [Slide] {
    guard let said = words.forecastQuality else { return [] }
    guard let model = words.champion else {
      return [slide(said) { content in [points(said.points, in: content).element].compactMap(\.self) }]
    }
    return [
      slide(said) { content in
        let (top, below) = content.top(Int(Double(content.height) * 0.72), gap: Self.gap / 2)
        let halves = top.columns(2, gap: 2 * Self.gap)
        return [
          Slide.Element(
            name: "Gains", box: halves[0], content: .chart(gains(model)),
            alternative: alternative(said)),
          Slide.Element(
            name: "Reliability", box: halves[1], content: .chart(reliability(model)),
            alternative: label(.forecast) + " / " + label(.observed) + ". " + said.lead),
          points(said.points, in: below, sizes: [16, 15, 14]).element,
        ].compactMap(\.self)
      }
    ]
  }

  private func gains(_ model: ModelReport) -> NativeChart {
    let rows = model.deciles.rows
    var curve = NativeChart.Series(
      name: label(.model), values: [0] + rows.map(\.capture), xValues: [0] + rows.map(\.cumulativeShare),
      colour: .alarm)
    (curve.isJoined, curve.hasMarkers, curve.width) = (true, true, 2.5)
    var chance = NativeChart.Series(name: label(.chance), values: [0, 1], xValues: [0, 1], colour: .quiet)
    (chance.isJoined, chance.isDashed, chance.width) = (true, true, 1.5)
    var chart = NativeChart(
      kind: .scatter, categoryTitle: label(.share), categories: (0...rows.count).map { String($0) },
      series: [curve, chance])
    chart.labelFormat = "0.0%"
    chart.categoryAxis = .init(title: words.gainsAcross, format: "0%", minimum: 0, maximum: 1, step: 0.2)
    chart.valueAxis = .init(
      title: words.gainsUp, format: "0%", minimum: 0, maximum: 1, step: 0.2, hasGrid: true)
    chart.hasLegend = true
    return chart
  }

  private func reliability(_ model: ModelReport) -> NativeChart {
    let bins = model.calibration.after.bins
    let most = bins.flatMap { [$0.meanForecast, $0.rate] }.max() ?? 1
    // A multiple of the step between lines.
    let step = most > 0.5 ? 0.2 : 0.1
    let edge = min(1, (most / step).rounded(.up) * step)
    var points = NativeChart.Series(
      name: label(.observed), values: bins.map(\.rate), xValues: bins.map(\.meanForecast), colour: .calm)
    points.hasMarkers = true
    var exact = NativeChart.Series(
      name: label(.perfect), values: [0, edge], xValues: [0, edge], colour: .quiet)
    (exact.isJoined, exact.isDashed, exact.width) = (true, true, 1.5)
    var chart = NativeChart(
      kind: .scatter, categoryTitle: label(.share), categories: bins.indices.map { String($0 + 1) },
      series: [points, exact])
    chart.labelFormat = "0.0%"
    chart.categoryAxis = .init(
      title: words.reliabilityAcross, format: "0%", minimum: 0, maximum: edge, step: step)
    chart.valueAxis = .init(
      title: words.reliabilityUp, format: "0%", minimum: 0, maximum: edge, step: step, hasGrid: true)
    chart.hasLegend = true
    return chart
  }

  var drivers: [Slide] {
    guard let said = words.driverSlide, let first = words.drivers.first else { return [] }
    let rows = words.drivers.enumerated().map { index, effect in
      BarRow(
        label: words.capitalised(words.name(effect)), value: effect.share, low: nil, high: nil,
        cells: [words.format.percent(effect.share, decimals: 0)], colour: index == 0 ? .alarm : .calm)
    }
    return [
      slide(said) { content in
        let (top, below) = content.top(Int(Double(content.height) * 0.74), gap: Self.gap / 2)
        let (left, right) = top.left(Int(Double(top.width) * 0.48), gap: 2 * Self.gap)
        return tableBars(
          rows,
          columns: [
            TableColumn(heading: label(.trait)),
            TableColumn(heading: label(.share), alignment: .right),
          ], in: left, tableShare: 0.62, series: label(.importance), categoryTitle: label(.trait),
          format: "0%",
          alternative: alternative(said), tallest: 0.46
        ).elements
          + [
            Slide.Element(
              name: "Shape", box: right, content: .chart(shape(first)),
              alternative: said.points.first ?? said.lead),
            points(said.points, in: below, sizes: [16, 15, 14]).element,
          ].compactMap(\.self)
      }
    ]
  }

  private func shape(_ effect: FeatureEffect) -> NativeChart {
    let points = effect.shape.prefix(12)
    var bars = NativeChart.Series(
      name: label(.contribution), values: points.map(\.contribution), colour: .calm)
    for (index, point) in points.enumerated() where point.contribution > 0 {
      bars.pointColours[index] = .alarm
    }
    var chart = NativeChart(
      kind: .columns, categoryTitle: words.name(effect),
      categories: points.map { words.label($0, of: effect) },
      series: [bars])
    chart.labelFormat = "0.00"
    chart.valueAxis = .init(title: label(.contribution), format: "0.0", hasGrid: true)
    chart.categoryAxis = .init(title: words.capitalised(words.name(effect)))
    chart.gap = 30
    return chart
  }
}
