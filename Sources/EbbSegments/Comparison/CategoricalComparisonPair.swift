public import EbbStatistics

/// Two groups of a comparison of shares; signs and ratios are first against second.
public struct CategoricalComparisonPair: Sendable, Codable, Equatable {
  public let first: String
  public let second: String
  public let n1: Int
  public let n2: Int
  /// Shares of the focus category.
  public let share1: Double?
  public let share2: Double?
  /// `chiSquared`, with two categories also `twoProportionZ`, and `fisherExact` where an expected count is below 5.
  /// Corrected over all pairs.
  public let tests: [ComparisonPair.Test]
  /// `cramersV`; with two categories also `riskDifference` (Newcombe), `relativeRisk`, `oddsRatio`.
  public let effects: [EffectSize]
  /// Wald's interval of the difference of shares, unpooled: for comparison with other tools; Newcombe's is better.
  public let waldDifference: Interval?
  /// The largest p of TOST on Cohen's h over the categories.
  public let equivalencePValue: Double?
  /// Over all pairs.
  public let equivalencePValueHolm: Double?
  public let within: Bool?
  public let verdict: Verdict

  public func test(_ name: String) -> ComparisonPair.Test? { tests.first { $0.name == name } }
  public func effect(_ name: String) -> EffectSize? { effects.first { $0.name == name } }

  /// Difference and ratios of the focus category's shares.
  static func ratios(_ first: [Int], _ second: [Int], focus: Int) -> [EffectSize] {
    let (n1, n2) = (first.reduce(0, +), second.reduce(0, +))
    let (x1, x2) = (first[focus], second[focus])
    return [
      riskDifference(successes1: x1, n1: n1, successes2: x2, n2: n2),
      relativeRisk(successes1: x1, n1: n1, successes2: x2, n2: n2),
      oddsRatio(successes1: x1, n1: n1, successes2: x2, n2: n2),
    ]
  }

  /// Every pair of the table's rows, in order.
  static func all(
    _ table: [[Int]], groups: [String], focus: Int, _ options: ComparisonOptions
  ) -> [CategoricalComparisonPair] {
    var indices: [(Int, Int)] = []
    for i in table.indices { for j in table.indices.dropFirst(i + 1) { indices.append((i, j)) } }
    let binary = table[0].count == 2

    let contingencies = indices.map { i, j in chiSquaredContingency([table[i], table[j]]) }
    let raw = indices.indices.map { row in
      let (i, j) = indices[row]
      var tests = [contingencies[row].test]
      if binary {
        tests.append(
          twoProportionZ(
            successes1: table[i][focus], n1: table[i].reduce(0, +), successes2: table[j][focus],
            n2: table[j].reduce(0, +)))
        if (contingencies[row].minimumExpected ?? 0) < 5 {
          tests.append(fisherExact([table[i], table[j]]))
        }
      }
      return tests
    }
    let tests = ComparisonCorrection.columns(raw)
    let deciding = raw.map { ($0.first { $0.name == "fisherExact" } ?? $0[0]).pValue }
    let adjusted = ComparisonCorrection.holm(deciding)
    let equivalence = indices.map { i, j -> Double? in
      let (n1, n2) = (table[i].reduce(0, +), table[j].reduce(0, +))
      return table[i].indices.compactMap {
        equivalenceOfShares(
          successes1: table[i][$0], n1: n1, successes2: table[j][$0], n2: n2, boundH: options.bound)
      }.max()
    }
    let equivalenceHolm = ComparisonCorrection.holm(equivalence)

    return indices.indices.map { row in
      let (i, j) = indices[row]
      let (n1, n2) = (table[i].reduce(0, +), table[j].reduce(0, +))
      let within = equivalenceHolm[row].map { $0 < options.alpha }
      return CategoricalComparisonPair(
        first: groups[i], second: groups[j], n1: n1, n2: n2,
        share1: n1 > 0 ? Double(table[i][focus]) / Double(n1) : nil,
        share2: n2 > 0 ? Double(table[j][focus]) / Double(n2) : nil,
        tests: tests[row],
        effects: [contingencies[row].cramersV]
          + (binary ? ratios(table[i], table[j], focus: focus) : []),
        waldDifference: waldDifferenceInterval(
          successes1: table[i][focus], n1: n1, successes2: table[j][focus], n2: n2),
        equivalencePValue: equivalence[row], equivalencePValueHolm: equivalenceHolm[row],
        within: within,
        verdict: Verdict(
          significant: adjusted[row].map { $0 < options.alpha }, withinBound: within))
    }
  }
}
