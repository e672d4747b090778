extension NativeChart {
  /// A waterfall of native stacked columns: the first and last stand on the axis, steps float on an invisible bar. All of
  /// it lies above zero, or below, where start and end do. The figures stand under the names, written as the deck's language
  /// writes them: no bar is too thin for them.
  static func waterfall(
    names: [String], figures: [String], categoryTitle: String, start: Double, steps: [Double], end: Double,
    totals: String,
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
    let totalBars = Series(name: totals, values: whole, colour: .calm)
    let rises = Series(name: rise, values: up, colour: riseColour)
    let falls = Series(name: fall, values: down, colour: fallColour)
    var chart = NativeChart(
      kind: .columns, isStacked: true, categoryTitle: categoryTitle,
      categories: zip(names, figures).map { $0 + "\n" + $1 },
      series: [lift, totalBars, rises, falls].filter { series in series.values.contains { $0 != nil } })
    chart.labelFormat = format
    chart.valueAxis = .init(format: format, isHidden: true)
    chart.gap = 40
    return chart
  }
}
