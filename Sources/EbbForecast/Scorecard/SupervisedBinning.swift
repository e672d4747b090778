import Foundation

/// Cuts a feature into bins that differ in their rate of leaving.
///
/// A number begins as its different values, where there are few, or as equal parts of the clients; a category as its
/// levels in order of their rate. Neighbours are joined, the least different first (likelihood ratio G², 1 df), until
/// all bins are large enough, all neighbours differ by `minimumG` and there are at most `maximumBins`. If rising or
/// falling bins keep `monotoneShare` of the information value, they are taken instead.
///
/// Learns from `rows` only. Cost O(n log n) a feature. Compare: `optbinning.OptimalBinning`, ChiMerge (R. Kerber, AAAI 1992).
public struct SupervisedBinning: Sendable, Codable, Equatable {
  public var maximumBins: Int
  /// Share of the clients below which a bin of a finely spread number is joined.
  public var minimumShare: Double
  /// Clients below which any bin is joined.
  public var minimumCount: Int
  public var minimumG: Double
  public var monotoneShare: Double
  /// Numbers with at most this many different values begin with one bin a value.
  public var fewValues: Int

  public init(
    maximumBins: Int = 15, minimumShare: Double = 0.01, minimumCount: Int = 30, minimumG: Double = 6,
    monotoneShare: Double = 0.98, fewValues: Int = 20
  ) {
    self.maximumBins = maximumBins
    self.minimumShare = minimumShare
    self.minimumCount = minimumCount
    self.minimumG = minimumG
    self.monotoneShare = monotoneShare
    self.fewValues = fewValues
  }

  public func fit(_ matrix: FeatureMatrix, feature: Int, churned: [Bool], rows: [Int]) -> CharacteristicBins {
    matrix.features[feature].kind == .number
      ? number(matrix, feature, churned, rows) : category(matrix, feature, churned, rows)
  }

  /// Codes of bins are kept in a byte.
  private static let binLimit = 200

  private func number(_ matrix: FeatureMatrix, _ feature: Int, _ churned: [Bool], _ rows: [Int])
    -> CharacteristicBins
  {
    let values = matrix.columns[feature]
    var missing = Bin()
    var present: [Double] = []
    var labels: [Bool] = []
    present.reserveCapacity(rows.count)
    labels.reserveCapacity(rows.count)
    for row in rows {
      if values[row].isNaN {
        missing.add(churned[row])
      } else {
        present.append(values[row])
        labels.append(churned[row])
      }
    }
    var distinct: [Bin] = []
    for index in AscendingOrder.of(present) {
      if distinct.last?.low != present[index] { distinct.append(Bin(low: present[index])) }
      distinct[distinct.count - 1].add(labels[index])
    }
    let isCoarse = distinct.count <= fewValues
    var bins = isCoarse ? distinct : Self.equalParts(distinct, n: present.count, parts: 50)
    let smallest = isCoarse ? minimumCount : max(minimumCount, Int(minimumShare * Double(rows.count)))
    join(&bins, smallest: smallest)
    if let monotone = monotone(bins) { bins = monotone }
    bins.append(missing)
    return CharacteristicBins(
      feature: matrix.features[feature], cuts: bins.dropLast().dropFirst().map(\.low), binOfLevel: [],
      stayed: bins.count == 1 ? [0, missing.stayed] : bins.map(\.stayed),
      churned: bins.count == 1 ? [0, missing.churned] : bins.map(\.churned))
  }

  private func category(_ matrix: FeatureMatrix, _ feature: Int, _ churned: [Bool], _ rows: [Int])
    -> CharacteristicBins
  {
    let values = matrix.columns[feature]
    var missing = Bin()
    var levels = matrix.features[feature].levels.indices.map { Bin(low: Double($0)) }
    for row in rows {
      if let code = Int(exactly: values[row]), levels.indices.contains(code) {
        levels[code].add(churned[row])
      } else {
        missing.add(churned[row])
      }
    }
    var members = levels.indices.sorted { (levels[$0].rate, $0) < (levels[$1].rate, $1) }.filter {
      levels[$0].n > 0
    }
    .map { [$0] }
    var bins = members.map { levels[$0[0]] }
    join(&bins, smallest: minimumCount) { first in members[first] += members.remove(at: first + 1) }
    if bins.isEmpty {
      bins = [Bin()]
      members = [[]]
    }
    var binOfLevel = [Int](repeating: -1, count: levels.count)
    for (bin, codes) in members.enumerated() { for code in codes { binOfLevel[code] = bin } }
    bins.append(missing)
    let found = CharacteristicBins(
      feature: matrix.features[feature], cuts: [], binOfLevel: [], stayed: bins.map(\.stayed),
      churned: bins.map(\.churned))
    return CharacteristicBins(
      feature: matrix.features[feature], cuts: [],
      binOfLevel: binOfLevel.map { $0 < 0 ? found.neutralBin : $0 },
      stayed: bins.map(\.stayed), churned: bins.map(\.churned))
  }

  private func join(_ bins: inout [Bin], smallest: Int, also: (Int) -> Void = { _ in }) {
    while bins.count > 1 {
      // A bin too small is joined before any other.
      let small = bins.indices.filter { bins[$0].n < smallest }
      let candidates =
        small.isEmpty
        ? Array(0..<(bins.count - 1))
        : small.flatMap { [$0 - 1, $0] }.filter { $0 >= 0 && $0 < bins.count - 1 }
      let best = candidates.min { bins[$0].g(bins[$0 + 1]) < bins[$1].g(bins[$1 + 1]) } ?? 0
      if small.isEmpty, bins.count <= min(maximumBins, Self.binLimit),
        bins[best].g(bins[best + 1]) >= minimumG
      {
        return
      }
      bins[best].join(bins.remove(at: best + 1))
      also(best)
    }
  }

  /// Rising or falling bins, if they keep enough of the information value.
  private func monotone(_ bins: [Bin]) -> [Bin]? {
    guard bins.count > 2 else { return nil }
    let whole = Self.informationValue(bins)
    let choices = [1.0, -1.0].map { sign -> [Bin] in
      var pooled: [Bin] = []
      for bin in bins {
        pooled.append(bin)
        while pooled.count > 1,
          sign * pooled[pooled.count - 1].rate <= sign * pooled[pooled.count - 2].rate
        {
          let last = pooled.removeLast()
          pooled[pooled.count - 1].join(last)
        }
      }
      return pooled
    }
    let best =
      Self.informationValue(choices[0]) >= Self.informationValue(choices[1]) ? choices[0] : choices[1]
    return Self.informationValue(best) >= monotoneShare * whole ? best : nil
  }

  private static func informationValue(_ bins: [Bin]) -> Double {
    let stayed = Double(bins.reduce(0) { $0 + $1.stayed }) + 0.5
    let churned = Double(bins.reduce(0) { $0 + $1.churned }) + 0.5
    return bins.reduce(0) { sum, bin in
      let good = (Double(bin.stayed) + 0.5) / stayed
      let bad = (Double(bin.churned) + 0.5) / churned
      return sum + (good - bad) * log(good / bad)
    }
  }

  private static func equalParts(_ distinct: [Bin], n: Int, parts: Int) -> [Bin] {
    var bins: [Bin] = []
    var taken = 0
    var part = -1
    for bin in distinct {
      let here = min(parts - 1, taken * parts / max(1, n))
      if here != part {
        bins.append(bin)
        part = here
      } else {
        bins[bins.count - 1].join(bin)
      }
      taken += bin.n
    }
    return bins
  }
}

/// Clients of one bin while bins are being joined.
private struct Bin {
  var low = -Double.infinity
  var stayed = 0
  var churned = 0
  var n: Int { stayed + churned }
  var rate: Double { Double(churned) / Double(max(1, n)) }

  mutating func add(_ left: Bool) { if left { churned += 1 } else { stayed += 1 } }
  mutating func join(_ other: Bin) {
    stayed += other.stayed
    churned += other.churned
  }

  /// Likelihood ratio of two rates against one.
  func g(_ other: Bin) -> Double {
    func part(_ k: Int, _ n: Int) -> Double {
      let (k, n) = (Double(k), Double(n))
      return (k > 0 ? k * log(k / n) : 0) + (n > k ? (n - k) * log((n - k) / n) : 0)
    }
    return 2
      * (part(churned, n) + part(other.churned, other.n) - part(churned + other.churned, n + other.n))
  }
}
