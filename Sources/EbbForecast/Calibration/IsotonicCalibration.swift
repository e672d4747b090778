/// A non-decreasing step function from scores to probabilities, fitted by pooling adjacent violators.
///
/// Minimises Σ (y − f(s))² over non-decreasing f. Between knots it is linear, beyond them flat
/// (as scikit-learn's `IsotonicRegression(out_of_bounds="clip")`). Needs a few hundred leavers: with fewer, Platt's two
/// parameters are the safer choice. Cost O(n log n).
/// Source: B. Zadrozny, C. Elkan, KDD 2002; M. Ayer et al., Ann. Math. Statist. 26 (1955) 641-647.
public struct IsotonicCalibration: Sendable, Codable, Equatable {
  /// Scores of the knots, ascending, and the probability at each.
  public let scores: [Double]
  public let probabilities: [Double]

  public init(scores knots: [Double], probabilities: [Double]) {
    self.scores = knots
    self.probabilities = probabilities
  }

  /// `nil` for no data.
  public init?(fitting scores: [Double], churned: [Bool]) {
    guard scores.count == churned.count, !scores.isEmpty, scores.allSatisfy({ $0.isFinite }) else {
      return nil
    }
    let order = AscendingOrder.of(scores)
    var blocks: [(low: Double, high: Double, weight: Double, sum: Double)] = []
    var start = 0
    while start < order.count {
      var end = start
      var sum = 0.0
      while end < order.count, scores[order[end]] == scores[order[start]] {
        sum += churned[order[end]] ? 1 : 0
        end += 1
      }
      blocks.append((scores[order[start]], scores[order[start]], Double(end - start), sum))
      while blocks.count > 1,
        blocks[blocks.count - 2].sum * blocks[blocks.count - 1].weight
          >= blocks[blocks.count - 1].sum * blocks[blocks.count - 2].weight
      {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].high = last.high
        blocks[blocks.count - 1].weight += last.weight
        blocks[blocks.count - 1].sum += last.sum
      }
      start = end
    }
    var knots: [Double] = []
    var values: [Double] = []
    for block in blocks {
      knots.append(block.low)
      values.append(block.sum / block.weight)
      if block.high > block.low {
        knots.append(block.high)
        values.append(block.sum / block.weight)
      }
    }
    self.scores = knots
    self.probabilities = values
  }

  public func probability(_ score: Double) -> Double {
    guard let first = scores.first, let last = scores.last else { return 0 }
    if score <= first { return probabilities[0] }
    if score >= last { return probabilities[probabilities.count - 1] }
    var low = 0
    var high = scores.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if scores[middle] <= score { low = middle } else { high = middle }
    }
    if scores[low] == score { return probabilities[low] }
    let share = (score - scores[low]) / (scores[high] - scores[low])
    return probabilities[low] + share * (probabilities[high] - probabilities[low])
  }
}
