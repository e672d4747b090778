import Foundation

/// Settings of a ridge-penalised logistic regression.
///
/// Minimises −log-likelihood + ½·penalty·Σ βⱼ² (the intercept is not penalised) by Newton's method with step halving.
/// Columns should be on comparable scales (WoE is). A small penalty keeps separated data finite.
/// Cost O(iterations · n · k²). Python: `sklearn.linear_model.LogisticRegression(C=1/penalty)`;
/// R: `glm(..., family = binomial)` for penalty 0.
public struct LogisticRegression: Sendable, Codable, Equatable {
  public var penalty: Double
  public var maximumIterations: Int
  /// Largest change of a coefficient at which the fit ends. Newton's steps shrink by their squares: what is left after
  /// one of 10⁻⁶ is of the order of 10⁻¹².
  public var tolerance: Double

  public init(penalty: Double = 1, maximumIterations: Int = 100, tolerance: Double = 1e-6) {
    self.penalty = penalty
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// `columns[j][i]` is column j of client i; `rows` the clients to fit on. `nil` unless both classes are there.
  ///
  /// - Parameters:
  ///   - start: intercept and coefficients to begin with.
  ///   - errors: whether the standard errors are wanted; they cost as much as an iteration.
  public func fit(
    columns: [[Double]], churned: [Bool], rows: [Int], from start: [Double]? = nil, errors: Bool = true
  ) -> FittedLogisticRegression? {
    let width = columns.count + 1
    let positives = rows.count { churned[$0] }
    guard positives > 0, positives < rows.count else { return nil }
    let labels = rows.map { churned[$0] }
    let whole = rows.count == columns.first?.count && rows.first == 0 && rows.last == rows.count - 1
    let x = whole ? columns : columns.map { column in rows.map { column[$0] } }
    var beta = start ?? []
    if beta.count != width {
      beta = [Double](repeating: 0, count: width)
      beta[0] = log(Double(positives) / Double(rows.count - positives))
    }
    var state = State(beta, x, labels, penalty)
    var iterations = 0
    var converged = false
    while iterations < maximumIterations {
      iterations += 1
      let (gradient, hessian) = state.derivatives(beta, x, labels, penalty)
      guard let factor = CholeskyFactor(hessian, size: width) else { break }
      let step = factor.solve(gradient)
      var scale = 1.0
      var moved = false
      for _ in 0..<30 {
        let candidate = zip(beta, step).map { $0 + scale * $1 }
        let next = State(candidate, x, labels, penalty)
        if next.loss <= state.loss + 1e-12 * abs(state.loss) {
          beta = candidate
          state = next
          moved = true
          break
        }
        scale /= 2
      }
      if !moved {
        converged = gradient.allSatisfy { abs($0) < 1e-6 * Double(rows.count) }
        break
      }
      if (step.map { abs($0) * scale }.max() ?? 0) < tolerance {
        converged = true
        break
      }
    }
    var found: [Double]?
    if errors {
      let hessian = state.derivatives(beta, x, labels, penalty).hessian
      found = CholeskyFactor(hessian, size: width)?.inverseDiagonal().dropFirst().map { $0.squareRoot() }
    }
    return FittedLogisticRegression(
      intercept: beta[0], coefficients: Array(beta.dropFirst()), standardErrors: found,
      iterations: iterations, converged: converged)
  }

  /// Forecasts and penalised loss at some coefficients.
  private struct State {
    var probabilities: [Double]
    var loss: Double

    init(_ beta: [Double], _ x: [[Double]], _ churned: [Bool], _ penalty: Double) {
      var margins = [Double](repeating: beta[0], count: churned.count)
      for (index, column) in x.enumerated() {
        let coefficient = beta[index + 1]
        for row in margins.indices { margins[row] += coefficient * column[row] }
      }
      var sum = 0.0
      // A logarithm for every 512 clients: the product of as many factors of at most 2 does not overflow.
      var product = 1.0
      for row in margins.indices {
        let m = margins[row]
        // log(1 + e^m) − y·m, without overflow
        let small = exp(-abs(m))
        sum += max(m, 0) - (churned[row] ? m : 0)
        product *= 1 + small
        if row & 511 == 511 {
          sum += log(product)
          product = 1
        }
        margins[row] = (m >= 0 ? 1 : small) / (1 + small)
      }
      sum += log(product)
      probabilities = margins
      loss = sum + penalty / 2 * beta.dropFirst().reduce(0) { $0 + $1 * $1 }
    }

    /// Gradient of the log-likelihood and the lower triangle of the information, penalty included.
    func derivatives(_ beta: [Double], _ x: [[Double]], _ churned: [Bool], _ penalty: Double)
      -> (gradient: [Double], hessian: [Double])
    {
      let width = beta.count
      var gradient = [Double](repeating: 0, count: width)
      var hessian = [Double](repeating: 0, count: width * width)
      let weights = probabilities.map { max($0 * (1 - $0), 1e-12) }
      let residuals = zip(churned, probabilities).map { left, p in (left ? 1.0 : 0.0) - p }
      gradient[0] = residuals.reduce(0, +)
      hessian[0] = weights.reduce(0, +)
      for i in x.indices {
        let column = x[i]
        var weighted = weights
        for row in column.indices { weighted[row] *= column[row] }
        gradient[i + 1] = Self.product(residuals, column) - penalty * beta[i + 1]
        hessian[(i + 1) * width] = weighted.reduce(0, +)
        for j in 0...i { hessian[(i + 1) * width + j + 1] = Self.product(weighted, x[j]) }
        hessian[(i + 1) * width + i + 1] += penalty
      }
      return (gradient, hessian)
    }

    /// Four sums side by side, so that the processor does not wait for each addition.
    private static func product(_ a: [Double], _ b: [Double]) -> Double {
      var sums = SIMD4<Double>.zero
      let whole = a.count / 4 * 4
      var row = 0
      while row < whole {
        let first = SIMD4<Double>(a[row], a[row + 1], a[row + 2], a[row + 3])
        let second = SIMD4<Double>(b[row], b[row + 1], b[row + 2], b[row + 3])
        sums += first * second
        row += 4
      }
      var rest = 0.0
      while row < a.count {
        rest += a[row] * b[row]
        row += 1
      }
      return sums.sum() + rest
    }
  }
}

/// What a logistic regression learnt.
public struct FittedLogisticRegression: Sendable, Codable, Equatable {
  public let intercept: Double
  public let coefficients: [Double]
  /// From the penalised information matrix; `nil` where it could not be inverted, or was not asked for.
  public let standardErrors: [Double]?
  public let iterations: Int
  public let converged: Bool

  /// Log-odds of leaving for the values of one client.
  public func margin(_ values: [Double]) -> Double {
    zip(coefficients, values).reduce(intercept) { $0 + $1.0 * $1.1 }
  }
}
