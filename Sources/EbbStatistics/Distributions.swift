import CBoostMath
import Glibc

/// A tail probability and its natural logarithm, which survives where the probability underflows.
struct Tail {
  let probability: Double
  let log: Double?

  /// `nil` for NaN. Keeps the probability within [0, 1].
  init?(_ probability: Double, log: Double?) {
    guard !probability.isNaN else { return nil }
    self.probability = min(max(probability, 0), 1)
    if let log, log.isFinite { self.log = min(log, 0) } else { self.log = nil }
  }

  init?(_ probability: Double) {
    self.init(probability, log: probability > 0 ? Glibc.log(min(probability, 1)) : nil)
  }

  init?(log: Double) { self.init(exp(min(log, 0)), log: log) }

  var log10: Double? { log.map { $0 / 2.302585092994045684 } }

  /// Twice this tail, at most 1.
  var doubled: Tail? { Tail(2 * probability, log: log.map { $0 + 0.693147180559945309 }) }
}

/// The standard normal distribution.
package enum Normal {
  static func cdf(_ z: Double) -> Double { ebb_normal_cdf(z) }
  package static func quantile(_ p: Double) -> Double { ebb_normal_quantile(p) }
  /// z with P(|Z| < z) = level.
  static func critical(level: Double) -> Double { -ebb_normal_quantile((1 - level) / 2) }
  static func upper(_ z: Double) -> Tail? { Tail(ebb_normal_cdf(-z), log: ebb_normal_log_upper(z)) }
  static func twoSided(_ z: Double) -> Tail? { upper(abs(z))?.doubled }
  /// P(|Z| ≥ |z|).
  package static func pValue(_ z: Double) -> Double { min(1, 2 * ebb_normal_cdf(-abs(z))) }
}

/// Student's t distribution.
enum StudentT {
  static func upper(_ t: Double, df: Double) -> Tail? {
    Tail(ebb_t_upper(t, df), log: ebb_t_log_upper(t, df))
  }
  static func twoSided(_ t: Double, df: Double) -> Tail? { upper(abs(t), df: df)?.doubled }
  /// t with P(|T| < t) = level.
  static func critical(level: Double, df: Double) -> Double { -ebb_t_quantile((1 - level) / 2, df) }
  static func quantile(_ p: Double, df: Double) -> Double { ebb_t_quantile(p, df) }
}

enum FisherF {
  static func upper(_ f: Double, _ d1: Double, _ d2: Double) -> Tail? {
    Tail(ebb_f_upper(f, d1, d2), log: ebb_f_log_upper(f, d1, d2))
  }
}

enum ChiSquared {
  static func upper(_ x: Double, df: Double) -> Tail? {
    Tail(ebb_chi2_upper(x, df), log: ebb_chi2_log_upper(x, df))
  }
}

/// Student's t when the means differ by `delta` standard errors.
enum NoncentralT {
  static func lower(_ t: Double, df: Double, delta: Double) -> Double { ebb_nct_lower(t, df, delta) }
  static func upper(_ t: Double, df: Double, delta: Double) -> Double { ebb_nct_upper(t, df, delta) }
}

enum NoncentralF {
  static func lower(_ f: Double, _ d1: Double, _ d2: Double, lambda: Double) -> Double {
    ebb_ncf_lower(f, d1, d2, lambda)
  }
  static func upper(_ f: Double, _ d1: Double, _ d2: Double, lambda: Double) -> Double {
    ebb_ncf_upper(f, d1, d2, lambda)
  }
}

enum NoncentralChiSquared {
  static func lower(_ x: Double, df: Double, lambda: Double) -> Double { ebb_ncx2_lower(x, df, lambda) }
  static func upper(_ x: Double, df: Double, lambda: Double) -> Double { ebb_ncx2_upper(x, df, lambda) }
}

/// The gamma function's logarithm and ratios.
enum Gamma {
  static func log(_ x: Double) -> Double { ebb_log_gamma(x) }
  /// Γ(a) / Γ(a + delta).
  static func ratio(_ a: Double, delta: Double) -> Double { ebb_gamma_delta_ratio(a, delta) }
}
