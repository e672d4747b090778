import Glibc

/// Tukey's studentized range: the range of `k` standard normals over an independent estimate of their deviation with
/// `df` degrees of freedom.
///
/// The upper tail is integrated directly, never as one minus something, and on logarithms, so that deep tails keep their
/// digits. Source: H. O. Hartley; M. D. Copenhaver & B. Holland, J. Stat. Comput. Simul. 30 (1988) 1–15.
/// Python: `scipy.stats.studentized_range.sf(q, k, df)`; R: `ptukey(q, k, df, lower.tail = FALSE)`.
enum StudentizedRange {
  static func upper(_ q: Double, k: Int, df: Double) -> Tail? {
    k > 1 ? upper(q, NormalRangeCurve(k: k), df: df) : nil
  }

  /// The same for many q and df of one k, whose curve is worked out once.
  static func upper(_ q: Double, _ range: NormalRangeCurve, df: Double) -> Tail? {
    guard q.isFinite, df > 0, df.isFinite else { return nil }
    guard q > 0 else { return Tail(1) }
    let half = df / 2
    // Density of s, s² = χ²/df, with s = exp(u): concave in u, so it has one hill to integrate.
    let constant = 0.693147180559945309 + half * log(half) - Gamma.log(half)
    let logIntegrand: (Double) -> Double = { u in
      let s = exp(u)
      return constant + df * u - half * s * s + range.logUpper(q * s)
    }
    let log = logOfIntegral(logIntegrand, near: 0, width: 1 / df.squareRoot())
    return log.isNaN ? nil : Tail(log: log)
  }

  /// q with upper tail `p`, to about ten digits.
  static func upperQuantile(_ p: Double, k: Int, df: Double) -> Double? {
    k > 1 ? upperQuantile(p, NormalRangeCurve(k: k), df: df) : nil
  }

  static func upperQuantile(_ p: Double, _ range: NormalRangeCurve, df: Double) -> Double? {
    guard isProperShare(p), df > 0 else { return nil }
    // On logarithms of both the curve is nearly straight.
    let target = log(p)
    let pairs = Double(range.k) * Double(range.k - 1) / 2
    let t = StudentT.critical(level: 1 - p / pairs, df: df)
    let guess = log(t.isFinite ? t * 1.4142135623730951 : 4)
    return root(near: guess, step: 0.05, within: -40...60) { x in
      guard let log = upper(exp(x), range, df: df)?.log else { return target < 0 ? -target : .nan }
      return log - target
    }.map { exp($0) }
  }
}

/// ln ∫exp(g) of a concave g, by finding its peak and where it has fallen out of sight.
func logOfIntegral(_ g: (Double) -> Double, near start: Double, width: Double) -> Double {
  let (peak, top) = highestPoint(g, near: start, width: width)
  guard top.isFinite else { return top }
  let low = edge(g, from: peak, step: -width, below: top - 40)
  let high = edge(g, from: peak, step: width, below: top - 40)
  let rule = GaussLegendre.points64
  let sum =
    rule.integrate(low, peak) { exp(g($0) - top) } + rule.integrate(peak, high) { exp(g($0) - top) }
  return top + log(sum)
}

/// Climbs, then narrows by golden section.
private func highestPoint(
  _ g: (Double) -> Double, near start: Double, width: Double
) -> (Double, Double) {
  var (middle, value) = (start, g(start))
  var step = width
  for _ in 0..<400 {
    let up = g(middle + step)
    let down = g(middle - step)
    if up > value {
      (middle, value) = (middle + step, up)
      step *= 1.5
    } else if down > value {
      (middle, value) = (middle - step, down)
      step *= 1.5
    } else if step > width * 0.1 {
      step /= 3
    } else {
      break
    }
  }
  return (middle, value)
}

/// Where g has fallen below the level, within a factor of about two.
private func edge(_ g: (Double) -> Double, from peak: Double, step: Double, below level: Double) -> Double {
  var distance = step
  for _ in 0..<200 {
    if !(g(peak + distance) > level) { break }
    distance *= 1.6
  }
  var inside = distance / 1.6
  for _ in 0..<4 {
    let middle = (inside + distance) / 2
    if g(peak + middle) > level { inside = middle } else { distance = middle }
  }
  return peak + distance
}
