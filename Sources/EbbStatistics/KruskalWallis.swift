/// Do all groups come from one distribution? Kruskal-Wallis on mid-ranks, with tie correction.
///
/// Formula: H = 12/(N(N + 1)) Σ nᵢ(R̄ᵢ − (N + 1)/2)² / (1 − T/(N³ − N)), T = Σ(t³ − t); χ² with k − 1 df.
/// Assumes independent groups, some five values in each. `n` and `rankSums` by group, of the pooled sample; empty groups
/// are left out. Undefined with fewer than two groups or all values equal.
/// Source: W. H. Kruskal & W. A. Wallis, JASA 47 (1952) 583–621.
/// Python: `scipy.stats.kruskal(*groups)`; R: `kruskal.test(x, g)`.
public func kruskalWallis(n: [Int], rankSums: [Double], tieTerm: Double) -> HypothesisTest {
  let method = "Kruskal-Wallis, tie-corrected"
  let groups = zip(n, rankSums).filter { $0.0 > 0 }
  let count = total(groups.map(\.0))
  let all = Double(count)
  let ties = 1 - tieTerm / (all * all * all - all)
  guard groups.count > 1, n.count == rankSums.count, ties > 0 else {
    return .undefined("kruskalWallis", n: count, method: method)
  }
  // About the middle rank: no large numbers to cancel.
  let sum = compensatedSum(
    groups.map { size, rankSum in
      let gap = rankSum / Double(size) - (all + 1) / 2
      return Double(size) * gap * gap
    })
  let h = 12 / (all * (all + 1)) * sum / ties
  let df = Double(groups.count - 1)
  return HypothesisTest(
    "kruskalWallis", statistic: h, degreesOfFreedom: [df], tail: ChiSquared.upper(h, df: df), n: count,
    method: method)
}

/// How much of the spread of ranks lies between the groups? ε² = H/(N − 1).
///
/// Source: M. Tomczak & E. Tomczak, Trends in Sport Sciences 1 (2014); R: `effectsize::rank_epsilon_squared`.
public func kruskalEpsilonSquared(h: Double?, n: Int) -> EffectSize {
  EffectSize(
    name: "epsilonSquared", estimate: n > 1 ? h.map { $0 / Double(n - 1) } : nil, interval: nil,
    method: "H / (N - 1)")
}

/// η² of Kruskal-Wallis: (H − k + 1)/(N − k), may be negative. R: `rstatix::kruskal_effsize`.
public func kruskalEtaSquared(h: Double?, groups: Int, n: Int) -> EffectSize {
  EffectSize(
    name: "etaSquared", estimate: n > groups ? h.map { ($0 - Double(groups) + 1) / Double(n - groups) } : nil,
    interval: nil, method: "(H - k + 1) / (N - k)")
}

/// Which groups differ, after Kruskal-Wallis? Dunn's z of every pair, on the ranks of the whole sample.
///
/// Formula: z = (R̄ᵢ − R̄ⱼ)/√((N(N + 1)/12 − T/(12(N − 1)))(1/nᵢ + 1/nⱼ)), two-sided normal; corrected over all pairs.
/// Pairs with an empty group are left out. Source: O. J. Dunn, Technometrics 6 (1964) 241–252.
/// Python: `scikit_posthocs.posthoc_dunn(groups, p_adjust="holm")`; R: `FSA::dunnTest`.
public func dunn(n: [Int], rankSums: [Double], tieTerm: Double) -> [PairwiseTest] {
  let method = "Dunn's test, tie-corrected"
  guard n.count == rankSums.count else { return [] }
  let count = total(n.filter { $0 > 0 })
  let all = Double(count)
  let variance = all * (all + 1) / 12 - tieTerm / (12 * (all - 1))
  var raw: [(first: Int, second: Int, test: HypothesisTest)] = []
  for i in n.indices where n[i] > 0 {
    for j in n.indices where j > i && n[j] > 0 {
      let size1 = Double(n[i])
      let size2 = Double(n[j])
      let se = (variance * (1 / size1 + 1 / size2)).squareRoot()
      let z = (rankSums[i] / size1 - rankSums[j] / size2) / se
      let test =
        se > 0
        ? HypothesisTest(
          "dunn", statistic: z, tail: Normal.twoSided(z), n: total([n[i], n[j]]), method: method)
        : .undefined("dunn", n: total([n[i], n[j]]), method: method)
      raw.append((i, j, test))
    }
  }
  return correctedPairs(raw)
}
