/// One-way analysis of variance with its table and effect sizes.
public struct ANOVAResult: Sendable, Codable, Equatable {
  public let test: HypothesisTest
  public let ssBetween: Double?
  public let ssWithin: Double?
  public let ssTotal: Double?
  public let msBetween: Double?
  public let msWithin: Double?
  public let etaSquared: EffectSize
  public let omegaSquared: EffectSize
  public let epsilonSquared: EffectSize

  public init(
    test: HypothesisTest, ssBetween: Double?, ssWithin: Double?, ssTotal: Double?, msBetween: Double?,
    msWithin: Double?, etaSquared: EffectSize, omegaSquared: EffectSize, epsilonSquared: EffectSize
  ) {
    self.test = test
    self.ssBetween = ssBetween
    self.ssWithin = ssWithin
    self.ssTotal = ssTotal
    self.msBetween = msBetween
    self.msWithin = msWithin
    self.etaSquared = etaSquared
    self.omegaSquared = omegaSquared
    self.epsilonSquared = epsilonSquared
  }
}

/// Are all group means equal? One-way ANOVA, and how much of the variance lies between the groups.
///
/// Formulas: F = MSb/MSw with k − 1 and N − k degrees of freedom; η² = SSb/SSt, ω² = (SSb − (k − 1)MSw)/(SSt + MSw),
/// ε² = (SSb − (k − 1)MSw)/SSt, none truncated at 0. Interval: λ/(λ + N) for the noncentrality parameters λ of F that
/// put the observed F at the upper and lower (1 − level)/2 point; all three estimate this population share of
/// variance, so they share the interval, which starts at 0 where F is small (and may then lie beside η²).
/// Assumes independent near-normal values of equal variance. Empty groups are left out. Undefined with fewer than two
/// groups, no spare values or no variance within.
/// Source: J. H. Steiger, Psychological Methods 9 (2004) 164–182.
/// Python: `scipy.stats.f_oneway(*groups)`; R: `oneway.test(x ~ g, var.equal = TRUE)`, `MBESS::ci.pvaf`.
public func oneWayANOVA(_ groups: [Moments], level: Double = 0.95) -> ANOVAResult {
  let method = "one-way analysis of variance"
  let used = groups.filter { $0.n > 0 }
  let count = total(used.map(\.n))
  let k = Double(used.count)
  let n = Double(count)
  var between: Double?
  if let first = used.first {
    // Distances from the first group's mean: exact where pivots agree.
    let gaps = used.map { meanGap($0, first) }
    between = weightedSquares(gaps, weights: used.map { Double($0.n) }).squares.ifFinite
  }
  let within = used.isEmpty ? nil : compensatedSum(used.map(\.m2)).ifFinite
  let all = between.flatMap { b in within.map { b + $0 } }
  let d1 = k - 1
  let d2 = n - k
  let msBetween = d1 > 0 ? between.map { $0 / d1 } : nil
  let msWithin = d2 > 0 ? within.map { $0 / d2 } : nil

  var test = HypothesisTest.undefined("anova", n: count, method: method)
  var interval: Interval?
  var eta: Double?
  var omega: Double?
  var epsilon: Double?
  if let between, let all, let msBetween, let msWithin, msWithin > 0 {
    let f = msBetween / msWithin
    test = HypothesisTest(
      "anova", statistic: f, degreesOfFreedom: [d1, d2], tail: FisherF.upper(f, d1, d2), n: count,
      method: method)
    interval = explainedVarianceInterval(f: f, d1: d1, d2: d2, level: level)
    eta = between / all
    omega = (between - d1 * msWithin) / (all + msWithin)
    epsilon = (between - d1 * msWithin) / all
  }
  func effect(_ name: String, _ estimate: Double?, _ formula: String) -> EffectSize {
    EffectSize(
      name: name, estimate: estimate, interval: interval,
      method: formula + ", noncentral F interval of the population share")
  }
  return ANOVAResult(
    test: test, ssBetween: between, ssWithin: within, ssTotal: all, msBetween: msBetween, msWithin: msWithin,
    etaSquared: effect("etaSquared", eta, "SSb / SSt"),
    omegaSquared: effect("omegaSquared", omega, "(SSb - df1 MSw) / (SSt + MSw)"),
    epsilonSquared: effect("epsilonSquared", epsilon, "(SSb - df1 MSw) / SSt"))
}

/// λ/(λ + N) for the noncentrality parameters at the edges of surprise, N = d1 + d2 + 1.
func explainedVarianceInterval(f: Double, d1: Double, d2: Double, level: Double) -> Interval? {
  guard isProperShare(level), f.isFinite, f >= 0 else { return nil }
  let tail = (1 - level) / 2
  let n = d1 + d2 + 1
  let guess = max(d1 * (f - 1), 0)
  let spread = Normal.critical(level: level) * (2 * (d1 + 2 * guess)).squareRoot() + 1e-3
  func solve(near start: Double, _ g: (Double) -> Double) -> Double? {
    let atZero = g(0)
    if atZero.isNaN { return nil }
    // Already beyond the edge without any effect: the bound is 0.
    if atZero >= 0 { return 0 }
    return root(near: max(start, 0), step: 0.1 * spread, within: 0...1e12, g)
  }
  guard
    let low = solve(
      near: guess - spread, { NoncentralF.upper(f, d1, d2, lambda: $0) - tail }),
    let high = solve(
      near: guess + spread, { tail - NoncentralF.lower(f, d1, d2, lambda: $0) })
  else { return nil }
  return Interval.ifFinite(level: level, low / (low + n), high / (high + n))
}
