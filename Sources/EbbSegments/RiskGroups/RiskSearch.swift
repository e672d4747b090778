import EbbStatistics

/// One rule in the search: for some attributes a run of levels.
struct RiskCandidate: Hashable {
  struct Part: Hashable {
    let attribute: Int
    var run: RiskAttribute.Run
  }
  /// By attribute, ascending.
  var parts: [Part]

  init(_ parts: [Part]) { self.parts = parts.sorted { $0.attribute < $1.attribute } }

  func without(_ index: Int) -> RiskCandidate {
    var rest = parts
    rest.remove(at: index)
    return RiskCandidate(rest)
  }

  func adding(_ attribute: Int, _ run: RiskAttribute.Run) -> RiskCandidate {
    RiskCandidate(parts.filter { $0.attribute != attribute } + [Part(attribute: attribute, run: run)])
  }
}

/// Looks for the best rule among clients not yet in a group.
///
/// *Best* is weighted relative accuracy s(p − p₀) over the spread of such a group, √(s(1 − s)): the correlation of the
/// rule with leaving, whose square is what χ² measures. Its maximum lies at the borders of whatever drives churn: clients
/// beyond them lower the rate, clients left outside lower the share. Every single condition and every pair is
/// looked at; the best pairs get every third condition; the best rules then have their borders moved, conditions
/// exchanged and taken out until nothing helps (`settled`).
///
/// A condition stays only if the rate falls without it: the clients it keeps out must leave significantly and
/// materially less, and the bound of the rate that can be trusted must rise by a tenth.
///
/// Source: W. Klösgen, Explora, 1996; N. Lavrač et al., JMLR 5 (2004); F. Lemmerich & M. Becker, pysubgroup, 2018
/// (`StandardQF(a=0.5)`).
struct RiskSearch {
  typealias Tally = RiskCells.Tally
  typealias Run = RiskAttribute.Run

  /// +1: leaving; −1: staying.
  let direction: Int
  let attributes: [RiskAttribute]
  /// Only cells with clients in them.
  let codes: [[UInt8]]
  let weights: [UInt64]
  let total: Tally
  /// The rate that a rule has to leave behind.
  let reference: Double
  /// Clients of a rule at least.
  let minimum: Int
  let conditionLimit: Int
  private(set) var looked = 0

  static let (pairsKept, beam, settled) = (2, 40, 10)
  /// What a condition must show: z of the clients it keeps out, their odds, the rise of the trusted bound.
  static let (conditionZ, conditionOdds, conditionGain) = (3.9, 1.5, 1.1)

  init(
    _ attributes: [RiskAttribute], codes: [[UInt8]], weights: [UInt64], direction: Int, reference: Double,
    minimum: Int, conditionLimit: Int
  ) {
    self.direction = direction
    self.attributes = attributes
    let active = weights.indices.filter { weights[$0] != 0 }
    self.codes = codes.map { column in active.map { column[$0] } }
    self.weights = active.map { weights[$0] }
    total = Tally(packed: self.weights.reduce(0, &+))
    self.reference = reference
    self.minimum = minimum
    self.conditionLimit = conditionLimit
  }

  /// Rules, the best first.
  mutating func best() -> [RiskCandidate] {
    guard total.n > minimum else { return [] }
    var singles: [(rule: RiskCandidate, score: Double)] = []
    for attribute in attributes.indices {
      let tallies = histograms(RiskCandidate([]), of: [attribute])[0]
      for (run, score) in bestRuns(attribute, tallies, keeping: 3) {
        singles.append((RiskCandidate([.init(attribute: attribute, run: run)]), score))
      }
    }
    var found = singles
    if conditionLimit > 1 {
      var pairs: [(rule: RiskCandidate, score: Double)] = []
      for first in attributes.indices {
        for second in attributes.indices.dropFirst(first + 1) { pairs += bestPairs(first, second) }
      }
      pairs = Self.sorted(pairs)
      found += pairs.prefix(Self.beam)
      if conditionLimit > 2 {
        for pair in pairs.prefix(Self.beam) {
          let free = attributes.indices.filter { index in
            !pair.rule.parts.contains { $0.attribute == index }
          }
          for (attribute, tallies) in zip(free, histograms(pair.rule, of: free)) {
            for (run, score) in bestRuns(attribute, tallies, keeping: 1) where score > pair.score {
              found.append((pair.rule.adding(attribute, run), score))
            }
          }
        }
      }
    }
    found = Self.sorted(found)
    var seen: Set<RiskCandidate> = []
    var settled: [(rule: RiskCandidate, score: Double)] = []
    var tried: Set<[Int]> = []
    for candidate in found {
      // Border variants of one another settle alike: one for each set of attributes.
      guard tried.insert(candidate.rule.parts.map(\.attribute)).inserted else { continue }
      if tried.count > Self.settled { break }
      let rule = settle(candidate.rule)
      if !rule.parts.isEmpty, seen.insert(rule).inserted { settled.append((rule, score(tally(rule)))) }
    }
    return Self.sorted(settled).map(\.rule)
  }

  private static func sorted(
    _ rules: [(rule: RiskCandidate, score: Double)]
  ) -> [(rule: RiskCandidate, score: Double)] {
    rules.enumerated().sorted {
      $0.element.score != $1.element.score
        ? $0.element.score > $1.element.score : $0.offset < $1.offset
    }.map(\.element)
  }

  // MARK: Quality

  /// The square of the correlation, but for a constant; 0 for rules of the wrong direction or too few clients.
  @inline(__always)
  func score(_ tally: Tally) -> Double {
    let n = tally.n
    guard n >= minimum, n < total.n else { return 0 }
    let excess = (Double(tally.churned) - Double(n) * reference) * Double(direction)
    return excess > 0 ? excess * excess / (Double(n) * Double(total.n - n)) : 0
  }

  /// Leavers for risk, stayers for loyalty.
  private func hits(_ tally: Tally) -> Int { direction > 0 ? tally.churned : tally.n - tally.churned }

  /// z of two rates, the first above the second in the direction looked for.
  func z(_ first: Tally, _ second: Tally) -> Double {
    guard first.n > 0, second.n > 0 else { return 0 }
    let (a, b) = (Double(hits(first)) / Double(first.n), Double(hits(second)) / Double(second.n))
    let pooled = Double(hits(first) + hits(second)) / Double(first.n + second.n)
    let se = (pooled * (1 - pooled) * (1 / Double(first.n) + 1 / Double(second.n))).squareRoot()
    return se > 0 ? (a - b) / se : 0
  }

  /// Odds of the first over odds of the second, half a client added everywhere.
  private func odds(_ first: Tally, _ second: Tally) -> Double {
    let (a, b) = (Double(hits(first)) + 0.5, Double(first.n - hits(first)) + 0.5)
    let (c, d) = (Double(hits(second)) + 0.5, Double(second.n - hits(second)) + 0.5)
    return a / b * (d / c)
  }

  /// How much the trusted bound of the rate gains: lower bounds for risk, upper ones for loyalty.
  private func gain(_ rule: Tally, over parent: Tally) -> Double {
    let inner = wilsonInterval(successes: rule.churned, n: rule.n)
    let outer = wilsonInterval(successes: parent.churned, n: parent.n)
    guard let inner, let outer else { return 0 }
    return direction > 0
      ? inner.low / max(outer.low, 1e-12) : outer.high / max(inner.high, 1e-12)
  }

  // MARK: Counts

  func tally(_ rule: RiskCandidate) -> Tally {
    Tally(packed: members(rule).reduce(0) { $0 &+ weights[$1] })
  }

  private func members(_ rule: RiskCandidate) -> [Int] {
    guard let first = rule.parts.first else { return Array(weights.indices) }
    var members: [Int] = []
    let firstColumn = codes[first.attribute]
    let column = firstColumn.span
    let (low, high) = (UInt8(first.run.low), UInt8(first.run.high))
    for cell in 0..<column.count where column[cell] >= low && column[cell] < high { members.append(cell) }
    for part in rule.parts.dropFirst() {
      let column = codes[part.attribute]
      let (low, high) = (UInt8(part.run.low), UInt8(part.run.high))
      members.removeAll { column[$0] < low || column[$0] >= high }
    }
    return members
  }

  /// Clients of a rule by the levels of some attributes.
  private func histograms(_ rule: RiskCandidate, of wanted: [Int]) -> [[UInt64]] {
    let members = members(rule)
    return wanted.map { attribute in
      var tallies = [UInt64](repeating: 0, count: attributes[attribute].size)
      let codes = codes[attribute]
      let column = codes.span
      let (list, weights) = (members.span, weights.span)
      var sums = tallies.mutableSpan
      for index in 0..<list.count { sums[Int(column[list[index]])] &+= weights[list[index]] }
      return tallies
    }
  }

  private mutating func bestRuns(
    _ attribute: Int, _ tallies: [UInt64], keeping limit: Int
  ) -> [(run: Run, score: Double)] {
    var sums: [UInt64] = [0]
    for tally in tallies { sums.append((sums.last ?? 0) &+ tally) }
    var best: [(run: Run, score: Double)] = []
    for run in attributes[attribute].runs {
      looked += 1
      let score = score(Tally(packed: sums[run.high] &- sums[run.low]))
      Self.keep(run, score, limit, &best)
    }
    return best
  }

  @inline(__always)
  private static func keep<Rule>(
    _ rule: Rule, _ score: Double, _ limit: Int, _ best: inout [(run: Rule, score: Double)]
  ) {
    if score <= 0 || best.count == limit && score <= best[limit - 1].score { return }
    let at = best.firstIndex { $0.score < score } ?? best.count
    best.insert((rule, score), at: at)
    if best.count > limit { best.removeLast() }
  }

  private mutating func bestPairs(
    _ first: Int, _ second: Int
  ) -> [(rule: RiskCandidate, score: Double)] {
    let width = attributes[second].size + 1
    var table = [UInt64](repeating: 0, count: (attributes[first].size + 1) * width)
    let (firstCodes, secondCodes) = (codes[first], codes[second])
    do {
      let (rows, columns, weights) = (firstCodes.span, secondCodes.span, weights.span)
      var sums = table.mutableSpan
      for cell in 0..<weights.count {
        sums[(Int(rows[cell]) + 1) * width + Int(columns[cell]) + 1] &+= weights[cell]
      }
      for index in width..<sums.count where index % width > 0 { sums[index] &+= sums[index - 1] }
      for index in width..<sums.count { sums[index] &+= sums[index - width] }
    }
    var best: [(run: (Run, Run), score: Double)] = []
    let sums = table.span
    let (firstRuns, secondRuns) = (attributes[first].runs, attributes[second].runs)
    let (outer, inner) = (firstRuns.span, secondRuns.span)
    for a in 0..<outer.count {
      let (low, high) = (outer[a].low * width, outer[a].high * width)
      for b in 0..<inner.count {
        let run = inner[b]
        let packed =
          sums[high + run.high] &- sums[low + run.high] &- sums[high + run.low] &+ sums[low + run.low]
        Self.keep((outer[a], run), score(Tally(packed: packed)), Self.pairsKept, &best)
      }
    }
    looked += outer.count * inner.count
    return best.map { runs, score in
      (
        RiskCandidate([
          .init(attribute: first, run: runs.0), .init(attribute: second, run: runs.1),
        ]), score
      )
    }
  }

  // MARK: Settling

  /// Moves borders, takes conditions in and out until nothing helps, and leaves only conditions that pay.
  private mutating func settle(_ rule: RiskCandidate) -> RiskCandidate {
    var rule = climbed(rule, mayGrow: true)
    while let weakest = weakest(rule) { rule = climbed(rule.without(weakest), mayGrow: false) }
    return widened(rule)
  }

  private mutating func climbed(_ start: RiskCandidate, mayGrow: Bool) -> RiskCandidate {
    var rule = start
    var best = score(tally(rule))
    for _ in 0..<8 {
      var improved = false
      for index in rule.parts.indices {
        let attribute = rule.parts[index].attribute
        let rest = rule.without(index)
        guard let found = bestRuns(attribute, histograms(rest, of: [attribute])[0], keeping: 1).first,
          found.score > best
        else { continue }
        rule = rest.adding(attribute, found.run)
        best = found.score
        improved = true
      }
      if mayGrow, rule.parts.count < conditionLimit {
        let free = attributes.indices.filter { index in !rule.parts.contains { $0.attribute == index } }
        var grown: (rule: RiskCandidate, score: Double)?
        for (attribute, tallies) in zip(free, histograms(rule, of: free)) {
          guard let found = bestRuns(attribute, tallies, keeping: 1).first, found.score > grown?.score ?? best
          else { continue }
          grown = (rule.adding(attribute, found.run), found.score)
        }
        if let grown {
          (rule, best) = grown
          improved = true
        }
      }
      if !improved { break }
    }
    return rule
  }

  /// The condition that pays least, if it does not pay enough.
  private func weakest(_ rule: RiskCandidate) -> Int? {
    if rule.parts.isEmpty { return nil }
    let inside = tally(rule)
    let found = rule.parts.indices.map { index -> (index: Int, z: Double, pays: Bool) in
      let parent = tally(rule.without(index))
      let dropped = Tally(packed: parent.packed &- inside.packed)
      let z = z(inside, dropped)
      let pays =
        z >= Self.conditionZ && odds(inside, dropped) >= Self.conditionOdds
        && gain(inside, over: parent) >= Self.conditionGain
      return (index, z, pays)
    }
    return found.filter { !$0.pays }.min { ($0.z, $0.index) < ($1.z, $1.index) }?.index
  }

  /// A run that stops just before the end of its row goes to the end where the few clients beyond are no different.
  private func widened(_ start: RiskCandidate) -> RiskCandidate {
    var rule = start
    for index in rule.parts.indices {
      let attribute = attributes[rule.parts[index].attribute]
      guard attribute.isOrdered, rule.parts[index].run.high <= attribute.row.count else { continue }
      for toTheLeft in [true, false] {
        let run = rule.parts[index].run
        let wider = Run(low: toTheLeft ? 0 : run.low, high: toTheLeft ? run.high : attribute.row.count)
        guard wider != run, attribute.runs.contains(wider) else { continue }
        let inside = tally(rule)
        let candidate = rule.without(index).adding(rule.parts[index].attribute, wider)
        let added = Tally(packed: tally(candidate).packed &- inside.packed)
        if added.n == 0 || added.n * 20 <= inside.n && z(inside, added) < 1.64 {
          rule = candidate
        }
      }
    }
    return rule
  }
}
