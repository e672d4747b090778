import Glibc

/// Does one group tend to larger values than another? Mann-Whitney's U, two-sided; the statistic is the first's U.
///
/// Exact where one sample has at most 8 values and nothing is tied, otherwise normal with tie and continuity
/// correction: z = (max(U₁, U₂) − n₁n₂/2 − ½)/σ, σ² = n₁n₂/12 ((N + 1) − T/(N(N − 1))), T = Σ(t³ − t).
/// Assumes independent values of at least ordinal scale. Undefined for an empty sample or where all values are equal.
/// Source: H. B. Mann & D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50–60.
/// Python: `scipy.stats.mannwhitneyu(a, b)`; R: `wilcox.test(a, b, exact = ..., correct = TRUE)`.
public func mannWhitneyU(_ pair: PairRanks) -> HypothesisTest {
  let n = total([pair.n1, pair.n2])
  let asymptotic = "Mann-Whitney U, normal with tie and continuity correction"
  guard pair.n1 > 0, pair.n2 > 0, pair.u1.isFinite else {
    return .undefined("mannWhitneyU", n: n, method: asymptotic)
  }
  let n1 = Double(pair.n1)
  let n2 = Double(pair.n2)
  let largest = max(pair.u1, n1 * n2 - pair.u1)
  if min(pair.n1, pair.n2) <= 8, pair.tieTerm == 0, n1 * n2 <= 4e6,
    let p = exactMannWhitneyTail(n1: pair.n1, n2: pair.n2, atLeast: largest)
  {
    return HypothesisTest(
      "mannWhitneyU", statistic: pair.u1, tail: Tail(p)?.doubled, n: n, method: "Mann-Whitney U, exact")
  }
  let all = n1 + n2
  let variance = n1 * n2 / 12 * ((all + 1) - pair.tieTerm / (all * (all - 1)))
  guard variance > 0 else { return .undefined("mannWhitneyU", n: n, method: asymptotic) }
  let z = (largest - n1 * n2 / 2 - 0.5) / variance.squareRoot()
  return HypothesisTest(
    "mannWhitneyU", statistic: pair.u1, tail: Normal.upper(z)?.doubled, n: n, method: asymptotic)
}

/// P(U ≥ u) without ties, from the generating function ∏ (1 − q^(n₂+i))/(1 − qⁱ), i = 1…n₁.
func exactMannWhitneyTail(n1: Int, n2: Int, atLeast u: Double) -> Double? {
  let (small, large) = (min(n1, n2), max(n1, n2))
  let product = small * large
  // By symmetry P(U ≥ u) = P(U ≤ n₁n₂ − u), a sum of few terms.
  guard let top = Int(exactly: u.rounded(.down)), top >= 0, top <= product else { return nil }
  let last = product - top
  var counts = [Double](repeating: 0, count: last + 1)
  counts[0] = 1
  for i in 1...small {
    // Divide before multiplying back: the numbers of partitions stay positive.
    if i <= last { for j in i...last { counts[j] += counts[j - i] } }
    let shift = large + i
    if shift <= last {
      for j in stride(from: last, through: shift, by: -1) { counts[j] -= counts[j - shift] }
    }
  }
  var arrangements = 1.0
  for i in 1...small { arrangements *= Double(large + i) / Double(i) }
  return compensatedSum(counts) / arrangements
}

/// How much more often is the first the larger of a pair? Rank-biserial correlation, from −1 to 1.
///
/// Formula: r = 2U₁/(n₁n₂) − 1; interval tanh(artanh r ± z √((n₁ + n₂ + 1)/(3n₁n₂))), none at ±1.
/// Source: E. E. Cureton, Psychometrika 21 (1956); interval as R `effectsize::rank_biserial`.
/// Python: `pingouin.mwu(a, b)["RBC"]` (sign may differ by version).
public func rankBiserial(_ pair: PairRanks, level: Double = 0.95) -> EffectSize {
  let method = "2 U1 / (n1 n2) - 1, Fisher z interval"
  guard pair.n1 > 0, pair.n2 > 0 else {
    return EffectSize(name: "rankBiserial", estimate: nil, interval: nil, method: method)
  }
  let n1 = Double(pair.n1)
  let n2 = Double(pair.n2)
  let r = 2 * pair.u1 / (n1 * n2) - 1
  let interval = isProperShare(level) ? rankBiserialInterval(r, n1: n1, n2: n2, level: level) : nil
  return EffectSize(name: "rankBiserial", estimate: r, interval: interval, method: method)
}

private func rankBiserialInterval(_ r: Double, n1: Double, n2: Double, level: Double) -> Interval? {
  guard abs(r) < 1 else { return nil }
  let half = Normal.critical(level: level) * ((n1 + n2 + 1) / (3 * n1 * n2)).squareRoot()
  return Interval.ifFinite(level: level, min(r, tanh(atanh(r) - half)), max(r, tanh(atanh(r) + half)))
}

/// How likely is a value of the first group above one of the second, ties counted as halves? U₁/(n₁n₂).
///
/// The interval is that of `rankBiserial`, (r + 1)/2. Also called probability of superiority.
/// Source: K. O. McGraw & S. P. Wong, Psychological Bulletin 111 (1992) 361–365. Python: `pingouin.mwu(a, b)["CLES"]`.
public func commonLanguageEffect(_ pair: PairRanks, level: Double = 0.95) -> EffectSize {
  let r = rankBiserial(pair, level: level)
  return EffectSize(
    name: "commonLanguage", estimate: areaUnderCurve(pair),
    interval: r.interval.flatMap { Interval.ifFinite(level: level, ($0.low + 1) / 2, ($0.high + 1) / 2) },
    method: "U1 / (n1 n2), Fisher z interval of the rank-biserial correlation")
}

/// How well does one attribute alone rank the first group (say, those who left) above the second? AUC = U₁/(n₁n₂).
///
/// 0.5 is no better than chance; below it the attribute ranks the other way round. `nil` for an empty sample.
/// Python: `sklearn.metrics.roc_auc_score(isFirst, value)`; R: `pROC::auc`.
public func areaUnderCurve(_ pair: PairRanks) -> Double? {
  guard pair.n1 > 0, pair.n2 > 0 else { return nil }
  return (pair.u1 / (Double(pair.n1) * Double(pair.n2))).ifFinite
}
