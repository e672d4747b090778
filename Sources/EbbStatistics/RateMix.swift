/// A difference of two shares split into what comes from rates and what from mix.
public struct RateMixDecomposition: Sendable, Codable, Equatable {
  public struct Part: Sendable, Codable, Equatable {
    public let rate: Double
    public let mix: Double

    public init(rate: Double, mix: Double) {
      self.rate = rate
      self.mix = mix
    }
  }
  /// First − second; rate + mix, exactly up to rounding.
  public let difference: Double
  /// From different shares within the same strata.
  public let rate: Double
  /// From different composition.
  public let mix: Double
  /// By stratum, in the order given.
  public let strata: [Part]

  public init(difference: Double, rate: Double, mix: Double, strata: [Part]) {
    self.difference = difference
    self.rate = rate
    self.mix = mix
    self.strata = strata
  }
}

/// Why do two groups' shares differ: other rates, or another mix of strata? Kitagawa's decomposition, first − second.
///
/// Formulas: rate Σ (aᵢ + bᵢ)/2 · (pᵢ − qᵢ), mix Σ (pᵢ + qᵢ)/2 · (aᵢ − bᵢ), with a and b the strata's shares of the two
/// groups, p and q their rates; no interaction is left over. A stratum only one group has takes that group's rate for
/// both, so all of it counts as mix. The mix parts add up to the mix effect, but one alone means little: shift all rates
/// by a constant and single parts move. `nil` where a group is empty or lists differ in length.
/// Source: E. M. Kitagawa, JASA 50 (1955) 1168–1194. R: `oaxaca::oaxaca`, `DasGuptR::dgnpop`.
public func rateMixDecomposition(
  first: [(successes: Int, n: Int)], second: [(successes: Int, n: Int)]
) -> RateMixDecomposition? {
  let n1 = Double(total(first.map(\.n)))
  let n2 = Double(total(second.map(\.n)))
  guard first.count == second.count, n1 > 0, n2 > 0,
    (first + second).allSatisfy({ $0.n >= 0 && $0.successes >= 0 && $0.successes <= $0.n })
  else { return nil }
  let parts = zip(first, second).map { a, b -> RateMixDecomposition.Part in
    let p = a.n > 0 ? Double(a.successes) / Double(a.n) : nil
    let q = b.n > 0 ? Double(b.successes) / Double(b.n) : nil
    guard let p1 = p ?? q, let p2 = q ?? p else { return RateMixDecomposition.Part(rate: 0, mix: 0) }
    let w1 = Double(a.n) / n1
    let w2 = Double(b.n) / n2
    return RateMixDecomposition.Part(rate: (w1 + w2) / 2 * (p1 - p2), mix: (p1 + p2) / 2 * (w1 - w2))
  }
  let difference =
    Double(total(first.map(\.successes))) / n1 - Double(total(second.map(\.successes))) / n2
  return RateMixDecomposition(
    difference: difference, rate: compensatedSum(parts.map(\.rate)), mix: compensatedSum(parts.map(\.mix)),
    strata: parts)
}
