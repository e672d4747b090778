import Glibc

/// Nodes and weights of Gauss-Legendre quadrature on −1 … 1.
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  static let points64 = GaussLegendre(64)

  /// Roots of the Legendre polynomial by Newton's method.
  init(_ count: Int) {
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    let n = Double(count)
    for i in 0..<count {
      var x = cos(.pi * (Double(i) + 0.75) / (n + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        var (p0, p1) = (1.0, x)
        for k in 2...count {
          (p0, p1) = (p1, ((2 * Double(k) - 1) * x * p1 - (Double(k) - 1) * p0) / Double(k))
        }
        slope = n * (x * p1 - p0) / (x * x - 1)
        let step = p1 / slope
        x -= step
        if abs(step) < 1e-16 { break }
      }
      nodes[i] = x
      weights[i] = 2 / ((1 - x * x) * slope * slope)
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// ∫ f over low … high.
  func integrate(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
    let middle = (low + high) / 2
    let half = (high - low) / 2
    var sum = 0.0
    for i in nodes.indices { sum += weights[i] * f(middle + half * nodes[i]) }
    return sum * half
  }
}
