/// The structural components of an area under the ROC curve: how each leaver and each stayer places against the other
/// class. Variances and covariances of areas follow from them.
struct DeLongComponents {
  let area: Double
  /// For each leaver, in row order: share of stayers scored lower (ties half).
  let overStayed: [Double]
  /// For each stayer, in row order: share of leavers scored higher (ties half).
  let underChurned: [Double]

  init(scores: [Double], churned labels: [Bool], order: ScoreOrder) {
    var placement = [Double](repeating: 0, count: scores.count)
    let m = Double(order.churned)
    let n = Double(order.stayed)
    var churnedBelow = 0
    var stayedBelow = 0
    var start = 0
    let ascending = order.ascending
    while start < ascending.count {
      var end = start
      var churnedHere = 0
      while end < ascending.count, scores[ascending[end]] == scores[ascending[start]] {
        if labels[ascending[end]] { churnedHere += 1 }
        end += 1
      }
      let stayedHere = end - start - churnedHere
      for position in start..<end {
        let index = ascending[position]
        placement[index] =
          labels[index]
          ? (Double(stayedBelow) + Double(stayedHere) / 2) / n
          : (m - Double(churnedBelow) - Double(churnedHere) / 2) / m
      }
      churnedBelow += churnedHere
      stayedBelow += stayedHere
      start = end
    }
    var over: [Double] = []
    var under: [Double] = []
    over.reserveCapacity(order.churned)
    under.reserveCapacity(order.stayed)
    for index in scores.indices {
      if labels[index] { over.append(placement[index]) } else { under.append(placement[index]) }
    }
    self.overStayed = over
    self.underChurned = under
    self.area = over.reduce(0, +) / m
  }

  var variance: Double { Self.covariance(self, self) }

  /// Cov(area₁, area₂) over the same clients.
  static func covariance(_ a: DeLongComponents, _ b: DeLongComponents) -> Double {
    covariance(a.overStayed, b.overStayed) / Double(a.overStayed.count)
      + covariance(a.underChurned, b.underChurned) / Double(a.underChurned.count)
  }

  private static func covariance(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count > 1 else { return 0 }
    let n = Double(a.count)
    let meanA = a.reduce(0, +) / n
    let meanB = b.reduce(0, +) / n
    var sum = 0.0
    for index in a.indices { sum += (a[index] - meanA) * (b[index] - meanB) }
    return sum / (n - 1)
  }
}
