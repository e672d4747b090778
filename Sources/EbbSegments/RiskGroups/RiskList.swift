import EbbStatistics

/// The short lists: rule after rule, each by what it adds to those before it, and each proven on clients that it was
/// not found on.
///
/// - A risk group is looked for among the clients of no earlier group. It must leave `liftFloor` times as often as all
///   clients, by all of its clients and by those it adds; 30 % of its leavers at least must be new, else it is a
///   duplicate.
/// - A loyal group must leave less often than the clients of no risk group: else every risk group would have its mirror
///   image here.
/// - On the confirming clients each rule is tested twice: all its clients against all others, and those it adds against
///   the others of no earlier group. Both must hold, so the greater p counts; Holm's correction is over all rules of
///   both directions.
struct RiskList {
  typealias Tally = RiskCells.Tally

  struct Found {
    let rule: RiskCandidate
    let direction: Int
    /// Its cells, by number.
    let members: [Int]
    /// On the confirming clients.
    let here: Tally
    let elsewhere: Tally
    let test: HypothesisTest
    let pValue: Double
    var pValueAdjusted = 1.0
    let confirmed: Bool
  }

  /// How much of a group must be new: leavers of a risk group, clients of a loyal one.
  static let (newLeavers, newClients, discoveryZ) = (0.3, 0.5, 3.0)
  /// Leavers (stayers) among the discovering clients below which nothing is searched.
  static let fewest = 20

  let cells: RiskCells
  let options: RiskOptions
  /// All that were put to the test.
  private(set) var tested: [Found] = []
  private(set) var looked = 0

  var risk: [Found] { passed(1) }
  var loyal: [Found] { passed(-1) }

  private func passed(_ direction: Int) -> [Found] {
    tested.filter { $0.direction == direction && $0.confirmed && $0.pValueAdjusted <= options.alpha }
  }

  init(_ cells: RiskCells, share: Double, options: RiskOptions) {
    self.cells = cells
    self.options = options
    let total = cells.discoveryTotal
    guard total.churned >= Self.fewest, total.n - total.churned >= Self.fewest else { return }

    let active = cells.discovery.indices.filter { cells.discovery[$0] != 0 }
    let codes = cells.codes.map { column in active.map { column[$0] } }
    let weights = active.map { cells.discovery[$0] }
    let size = Double(options.minimumSize(of: cells.total.n)) * share
    let minimum = max(1, Int(size.rounded()))
    var free = weights
    let overall = Double(total.churned) / Double(total.n)
    let risk = groups(1, codes, weights, &free, overall, minimum, options.riskLimit)
    let ordinary = Tally(packed: free.reduce(0, &+))
    var loyal: [RiskCandidate] = []
    if ordinary.n > 0 {
      // Risk groups' clients may belong to a loyal group, and count against it.
      free = weights
      let reference = Double(ordinary.churned) / Double(ordinary.n)
      loyal = groups(-1, codes, weights, &free, reference, minimum, options.loyalLimit)
    }
    confirm(risk, loyal)
  }

  /// Finds groups of one direction; takes their clients out of `free`.
  private mutating func groups(
    _ direction: Int, _ codes: [[UInt8]], _ weights: [UInt64], _ free: inout [UInt64], _ reference: Double,
    _ minimum: Int, _ limit: Int
  ) -> [RiskCandidate] {
    let whole = RiskSearch(
      cells.attributes, codes: codes, weights: weights, direction: direction, reference: reference,
      minimum: minimum, conditionLimit: options.conditionLimit)
    var groups: [RiskCandidate] = []
    while groups.count < limit {
      var search = RiskSearch(
        cells.attributes, codes: codes, weights: free, direction: direction, reference: reference,
        minimum: minimum, conditionLimit: options.conditionLimit)
      let rules = search.best()
      looked += search.looked
      let next = rules.first { rule in
        isWorth(rule, adds: search.tally(rule), of: whole.tally(rule), search, whole.total)
      }
      guard let next else { break }
      groups.append(next)
      for cell in free.indices where free[cell] != 0 {
        let isIn = next.parts.allSatisfy {
          Int(codes[$0.attribute][cell]) >= $0.run.low && Int(codes[$0.attribute][cell]) < $0.run.high
        }
        if isIn { free[cell] = 0 }
      }
    }
    return groups
  }

  private func isWorth(
    _ rule: RiskCandidate, adds added: Tally, of all: Tally, _ search: RiskSearch, _ total: Tally
  ) -> Bool {
    guard added.n > 0, all.n > 0, let bounds = wilsonInterval(successes: added.churned, n: added.n) else {
      return false
    }
    let others = Tally(packed: search.total.packed &- added.packed)
    guard search.z(added, others) >= Self.discoveryZ else { return false }
    let (rate, allRate) = (
      Double(added.churned) / Double(added.n), Double(all.churned) / Double(all.n)
    )
    if search.direction > 0 {
      return bounds.low > search.reference && min(rate, allRate) >= options.liftFloor * search.reference
        && Double(added.churned) >= Self.newLeavers * Double(all.churned)
        && added.churned * 100 >= total.churned
    }
    return bounds.high < search.reference && max(rate, allRate) * options.liftFloor <= search.reference
      && Double(added.n) >= Self.newClients * Double(all.n)
  }

  // MARK: Confirmation

  private mutating func confirm(_ risk: [RiskCandidate], _ loyal: [RiskCandidate]) {
    let confirming = cells.all.indices.map { cells.all[$0] &- cells.discovery[$0] }
    let total = Tally(packed: confirming.reduce(0, &+))
    var covered = [Bool](repeating: false, count: confirming.count)
    var free = total.packed
    for (rule, direction) in risk.map({ ($0, 1) }) + loyal.map({ ($0, -1) }) {
      let members = self.members(rule)
      var (here, added): (UInt64, UInt64) = (0, 0)
      for cell in members {
        here &+= confirming[cell]
        if !covered[cell] { added &+= confirming[cell] }
        covered[cell] = true
      }
      tested.append(
        found(rule, direction, members, here: here, added: added, free: free, total: total))
      free &-= added
    }
    let adjusted = holm(tested.map(\.pValue))
    for index in tested.indices { tested[index].pValueAdjusted = adjusted[index] }
  }

  private func found(
    _ rule: RiskCandidate, _ direction: Int, _ members: [Int], here: UInt64, added: UInt64, free: UInt64,
    total: Tally
  ) -> Found {
    let (inside, outside) = (Tally(packed: here), Tally(packed: total.packed &- here))
    let (new, others) = (Tally(packed: added), Tally(packed: free &- added))
    let test = Self.test(inside, outside)
    let second = Self.test(new, others)
    func rate(_ tally: Tally) -> Double { Double(tally.churned) / Double(max(1, tally.n)) }
    let overall = rate(total)
    var confirmed = false
    if let bounds = wilsonInterval(successes: inside.churned, n: inside.n), overall > 0 {
      let floor = options.liftFloor
      confirmed =
        direction > 0
        ? bounds.low > overall && rate(inside) >= floor * overall && rate(new) > rate(others)
        : bounds.high < overall && rate(inside) * floor <= overall && rate(new) < rate(others)
    }
    return Found(
      rule: rule, direction: direction, members: members, here: inside, elsewhere: outside, test: test,
      pValue: max(test.pValue ?? 1, second.pValue ?? 1), confirmed: confirmed)
  }

  /// The z test of two shares, Fisher's exact one where a count expected is below 5.
  static func test(_ first: Tally, _ second: Tally) -> HypothesisTest {
    let (n1, n2) = (Double(first.n), Double(second.n))
    let left = Double(first.churned + second.churned)
    let least = min(n1, n2) * min(left, n1 + n2 - left) / max(1, n1 + n2)
    return least >= 5
      ? twoProportionZ(successes1: first.churned, n1: first.n, successes2: second.churned, n2: second.n)
      : fisherExact([
        [first.churned, first.n - first.churned], [second.churned, second.n - second.churned],
      ])
  }

  /// Cells of a rule, ascending.
  func members(_ rule: RiskCandidate) -> [Int] {
    cells.all.indices.filter { cell in
      rule.parts.allSatisfy { part in
        let code = Int(cells.codes[part.attribute][cell])
        return code >= part.run.low && code < part.run.high
      }
    }
  }
}
