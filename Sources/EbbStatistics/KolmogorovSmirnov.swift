import Glibc

/// Do two samples come from one distribution? Two-sample Kolmogorov-Smirnov, two-sided; the statistic is D.
///
/// D = greatest distance between the empirical distribution functions. Exact (counting lattice paths) up to 10,000 values
/// in each sample, beyond that Kolmogorov's distribution for n₁n₂/(n₁ + n₂). Assumes continuous values: with ties p is
/// too large. Undefined for an empty sample.
/// Source: J. L. Hodges, Arkiv för Matematik 3 (1958) 469–486.
/// Python: `scipy.stats.ks_2samp(a, b)`; R: `ks.test(a, b)`.
public func kolmogorovSmirnov(_ pair: PairRanks) -> HypothesisTest {
  let n = total([pair.n1, pair.n2])
  let d = pair.maximumDistance
  guard pair.n1 > 0, pair.n2 > 0, d >= 0, d <= 1 + 1e-9 else {
    return .undefined("kolmogorovSmirnov", n: n, method: "Kolmogorov-Smirnov")
  }
  if max(pair.n1, pair.n2) <= 10_000 {
    let paths = LatticePaths(pair.n1, pair.n2)
    let steps = paths.steps(of: d)
    let p = paths.probability(ofReaching: steps)
    // Deeper than doubles reach: the leading term of Kolmogorov's tail.
    let tail = p > 0 ? Tail(p) : Tail(0, log: kolmogorovLogTail(d, n1: pair.n1, n2: pair.n2))
    return HypothesisTest(
      "kolmogorovSmirnov", statistic: min(d, 1), tail: tail, n: n, method: "Kolmogorov-Smirnov, exact")
  }
  let effective = Double(pair.n1) * Double(pair.n2) / (Double(pair.n1) + Double(pair.n2))
  let size = max(effective.rounded(.toNearestOrEven), 1)
  return HypothesisTest(
    "kolmogorovSmirnov", statistic: min(d, 1), tail: Kolmogorov.upper(min(d, 1), n: size), n: n,
    method: "Kolmogorov-Smirnov, asymptotic")
}

private func kolmogorovLogTail(_ d: Double, n1: Int, n2: Int) -> Double {
  let n = Double(n1) * Double(n2) / (Double(n1) + Double(n2))
  let t = 6 * n * d + 1
  return 0.693147180559945309 - t * t / (18 * n)
}

/// Paths from (0, 0) to (m, n): each is one order of the two samples put together.
struct LatticePaths {
  let m: Int
  let n: Int
  private let mg: Int
  private let ng: Int

  init(_ n1: Int, _ n2: Int) {
    m = max(n1, n2)
    n = min(n1, n2)
    var (a, b) = (m, n)
    while b > 0 { (a, b) = (b, a % b) }
    mg = m / a
    ng = n / a
  }

  /// D in units of 1/lcm(m, n).
  func steps(of d: Double) -> Int { Int((d * Double(mg) * Double(n)).rounded(.toNearestOrEven)) }

  /// Share of paths that somewhere are `h` or more units off the diagonal.
  func probability(ofReaching h: Int) -> Double {
    if h <= 0 { return 1 }
    return m == n ? square(h) : rectangle(h)
  }

  /// Equal samples: by reflection (scipy `_compute_prob_outside_square`).
  private func square(_ h: Int) -> Double {
    guard h <= n else { return 0 }
    let size = Double(n)
    var p = 0.0
    for k in stride(from: n / h, through: 0, by: -1) {
      var term = 1.0
      for j in 0..<h {
        term *= (size - Double(k * h + j)) / (size + Double(k * h + j + 1))
      }
      p = term * (1 - p)
    }
    return 2 * p
  }

  /// Unequal samples: row by row within the band, as shares of paths already outside, so nothing cancels. Two rows go
  /// together, the second a step behind the first: neither has to wait for its own last multiplication alone.
  private func rectangle(_ h: Int) -> Double {
    func band(_ i: Int) -> (low: Int, high: Int) {
      (
        min(max(floorDivide(ng * i - h, mg) + 1, 0), n),
        min((ng * i + h + mg - 1) / mg, n + 1)
      )
    }
    // What the band has not reached is outside.
    var row = [Double](repeating: 1, count: n + 1)
    for j in 0..<band(0).high { row[j] = 0 }
    let shares = (0...(m + n)).map { 1 / Double(max($0, 1)) }
    /// The share outside at (i, j) from those below and to the left. Not fused: that is a call on many machines.
    @inline(__always) func step(_ left: Double, _ below: Double, _ i: Int, _ j: Int) -> Double {
      let share = shares[i + j]
      return left * (Double(j) * share) + below * (Double(i) * share)
    }
    var i = 1
    while i <= m {
      let first = band(i)
      let second = i < m ? band(i + 1) : (low: n + 1, high: n + 1)
      if first.high <= first.low || (i < m && second.high <= second.low) { return 1 }
      var value = first.low == 0 ? 0.0 : 1.0
      var next = second.low == 0 ? 0.0 : 1.0
      var j = first.low
      while j < first.high, j <= second.low {
        value = step(value, row[j], i, j)
        row[j] = value
        j += 1
      }
      while j < first.high {
        // `value` is that of the first row at j − 1.
        next = step(next, value, i + 1, j - 1)
        row[j - 1] = next
        value = step(value, row[j], i, j)
        row[j] = value
        j += 1
      }
      j = max(second.low, j - 1)
      while j < second.high {
        next = step(next, row[j], i + 1, j)
        row[j] = next
        j += 1
      }
      i += 2
    }
    return min(max(row[band(m).high - 1], 0), 1)
  }
}

private func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
