@testable import EbbStatistics

/// The sufficient statistics of rows, the plain way: what the engine's must equal.
func moments(_ values: [Double], pivot: Double? = nil) -> Moments {
  let pivot = pivot ?? values.first ?? 0
  let n = Double(values.count)
  let gaps = values.map { $0 - pivot }
  let offset = values.isEmpty ? 0 : compensatedSum(gaps) / n
  func power(_ p: Int) -> Double {
    compensatedSum(gaps.map { g in (0..<p).reduce(1.0) { product, _ in product * (g - offset) } })
  }
  return Moments(
    n: values.count, pivot: pivot, offset: offset, m2: power(2), m3: power(3), m4: power(4),
    sum: compensatedSum(values), minimum: values.min(), maximum: values.max())
}

/// Exact moments of whole numbers of 1/scale: sums in integers, one division at the end.
func moments(exact values: [Int], scale: Int, pivot: Int) -> Moments {
  let n = values.count
  let gaps = values.map { Int128($0 - pivot) }
  let s1 = gaps.reduce(0, +)
  let s2 = gaps.reduce(0) { $0 + $1 * $1 }
  let unit = Double(scale)
  let squares = Int128(n) * s2 - s1 * s1
  return Moments(
    n: n, pivot: Double(pivot) / unit, offset: Double(s1) / Double(n) / unit,
    m2: Double(squares) / Double(n) / (unit * unit), m3: 0, m4: 0,
    sum: Double(values.reduce(0, +)) / unit, minimum: values.min().map { Double($0) / unit },
    maximum: values.max().map { Double($0) / unit })
}

func groupMoments(_ groups: [[Double]]) -> [Moments] {
  let pivot = groups.first { !$0.isEmpty }?.first ?? 0
  return groups.map { moments($0, pivot: pivot) }
}

func deviations(_ values: [Double], from center: LeveneCenter) -> Deviations {
  let sorted = values.sorted()
  let middle =
    center == .median
    ? median(sorted: sorted) : values.isEmpty ? nil : compensatedSum(values) / Double(values.count)
  let gaps = values.map { abs($0 - (middle ?? 0)) }
  return Deviations(
    n: values.count, center: middle, sum: compensatedSum(gaps),
    sumOfSquares: compensatedSum(gaps.map { $0 * $0 }))
}

/// Mid-ranks of the pooled values: rank sums by group and Σ(t³ − t).
func rankSums(_ groups: [[Double]]) -> (n: [Int], sums: [Double], tieTerm: Double) {
  let pooled = groups.enumerated().flatMap { g, values in values.map { (value: $0, group: g) } }
    .sorted { $0.value < $1.value }
  var sums = [Double](repeating: 0, count: groups.count)
  var tieTerm = 0.0
  var start = 0
  while start < pooled.count {
    var end = start
    while end < pooled.count && pooled[end].value == pooled[start].value { end += 1 }
    let t = Double(end - start)
    tieTerm += t * t * t - t
    for i in start..<end { sums[pooled[i].group] += Double(start + end + 1) / 2 }
    start = end
  }
  return (groups.map(\.count), sums, tieTerm)
}

func pairRanks(_ a: [Double], _ b: [Double]) -> PairRanks {
  let ranks = rankSums([a, b])
  let n1 = Double(a.count)
  var distance = 0.0
  let (first, second) = (a.sorted(), b.sorted())
  var i = 0
  var j = 0
  for value in Set(a + b).sorted() {
    while i < first.count && first[i] <= value { i += 1 }
    while j < second.count && second[j] <= value { j += 1 }
    if !a.isEmpty && !b.isEmpty {
      distance = max(distance, abs(Double(i) / n1 - Double(j) / Double(b.count)))
    }
  }
  return PairRanks(
    first: 0, second: 1, n1: a.count, n2: b.count, u1: ranks.sums[0] - n1 * (n1 + 1) / 2,
    tieTerm: ranks.tieTerm, maximumDistance: distance)
}

/// A small generator of repeatable numbers (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Roughly normal: twelve uniforms.
  mutating func bell(_ mean: Double, _ deviation: Double) -> Double {
    let sum = (0..<12).reduce(0.0) { s, _ in s + Double.random(in: 0..<1, using: &self) }
    return mean + deviation * (sum - 6)
  }
}
