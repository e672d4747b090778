import Glibc

/// Weight of evidence of every bin, and the information value of the whole attribute.
public struct WeightOfEvidence: Sendable, Codable, Equatable {
  public struct Bin: Sendable, Codable, Equatable {
    public let stayed: Int
    public let churned: Int
    /// ln(stayed share / churned share): above 0 where clients stay more than on average. `nil` for an empty class.
    public let woe: Double?
    /// (stayed share − churned share) · woe, ≥ 0.
    public let iv: Double?

    public init(stayed: Int, churned: Int, woe: Double?, iv: Double?) {
      self.stayed = stayed
      self.churned = churned
      self.woe = woe
      self.iv = iv
    }
  }
  public let bins: [Bin]
  /// Sum over the defined bins; `nil` where nobody stayed or nobody left.
  public let informationValue: Double?
  /// Bins left out since a class is empty.
  public let undefinedBins: [Int]
  /// Added to every cell: 0 or 0.5.
  public let adjustment: Double

  public init(bins: [Bin], informationValue: Double?, undefinedBins: [Int], adjustment: Double) {
    self.bins = bins
    self.informationValue = informationValue
    self.undefinedBins = undefinedBins
    self.adjustment = adjustment
  }
}

/// How much does an attribute tell about leaving? Weight of evidence by bin and the information value.
///
/// Formulas: WoE = ln((stayedᵢ/stayed)/(churnedᵢ/churned)), IV = Σ(stayed share − churned share)·WoE, with `adjustment`
/// added to every cell first (0: bins with an empty class are undefined and left out; 0.5: none is).
/// Rule of thumb: below 0.02 none, to 0.1 weak, to 0.3 medium, to 0.5 strong; above, ask why.
/// Source: N. Siddiqi, *Credit Risk Scorecards*, 2006. Python: `optbinning.OptimalBinning`; R: `scorecard::woebin`.
public func weightOfEvidence(stayed: [Int], churned: [Int], adjustment: Double = 0) -> WeightOfEvidence {
  guard stayed.count == churned.count, adjustment >= 0 else {
    return WeightOfEvidence(bins: [], informationValue: nil, undefinedBins: [], adjustment: adjustment)
  }
  let stayedAll = compensatedSum(stayed.map { Double($0) + adjustment })
  let churnedAll = compensatedSum(churned.map { Double($0) + adjustment })
  let bins = zip(stayed, churned).map { s, c -> WeightOfEvidence.Bin in
    let stays = (Double(s) + adjustment) / stayedAll
    let leaves = (Double(c) + adjustment) / churnedAll
    guard stays > 0, leaves > 0 else { return WeightOfEvidence.Bin(stayed: s, churned: c, woe: nil, iv: nil) }
    let woe = log(stays / leaves)
    return WeightOfEvidence.Bin(
      stayed: s, churned: c, woe: woe.ifFinite, iv: ((stays - leaves) * woe).ifFinite)
  }
  let known = stayedAll > 0 && churnedAll > 0 && total(stayed) > 0 && total(churned) > 0
  return WeightOfEvidence(
    bins: bins, informationValue: known ? compensatedSum(bins.compactMap(\.iv)) : nil,
    undefinedBins: bins.indices.filter { bins[$0].woe == nil }, adjustment: adjustment)
}
