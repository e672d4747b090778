import Glibc

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

/// `NormalRange.logUpper` as a curve: polynomials of degree 23 over w = 0…1, 1…2, …, each made when first asked for.
///
/// They agree with the integral to about 1e-14; pairs of many groups ask for tens of thousands of points.
final class NormalRangeCurve {
  let k: Int
  private let range: NormalRange
  private var pieces: [[Double]?]
  private static let end = 50
  private static let count = 24
  /// cos(πj(i + ½)/count), row by row of j.
  private static let cosines: [Double] = (0..<count * count).map { index in
    cos(.pi * Double(index / count) * (Double(index % count) + 0.5) / Double(count))
  }

  init(k: Int) {
    self.k = k
    range = NormalRange(k: k)
    pieces = Array(repeating: nil, count: Self.end)
  }

  func logUpper(_ w: Double) -> Double {
    guard w > 0, w < Double(Self.end) else { return range.logUpper(w) }
    let piece = Int(w)
    let coefficients = pieces[piece] ?? fit(piece)
    // Clenshaw's sum of Chebyshev polynomials.
    let x = 2 * (w - Double(piece)) - 1
    var (b1, b2) = (0.0, 0.0)
    for j in stride(from: Self.count - 1, to: 0, by: -1) {
      (b1, b2) = (fma(2 * x, b1, coefficients[j] - b2), b1)
    }
    return min(fma(x, b1, coefficients[0] / 2 - b2), 0)
  }

  private func fit(_ piece: Int) -> [Double] {
    let values = (0..<Self.count).map {
      range.logUpper(Double(piece) + (Self.cosines[Self.count + $0] + 1) / 2)
    }
    let coefficients = (0..<Self.count).map { j in
      2 / Double(Self.count)
        * (0..<Self.count).reduce(0.0) { $0 + values[$1] * Self.cosines[j * Self.count + $1] }
    }
    pieces[piece] = coefficients
    return coefficients
  }
}
