/// Sums over the clients of a cell.
struct CubeSum: Equatable {
  private(set) var n = 0
  private(set) var churned = 0
  /// Clients with a balance.
  private(set) var held = 0
  private(set) var balance = 0.0
  private(set) var expected = 0.0
  private(set) var atRisk = 0.0

  mutating func add(n: Int, churned: Int, held: Int, balance: Double, expected: Double, atRisk: Double) {
    self.n += n
    self.churned += churned
    self.held += held
    self.balance += balance
    self.expected += expected
    self.atRisk += atRisk
  }

  /// Neither its clients nor those with a balance are few.
  func isShown(_ threshold: Int) -> Bool { n >= threshold && (held == 0 || held >= threshold) }

  mutating func add(_ other: CubeSum) {
    add(
      n: other.n, churned: other.churned, held: other.held, balance: other.balance, expected: other.expected,
      atRisk: other.atRisk)
  }
}

/// Puts cells under the threshold together along one attribute after another, until none is left.
///
/// A cell's place is its code by all attributes, the last running fastest; each attribute's last value means *pooled*.
/// Cells beyond `limit`, the smallest first, are treated as if they were under the threshold. What is small to the end
/// joins the smallest cell shown, with every attribute pooled.
///
/// How many clients a level has is known from other tables. What the cells hide of it, the difference, must be nobody or
/// enough clients too: until it is, the level's smallest cells are pooled on that attribute. So it is with two levels of
/// attributes whose pairs are told elsewhere.
struct CubePooling {
  /// In the order of their places.
  let cells: [(place: Int, sum: CubeSum)]

  /// - Parameter pairs: attributes whose pairs of levels are told elsewhere, those of enough clients.
  init(
    _ counted: [Int: CubeSum], sizes: [Int], order: [Int], pairs: [(Int, Int)] = [], threshold: Int,
    limit: Int
  ) {
    let steps = sizes.indices.map { axis in sizes[(axis + 1)...].reduce(1, *) }
    func value(_ place: Int, _ axis: Int) -> Int { place / steps[axis] % sizes[axis] }
    func pooled(_ place: Int, _ axis: Int) -> Int {
      place + (sizes[axis] - 1 - value(place, axis)) * steps[axis]
    }
    // By attribute and level, the clients whose level no cell tells.
    var hidden = sizes.map { [CubeSum](repeating: CubeSum(), count: $0) }
    // Room is left for what is put together.
    var (shown, small) = Self.split(counted, threshold: threshold, limit: limit * 3 / 4)
    for axis in order where !small.isEmpty {
      var joined: [Int: CubeSum] = [:]
      for (place, sum) in small.sorted(by: { $0.key < $1.key }) {
        hidden[axis][value(place, axis)].add(sum)
        joined[pooled(place, axis), default: CubeSum()].add(sum)
      }
      // A cell that is there already, pooled on this attribute for being beyond the limit.
      let enough = Self.split(joined, threshold: threshold, limit: (limit - shown.count) / 2)
      for (place, sum) in enough.shown { shown[place, default: CubeSum()].add(sum) }
      small = enough.small
    }
    let everything = sizes.reduce(1, *) - 1
    var rest = small.sorted { $0.key < $1.key }.reduce(into: CubeSum()) { $0.add($1.value) }
    while rest.n > 0, !rest.isShown(threshold),
      let smallest = shown.min(by: { ($0.value.n, $0.key) < ($1.value.n, $1.key) })
    {
      shown[smallest.key] = nil
      for axis in order { hidden[axis][value(smallest.key, axis)].add(smallest.value) }
      rest.add(smallest.value)
    }
    if rest.n > 0 { shown[everything, default: CubeSum()].add(rest) }
    for axis in order {
      for level in 0..<sizes[axis] - 1
      where !hidden[axis][level].isShown(threshold) && hidden[axis][level].n > 0 {
        let largerLast = shown.filter { value($0.key, axis) == level }
          .sorted { ($0.value.n, $0.key) < ($1.value.n, $1.key) }
        for (place, sum) in largerLast {
          shown[place] = nil
          shown[pooled(place, axis), default: CubeSum()].add(sum)
          hidden[axis][level].add(sum)
          if hidden[axis][level].isShown(threshold) { break }
        }
      }
    }
    for (first, second) in pairs {
      guard let axis = order.first(where: { $0 == first || $0 == second }) else { continue }
      func pair(_ place: Int) -> Int { value(place, first) * sizes[second] + value(place, second) }
      var all = [Int](repeating: 0, count: sizes[first] * sizes[second])
      for (place, sum) in counted { all[pair(place)] += sum.n }
      var told = [Int](repeating: 0, count: all.count)
      for (place, sum) in shown { told[pair(place)] += sum.n }
      for levels in all.indices where all[levels] >= threshold && all[levels] > told[levels] {
        let largerLast = shown.filter { pair($0.key) == levels }
          .sorted { ($0.value.n, $0.key) < ($1.value.n, $1.key) }
        for (place, sum) in largerLast where all[levels] - told[levels] < threshold {
          shown[place] = nil
          shown[pooled(place, axis), default: CubeSum()].add(sum)
          told[levels] -= sum.n
        }
      }
    }
    cells = shown.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func split(_ cells: [Int: CubeSum], threshold: Int, limit: Int)
    -> (shown: [Int: CubeSum], small: [Int: CubeSum])
  {
    var shown = cells.filter { $0.value.isShown(threshold) }
    var small = cells.filter { !$0.value.isShown(threshold) }
    if shown.count > limit {
      let ranked = shown.sorted { ($1.value.n, $0.key) < ($0.value.n, $1.key) }
      for (place, sum) in ranked.dropFirst(limit) {
        shown[place] = nil
        small[place] = sum
      }
    }
    return (shown, small)
  }

  static func at(_ place: Int, _ sizes: [Int]) -> [Int] {
    var rest = place
    var at: [Int] = []
    for size in sizes.reversed() {
      at.append(rest % size)
      rest /= size
    }
    return at.reversed()
  }
}
