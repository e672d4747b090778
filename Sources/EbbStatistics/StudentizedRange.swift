import Glibc

/// Tukey's studentized range: the range of `k` standard normals over an independent estimate of their deviation with
/// `df` degrees of freedom.
///
/// The upper tail is integrated directly, never as one minus something, and on logarithms, so that deep tails keep their
/// digits. Source: H. O. Hartley; M. D. Copenhaver & B. Holland, J. Stat. Comput. Simul. 30 (1988) 1–15.
/// Python: `scipy.stats.studentized_range.sf(q, k, df)`; R: `ptukey(q, k, df, lower.tail = FALSE)`.
enum StudentizedRange {
  static func upper(_ q: Double, k: Int, df: Double) -> Tail? {
    guard q.isFinite, k > 1, df > 0, df.isFinite else { return nil }
    guard q > 0 else { return Tail(1) }
    let range = NormalRange(k: k)
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
    guard isProperShare(p), k > 1, df > 0 else { return nil }
    // On logarithms of both the curve is nearly straight.
    let target = log(p)
    let t = StudentT.critical(level: 1 - p / (Double(k) * Double(k - 1) / 2), df: df)
    let guess = log(t.isFinite ? t * 1.4142135623730951 : 4)
    return root(near: guess, step: 0.05, within: -40...60) { x in
      guard let log = upper(exp(x), k: k, df: df)?.log else { return target < 0 ? -target : .nan }
      return log - target
    }.map { exp($0) }
  }
}

/// The range of k independent standard normals.
struct NormalRange {
  let k: Int

  /// ln P(range > w) = ln k∫φ(z)(Φ(z)^(k−1) − (Φ(z) − Φ(z − w))^(k−1))dz, z the largest.
  func logUpper(_ w: Double) -> Double {
    guard w > 0 else { return 0 }
    let power = Double(k - 1)
    // φ(z)Φ(z − w) peaks near w/2; for small w the hill is that of the maximum itself.
    let centre = max(w / 2, 1.5)
    let shift = w * w / 4
    // Equal steps: the hill is smooth and flat at both ends, so their error falls faster than any power of the step.
    let step = 0.15
    var sum = 0.0
    for i in -60...60 {
      let z = centre + step * Double(i)
      let below = Normal.cdf(z)
      if below <= 0 { continue }
      let ratio = min(Normal.cdf(z - w) / below, 1)
      let missing = ratio == 1 ? 1 : -expm1(power * log1p(-ratio))
      if missing <= 0 { continue }
      sum += exp(shift - z * z / 2 + (power * log(below)) + log(missing))
    }
    // Underflow of Φ(z − w) itself ends the use of this sum at w ≈ 50; beyond, two values make the range.
    guard sum > 0, w < 50 else {
      return log(Double(k) * Double(k - 1)) + ebbLogNormalUpper(w / 2.0.squareRoot())
    }
    return min(log(Double(k) * sum * step) - shift - 0.918938533204672741780329736406, 0)
  }
}

private func ebbLogNormalUpper(_ z: Double) -> Double { Normal.upper(z)?.log ?? -z * z / 2 }

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
