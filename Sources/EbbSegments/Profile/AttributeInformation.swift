import EbbClients
import EbbEngine
public import EbbStatistics

/// How much one attribute tells about churn: weight of evidence by bin, information value, mutual information.
///
/// WoE = ln(share of stayers / share of leavers): above 0 where clients stay. Numbers are cut into fifths, missing is a
/// bin of its own. `Adjusted`: ½ added to every count, so that a bin where all left or all stayed has a weight too.
public struct AttributeInformation: Sendable, Codable, Equatable {
  public struct Bin: Sendable, Codable, Equatable {
    public let value: String
    public let low: Double?
    public let high: Double?
    public let n: Int
    public let stayed: Int
    public let churned: Int
    public let churnRate: Double?
    /// Of all clients.
    public let share: Double
    public let woe: Double?
    public let iv: Double?
    public let woeAdjusted: Double?
    public let ivAdjusted: Double?
  }
  /// Siddiqi (2006): below 0.02 unpredictive, to 0.1 weak, to 0.3 medium, to 0.5 strong; above, ask why.
  public enum Band: String, Sendable, Codable, Equatable, CaseIterable {
    case unpredictive, weak, medium, strong, suspicious

    init(_ iv: Double) {
      self =
        switch iv {
        case ..<0.02: .unpredictive
        case ..<0.1: .weak
        case ..<0.3: .medium
        case ..<0.5: .strong
        default: .suspicious
        }
    }
  }
  public let attribute: ComparisonAxis
  public let bins: [Bin]
  /// Bins where all left or all stayed are left out of it; `nil` where none is left.
  public let iv: Double?
  public let ivAdjusted: Double?
  /// Of `ivAdjusted`.
  public let band: Band?
  /// Bins without a raw weight: all left, or all stayed.
  public let undefinedBins: [String]
  public let mutualInformation: MutualInformation?

  /// Numbers in fifths; levels and agreed bands; presence where something is missing.
  static func groupings(_ schema: ClientSchema, _ cuts: BandCuts, data: DataQuality) -> [Grouping] {
    schema.factorEntries.flatMap { entry -> [Grouping] in
      var found: [Grouping] = []
      let isNumber = schema.isNumeric(entry.column)
      if isNumber, entry.role != .products {
        found.append(Grouping(entry.column, .quantiles(count: ChurnAttributes.quantileCount)))
      }
      if schema.levelColumns.contains(entry.column) {
        found.append(Grouping(entry.column))
      } else if isNumber, cuts.cuts(entry) != nil {
        found.append(ChurnAttributes.banded(entry, cuts))
      }
      if ChurnAttributes.isIncomplete(entry, data) { found.append(Grouping(entry.column, .presence)) }
      return found
    }
  }

  init?(_ grouping: Grouping, _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema) {
    guard let counts = ChurnCounts(answers, [grouping], sides) else { return nil }
    attribute = ComparisonAxis(grouping, schema: schema)
    let cells = counts.n.indices.filter { counts.n[$0] > 0 }
    let stayed = cells.map { counts.n[$0] - counts.churned[$0] }
    let churned = cells.map { counts.churned[$0] }
    let raw = weightOfEvidence(stayed: stayed, churned: churned)
    let adjusted = weightOfEvidence(stayed: stayed, churned: churned, adjustment: 0.5)
    let total = counts.n.reduce(0, +)
    let names = cells.map { ComparisonValue(counts.axes[0][$0], isFirst: $0 == 0, of: grouping) }
    bins = cells.indices.map { index in
      let n = counts.n[cells[index]]
      return Bin(
        value: names[index].value, low: names[index].low, high: names[index].high, n: n,
        stayed: stayed[index],
        churned: churned[index], churnRate: Double(churned[index]) / Double(n),
        share: Double(n) / Double(max(1, total)), woe: raw.bins[index].woe, iv: raw.bins[index].iv,
        woeAdjusted: adjusted.bins[index].woe, ivAdjusted: adjusted.bins[index].iv)
    }
    iv = raw.informationValue
    ivAdjusted = adjusted.informationValue
    band = adjusted.informationValue.map(Band.init)
    undefinedBins = raw.undefinedBins.map { names[$0].value }
    mutualInformation = EbbStatistics.mutualInformation(zip(stayed, churned).map { [$0, $1] })
  }
}
