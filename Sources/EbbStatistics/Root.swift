/// Where a monotone function changes sign.
///
/// Walks from `guess` by growing steps, within `range`, until the sign changes, then closes in by Brent's method
/// (R. P. Brent, *Algorithms for Minimization without Derivatives*, 1973; scipy.optimize.brentq).
/// `nil` where there is no sign change or the function is NaN.
func root(
  near guess: Double, step: Double, within range: ClosedRange<Double>, _ f: (Double) -> Double
) -> Double? {
  let a = min(max(guess, range.lowerBound), range.upperBound)
  let fa = f(a)
  guard fa.isFinite else { return nil }
  if fa == 0 { return a }
  var (low, flow) = (a, fa)
  var (high, fhigh) = (a, fa)
  var width = max(step, 1e-12)
  for _ in 0..<200 {
    let up = min(a + width, range.upperBound)
    if up > high {
      let value = f(up)
      if value.isNaN { return nil }
      if value == 0 { return up }
      if (value > 0) != (fa > 0) { return brent(high, fhigh, up, value, f) }
      (high, fhigh) = (up, value)
    }
    let down = max(a - width, range.lowerBound)
    if down < low {
      let value = f(down)
      if value.isNaN { return nil }
      if value == 0 { return down }
      if (value > 0) != (fa > 0) { return brent(low, flow, down, value, f) }
      (low, flow) = (down, value)
    }
    if low <= range.lowerBound && high >= range.upperBound { return nil }
    width *= 2
  }
  return nil
}

private func brent(_ a0: Double, _ fa0: Double, _ b0: Double, _ fb0: Double, _ f: (Double) -> Double)
  -> Double?
{
  var (a, fa, b, fb) = (a0, fa0, b0, fb0)
  var (c, fc) = (a, fa)
  var d = b - a
  var e = d
  for _ in 0..<200 {
    if abs(fc) < abs(fb) {
      (a, b, c) = (b, c, b)
      (fa, fb, fc) = (fb, fc, fb)
    }
    let tolerance = 2 * Double.ulpOfOne * abs(b) + 1e-300
    let m = (c - b) / 2
    if abs(m) <= tolerance || fb == 0 { return b }
    if abs(e) < tolerance || abs(fa) <= abs(fb) {
      d = m
      e = m
    } else {
      let s = fb / fa
      var p: Double
      var q: Double
      if a == c {
        p = 2 * m * s
        q = 1 - s
      } else {
        let r = fb / fc
        let t = fa / fc
        p = s * (2 * m * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if p > 0 { q = -q } else { p = -p }
      if 2 * p < min(3 * m * q - abs(tolerance * q), abs(e * q)) {
        e = d
        d = p / q
      } else {
        d = m
        e = m
      }
    }
    (a, fa) = (b, fb)
    b += abs(d) > tolerance ? d : (m > 0 ? tolerance : -tolerance)
    fb = f(b)
    if fb.isNaN { return nil }
    if (fb > 0) == (fc > 0) {
      (c, fc) = (a, fa)
      d = b - a
      e = d
    }
  }
  return b
}
