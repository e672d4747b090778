import Foundation

/// The line a + b·x in log-odds that makes targets in [0, 1] most likely: Newton's method with step halving.
struct LogisticLine {
  let intercept: Double
  let slope: Double
  /// Of the information matrix at the optimum.
  let variances: (intercept: Double, slope: Double)

  /// `nil` where x does not vary, or where no finite line is the best (the classes separate).
  init?(_ x: [Double], targets: [Double], start: (a: Double, b: Double)) {
    guard x.count == targets.count, let low = x.min(), let high = x.max(), high > low, high - low < .infinity
    else { return nil }
    var (a, b) = start
    var loss = Self.loss(x, targets, a, b)
    for _ in 0..<100 {
      var (gradientA, gradientB) = (0.0, 0.0)
      var (aa, ab, bb) = (0.0, 0.0, 0.0)
      for index in x.indices {
        let p = 1 / (1 + exp(-(a + b * x[index])))
        let residual = targets[index] - p
        let weight = p * (1 - p)
        gradientA += residual
        gradientB += residual * x[index]
        aa += weight
        ab += weight * x[index]
        bb += weight * x[index] * x[index]
      }
      let determinant = aa * bb - ab * ab
      guard determinant > 1e-12 * aa * bb, determinant.isFinite else { return nil }
      let stepA = (bb * gradientA - ab * gradientB) / determinant
      let stepB = (aa * gradientB - ab * gradientA) / determinant
      if abs(stepA) + abs(stepB) < 1e-10 * (1 + abs(a) + abs(b)) {
        intercept = a
        slope = b
        variances = (bb / determinant, aa / determinant)
        return
      }
      var scale = 1.0
      var next = Self.loss(x, targets, a + stepA, b + stepB)
      while !(next <= loss + 1e-12 * abs(loss)), scale > 1e-9 {
        scale /= 2
        next = Self.loss(x, targets, a + scale * stepA, b + scale * stepB)
      }
      a += scale * stepA
      b += scale * stepB
      loss = next
      guard a.isFinite, b.isFinite, abs(b) < 1e6 else { return nil }
    }
    return nil
  }

  /// −Σ log-likelihood = Σ max(m, 0) + log(1 + exp(−|m|)) − target · m. Factors between 1 and 2 are multiplied before
  /// their logarithm is taken, sixty-four at a time.
  private static func loss(_ x: [Double], _ targets: [Double], _ a: Double, _ b: Double) -> Double {
    var sum = 0.0
    var start = 0
    while start < x.count {
      let end = min(start + 64, x.count)
      var product = 1.0
      for index in start..<end {
        let m = a + b * x[index]
        product *= 1 + exp(-abs(m))
        sum += max(m, 0) - targets[index] * m
      }
      sum += log(product)
      start = end
    }
    return sum
  }
}
