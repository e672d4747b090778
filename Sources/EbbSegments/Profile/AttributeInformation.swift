import EbbClients
import EbbEngine
public import EbbStatistics

/// How much one attribute tells about churn: weight of evidence by bin, information value, mutual information.
///
/// WoE = ln(share of stayers / share of leavers): above 0 where clients stay. Numbers are cut into fifths, missing is a
/// bin of its own; levels of too few clients are one bin. `Adjusted`: ½ added to every count, so that a bin where all left or all stayed has a weight too.
public struct AttributeInformation: Sendable, Codable, Equatable {
  public struct Bin: Sendable, Codable, Equatable {
    /// As the table has it, a band in interval notation, "missing"; "pooled" for the small ones together.
    public let value: String
    public let low: Double?
    public let high: Double?
    /// How many levels are put together here, for the sake of privacy; 1 for a bin of its own.
    public let levels: Int
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
  public let attribute: ComparisonAxis
  public let bins: [Bin]
  /// Bins where all left or all stayed are left out of it; `nil` where none is left.
  public let iv: Double?
  public let ivAdjusted: Double?
  /// Of `ivAdjusted`.
  public let band: InformationBand?
  /// Bins without a raw weight: all left, or all stayed.
  public let undefinedBins: [String]
  public let mutualInformation: MutualInformation?

  /// Numbers in fifths; levels and agreed bands; presence where something is missing.
  static func groupings(_ schema: ClientSchema, _ cuts: BandCuts, data: DataQuality) -> [Grouping] {
    let levels = Set(schema.levelColumns)
    return schema.factorEntries.flatMap { entry -> [Grouping] in
      var found: [Grouping] = []
      let isNumber = schema.isNumeric(entry.column)
      if isNumber, entry.role != .products {
        found.append(Grouping(entry.column, .quantiles(count: ChurnAttributes.quantileCount)))
      }
      if levels.contains(entry.column) {
        if ChurnAttributes.isCountable(entry.column, schema) { found.append(Grouping(entry.column)) }
      } else if isNumber, cuts.cuts(entry) != nil {
        found.append(ChurnAttributes.banded(entry, cuts))
      }
      if ChurnAttributes.isIncomplete(entry, data) { found.append(Grouping(entry.column, .presence)) }
      return found
    }
  }

  init?(
    _ grouping: Grouping, _ answers: Answers, _ sides: ChurnSides, _ schema: ClientSchema,
    threshold: Int
  ) {
    guard let counts = ChurnCounts(answers, [grouping], sides) else { return nil }
    attribute = ComparisonAxis(grouping, schema: schema)
    let pooling = PrivacyPooling(counts.n, threshold: threshold, limit: ChurnByAttribute.levelLimit)
    let cells = pooling.shown.map { [$0] } + (pooling.pooled.isEmpty ? [] : [pooling.pooled])
    let sizes = cells.map { $0.reduce(0) { $0 + counts.n[$1] } }
    let churned = cells.map { $0.reduce(0) { $0 + counts.churned[$1] } }
    let stayed = zip(sizes, churned).map { $0 - $1 }
    let raw = weightOfEvidence(stayed: stayed, churned: churned)
    let adjusted = weightOfEvidence(stayed: stayed, churned: churned, adjustment: 0.5)
    let total = sizes.reduce(0, +)
    let names = pooling.shown.map { ComparisonValue(counts.axes[0][$0], isFirst: $0 == 0, of: grouping) }
    bins = cells.indices.map { index in
      let name = index < names.count ? names[index] : nil
      return Bin(
        value: name?.value ?? "pooled", low: name?.low, high: name?.high, levels: cells[index].count,
        n: sizes[index], stayed: stayed[index], churned: churned[index],
        churnRate: Double(churned[index]) / Double(sizes[index]),
        share: Double(sizes[index]) / Double(total), woe: raw.bins[index].woe, iv: raw.bins[index].iv,
        woeAdjusted: adjusted.bins[index].woe, ivAdjusted: adjusted.bins[index].iv)
    }
    iv = raw.informationValue
    ivAdjusted = adjusted.informationValue
    band = adjusted.informationValue.map(InformationBand.init)
    undefinedBins = raw.undefinedBins.map { $0 < names.count ? names[$0].value : "pooled" }
    mutualInformation = EbbStatistics.mutualInformation(zip(stayed, churned).map { [$0, $1] })
  }
}
