/// By how much does the share differ, first row − second, within strata? The Mantel-Haenszel risk difference of 2×2
/// tables [[a, b], [c, d]].
///
/// Formula, n₁ = a + b, n₂ = c + d, n = n₁ + n₂: Δ = Σ(a n₂/n − c n₁/n)/Σ(n₁n₂/n); variance
/// (Δ Σ(c (n₁/n)² − a (n₂/n)² + (n₁/n)(n₂/n)(n₂ − n₁)/2) + Σ(a(n₂ − c) + c(n₁ − a))/(2n)) / (Σ n₁n₂/n)².
/// Unit: share. Assumes one difference for all strata; good for few large strata and for many small ones. Strata with an
/// empty row say nothing and weigh nothing.
/// Source: T. Sato, Biometrics 45 (1989) 1323–1324. R: `metafor::rma.mh(measure = "RD", ...)`.
public func mantelHaenszelRiskDifference(_ tables: [[[Int]]], level: Double = 0.95) -> EffectSize {
  let strata = tables.compactMap(TwoRows.init)
  let weight = compensatedSum(strata.map { $0.first * $0.second * $0.n })
  let estimate = compensatedSum(strata.map { $0.a * $0.second - $0.c * $0.first }) / weight
  let slope = compensatedSum(
    strata.map { s in
      s.c * s.first * s.first - s.a * s.second * s.second
        + s.first * s.second * (s.n2 - s.n1) / 2
    })
  let spread = compensatedSum(
    strata.map { s in (s.a * (s.n2 - s.c) + s.c * (s.n1 - s.a)) / (2 * s.n) })
  let error = max(estimate * slope + spread, 0).squareRoot() / weight
  let interval =
    isProperShare(level) && weight > 0
    ? Interval.ifFinite(
      level: level, max(estimate - Normal.critical(level: level) * error, -1),
      min(estimate + Normal.critical(level: level) * error, 1)) : nil
  return EffectSize(
    name: "riskDifference", estimate: estimate, interval: interval, method: "Mantel-Haenszel, Sato interval")
}

private struct TwoRows {
  let a, c, n1, n2: Double
  var n: Double { n1 + n2 }
  /// Shares of the stratum that each row makes up.
  var first: Double { n1 / n }
  var second: Double { n2 / n }

  init?(_ table: [[Int]]) {
    guard table.count == 2, table.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0 >= 0 && $0 < 1 << 50 } })
    else { return nil }
    (a, c) = (Double(table[0][0]), Double(table[1][0]))
    (n1, n2) = (a + Double(table[0][1]), c + Double(table[1][1]))
    if n1 == 0 || n2 == 0 { return nil }
  }
}
