import Glibc

/// Which way do the values lean? Sample skewness without bias (0 for a symmetric distribution, > 0 with a long right
/// tail).
///
/// Formula: √(n(n − 1))/(n − 2) · g₁, g₁ = (m₃/n)/(m₂/n)^1.5. `nil` below three values or without variance.
/// Python: `scipy.stats.skew(x, bias=False)`, `pandas.Series.skew()`; R: `e1071::skewness(x, type = 2)`.
public func skewness(_ m: Moments) -> Double? {
  guard m.n > 2, let g = biasedSkewness(m) else { return nil }
  let n = Double(m.n)
  return ((n * (n - 1)).squareRoot() / (n - 2) * g).ifFinite
}

/// How heavy are the tails? Sample excess kurtosis without bias (0 for a normal distribution).
///
/// Formula: (n − 1)/((n − 2)(n − 3)) · ((n + 1)g₂ + 6), g₂ = n m₄/m₂² − 3. `nil` below four values or without variance.
/// Python: `scipy.stats.kurtosis(x, bias=False)`, `pandas.Series.kurt()`; R: `e1071::kurtosis(x, type = 2)`.
public func excessKurtosis(_ m: Moments) -> Double? {
  guard m.n > 3, let g = biasedKurtosis(m) else { return nil }
  let n = Double(m.n)
  return ((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (g - 3) + 6)).ifFinite
}

/// m₃/m₂^1.5 of the population moments.
func biasedSkewness(_ m: Moments) -> Double? {
  guard m.n > 0, m.m2 > 0 else { return nil }
  let n = Double(m.n)
  let sd = (m.m2 / n).squareRoot()
  return (m.m3 / n / sd / sd / sd).ifFinite
}

/// m₄/m₂² of the population moments (3 for a normal distribution).
func biasedKurtosis(_ m: Moments) -> Double? {
  guard m.n > 0, m.m2 > 0 else { return nil }
  let n = Double(m.n)
  let variance = m.m2 / n
  return (m.m4 / n / variance / variance).ifFinite
}

/// Could the values come from a normal distribution? D'Agostino-Pearson's K², from skewness and kurtosis.
///
/// Formula: K² = Z(√b₁)² + Z(b₂)², χ² with 2 df. Assumes independent values; from 20 values on. With many clients it
/// rejects for differences of no consequence. Undefined below 8 values or without variance.
/// Source: R. B. D'Agostino & E. S. Pearson, Biometrika 60 (1973) 613–622; F. J. Anscombe & W. J. Glynn 1983.
/// Python: `scipy.stats.normaltest(x)`; R: `fBasics::dagoTest(x)`.
public func dagostinoPearson(_ m: Moments) -> HypothesisTest {
  let method = "D'Agostino-Pearson omnibus test"
  guard m.n >= 8, let g1 = biasedSkewness(m), let b2 = biasedKurtosis(m) else {
    return .undefined("dagostinoPearson", n: m.n, method: method)
  }
  let n = Double(m.n)
  let zs = skewnessScore(g1, n)
  let zk = kurtosisScore(b2, n)
  let k2 = zs * zs + zk * zk
  return HypothesisTest(
    "dagostinoPearson", statistic: k2, degreesOfFreedom: [2], tail: Tail(log: -k2 / 2), n: m.n, method: method
  )
}

/// Skewness as a standard normal score (D'Agostino 1970).
private func skewnessScore(_ g1: Double, _ n: Double) -> Double {
  let y = g1 * (((n + 1) * (n + 3)) / (6 * (n - 2))).squareRoot()
  let beta2 =
    3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
  let w2 = -1 + (2 * (beta2 - 1)).squareRoot()
  let delta = 1 / (0.5 * log(w2)).squareRoot()
  let alpha = (2 / (w2 - 1)).squareRoot()
  return delta * asinh(y / alpha)
}

/// Kurtosis as a standard normal score (Anscombe & Glynn 1983).
private func kurtosisScore(_ b2: Double, _ n: Double) -> Double {
  let expected = 3 * (n - 1) / (n + 1)
  let variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5))
  let x = (b2 - expected) / variance.squareRoot()
  let skew =
    6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9))
    * ((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3))).squareRoot()
  let a = 6 + 8 / skew * (2 / skew + (1 + 4 / (skew * skew)).squareRoot())
  let term = 1 - 2 / (9 * a)
  let denominator = 1 + x * (2 / (a - 4)).squareRoot()
  let root = cbrt((1 - 2 / a) / abs(denominator))
  return (term - (denominator < 0 ? -root : root)) / (2 / (9 * a)).squareRoot()
}

/// Could the values come from a normal distribution? Jarque-Bera, from skewness and kurtosis.
///
/// Formula: JB = n/6 (g₁² + g₂²/4), χ² with 2 df. Assumes independent values, many of them (2,000 and more).
/// Undefined below two values or without variance. Source: C. M. Jarque & A. K. Bera, Economics Letters 6 (1980).
/// Python: `scipy.stats.jarque_bera(x)`; R: `tseries::jarque.bera.test(x)`.
public func jarqueBera(_ m: Moments) -> HypothesisTest {
  let method = "Jarque-Bera test"
  guard m.n > 1, let g1 = biasedSkewness(m), let b2 = biasedKurtosis(m) else {
    return .undefined("jarqueBera", n: m.n, method: method)
  }
  let excess = b2 - 3
  let statistic = Double(m.n) / 6 * (g1 * g1 + excess * excess / 4)
  return HypothesisTest(
    "jarqueBera", statistic: statistic, degreesOfFreedom: [2], tail: Tail(log: -statistic / 2), n: m.n,
    method: method)
}
