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

  /// Unequal samples: row by row within the band, as shares of paths already outside, so nothing cancels.
  private func rectangle(_ h: Int) -> Double {
    func band(_ i: Int) -> Band {
      Band(
        low: min(max(floorDivide(ng * i - h, mg) + 1, 0), n), high: min((ng * i + h + mg - 1) / mg, n + 1))
    }
    // What the band has not reached is outside.
    var row = [Double](repeating: 1, count: n + 1)
    for j in 0..<band(0).high { row[j] = 0 }
    let shares = (0...(m + n + 4)).map { 1 / Double(max($0, 1)) }
    var i = 1
    while i <= m {
      let together = i + 3 <= m ? 4 : 1
      let bands = (0..<together).map { band(i + $0) }
      if bands.contains(where: { $0.high <= $0.low }) { return 1 }
      if together == 4 {
        Self.advance(&row, i, bands, shares)
      } else {
        var value = 1.0
        for j in bands[0].low..<bands[0].high {
          // Not fused: that is a call on many machines.
          value = value * (Double(j) * shares[i + j]) + row[j] * (Double(i) * shares[i + j])
          row[j] = value
        }
      }
      i += together
    }
    return min(max(row[band(m).high - 1], 0), 1)
  }

  /// Cells of a row that are near enough to the diagonal: from `low`, below `high`.
  private struct Band {
    let low: Int
    let high: Int
    func contains(_ j: Int) -> Bool { j >= low && j < high }
  }

  /// From the shares of row i − 1 to those of row i + 3. Four rows go together, each a step behind the one before: their
  /// cells lie on one diagonal, do not wait for each other and share their divisor.
  private static func advance(_ row: inout [Double], _ i: Int, _ bands: [Band], _ shares: [Double]) {
    let behind = SIMD4<Double>(0, 1, 2, 3)
    let rows = SIMD4(repeating: Double(i)) + behind
    // Where all four are within their bands
    let whole =
      (0..<4).map { bands[$0].low + $0 }
      .max()!..<max(
        (0..<4).map { bands[$0].low + $0 }.max()!, (0..<4).map { bands[$0].high + $0 }.min()!)
    var value = SIMD4<Double>(repeating: 1)
    for step in bands[0].low..<(bands[3].high + 3) {
      let share = shares[i + step]
      let below = SIMD4(step < row.count ? row[step] : 1, value[0], value[1], value[2])
      value = value * ((SIMD4(repeating: Double(step)) - behind) * share) + below * (rows * share)
      if whole.contains(step) {
        row[step - 3] = value[3]
      } else {
        for lane in 0..<4 where !bands[lane].contains(step - lane) { value[lane] = 1 }
        if bands[3].contains(step - 3) { row[step - 3] = value[3] }
      }
    }
  }
}

private func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
