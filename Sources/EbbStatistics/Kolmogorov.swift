import Glibc

/// The distribution of Kolmogorov's two-sided D of one sample of n, by the plan of Simard & L'Ecuyer.
///
/// Source: R. Simard & P. L'Ecuyer, Journal of Statistical Software 39 (2011), issue 11.
/// Python: `scipy.stats.kstwo.sf(d, n)`; R: `ks.test` for one sample.
enum Kolmogorov {
  static func upper(_ d: Double, n: Double) -> Tail? {
    guard n >= 1, n.rounded() == n, d.isFinite else { return nil }
    if d >= 1 { return Tail(0, log: nil) }
    let t = n * d
    if t <= 0.5 { return Tail(1) }
    if t <= 1 { return Tail(1 - exp(logFactorialRatio(n) + n * log(2 * t - 1))) }
    if t >= n - 1 { return Tail(log: 0.693147180559945309 + n * log1p(-d)) }
    if d >= 0.5 { return twiceSmirnov(d, n) }
    let nd2 = t * d
    if n <= 140 {
      if nd2 <= 0.754693 { return Tail(1 - durbinMatrix(d, n)) }
      if nd2 <= 4 { return Tail(1 - pomeranz(d, n)) }
      return twiceSmirnov(d, n)
    }
    if nd2 >= 2.2 { return twiceSmirnov(d, n) }
    if n <= 100_000 && n * pow(d, 1.5) <= 1.4 { return Tail(1 - durbinMatrix(d, n)) }
    return Tail(1 - pelzGood(d, n))
  }

  /// Twice the one-sided tail, which is right where both sides cannot happen at once (nearly).
  private static func twiceSmirnov(_ d: Double, _ n: Double) -> Tail? {
    smirnovLog(d, n).flatMap { Tail(log: $0)?.doubled }
  }

  /// ln(n!/nⁿ).
  private static func logFactorialRatio(_ n: Double) -> Double {
    0.5 * log(2 * .pi * n) - n + stirlingError(n)
  }

  /// ln P(D⁺ ≥ d) = ln Σ d/(d + v/n) · binomial(v; n, d + v/n).
  static func smirnovLog(_ d: Double, _ n: Double) -> Double? {
    if n > 100_000 {
      let t = 6 * n * d + 1
      let z = t * t / (18 * n)
      let correction = 1 - (2 * z * z - 4 * z - 1) / (18 * n)
      if correction > 0.5 { return -z + log(correction) }
      return -z
    }
    let last = Int(n * (1 - d))
    var logs: [Double] = []
    logs.reserveCapacity(last + 1)
    for v in 0...last {
      let x = Double(v)
      let p = d + x / n
      let q = 1 - d - x / n
      if q < 0 || p > 1 { continue }
      logs.append(logBinomial(x, n, p, q) + log(d / p))
    }
    guard let top = logs.max(), top.isFinite else { return nil }
    return top + log(compensatedSum(logs.map { exp($0 - top) }))
  }
}
