/// L of A = L·Lᵀ for a symmetric positive definite matrix whose lower triangle is given row by row.
struct CholeskyFactor {
  private let size: Int
  private var lower: [Double]

  /// `nil` where the matrix is not positive definite.
  init?(_ matrix: [Double], size: Int) {
    self.size = size
    self.lower = matrix
    for i in 0..<size {
      for j in 0...i {
        var sum = matrix[i * size + j]
        for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          lower[i * size + i] = sum.squareRoot()
        } else {
          lower[i * size + j] = sum / lower[j * size + j]
        }
      }
    }
  }

  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in 0..<size {
      for k in 0..<i { x[i] -= lower[i * size + k] * x[k] }
      x[i] /= lower[i * size + i]
    }
    for i in (0..<size).reversed() {
      for k in (i + 1)..<max(i + 1, size) { x[i] -= lower[k * size + i] * x[k] }
      x[i] /= lower[i * size + i]
    }
    return x
  }

  /// Diagonal of A⁻¹.
  func inverseDiagonal() -> [Double] {
    (0..<size).map { index in
      var unit = [Double](repeating: 0, count: size)
      unit[index] = 1
      return solve(unit)[index]
    }
  }
}
