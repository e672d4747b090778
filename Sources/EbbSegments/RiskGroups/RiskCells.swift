import EbbClients
import EbbEngine
import EbbStatistics

/// The clients as the search sees them: cells of all attributes with their clients and leavers, divided into those that
/// rules are found on and those that prove them.
///
/// Clients of one cell are alike in everything a rule can ask, so a random division of clients is known by how many
/// leavers and stayers of each cell fall into either part: each of them is drawn by a coin of its own. That is exactly the
/// law of dividing the rows at random, without seeing a row. The coin's seed is made of the cell's codes, so the
/// division does not depend on the order of rows or cells.
struct RiskCells {
  /// Clients and leavers of a cell in one word, so that both are added at once.
  struct Tally: Equatable {
    var packed: UInt64 = 0
    init(n: Int, churned: Int) { packed = UInt64(n) << 32 | UInt64(churned) }
    init(packed: UInt64) { self.packed = packed }
    var n: Int { Int(packed >> 32) }
    var churned: Int { Int(packed & 0xFFFF_FFFF) }
  }

  let attributes: [RiskAttribute]
  /// By attribute, then by cell: the place of the cell's level in the attribute's row.
  let codes: [[UInt8]]
  /// By cell.
  let all: [UInt64]
  let discovery: [UInt64]

  var count: Int { all.count }
  var total: Tally { Tally(packed: all.reduce(0, &+)) }
  var discoveryTotal: Tally { Tally(packed: discovery.reduce(0, &+)) }

  /// `nil` where the answer has not churn as its last axis.
  init?(_ cells: SparseCells, _ groupings: [Grouping], left: Level, share: Double, seed: UInt64) {
    guard cells.axes.count == groupings.count + 1, cells.codes.count == cells.axes.count,
      let sides = cells.axes.last, let leftCode = sides.firstIndex(of: left)
    else { return nil }
    let churn = cells.codes[groupings.count]
    var starts: [Int] = []
    for cell in cells.counts.indices {
      let isSame =
        cell > 0 && groupings.indices.allSatisfy { cells.codes[$0][cell] == cells.codes[$0][cell - 1] }
      if !isSame { starts.append(cell) }
    }
    var (all, discovery): ([UInt64], [UInt64]) = ([], [])
    all.reserveCapacity(starts.count)
    discovery.reserveCapacity(starts.count)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : cells.counts.count
      var key = seed &* 0x9E37_79B9_7F4A_7C15
      for axis in groupings.indices { key = Coin.mixed(key ^ UInt64(cells.codes[axis][start])) &+ 1 }
      var coin = Coin(state: key)
      var (whole, drawn): (UInt64, UInt64) = (0, 0)
      for cell in start..<end {
        let n = cells.counts[cell]
        let found = coin.draw(n, share: share)
        let isLeft = Int(churn[cell]) == leftCode
        whole &+= Tally(n: n, churned: isLeft ? n : 0).packed
        drawn &+= Tally(n: found, churned: isLeft ? found : 0).packed
      }
      all.append(whole)
      discovery.append(drawn)
    }
    self.all = all
    self.discovery = discovery

    var (attributes, codes): ([RiskAttribute], [[UInt8]]) = ([], [])
    for (axis, grouping) in groupings.enumerated() {
      let raw = starts.map { cells.codes[axis][$0] }
      var tallies = [UInt64](repeating: 0, count: cells.axes[axis].count)
      for (cell, code) in raw.enumerated() { tallies[Int(code)] &+= discovery[cell] }
      let found = tallies.map { Tally(packed: $0) }
      let attribute = RiskAttribute(
        grouping, cells.axes[axis], n: found.map(\.n), churned: found.map(\.churned))
      attributes.append(attribute)
      codes.append(raw.map { attribute.place[Int($0)] })
    }
    self.attributes = attributes
    self.codes = codes
  }
}

/// Seeded draws for the clients of one cell.
struct Coin {
  var state: UInt64

  static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// How many of `n` clients are drawn, each with the same chance by itself.
  mutating func draw(_ n: Int, share: Double) -> Int {
    var drawn = 0
    if share == 0.5 {
      var rest = n
      while rest > 0 {
        let bits = next()
        drawn += (rest >= 64 ? bits : bits & (1 << UInt64(rest) &- 1)).nonzeroBitCount
        rest -= 64
      }
    } else {
      let limit = UInt64(min(max(share, 0), 1) * 0x1p53)
      for _ in 0..<n where next() >> 11 < limit { drawn += 1 }
    }
    return drawn
  }
}
