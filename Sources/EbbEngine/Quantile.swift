/// Type-7 quantiles (R's default, numpy's "linear"): at (n − 1)·p among the sorted values, between neighbours in
/// proportion.
struct QuantilePosition: Sendable {
  let lower: Int
  /// 0 where the quantile is a value itself.
  let fraction: Double

  init(probability: Double, n: Int) {
    let position = Double(n - 1) * (probability.isNaN ? 0 : min(max(probability, 0), 1))
    lower = min(Int(position), n - 1)
    fraction = lower == n - 1 ? 0 : position - Double(lower)
  }

  var upper: Int { fraction > 0 ? lower + 1 : lower }

  /// The quantile between the values at `lower` and `upper`. Decimals are taken between as whole steps and divided
  /// once, so 0.15 comes out of 0.1 and 0.2.
  func value(_ low: UInt64, _ high: UInt64, in source: ColumnSource) -> Double {
    if fraction == 0 || low == high { return source.number(low) }
    switch source.unit {
    case .scaled(let bottom, let scale):
      let first = Int128(bottom) + Int128(low)
      if fraction == 0.5 {
        return WideInteger(2 * first + Int128(high - low)).divided(
          by: WideInteger(2) * WideInteger(powerOfTen: scale))
      }
      let steps = Double(first) + fraction * Double(high - low)
      return scale <= 22 ? steps / ExactDecimal.power(scale) : ExactDecimal.double(first, scale: scale)
    case .real:
      let (a, b) = (source.number(low), source.number(high))
      return fraction < 0.5 ? a + fraction * (b - a) : b - (1 - fraction) * (b - a)
    }
  }
}
