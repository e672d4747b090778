/// Association of two attributes in a table of counts.
public struct ContingencyResult: Sendable, Codable, Equatable {
  public let test: HypothesisTest
  /// Rows and columns left after dropping empty ones.
  public let rows: Int
  public let columns: Int
  /// The smallest count expected without association; below 5 the χ² tail is doubtful.
  public let minimumExpected: Double?
  public let cramersV: EffectSize
  public let cramersVBiasCorrected: EffectSize

  public init(
    test: HypothesisTest, rows: Int, columns: Int, minimumExpected: Double?, cramersV: EffectSize,
    cramersVBiasCorrected: EffectSize
  ) {
    self.test = test
    self.rows = rows
    self.columns = columns
    self.minimumExpected = minimumExpected
    self.cramersV = cramersV
    self.cramersVBiasCorrected = cramersVBiasCorrected
  }
}

/// Does one attribute go with another? Pearson's χ² of independence, and how strongly (Cramér's V).
///
/// Formulas: χ² = Σ(O − E)²/E, E = row · column / n, (r − 1)(c − 1) df; with `yates` in 2×2 tables each |O − E| is
/// reduced by at most ½. V = √(χ²/(n·min(r − 1, c − 1))), always from the uncorrected χ²; bias-corrected V by Bergsma.
/// The interval of V inverts noncentral χ²: √(λ/(n·min(r − 1, c − 1))).
/// Empty rows and columns are dropped; undefined where fewer than two of either remain.
/// Assumes independent clients and expected counts of about 5 (`minimumExpected`).
/// Source: H. Cramér 1946; W. Bergsma, Journal of the Korean Statistical Society 42 (2013) 323–328.
/// Python: `scipy.stats.chi2_contingency(table, correction=yates)`, `scipy.stats.contingency.association(table)`;
/// R: `chisq.test(table, correct = yates)`, `effectsize::cramers_v(table)`.
public func chiSquaredContingency(
  _ table: [[Int]], yates: Bool = false, level: Double = 0.95
) -> ContingencyResult {
  let counts = droppingEmptyLines(table)
  let rows = counts.count
  let columns = counts.first?.count ?? 0
  let corrected = yates && rows == 2 && columns == 2
  let name = corrected ? "chiSquaredYates" : "chiSquared"
  let method = corrected ? "Pearson's chi-squared, Yates' correction" : "Pearson's chi-squared"
  let n = total(counts.map { total($0) })
  guard rows > 1, columns > 1 else {
    return ContingencyResult(
      test: .undefined(name, n: n, method: method), rows: rows, columns: columns, minimumExpected: nil,
      cramersV: vEffect(nil, nil), cramersVBiasCorrected: correctedV(nil))
  }
  let all = Double(n)
  let rowSums = counts.map { Double(total($0)) }
  let columnSums = (0..<columns).map { c in Double(total(counts.map { $0[c] })) }
  var plain: [Double] = []
  var reduced: [Double] = []
  var smallest = Double.infinity
  for (r, row) in counts.enumerated() {
    for (c, count) in row.enumerated() {
      let expected = rowSums[r] * columnSums[c] / all
      smallest = min(smallest, expected)
      let gap = abs(Double(count) - expected)
      plain.append(gap * gap / expected)
      let less = gap - min(0.5, gap)
      reduced.append(less * less / expected)
    }
  }
  let chi2 = compensatedSum(plain)
  let statistic = corrected ? compensatedSum(reduced) : chi2
  let df = Double(rows - 1) * Double(columns - 1)
  let short = Double(min(rows, columns) - 1)
  let v = (chi2 / (all * short)).squareRoot()
  return ContingencyResult(
    test: HypothesisTest(
      name, statistic: statistic, degreesOfFreedom: [df], tail: ChiSquared.upper(statistic, df: df), n: n,
      method: method),
    rows: rows, columns: columns, minimumExpected: smallest.ifFinite,
    cramersV: vEffect(v, cramersVInterval(chi2: chi2, df: df, scale: all * short, level: level)),
    cramersVBiasCorrected: correctedV(
      bergsmaV(chi2: chi2, n: all, rows: Double(rows), columns: Double(columns))))
}

private func vEffect(_ estimate: Double?, _ interval: Interval?) -> EffectSize {
  EffectSize(
    name: "cramersV", estimate: estimate, interval: interval,
    method: "sqrt(chi2 / (n min(r - 1, c - 1))), noncentral chi-squared interval")
}

private func correctedV(_ estimate: Double?) -> EffectSize {
  EffectSize(
    name: "cramersVBiasCorrected", estimate: estimate, interval: nil, method: "Bergsma's bias-corrected V")
}

private func bergsmaV(chi2: Double, n: Double, rows: Double, columns: Double) -> Double? {
  guard n > 1 else { return nil }
  let phi2 = max(0, chi2 / n - (rows - 1) * (columns - 1) / (n - 1))
  let r = rows - (rows - 1) * (rows - 1) / (n - 1)
  let c = columns - (columns - 1) * (columns - 1) / (n - 1)
  let least = min(r, c) - 1
  return least > 0 ? (phi2 / least).squareRoot() : nil
}

/// √(λ/scale) for the noncentrality parameters at the edges of surprise.
private func cramersVInterval(chi2: Double, df: Double, scale: Double, level: Double) -> Interval? {
  guard isProperShare(level), chi2.isFinite else { return nil }
  let tail = (1 - level) / 2
  let guess = max(chi2 - df, 0)
  let spread = Normal.critical(level: level) * (2 * (df + 2 * guess)).squareRoot()
  func solve(near start: Double, _ g: (Double) -> Double) -> Double? {
    let atZero = g(0)
    if atZero.isNaN { return nil }
    if atZero >= 0 { return 0 }
    return root(near: max(start, 0), step: 0.1 * spread, within: 0...1e12, g)
  }
  guard
    let low = solve(
      near: guess - spread, { NoncentralChiSquared.upper(chi2, df: df, lambda: $0) - tail }),
    let high = solve(
      near: guess + spread, { tail - NoncentralChiSquared.lower(chi2, df: df, lambda: $0) })
  else { return nil }
  return Interval.ifFinite(
    level: level, (low / scale).squareRoot(), min((high / scale).squareRoot(), 1))
}

/// The table without empty rows and columns; empty for a ragged or negative one.
func droppingEmptyLines(_ table: [[Int]]) -> [[Int]] {
  guard let width = table.first?.count, table.allSatisfy({ $0.count == width && $0.allSatisfy { $0 >= 0 } })
  else { return [] }
  let keep = (0..<width).filter { c in table.contains { $0[c] > 0 } }
  return table.filter { row in row.contains { $0 > 0 } }.map { row in keep.map { row[$0] } }
}
