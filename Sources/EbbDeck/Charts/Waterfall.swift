extension NativeChart {
  /// A waterfall of native stacked columns: the first and last stand on the axis, steps float on an invisible bar. All of
  /// it lies above zero, or below, where start and end do.
  static func waterfall(
    names: [String], categoryTitle: String, start: Double, steps: [Double], end: Double, totals: String,
    rise: String,
    fall: String, riseColour: DeckColour, fallColour: DeckColour, format: String = "0.0%"
  ) -> NativeChart {
    let count = steps.count + 2
    var base = [Double?](repeating: nil, count: count)
    var whole = [Double?](repeating: nil, count: count)
    var up = [Double?](repeating: nil, count: count)
    var down = [Double?](repeating: nil, count: count)
    whole[0] = start
    whole[count - 1] = end
    var level = start
    for (index, step) in steps.enumerated() {
      let next = level + step
      // A bar that crosses the axis would need a part on either side; the step is then drawn from the axis.
      base[index + 1] = level * next >= 0 ? (level.magnitude < next.magnitude ? level : next) : 0
      if step >= 0 { up[index + 1] = step } else { down[index + 1] = -step }
      level = next
    }
    var lift = Series(name: " ", values: base, colour: .paper)
    lift.isInvisible = true
    var totalBars = Series(name: totals, values: whole, colour: .calm)
    totalBars.hasLabels = true
    var rises = Series(name: rise, values: up, colour: riseColour)
    rises.hasLabels = true
    var falls = Series(name: fall, values: down, colour: fallColour)
    falls.hasLabels = true
    // On a bar of some height the number stands in the background's colour; on a thin one it spills over.
    let highest = max(start.magnitude, end.magnitude, level.magnitude)
    func coloured(_ series: Series) -> Series {
      var series = series
      let least = series.values.compactMap { $0?.magnitude }.min() ?? 0
      if least > highest * 0.1 { series.labelColour = .paper }
      return series
    }
    var chart = NativeChart(
      kind: .columns, isStacked: true, categoryTitle: categoryTitle, categories: names,
      series: [lift, coloured(totalBars), coloured(rises), coloured(falls)].filter { series in
        series.values.contains { $0 != nil }
      })
    chart.labelFormat = format
    chart.valueAxis = .init(format: format, isHidden: true)
    chart.gap = 40
    return chart
  }
}
