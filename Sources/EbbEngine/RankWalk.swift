/// Walks a measure upwards and gathers what rank tests need: for every pair of cells U, ties and the greatest
/// distance of the distribution functions, and the ties of all cells together. All in whole numbers.
package struct RankWalk: Sendable {
  /// From cells of the pass to 0..<k, the non-empty cells compared; −1: left out.
  let map: [Int32]
  let n: [Int]
  private var below: [Int]
  /// Row i, column j: 2·(pairs in which i is greater) + ties.
  private(set) var twiceU: [Int]
  /// Row i, column j: greatest |F_i − F_j|·n_i·n_j, seen where i steps.
  private(set) var farthest: [Int]
  /// Σ(t³ − t) of each cell alone.
  private(set) var ownTies: [Int128]
  /// Row i, column j > i: what ties across the two add: Σ 3ab(a + b).
  private(set) var crossTies: [Int128]
  private(set) var pooledTies: Int128 = 0
  private var tied: [Int]

  init(map: [Int32], n: [Int], below: [Int]) {
    self.map = map
    self.n = n
    self.below = below
    let k = n.count
    twiceU = [Int](repeating: 0, count: k * k)
    farthest = [Int](repeating: 0, count: k * k)
    ownTies = [Int128](repeating: 0, count: k)
    crossTies = [Int128](repeating: 0, count: k * k)
    tied = [Int](repeating: 0, count: k)
  }

  /// What was found elsewhere: matrices by row i and column j, i < j for `crossTies` and `farthest`.
  package init(
    n: [Int], twiceU: [Int], farthest: [Int], ownTies: [Int128], crossTies: [Int128], pooledTies: Int128
  ) {
    self.init(map: [], n: n, below: [])
    self.twiceU = twiceU
    self.farthest = farthest
    self.ownTies = ownTies
    self.crossTies = crossTies
    self.pooledTies = pooledTies
  }

  mutating func take(_ block: borrowing RunBlock) {
    let (x, cell, count) = (block.x.span, block.cell.span, block.count.span)
    var start = 0
    while start < x.count {
      var end = start + 1
      while end < x.count, x[end] == x[start] { end += 1 }
      if end == start + 1 {
        let i = Int(map[Int(cell[start])])
        if i >= 0 { step(i, Int(count[start])) }
      } else {
        stepTogether(start..<end, cell, count)
      }
      start = end
    }
  }

  /// One cell alone has `count` rows of the value.
  @inline(__always)
  private mutating func step(_ i: Int, _ count: Int) {
    let k = n.count
    if count > 1 {
      let own = Self.cubeLessOne(count)
      ownTies[i] += own
      pooledTies += own
    }
    let row = i * k
    let reached = below[i] + count
    below[i] = reached
    let mine = n[i]
    for j in 0..<k {
      let other = below[j]
      twiceU[row + j] &+= 2 &* count &* other
      let distance = reached &* n[j] &- other &* mine
      farthest[row + j] = max(farthest[row + j], abs(distance))
    }
  }

  private mutating func stepTogether(_ rows: Range<Int>, _ cell: Span<UInt32>, _ count: Span<UInt32>) {
    let k = n.count
    var touched: [Int] = []
    var total = 0
    for row in rows {
      let i = Int(map[Int(cell[row])])
      if i < 0 { continue }
      if tied[i] == 0 { touched.append(i) }
      tied[i] += Int(count[row])
      total += Int(count[row])
    }
    pooledTies += Self.cubeLessOne(total)
    for i in touched {
      let mine = tied[i]
      ownTies[i] += Self.cubeLessOne(mine)
      for j in 0..<k { twiceU[i * k + j] += mine * (2 * below[j] + tied[j]) }
      for j in touched where j > i {
        let (a, b) = (Int128(mine), Int128(tied[j]))
        crossTies[i * k + j] += 3 * a * b * (a + b)
      }
    }
    for i in touched { below[i] += tied[i] }
    for i in touched {
      for j in 0..<k {
        let distance = below[i] * n[j] - below[j] * n[i]
        farthest[i * k + j] = max(farthest[i * k + j], abs(distance))
      }
    }
    for i in touched { tied[i] = 0 }
  }

  private static func cubeLessOne(_ t: Int) -> Int128 {
    let wide = Int128(t)
    return wide * wide * wide - wide
  }

  /// Adds what another segment's walk gathered.
  mutating func merge(_ other: RankWalk) {
    for index in twiceU.indices {
      twiceU[index] += other.twiceU[index]
      farthest[index] = max(farthest[index], other.farthest[index])
      crossTies[index] += other.crossTies[index]
    }
    for index in ownTies.indices { ownTies[index] += other.ownTies[index] }
    pooledTies += other.pooledTies
  }
}
