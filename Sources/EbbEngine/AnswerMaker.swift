import EbbStatistics

/// Makes answers from the figures of a walk.
struct AnswerMaker {
  let axes: [Axis]

  func levels(_ view: MeasureView) -> [[Level]] { view.axes.map { axes[$0].levels } }

  // MARK: Moments

  func moments(_ view: MeasureView, _ figures: MeasureFigures) -> CellMoments {
    let values = figures.n.indices.map { cell in
      figures.reals.map { real($0, figures, cell) } ?? exact(figures, cell)
    }
    return CellMoments(axes: levels(view), values: values, missing: figures.missing)
  }

  /// Each figure is a fraction of whole numbers, rounded once.
  private func exact(_ figures: MeasureFigures, _ cell: Int) -> Moments {
    let source = figures.source
    let sums = figures.sums[cell]
    guard case .scaled(let low, let scale) = source.unit, sums.n > 0 else {
      return empty(pivot: source.presentCount > 0 ? source.number(0) : 0)
    }
    let unit = WideInteger(powerOfTen: scale)
    let n = WideInteger(sums.n)
    let s1 = WideInteger(sums.first)
    let central = CentralSums(sums)
    return Moments(
      n: sums.n, pivot: source.number(0), offset: s1.divided(by: n * unit),
      m2: central.second.divided(by: n * unit * unit),
      m3: central.third.divided(by: n * n * unit * unit * unit),
      m4: central.fourth.divided(by: n * n * n * unit * unit * unit * unit),
      sum: (s1 + n * WideInteger(Int128(low))).divided(by: unit),
      minimum: figures.lowest[cell].map(source.number), maximum: figures.highest[cell].map(source.number))
  }

  private func real(_ reals: RealFigures, _ figures: MeasureFigures, _ cell: Int) -> Moments {
    let plain = reals.plain.sums[cell]
    guard plain.n > 0, let about = reals.aboutMean else { return empty(pivot: reals.pivot) }
    let n = Double(plain.n)
    let p = (0..<4).map { about.sums[cell].powers[$0].value }
    // What is left of Σd is the rounding of the mean; put it right in all of them.
    let rest = p[0] / n
    let constant = figures.lowest[cell] == figures.highest[cell]
    return Moments(
      n: plain.n, pivot: reals.pivot, offset: about.origin[cell] + rest,
      m2: constant ? 0 : p[1] - n * rest * rest,
      m3: constant ? 0 : p[2] - 3 * rest * p[1] + 2 * n * rest * rest * rest,
      m4: constant ? 0 : p[3] - 4 * rest * p[2] + 6 * rest * rest * p[1] - 3 * n * rest * rest * rest * rest,
      sum: plain.powers[0].value, minimum: figures.lowest[cell].map(figures.source.number),
      maximum: figures.highest[cell].map(figures.source.number))
  }

  private func empty(pivot: Double) -> Moments {
    Moments(n: 0, pivot: pivot, offset: 0, m2: 0, m3: 0, m4: 0, sum: 0, minimum: nil, maximum: nil)
  }

  // MARK: Order

  func quantiles(_ view: MeasureView, _ figures: MeasureFigures, _ probabilities: [Double]) -> CellQuantiles {
    let values = figures.n.indices.map { cell -> [Double]? in
      if figures.n[cell] == 0 { return nil }
      return probabilities.map { figures.quantile($0, cell: cell) ?? 0 }
    }
    return CellQuantiles(axes: levels(view), probabilities: probabilities, values: values)
  }

  func ranks(_ view: MeasureView, _ ranks: RankFigures) -> CellRanks {
    let walk = ranks.walk
    let k = walk.n.count
    let cells = ranks.sizes.reduce(1, *)
    var n = [Int](repeating: 0, count: cells)
    var rankSum = [Double](repeating: 0, count: cells)
    var pairs: [PairRanks] = []
    for i in 0..<k {
      n[ranks.cells[i]] = walk.n[i]
      // A rank is one more than the rows below, ties by half: within the cell n(n + 1)/2, across cells U.
      var twice = walk.n[i] * (walk.n[i] + 1)
      for j in 0..<k where j != i { twice += walk.twiceU[i * k + j] }
      rankSum[ranks.cells[i]] = Double(twice) / 2
      for j in i + 1..<max(k, i + 1) {
        let ties = walk.ownTies[i] + walk.ownTies[j] + walk.crossTies[i * k + j] + walk.crossTies[j * k + i]
        let distance = max(walk.farthest[i * k + j], walk.farthest[j * k + i])
        pairs.append(
          PairRanks(
            first: ranks.cells[i], second: ranks.cells[j], n1: walk.n[i], n2: walk.n[j],
            u1: Double(walk.twiceU[i * k + j]) / 2, tieTerm: Double(ties),
            maximumDistance: Double(distance) / Double(walk.n[i] * walk.n[j])))
      }
    }
    let axisLevels = zip(view.axes, ranks.sizes).map { axis, size in Array(axes[axis].levels.prefix(size)) }
    return CellRanks(
      axes: axisLevels, n: n, rankSum: rankSum, tieTerm: Double(walk.pooledTies), pairs: pairs)
  }

  // MARK: Deviations

  func deviations(
    _ view: MeasureView, _ figures: MeasureFigures, _ center: Question.Center
  ) -> CellDeviations {
    let values = figures.n.indices.map { cell -> Deviations in
      let n = figures.n[cell]
      if n == 0 { return Deviations(n: 0, center: nil, sum: 0, sumOfSquares: 0) }
      if let reals = figures.reals { return real(reals, figures, center, cell) }
      return exact(figures, center, cell)
    }
    return CellDeviations(axes: levels(view), values: values)
  }

  private func exact(_ figures: MeasureFigures, _ center: Question.Center, _ cell: Int) -> Deviations {
    guard case .scaled(let low, let scale) = figures.source.unit, let split = figures.deviations[center]
    else {
      return Deviations(n: 0, center: nil, sum: 0, sumOfSquares: 0)
    }
    let sums = figures.sums[cell]
    let unit = WideInteger(powerOfTen: scale)
    let (n, s1) = (WideInteger(sums.n), WideInteger(sums.first))
    let (nBelow, sBelow) = (WideInteger(split.below[cell]), WideInteger(split.sumBelow[cell]))
    let two = WideInteger(2)
    switch center {
    case .mean:
      // What is missing below the mean is above it: twice the one side.
      let side = s1 * nBelow - n * sBelow
      return Deviations(
        n: sums.n, center: (s1 + n * WideInteger(Int128(low))).divided(by: n * unit),
        sum: (two * side).divided(by: n * unit),
        sumOfSquares: CentralSums(sums).second.divided(by: n * unit * unit))
    case .median:
      let first = figures.order((sums.n - 1) / 2, cell) ?? 0
      let second = figures.order(sums.n / 2, cell) ?? first
      let twice = WideInteger(UInt128(first) + UInt128(second))
      let below = twice * nBelow - two * sBelow
      let above = two * (s1 - sBelow) - twice * (n - nBelow)
      let squares = WideInteger(4) * sums.second - WideInteger(4) * twice * s1 + n * twice * twice
      let sum = (below + above).divided(by: two * unit)
      return Deviations(
        n: sums.n, center: figures.quantile(0.5, cell: cell), sum: sum,
        sumOfSquares: squares.divided(by: WideInteger(4) * unit * unit))
    }
  }

  private func real(
    _ reals: RealFigures, _ figures: MeasureFigures, _ center: Question.Center, _ cell: Int
  ) -> Deviations {
    let n = figures.n[cell]
    switch center {
    case .mean:
      guard let about = reals.aboutMean else { break }
      return Deviations(
        n: n, center: reals.plain.sums[cell].powers[0].value / Double(n),
        sum: about.sums[cell].absolute.value, sumOfSquares: about.sums[cell].powers[1].value)
    case .median:
      guard let about = reals.aboutMedian else { break }
      return Deviations(
        n: n, center: about.origin[cell], sum: about.sums[cell].absolute.value,
        sumOfSquares: about.sums[cell].powers[1].value)
    }
    return Deviations(n: 0, center: nil, sum: 0, sumOfSquares: 0)
  }
}

/// n·Σ(x − mean)², n²·Σ(x − mean)³ and n³·Σ(x − mean)⁴ as whole numbers.
struct CentralSums {
  let second: WideInteger
  let third: WideInteger
  let fourth: WideInteger

  init(_ sums: WidePowerSums) {
    let n = WideInteger(sums.n)
    let s1 = WideInteger(sums.first)
    second = n * sums.second - s1 * s1
    third = n * n * sums.third - WideInteger(3) * n * s1 * sums.second + WideInteger(2) * s1 * s1 * s1
    fourth =
      n * n * n * sums.fourth - WideInteger(4) * n * n * s1 * sums.third
      + WideInteger(6) * n * s1 * s1 * sums.second - WideInteger(3) * s1 * s1 * s1 * s1
  }
}
