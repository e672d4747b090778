import Glibc

/// About which centre the deviations of `levene` were taken.
public enum LeveneCenter: String, Sendable, Codable {
  case mean
  case median
}

/// Do all groups spread alike? Levene's test: one-way ANOVA of |x − centre|.
///
/// Formula: W = F of the absolute deviations from each group's mean (`levene`) or median (`brownForsythe`, sturdier).
/// Assumes independent groups. Empty groups are left out; undefined without spread in the deviations.
/// Source: H. Levene 1960; M. B. Brown & A. B. Forsythe, JASA 69 (1974) 364–367.
/// Python: `scipy.stats.levene(*groups, center="mean"|"median")`; R: `car::leveneTest(x, g, center = ...)`.
public func levene(_ groups: [Deviations], from center: LeveneCenter) -> HypothesisTest {
  let name = center == .mean ? "levene" : "brownForsythe"
  let method = center == .mean ? "Levene's test about means" : "Brown-Forsythe test about medians"
  let used = groups.filter { $0.n > 0 }
  let count = total(used.map(\.n))
  let d1 = Double(used.count - 1)
  let d2 = Double(count) - Double(used.count)
  guard d1 > 0, d2 > 0 else { return .undefined(name, n: count, method: method) }
  let sizes = used.map { Double($0.n) }
  let between = weightedSquares(zip(used, sizes).map { $0.sum / $1 }, weights: sizes).squares
  let within = compensatedSum(
    zip(used, sizes).map { max(fma(-$0.sum / $1, $0.sum, $0.sumOfSquares), 0) })
  let whole = compensatedSum(used.map(\.sumOfSquares))
  // Rounding alone leaves about this much where every deviation is the same.
  guard within > whole * 1e-15 else { return .undefined(name, n: count, method: method) }
  let f = between / d1 / (within / d2)
  return HypothesisTest(
    name, statistic: f, degreesOfFreedom: [d1, d2], tail: FisherF.upper(f, d1, d2), n: count, method: method)
}

/// Are all variances equal, if the values are normal? Bartlett's test.
///
/// Formula: T = Σ(nᵢ − 1) ln(s²/sᵢ²) / (1 + (Σ1/(nᵢ − 1) − 1/(N − k))/(3(k − 1))), s² pooled; χ² with k − 1 df.
/// With uᵢ = sᵢ²/s² − 1, Σ(nᵢ − 1)uᵢ is 0, so the sum is taken of uᵢ − ln(1 + uᵢ): nothing cancels where variances are
/// nearly equal.
/// Very sensitive to non-normal values; kept for comparison. Groups below two values are left out; undefined where a
/// group has no variance. Source: M. S. Bartlett, Proc. Royal Society A 160 (1937) 268–282.
/// Python: `scipy.stats.bartlett(*groups)`; R: `bartlett.test(x, g)`.
public func bartlett(_ groups: [Moments]) -> HypothesisTest {
  let method = "Bartlett's test"
  let used = groups.filter { $0.n > 1 }
  let count = total(used.map(\.n))
  let k = Double(used.count)
  let spare = Double(count) - k
  guard k > 1, used.allSatisfy({ $0.m2 > 0 }) else { return .undefined("bartlett", n: count, method: method) }
  let pooled = compensatedSum(used.map(\.m2)) / spare
  let sum = compensatedSum(
    used.map { Double($0.n - 1) * lessLogarithm((($0.variance ?? .nan) - pooled) / pooled) })
  let inverse = compensatedSum(used.map { 1 / Double($0.n - 1) })
  let statistic = max(sum, 0) / (1 + (inverse - 1 / spare) / (3 * (k - 1)))
  return HypothesisTest(
    "bartlett", statistic: statistic, degreesOfFreedom: [k - 1], tail: ChiSquared.upper(statistic, df: k - 1),
    n: count, method: method)
}

/// u − ln(1 + u), to the last digits also near 0.
private func lessLogarithm(_ u: Double) -> Double {
  if abs(u) > 0.25 { return u - log1p(u) }
  var sum = 0.0
  var power = u
  var k = 1.0
  repeat {
    k += 1
    power *= -u
    sum -= power / k
  } while abs(power / k) > abs(sum) * 1e-17 && k < 60
  return sum
}
