/// Holm's step-down adjustment: which of many p-values are still small? Controls the chance of any false alarm.
///
/// Formula: sorted p₍ᵢ₎ become max over j ≤ i of (m − j + 1) p₍ⱼ₎, at most 1. Needs no independence.
/// NaN stays NaN and is not counted. Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
/// Python: `statsmodels.stats.multitest.multipletests(p, method="holm")`; R: `p.adjust(p, "holm")`.
public func holm(_ p: [Double]) -> [Double] {
  let order = ascending(p)
  var adjusted = p
  var highest = 0.0
  for (rank, index) in order.enumerated() {
    highest = max(highest, min(1, Double(order.count - rank) * p[index]))
    adjusted[index] = highest
  }
  return adjusted
}

/// Benjamini-Hochberg's step-up adjustment: the expected share of false alarms among those called.
///
/// Formula: sorted p₍ᵢ₎ become min over j ≥ i of p₍ⱼ₎ m/j, at most 1. Assumes independence or positive dependence.
/// Source: Y. Benjamini & Y. Hochberg, JRSS B 57 (1995) 289–300.
/// Python: `statsmodels.stats.multitest.multipletests(p, method="fdr_bh")`; R: `p.adjust(p, "BH")`.
public func benjaminiHochberg(_ p: [Double]) -> [Double] {
  let order = ascending(p)
  var adjusted = p
  var lowest = 1.0
  let m = Double(order.count)
  for (rank, index) in order.enumerated().reversed() {
    lowest = min(lowest, p[index] / (Double(rank + 1) / m))
    adjusted[index] = lowest
  }
  return adjusted
}

/// Bonferroni's adjustment: min(1, m p).
///
/// Python: `statsmodels.stats.multitest.multipletests(p, method="bonferroni")`; R: `p.adjust(p, "bonferroni")`.
public func bonferroni(_ p: [Double]) -> [Double] {
  let m = Double(p.count { !$0.isNaN })
  return p.map { $0.isNaN ? $0 : min(1, m * $0) }
}

/// Indices of the p-values from the smallest up, NaN left out, ties in their order.
private func ascending(_ p: [Double]) -> [Int] {
  p.indices.filter { !p[$0].isNaN }.sorted { (p[$0], $0) < (p[$1], $1) }
}

/// A test of two groups out of many, raw and corrected over all pairs.
public struct PairwiseTest: Sendable, Codable, Equatable {
  /// Indices of the groups.
  public let first: Int
  public let second: Int
  /// Uncorrected.
  public let test: HypothesisTest
  public let pValueHolm: Double?
  public let pValueBenjaminiHochberg: Double?
  public let pValueBonferroni: Double?

  public init(
    first: Int, second: Int, test: HypothesisTest, pValueHolm: Double?, pValueBenjaminiHochberg: Double?,
    pValueBonferroni: Double?
  ) {
    self.first = first
    self.second = second
    self.test = test
    self.pValueHolm = pValueHolm
    self.pValueBenjaminiHochberg = pValueBenjaminiHochberg
    self.pValueBonferroni = pValueBonferroni
  }
}

/// Corrects a family of pair tests three ways. Undefined tests are not counted and stay undefined.
public func correctedPairs(_ raw: [(first: Int, second: Int, test: HypothesisTest)]) -> [PairwiseTest] {
  let p = raw.map { $0.test.pValue ?? .nan }
  let byHolm = holm(p)
  let byHochberg = benjaminiHochberg(p)
  let byBonferroni = bonferroni(p)
  return raw.indices.map { i in
    PairwiseTest(
      first: raw[i].first, second: raw[i].second, test: raw[i].test, pValueHolm: byHolm[i].ifFinite,
      pValueBenjaminiHochberg: byHochberg[i].ifFinite, pValueBonferroni: byBonferroni[i].ifFinite)
  }
}

/// Every pair of `groups` compared by `test` (for instance `welchT`), corrected over all pairs.
///
/// Python: `itertools.combinations` with `scipy.stats.ttest_ind` and `multipletests`; R: `pairwise.t.test`.
public func pairwiseTests(
  _ groups: [Moments], _ test: (Moments, Moments) -> HypothesisTest
) -> [PairwiseTest] {
  var raw: [(first: Int, second: Int, test: HypothesisTest)] = []
  for i in groups.indices {
    for j in groups.indices where j > i { raw.append((i, j, test(groups[i], groups[j]))) }
  }
  return correctedPairs(raw)
}

/// Every pair compared by `test` (for instance `mannWhitneyU`), corrected over all pairs.
public func pairwiseTests(
  _ pairs: [PairRanks], _ test: (PairRanks) -> HypothesisTest
) -> [PairwiseTest] {
  correctedPairs(pairs.map { ($0.first, $0.second, test($0)) })
}
