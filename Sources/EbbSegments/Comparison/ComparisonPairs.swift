import EbbEngine
import EbbStatistics

extension ComparisonCells {
  func groups(of grouping: Grouping) -> [ComparisonGroup] {
    levels.indices.map { i in
      ComparisonGroup(
        ComparisonValue(levels[i], isFirst: i == 0, of: grouping), moments[i], missing: missing[i],
        quartiles: quartiles[i])
    }
  }

  /// Tests between two cells, the first of them first.
  func twoGroupTests(_ i: Int, _ j: Int) -> [HypothesisTest] {
    [welchT(moments[i], moments[j]), studentT(moments[i], moments[j])]
      + (pairRanks(i, j).map { [mannWhitneyU($0), kolmogorovSmirnov($0)] } ?? [])
  }

  /// Every pair of `kept` cells, in order, corrected together.
  func pairs(
    of kept: [Int], _ groups: [ComparisonGroup], chosen: ComparisonChoice, _ options: ComparisonOptions
  ) -> [ComparisonPair] {
    var indices: [(Int, Int)] = []
    for a in kept.indices { for b in kept.indices.dropFirst(a + 1) { indices.append((kept[a], kept[b])) } }
    guard !indices.isEmpty else { return [] }

    // One column a test name, corrected down the column
    let location = indices.map { i, j in twoGroupTests(i, j) }
    let many = kept.count > 2
    let ranked = many ? dunnTests(of: indices) : []
    let howell = many ? gamesHowell(kept.map { moments[$0] }, level: 0.95) : []
    let corrected = ComparisonCorrection.columns(
      zip(location.indices, location).map { row, tests in tests + (many ? [ranked[row]] : []) })

    let equivalences = indices.map { i, j in
      equivalenceTOST(moments[i], moments[j], boundD: options.bound, level: 1 - options.alpha)
    }
    let equivalenceHolm = ComparisonCorrection.holm(equivalences.map(\.pValue))

    return indices.indices.map { row in
      let (i, j) = indices[row]
      var tests = corrected[row]
      let assumptions = [
        levene([aboutMean[i], aboutMean[j]], from: .mean),
        levene([aboutMedian[i], aboutMedian[j]], from: .median),
      ].map { ComparisonPair.Test($0) }
      let dunn = many ? [tests.removeLast()] : []
      tests += assumptions
      if many { tests.append(ComparisonPair.Test(howell[row].test)) }
      tests += dunn

      let ranks = pairRanks(i, j)
      let equivalence = ComparisonEquivalence(
        equivalences[row], holm: equivalenceHolm[row], ranks: ranks, byRanks: chosen.byRanks, options)
      let deciding = chosen.byRanks ? "mannWhitneyU" : "welchT"
      let adjusted = tests.first { $0.name == deciding }?.pValueHolm
      return ComparisonPair(
        first: groups[i].value, second: groups[j].value, n1: moments[i].n, n2: moments[j].n,
        meanDifference: EbbStatistics.meanDifference(
          moments[i], moments[j], level: 0.95, equalVariances: false),
        standardError: Self.standardError(moments[i], moments[j]),
        simultaneousInterval: many ? howell[row].interval : nil,
        tests: tests,
        effects: PairEffects.all(moments[i], moments[j], ranks),
        ranks: ranks.map {
          ComparisonRanks($0, meanRank1: many ? meanRank(i) : nil, meanRank2: many ? meanRank(j) : nil)
        },
        equivalence: equivalence,
        power: ComparisonPower(n1: moments[i].n, n2: moments[j].n, options),
        verdict: Verdict(
          significant: adjusted.map { $0 < options.alpha }, withinBound: equivalence.within))
    }
  }

  private static func standardError(_ a: Moments, _ b: Moments) -> Double? {
    guard let first = a.variance, let second = b.variance else { return nil }
    return (first / Double(a.n) + second / Double(b.n)).squareRoot()
  }

  private func meanRank(_ cell: Int) -> Double? {
    guard let index = rankIndex[cell], ranks.n[index] > 0 else { return nil }
    return ranks.rankSum[index] / Double(ranks.n[index])
  }

  /// Dunn's z of each pair, ranks taken over all cells.
  private func dunnTests(of indices: [(Int, Int)]) -> [HypothesisTest] {
    let all = dunn(n: ranks.n, rankSums: ranks.rankSum, tieTerm: ranks.tieTerm)
    return indices.map { i, j in
      let (first, second) = (rankIndex[i] ?? -1, rankIndex[j] ?? -1)
      return all.first { $0.first == first && $0.second == second }!.test
    }
  }
}

/// Corrections for many tests that step over tests without a p-value.
enum ComparisonCorrection {
  static func holm(_ p: [Double?]) -> [Double?] { apply(EbbStatistics.holm, p) }
  static func benjaminiHochberg(_ p: [Double?]) -> [Double?] {
    apply(EbbStatistics.benjaminiHochberg, p)
  }
  static func bonferroni(_ p: [Double?]) -> [Double?] { apply(EbbStatistics.bonferroni, p) }

  private static func apply(_ correct: ([Double]) -> [Double], _ p: [Double?]) -> [Double?] {
    var adjusted = correct(p.compactMap(\.self)).makeIterator()
    return p.map { $0 == nil ? nil : adjusted.next() }
  }

  /// Each name's tests corrected over all rows.
  static func columns(_ rows: [[HypothesisTest]]) -> [[ComparisonPair.Test]] {
    var corrected: [String: (holm: [Double?], hochberg: [Double?], bonferroni: [Double?])] = [:]
    for name in Set(rows.joined().map(\.name)) {
      let p = rows.map { tests in tests.first { $0.name == name }?.pValue }
      corrected[name] = (holm(p), benjaminiHochberg(p), bonferroni(p))
    }
    return rows.indices.map { row in
      rows[row].map { test in
        let column = corrected[test.name]
        return ComparisonPair.Test(
          test, holm: column?.holm[row], benjaminiHochberg: column?.hochberg[row],
          bonferroni: column?.bonferroni[row])
      }
    }
  }
}
