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
  /// Cells that have the value, in the order met.
  private var touched: [Int] = []

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
    // Taken out of `self` so that all spans can be open at once.
    var (twiceU, farthest, below, tied) = (self.twiceU, self.farthest, self.below, self.tied)
    (self.twiceU, self.farthest, self.below, self.tied) = ([], [], [], [])
    var pairs = twiceU.mutableSpan
    var distances = farthest.mutableSpan
    var reached = below.mutableSpan
    var together = tied.mutableSpan
    let (ownMap, sizes) = (self.map, self.n)
    let (map, n) = (ownMap.span, sizes.span)
    var start = 0
    while start < block.rows {
      let value = x[start]
      var end = start + 1
      while end < block.rows, x[end] == value { end += 1 }
      if end == start + 1 {
        let i = Int(map[Int(cell[start])])
        if i >= 0 {
          let mine = Int(count[start])
          if mine > 1 {
            let own = Self.cubeLessOne(mine)
            ownTies[i] += own
            pooledTies += own
          }
          Self.step(i, mine, n, &reached, &pairs, &distances)
        }
      } else {
        var total = 0
        touched.removeAll(keepingCapacity: true)
        for row in start..<end {
          let i = Int(map[Int(cell[row])])
          if i < 0 { continue }
          if together[i] == 0 { touched.append(i) }
          together[i] &+= Int(count[row])
          total &+= Int(count[row])
        }
        pooledTies += Self.cubeLessOne(total)
        stepTogether(n, &together, &reached, &pairs, &distances)
      }
      start = end
    }
    (self.twiceU, self.farthest, self.below, self.tied) = (twiceU, farthest, below, tied)
  }

  /// One cell alone has `count` rows of the value.
  @inline(__always)
  private static func step(
    _ i: Int, _ count: Int, _ n: Span<Int>, _ below: inout MutableSpan<Int>, _ twiceU: inout MutableSpan<Int>,
    _ farthest: inout MutableSpan<Int>
  ) {
    let row = i &* n.count
    let reached = below[i] &+ count
    below[i] = reached
    let mine = n[i]
    for j in 0..<n.count {
      let other = below[j]
      twiceU[row &+ j] &+= 2 &* count &* other
      let distance = reached &* n[j] &- other &* mine
      farthest[row &+ j] = max(farthest[row &+ j], abs(distance))
    }
  }

  /// The cells in `touched` have `tied` rows of the value.
  @inline(__always)
  private mutating func stepTogether(
    _ n: Span<Int>, _ tied: inout MutableSpan<Int>, _ below: inout MutableSpan<Int>,
    _ twiceU: inout MutableSpan<Int>, _ farthest: inout MutableSpan<Int>
  ) {
    let k = n.count
    for place in 0..<touched.count {
      let i = touched[place]
      let mine = tied[i]
      if mine > 1 { ownTies[i] += Self.cubeLessOne(mine) }
      for j in 0..<k { twiceU[i &* k &+ j] &+= mine &* (2 &* below[j] &+ tied[j]) }
      for other in 0..<touched.count where touched[other] > i {
        let j = touched[other]
        crossTies[i &* k &+ j] += Self.cross(mine, tied[j])
      }
    }
    for place in 0..<touched.count { below[touched[place]] &+= tied[touched[place]] }
    for place in 0..<touched.count {
      let i = touched[place]
      for j in 0..<k {
        let distance = below[i] &* n[j] &- below[j] &* n[i]
        farthest[i &* k &+ j] = max(farthest[i &* k &+ j], abs(distance))
      }
    }
    for place in 0..<touched.count { tied[touched[place]] = 0 }
  }

  /// t³ − t.
  @inline(__always)
  private static func cubeLessOne(_ t: Int) -> Int128 {
    if t < 1 << 20 { return Int128(t &* t &* t &- t) }
    let wide = Int128(t)
    return wide * wide * wide - wide
  }

  /// 3ab(a + b).
  @inline(__always)
  private static func cross(_ a: Int, _ b: Int) -> Int128 {
    if a + b < 1 << 20 { return Int128(3 &* a &* b &* (a &+ b)) }
    return 3 * Int128(a) * Int128(b) * (Int128(a) + Int128(b))
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
