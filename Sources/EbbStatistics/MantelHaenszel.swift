import Glibc

/// Association of two yes/no attributes over strata of a third.
public struct MantelHaenszelResult: Sendable, Codable, Equatable {
  /// Is there any association within the strata? (Cochran-Mantel-Haenszel, no continuity correction.)
  public let test: HypothesisTest
  /// The common odds ratio, with the Robins-Breslow-Greenland interval.
  public let oddsRatio: EffectSize
  /// The common relative risk of the first column, first row against second, with the Greenland-Robins interval.
  public let relativeRisk: EffectSize
  /// Is the odds ratio the same in every stratum? (Breslow-Day.)
  public let homogeneity: HypothesisTest

  public init(
    test: HypothesisTest, oddsRatio: EffectSize, relativeRisk: EffectSize, homogeneity: HypothesisTest
  ) {
    self.test = test
    self.oddsRatio = oddsRatio
    self.relativeRisk = relativeRisk
    self.homogeneity = homogeneity
  }
}

/// Does an association hold within strata, and how strong is it there? Mantel-Haenszel over 2×2 tables [[a, b], [c, d]].
///
/// Formulas, n the stratum's size: OR = Σ(ad/n)/Σ(bc/n); χ² = (Σ(a − E))²/ΣV with E = (a + b)(a + c)/n and
/// V = (a + b)(c + d)(a + c)(b + d)/(n²(n − 1)), 1 df; RR = Σ(a(c + d)/n)/Σ(c(a + b)/n).
/// Assumes one odds ratio for all strata (see `homogeneity`). Strata below two clients are left out.
/// Source: N. Mantel & W. Haenszel, JNCI 22 (1959) 719–748; J. Robins, N. Breslow & S. Greenland, Biometrics 42 (1986);
/// N. E. Breslow & N. E. Day 1980. Python: `statsmodels.stats.contingency_tables.StratifiedTable(tables)`;
/// R: `mantelhaen.test(tables, correct = FALSE)`, `DescTools::BreslowDayTest`.
public func mantelHaenszel(_ tables: [[[Int]]], level: Double = 0.95) -> MantelHaenszelResult {
  let strata = tables.compactMap(FourFold.init).filter { $0.n > 1 }
  let count = total(strata.map { Int($0.n) })
  let oddsMethod = "Mantel-Haenszel, Robins-Breslow-Greenland interval"
  let odds = sum(strata) { $0.a * $0.d / $0.n } / sum(strata) { $0.b * $0.c / $0.n }
  return MantelHaenszelResult(
    test: cochranTest(strata, n: count),
    oddsRatio: EffectSize(
      name: "oddsRatio", estimate: odds,
      interval: logInterval(odds, standardError: logOddsError(strata), level: level), method: oddsMethod),
    relativeRisk: pooledRisk(strata, level: level), homogeneity: breslowDay(strata, odds: odds, n: count))
}

private struct FourFold {
  let a, b, c, d: Double
  var n: Double { a + b + c + d }

  init?(_ table: [[Int]]) {
    guard table.count == 2, table.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0 >= 0 && $0 < 1 << 50 } })
    else { return nil }
    (a, b, c, d) = (Double(table[0][0]), Double(table[0][1]), Double(table[1][0]), Double(table[1][1]))
  }
}

private func sum(_ strata: [FourFold], _ term: (FourFold) -> Double) -> Double {
  compensatedSum(strata.map(term))
}

private func cochranTest(_ strata: [FourFold], n: Int) -> HypothesisTest {
  let name = "cochranMantelHaenszel"
  let method = "Cochran-Mantel-Haenszel, no continuity correction"
  let gap = sum(strata) { ($0.a * $0.d - $0.b * $0.c) / $0.n }
  let variance = sum(strata) {
    ($0.a + $0.b) / $0.n * (($0.c + $0.d) / $0.n) * ($0.a + $0.c) * (($0.b + $0.d) / ($0.n - 1))
  }
  guard variance > 0 else { return .undefined(name, n: n, method: method) }
  let chi2 = gap * gap / variance
  return HypothesisTest(
    name, statistic: chi2, degreesOfFreedom: [1], tail: ChiSquared.upper(chi2, df: 1), n: n, method: method)
}

/// Standard error of the pooled log odds ratio (Robins, Breslow & Greenland 1986).
private func logOddsError(_ strata: [FourFold]) -> Double {
  let r = sum(strata) { $0.a * $0.d / $0.n }
  let s = sum(strata) { $0.b * $0.c / $0.n }
  let pr = sum(strata) { ($0.a + $0.d) / $0.n * ($0.a * $0.d / $0.n) }
  let mixed = sum(strata) {
    ($0.a + $0.d) / $0.n * ($0.b * $0.c / $0.n) + ($0.b + $0.c) / $0.n * ($0.a * $0.d / $0.n)
  }
  let qs = sum(strata) { ($0.b + $0.c) / $0.n * ($0.b * $0.c / $0.n) }
  return ((pr / (r * r) + mixed / (r * s) + qs / (s * s)) / 2).squareRoot()
}

private func pooledRisk(_ strata: [FourFold], level: Double) -> EffectSize {
  let r = sum(strata) { $0.a * ($0.c + $0.d) / $0.n }
  let s = sum(strata) { $0.c * ($0.a + $0.b) / $0.n }
  let variance = sum(strata) {
    let (n1, n2) = ($0.a + $0.b, $0.c + $0.d)
    return (n1 / $0.n * n2 * (($0.a + $0.c) / $0.n) - $0.a * $0.c / $0.n)
  }
  return EffectSize(
    name: "relativeRisk", estimate: r / s,
    interval: logInterval(r / s, standardError: (variance / (r * s)).squareRoot(), level: level),
    method: "Mantel-Haenszel, Greenland-Robins interval")
}

/// Σ(a − A)²/V with A the first cell expected under the common odds ratio.
private func breslowDay(_ strata: [FourFold], odds: Double, n: Int) -> HypothesisTest {
  let method = "Breslow-Day, without Tarone's correction"
  // Strata with an empty margin say nothing of the odds ratio.
  let used = strata.filter { $0.a + $0.b > 0 && $0.c + $0.d > 0 && $0.a + $0.c > 0 && $0.b + $0.d > 0 }
  guard used.count > 1, odds > 0, odds.isFinite else { return .undefined("breslowDay", n: n, method: method) }
  let statistic = sum(used) { s in
    let rows = s.a + s.b
    let columns = s.a + s.c
    let expected = commonCell(row: rows, column: columns, n: s.n, odds: odds)
    let variance =
      1
      / (1 / expected + 1 / (columns - expected) + 1 / (rows - expected) + 1
        / (s.n - rows - columns + expected))
    return (s.a - expected) * (s.a - expected) / variance
  }
  let df = Double(used.count - 1)
  return HypothesisTest(
    "breslowDay", statistic: statistic, degreesOfFreedom: [df], tail: ChiSquared.upper(statistic, df: df),
    n: n,
    method: method)
}

/// The first cell of a table with these margins and this odds ratio: a root of a quadratic, in its stable form.
private func commonCell(row: Double, column: Double, n: Double, odds: Double) -> Double {
  let a = 1 - odds
  let b = odds * (row + column) + (n - row - column)
  let c = -odds * row * column
  let discriminant = max(b * b - 4 * a * c, 0).squareRoot()
  return -2 * c / (b + discriminant)
}
