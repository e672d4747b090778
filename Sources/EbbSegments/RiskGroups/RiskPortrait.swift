import EbbClients
import EbbEngine
import EbbStatistics
import Glibc

/// Totals of the numeric columns in each group and over all: what balances and means are made of.
struct RiskSums {
  /// By column: over all clients.
  let overall: [String: (n: Int, sum: Double)]
  /// By group, then by column.
  let groups: [[String: (n: Int, sum: Double)]]

  /// The attributes that the rules use, and the columns to be summed; `nil` where there is nothing to sum.
  static func question(
    _ rules: [RiskCandidate], _ attributes: [RiskAttribute], _ schema: ClientSchema
  ) -> (question: Question, attributes: [Int])? {
    let used = Set(rules.flatMap { $0.parts.map(\.attribute) }).sorted()
    let columns = schema.numericColumns
    guard !used.isEmpty, !columns.isEmpty else { return nil }
    return (.cells(by: used.map { attributes[$0].grouping }, sums: columns), used)
  }

  init(_ cells: SparseCells, _ used: [Int], _ rules: [RiskCandidate], _ attributes: [RiskAttribute]) {
    var groups: [[String: (n: Int, sum: Double)]] = []
    let axes = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    for rule in rules {
      let members = cells.counts.indices.filter { cell in
        rule.parts.allSatisfy { part in
          guard let axis = axes[part.attribute] else { return false }
          let place = Int(attributes[part.attribute].place[Int(cells.codes[axis][cell])])
          return place >= part.run.low && place < part.run.high
        }
      }
      groups.append(
        Dictionary(uniqueKeysWithValues: cells.sums.map { ($0.column, Self.total($0, members)) }))
    }
    self.groups = groups
    overall = Dictionary(
      uniqueKeysWithValues: cells.sums.map { ($0.column, Self.total($0, Array($0.n.indices))) })
  }

  private static func total(_ sums: SparseCells.Sums, _ cells: [Int]) -> (n: Int, sum: Double) {
    var (sum, lost, n) = (0.0, 0.0, 0)
    for cell in cells {
      let next = sums.sum[cell] - lost
      let total = sum + next
      lost = (total - sum) - next
      sum = total
      n += sums.n[cell]
    }
    return (n, sum)
  }
}

/// What sets a group's clients apart, its own conditions aside: means of numbers by Cohen's d, shares of levels and of
/// missing values by Cohen's h.
struct RiskPortrait {
  static let limit = 6
  /// The smallest effect worth naming, and how many standard errors it must be from none.
  static let (smallest, errors) = (0.1, 3.0)

  let cells: RiskCells
  let answers: Answers
  let schema: ClientSchema
  let threshold: Int

  func traits(_ found: RiskList.Found, _ index: Int, _ sums: RiskSums?) -> [RiskGroup.Trait] {
    let own = Set(found.rule.parts.map { cells.attributes[$0.attribute].grouping.column })
    let numeric = Set(schema.numericColumns)
    var traits: [RiskGroup.Trait] = []
    for column in schema.numericColumns where !own.contains(column) {
      if let sums, let trait = number(column, sums, index) { traits.append(trait) }
    }
    let members = found.members
    let n = members.reduce(0) { $0 + RiskCells.Tally(packed: cells.all[$1]).n }
    let total = cells.total.n
    for (axis, attribute) in cells.attributes.enumerated() where !own.contains(attribute.grouping.column) {
      var (here, all) = (
        [Int](repeating: 0, count: attribute.size), [Int](repeating: 0, count: attribute.size)
      )
      let codes = cells.codes[axis]
      for cell in members { here[Int(codes[cell])] += RiskCells.Tally(packed: cells.all[cell]).n }
      for cell in codes.indices { all[Int(codes[cell])] += RiskCells.Tally(packed: cells.all[cell]).n }
      func trait(_ kind: RiskGroup.Trait.Kind, _ place: Int, _ value: String?) -> RiskGroup.Trait? {
        level(
          kind, attribute.grouping.column, value, here[place], n, all[place] - here[place], total - n)
      }
      if let missing = attribute.missing, let found = trait(.missing, missing, nil) {
        traits.append(found)
      }
      if numeric.contains(attribute.grouping.column) { continue }
      let levels = attribute.row.indices.compactMap { place in
        trait(.level, place, ComparisonValue(attribute.levels[attribute.row[place]]).value)
      }
      if let strongest = levels.max(by: { $0.effect < $1.effect }), strongest.effect > 0 {
        traits.append(strongest)
      }
    }
    return Array(
      traits.enumerated().sorted {
        let (a, b) = (abs($0.element.effect), abs($1.element.effect))
        return a != b ? a > b : $0.offset < $1.offset
      }.map(\.element).prefix(Self.limit))
  }

  private func number(_ column: String, _ sums: RiskSums, _ index: Int) -> RiskGroup.Trait? {
    guard let here = sums.groups[index][column], let all = sums.overall[column],
      case .moments(let cells)? = answers[.moments(of: column, by: [])], let whole = cells.values.first,
      here.n >= threshold, all.n - here.n >= threshold, all.n > 2
    else { return nil }
    let (n1, n2) = (Double(here.n), Double(all.n - here.n))
    let (mean, other) = (here.sum / n1, (all.sum - here.sum) / n2)
    // Within groups: all squares but those between the two.
    let between = n1 * n2 / (n1 + n2) * (mean - other) * (mean - other)
    let variance = (whole.m2 - between) / (n1 + n2 - 2)
    guard variance > 0 else { return nil }
    return trait(.number, column, nil, mean, other, (mean - other) / variance.squareRoot(), n1, n2)
  }

  private func level(
    _ kind: RiskGroup.Trait.Kind, _ column: String, _ value: String?, _ x1: Int, _ n1: Int, _ x2: Int,
    _ n2: Int
  ) -> RiskGroup.Trait? {
    // Nothing about few clients, by itself or by subtraction.
    let small = [x1, n1 - x1, x2, n2 - x2].contains { $0 > 0 && $0 < threshold }
    guard n1 > 0, n2 > 0, !small else { return nil }
    let (here, elsewhere) = (Double(x1) / Double(n1), Double(x2) / Double(n2))
    let h = 2 * asin(here.squareRoot()) - 2 * asin(elsewhere.squareRoot())
    return trait(kind, column, value, here, elsewhere, h, Double(n1), Double(n2))
  }

  private func trait(
    _ kind: RiskGroup.Trait.Kind, _ column: String, _ value: String?, _ here: Double, _ elsewhere: Double,
    _ effect: Double, _ n1: Double, _ n2: Double
  ) -> RiskGroup.Trait? {
    let isSure = abs(effect) * (n1 * n2 / (n1 + n2)).squareRoot() >= Self.errors
    guard isSure, abs(effect) >= Self.smallest, effect.isFinite else { return nil }
    return RiskGroup.Trait(
      kind: kind, column: column, role: schema.entry(column)?.role ?? .attribute, value: value, here: here,
      elsewhere: elsewhere, effect: effect)
  }
}
