import Glibc

/// Is there any association in a 2×2 table? Fisher's exact test, two-sided; the statistic is the odds ratio.
///
/// The p-value sums the probabilities of all tables with the same margins that are no likelier than this one. The
/// odds ratio is the plain ad/(bc), `nil` where bc = 0. Exact for any counts. With an empty row or column p is 1.
/// Source: R. A. Fisher 1935. Python: `scipy.stats.fisher_exact(table)`; R: `fisher.test(table)` (its odds ratio is the
/// conditional estimate).
public func fisherExact(_ table: [[Int]]) -> HypothesisTest {
  let method = "Fisher's exact test, two-sided"
  guard table.count == 2, table.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0 >= 0 } }) else {
    return .undefined("fisherExact", n: 0, method: method)
  }
  let (a, b, c, d) = (table[0][0], table[0][1], table[1][0], table[1][1])
  let n = total([a, b, c, d])
  guard n < 1 << 52 else { return .undefined("fisherExact", n: n, method: method) }
  func result(_ odds: Double?, _ tail: Tail?) -> HypothesisTest {
    HypothesisTest(
      name: "fisherExact", statistic: odds?.ifFinite, degreesOfFreedom: [], pValue: tail?.probability,
      log10PValue: tail?.log10, n: n, method: method)
  }
  guard a + b > 0, c + d > 0, a + c > 0, b + d > 0 else { return result(nil, n > 0 ? Tail(1) : nil) }
  let odds = b > 0 && c > 0 ? Double(a) / Double(b) * (Double(d) / Double(c)) : nil
  return result(odds, Hypergeometric(white: a + b, black: c + d, drawn: a + c).twoSided(a))
}

/// White balls among `drawn` from an urn of `white` and `black`.
struct Hypergeometric {
  let white: Int
  let black: Int
  let drawn: Int

  var lowest: Int { max(0, drawn - black) }
  var highest: Int { min(drawn, white) }
  /// The likeliest count.
  private var mode: Int {
    let x = (Double(drawn) + 1) * (Double(white) + 1) / (Double(white) + Double(black) + 2)
    return min(max(Int(x), lowest), highest)
  }

  /// ln P(X = x) by three binomials, accurate for millions (C. Loader 2000, as R's dhyper).
  func logProbability(_ x: Int) -> Double {
    let all = Double(white) + Double(black)
    let p = Double(drawn) / all
    let q = (all - Double(drawn)) / all
    return logBinomial(Double(x), Double(white), p, q)
      + logBinomial(Double(drawn - x), Double(black), p, q)
      - logBinomial(Double(drawn), all, p, q)
  }

  /// P of all counts no likelier than `x`.
  func twoSided(_ x: Int) -> Tail? {
    let observed = logProbability(x)
    // Ties in exact arithmetic differ by rounding here.
    let limit = observed + 1e-10
    if logProbability(mode) <= limit { return Tail(1) }
    let below = x <= mode
    // The far side's first count that is no likelier than x.
    let far = farEdge(limit: limit, above: below)
    // Relative to the observed probability: underflow cannot happen.
    var sum = tailSum(from: x, down: below)
    if let far { sum += tailSum(from: far, down: !below) * exp(logProbability(far) - observed) }
    let log = observed + Glibc.log(sum)
    return Tail(log: log)
  }

  /// Binary search on the falling flank.
  private func farEdge(limit: Double, above: Bool) -> Int? {
    var near = mode
    var end = above ? highest : lowest
    guard end != near, logProbability(end) <= limit else { return nil }
    while abs(end - near) > 1 {
      let middle = near + (end - near) / 2
      if logProbability(middle) <= limit { end = middle } else { near = middle }
    }
    return end
  }

  /// Σ P(y)/P(start) from `start` outwards, by the ratio of neighbours.
  private func tailSum(from start: Int, down: Bool) -> Double {
    var term = 1.0
    var sum = 1.0
    var x = start
    while down ? x > lowest : x < highest {
      let k = Double(x)
      if down {
        term *= k * (Double(black - drawn) + k) / ((Double(white) - k + 1) * (Double(drawn) - k + 1))
        x -= 1
      } else {
        term *= (Double(white) - k) * (Double(drawn) - k) / ((k + 1) * (Double(black - drawn) + k + 1))
        x += 1
      }
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum
  }
}

/// ln of the binomial probability of x in n, by Loader's saddle point: no cancellation for large n.
func logBinomial(_ x: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
  if p == 0 { return x == 0 ? 0 : -.infinity }
  if q == 0 { return x == n ? 0 : -.infinity }
  if x == 0 { return n == 0 ? 0 : p < 0.1 ? -deviance(n, n * q) - n * p : n * log(q) }
  if x == n { return q < 0.1 ? -deviance(n, n * p) - n * q : n * log(p) }
  guard x > 0, x < n else { return -.infinity }
  let core =
    stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * q)
  return core + 0.5 * log(n / (2 * .pi * x * (n - x)))
}

/// ln n! − ln(√(2πn)(n/e)ⁿ).
func stirlingError(_ n: Double) -> Double {
  if n < 16 { return Gamma.log(n + 1) - (n + 0.5) * log(n) + n - 0.918938533204672741780329736406 }
  let y = 1 / (n * n)
  return (1 / 12.0 - y * (1 / 360.0 - y * (1 / 1260.0 - y * (1 / 1680.0 - y / 1188)))) / n
}

/// x ln(x/m) + m − x, accurate for x near m.
func deviance(_ x: Double, _ m: Double) -> Double {
  guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var term = 2 * x * v
  for j in 1..<1000 {
    term *= v * v
    let next = sum + term / Double(2 * j + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}
