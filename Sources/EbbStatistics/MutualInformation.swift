import Glibc

/// What knowing one attribute tells about another.
public struct MutualInformation: Sendable, Codable, Equatable {
  public let nats: Double
  public let bits: Double
  /// Uncertainty of the column attribute (churn) alone, in nats.
  public let entropyNats: Double
  /// nats / entropyNats: 0 tells nothing, 1 tells all. `nil` where the columns hold no uncertainty.
  public let shareOfEntropy: Double?

  public init(nats: Double, bits: Double, entropyNats: Double, shareOfEntropy: Double?) {
    self.nats = nats
    self.bits = bits
    self.entropyNats = entropyNats
    self.shareOfEntropy = shareOfEntropy
  }
}

/// How much does the row attribute tell about the column attribute? Mutual information of a table of counts.
///
/// Formula: Σ p(r, c) ln(p(r, c)/(p(r)p(c))), natural logarithm; in bits divided by ln 2. `nil` for an empty table.
/// Biased upwards by about (r − 1)(c − 1)/(2n) nats. Source: C. E. Shannon 1948.
/// Python: `sklearn.metrics.mutual_info_score(None, None, contingency=table)`; R: `infotheo::mutinformation`.
public func mutualInformation(_ table: [[Int]]) -> MutualInformation? {
  let counts = droppingEmptyLines(table)
  guard let columns = counts.first?.count else { return nil }
  let all = Double(total(counts.map { total($0) }))
  let rowSums = counts.map { Double(total($0)) }
  let columnSums = (0..<columns).map { c in Double(total(counts.map { $0[c] })) }
  var terms: [Double] = []
  for (r, row) in counts.enumerated() {
    for (c, count) in row.enumerated() where count > 0 {
      let observed = Double(count)
      let expected = rowSums[r] * columnSums[c] / all
      // Near independence ln(observed/expected) loses digits; its small part is taken directly.
      terms.append(observed / all * log1p((observed - expected) / expected))
    }
  }
  let nats = max(compensatedSum(terms), 0)
  let entropy = -compensatedSum(columnSums.map { $0 / all * log($0 / all) })
  return MutualInformation(
    nats: nats, bits: nats / 0.693147180559945309, entropyNats: max(entropy, 0),
    shareOfEntropy: entropy > 0 ? nats / entropy : nil)
}
