/// Differences of group means that keep their digits.
///
/// Where two groups share a pivot their means are never formed: the offsets are subtracted.
func meanGap(_ a: Moments, _ b: Moments) -> Double {
  a.pivot == b.pivot ? a.offset - b.offset : (a.pivot - b.pivot) + (a.offset - b.offset)
}

/// Sum with a running correction (Neumaier): as if in twice the precision.
func compensatedSum(_ terms: some Sequence<Double>) -> Double {
  var sum = 0.0
  var correction = 0.0
  for term in terms {
    let next = sum + term
    correction += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
  return sum + correction
}

/// Σ w (x − x̄)² about the weighted mean x̄, which is returned too, free of cancellation.
func weightedSquares(_ values: [Double], weights: [Double]) -> (mean: Double, squares: Double) {
  let totalWeight = compensatedSum(weights)
  guard totalWeight > 0 else { return (.nan, .nan) }
  var mean = compensatedSum(zip(values, weights).map { $0 * $1 }) / totalWeight
  // A second pass removes the rounding of the first mean.
  mean += compensatedSum(zip(values, weights).map { ($0 - mean) * $1 }) / totalWeight
  let squares = compensatedSum(zip(values, weights).map { ($0 - mean) * ($0 - mean) * $1 })
  return (mean, squares)
}
