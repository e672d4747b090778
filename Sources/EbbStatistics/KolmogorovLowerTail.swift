import Glibc

// Three ways to P(D ≤ d), each for its own corner of (n, d); after scipy's `_ksstats.py`.
extension Kolmogorov {
  /// Durbin's matrix, powers by squaring (G. Marsaglia, W. W. Tsang & J. Wang, JSS 8 (2003), issue 18).
  static func durbinMatrix(_ d: Double, _ n: Double) -> Double {
    let nd = n * d
    let k = Int(nd.rounded(.up))
    let h = Double(k) - nd
    let m = 2 * k - 1
    var w = [Double](repeating: 0, count: m)
    var v = w
    var factor = 1.0
    for j in 1...m {
      w[j - 1] = factor
      factor /= Double(j)
      v[j - 1] = (1 - pow(h, Double(j))) * factor
    }
    v[m - 1] = (1 + pow(max(2 * h - 1, 0), Double(m)) - 2 * pow(h, Double(m))) * factor
    var matrix = SquareMatrix(size: m)
    for i in 1..<max(m, 1) { for r in (i - 1)..<m { matrix[r, i] = w[r - i + 1] } }
    for r in 0..<m { matrix[r, 0] = v[r] }
    for c in 0..<m { matrix[m - 1, c] = v[m - 1 - c] }
    var power = SquareMatrix(identity: m)
    var exponent = 0
    var matrixExponent = 0
    var left = Int(n)
    while left > 0 {
      if left % 2 == 1 {
        power = power * matrix
        exponent += matrixExponent
      }
      matrix = matrix * matrix
      matrixExponent *= 2
      if abs(matrix[k - 1, k - 1]) > 0x1p128 {
        matrix.scale(by: 0x1p-128)
        matrixExponent += 128
      }
      left /= 2
    }
    var p = power[k - 1, k - 1]
    for i in 1...Int(n) {
      p = Double(i) * p / n
      if abs(p) < 0x1p-128 {
        p *= 0x1p128
        exponent -= 128
      }
    }
    return min(max(scalbn(p, exponent), 0), 1)
  }

  /// Pomeranz's recursion (CACM 17 (1974) 703–704, algorithm 487).
  static func pomeranz(_ d: Double, _ size: Double) -> Double {
    let n = Int(size)
    let t = size * d
    let whole = Int(t)
    let f = t - Double(whole)
    let g = min(f, 1 - f)
    let ceiling = f > 0 ? 1 : 0
    let rounding = f > 0.5 ? 1 : 0
    let count = 2 * (whole + 1)
    func powers(_ x: Double) -> [Double] {
      var p = [Double](repeating: 1, count: count)
      for i in 1..<count { p[i] = p[i - 1] * x / Double(i) }
      return p
    }
    let outer = powers(g / size)
    let odd = powers(2 * g / size)
    let even = powers((1 - 2 * g) / size)

    func bounds(_ i: Int) -> (Int, Int) {
      if i == 0 { return (max(-whole - ceiling + 1, 0), min(whole + ceiling - 1, n)) }
      let half = (i + 1) / 2
      var (low, high): (Int, Int)
      if (i + 1) % 2 == 0 {
        if half == n + 1 {
          (low, high) = (n - whole - ceiling - 1, n + whole + ceiling - 1)
        } else {
          (low, high) = (half - 1 - whole - rounding - 1, half + whole - 1 + ceiling - 1)
        }
      } else {
        (low, high) = (half - 1 - whole - 1, half + whole + rounding - 1)
      }
      return (max(low + 2, 0), min(high, n))
    }

    var previous = [Double](repeating: 0, count: count)
    var current = previous
    current[0] = 1
    var currentStart = 0
    var previousStart = 0
    var exponent = 0
    var (low, _) = bounds(0)
    for i in 1..<(2 * n + 2) {
      let last = low
      swap(&previous, &current)
      swap(&previousStart, &currentStart)
      for j in current.indices { current[j] = 0 }
      let high: Int
      (low, high) = bounds(i)
      let factors = i == 1 || i == 2 * n + 1 ? outer : (i % 2 == 1 ? odd : even)
      let span = high - last + 1
      guard span > 0 else { continue }
      var largest = 0.0
      for j in low...max(low, high) where j <= high {
        // Convolution of last … j with the powers.
        var sum = 0.0
        for s in last...j {
          let index = s - previousStart
          if index >= 0 && index < count && j - s < count { sum += previous[index] * factors[j - s] }
        }
        current[j - low] = sum
        largest = max(largest, sum)
      }
      if largest > 0 && largest < 0x1p-128 {
        for j in current.indices { current[j] *= 0x1p128 }
        exponent -= 128
      }
      currentStart = previousStart + low - last
    }
    let index = n - currentStart
    guard index >= 0, index < count else { return .nan }
    var answer = current[index]
    for m in 1...n {
      if abs(answer) > 0x1p128 {
        answer *= 0x1p-128
        exponent += 128
      }
      answer *= Double(m)
    }
    return min(max(scalbn(answer, exponent), 0), 1)
  }

  /// Pelz & Good's series in √n (JRSS B 38 (1976) 152–156).
  static func pelzGood(_ d: Double, _ n: Double) -> Double {
    let z = n.squareRoot() * d
    let z2 = z * z
    let z4 = z2 * z2
    let z6 = z4 * z2
    let pi2 = Double.pi * .pi
    let pi4 = pi2 * pi2
    let qlog = -pi2 / 8 / z2
    if qlog < -708 { return 0 }
    let q = exp(qlog)
    let k1 = (a: -z2, b: pi2 / 4)
    let k2 = (a: 6 * z6 + 2 * z4, b: (2 * z4 - 5 * z2) * pi2 / 4, c: pi4 * (1 - 2 * z2) / 16)
    let k3 = (
      a: -30 * z6 - 90 * z4 * z4, b: pi2 * (135 * z4 - 96 * z6) / 4,
      c: pi4 * (-60 * z2 + 212 * z4) / 16, d: pi4 * pi2 * (5 - 30 * z2) / 64
    )
    var sums = [0.0, 0, 0, 0]
    let last = Int((16 * z / .pi).rounded(.up))
    for k in stride(from: last, to: 0, by: -1) {
      let m2 = Double((2 * k - 1) * (2 * k - 1))
      let factor = pow(q, Double(8 * k))
      let terms = [
        1, k1.a + k1.b * m2, k2.a + m2 * (k2.b + m2 * k2.c), k3.a + m2 * (k3.b + m2 * (k3.c + m2 * k3.d)),
      ]
      for j in 0..<4 { sums[j] = sums[j] * factor + terms[j] }
    }
    let root2pi = (2 * Double.pi).squareRoot()
    let divisors = [z, 6 * z4, 72 * z6 * z, 6480 * z6 * z4]
    for j in 0..<4 { sums[j] *= q * root2pi / divisors[j] }
    let q2 = exp(-pi2 / 2 / z2)
    var extra2 = 0.0
    var extra3 = 0.0
    for k in stride(from: last, to: 0, by: -1) {
      let kk = Double(k) * Double(k)
      let weight = pow(q2, kk) * kk
      extra2 += weight
      extra3 += weight * (3 * z2 - pi2 * kk)
    }
    sums[2] += extra2 * pi2 * root2pi / (-36 * z2 * z)
    sums[3] += extra3 * pi2 * root2pi / (216 * z6)
    let root = n.squareRoot()
    return sums[0] + sums[1] / root + sums[2] / n + sums[3] / (n * root)
  }
}

/// Just enough of a matrix for `durbinMatrix`.
private struct SquareMatrix {
  let size: Int
  var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  init(identity size: Int) {
    self.init(size: size)
    for i in 0..<size { self[i, i] = 1 }
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  mutating func scale(by factor: Double) { for i in values.indices { values[i] *= factor } }

  static func * (a: SquareMatrix, b: SquareMatrix) -> SquareMatrix {
    var product = SquareMatrix(size: a.size)
    for r in 0..<a.size {
      for k in 0..<a.size {
        let x = a[r, k]
        if x == 0 { continue }
        for c in 0..<a.size { product.values[r * a.size + c] += x * b.values[k * a.size + c] }
      }
    }
    return product
  }
}
