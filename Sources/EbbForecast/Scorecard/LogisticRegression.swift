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
  /// Largest change of a coefficient at which the fit ends.
  public var tolerance: Double

  public init(penalty: Double = 1, maximumIterations: Int = 100, tolerance: Double = 1e-9) {
    self.penalty = penalty
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// `columns[j][i]` is column j of client i; `rows` the clients to fit on. `nil` unless both classes are there.
  public func fit(columns: [[Double]], churned: [Bool], rows: [Int]) -> FittedLogisticRegression? {
    let width = columns.count + 1
    let positives = rows.reduce(0) { $0 + (churned[$1] ? 1 : 0) }
    guard positives > 0, positives < rows.count else { return nil }
    var beta = [Double](repeating: 0, count: width)
    beta[0] = log(Double(positives) / Double(rows.count - positives))
    var loss = Self.loss(beta, columns, churned, rows, penalty)
    var iterations = 0
    var converged = false
    while iterations < maximumIterations {
      iterations += 1
      let (gradient, hessian) = Self.derivatives(beta, columns, churned, rows, penalty)
      guard let factor = CholeskyFactor(hessian, size: width) else { break }
      let step = factor.solve(gradient)
      var scale = 1.0
      var moved = false
      for _ in 0..<30 {
        let candidate = zip(beta, step).map { $0 + scale * $1 }
        let candidateLoss = Self.loss(candidate, columns, churned, rows, penalty)
        if candidateLoss <= loss + 1e-12 * abs(loss) {
          beta = candidate
          loss = candidateLoss
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
    let (_, hessian) = Self.derivatives(beta, columns, churned, rows, penalty)
    let errors = CholeskyFactor(hessian, size: width)?.inverseDiagonal().map { $0.squareRoot() }
    return FittedLogisticRegression(
      intercept: beta[0], coefficients: Array(beta.dropFirst()),
      standardErrors: errors.map { Array($0.dropFirst()) }, iterations: iterations, converged: converged)
  }

  private static func margin(_ beta: [Double], _ columns: [[Double]], _ row: Int) -> Double {
    var sum = beta[0]
    for column in columns.indices { sum += beta[column + 1] * columns[column][row] }
    return sum
  }

  private static func loss(
    _ beta: [Double], _ columns: [[Double]], _ churned: [Bool], _ rows: [Int], _ penalty: Double
  ) -> Double {
    var sum = 0.0
    for row in rows {
      let m = margin(beta, columns, row)
      // log(1 + e^m) − y·m, without overflow
      sum += (m > 0 ? m + log1p(exp(-m)) : log1p(exp(m))) - (churned[row] ? m : 0)
    }
    return sum + penalty / 2 * beta.dropFirst().reduce(0) { $0 + $1 * $1 }
  }

  private static func derivatives(
    _ beta: [Double], _ columns: [[Double]], _ churned: [Bool], _ rows: [Int], _ penalty: Double
  ) -> (gradient: [Double], hessian: [Double]) {
    let width = beta.count
    var gradient = [Double](repeating: 0, count: width)
    var hessian = [Double](repeating: 0, count: width * width)
    var x = [Double](repeating: 1, count: width)
    for row in rows {
      for column in columns.indices { x[column + 1] = columns[column][row] }
      let p = 1 / (1 + exp(-margin(beta, columns, row)))
      let residual = (churned[row] ? 1 : 0) - p
      let weight = max(p * (1 - p), 1e-12)
      for i in 0..<width {
        gradient[i] += residual * x[i]
        let scaled = weight * x[i]
        for j in 0...i { hessian[i * width + j] += scaled * x[j] }
      }
    }
    for i in 1..<width {
      gradient[i] -= penalty * beta[i]
      hessian[i * width + i] += penalty
    }
    return (gradient, hessian)
  }
}

/// What a logistic regression learnt.
public struct FittedLogisticRegression: Sendable, Codable, Equatable {
  public let intercept: Double
  public let coefficients: [Double]
  /// From the penalised information matrix; `nil` where it could not be inverted.
  public let standardErrors: [Double]?
  public let iterations: Int
  public let converged: Bool

  /// Log-odds of leaving for the values of one client.
  public func margin(_ values: [Double]) -> Double {
    zip(coefficients, values).reduce(intercept) { $0 + $1.0 * $1.1 }
  }
}
