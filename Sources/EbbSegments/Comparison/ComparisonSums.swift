import EbbStatistics

/// Sums of squares of the one-way analysis of variance.
public struct ComparisonSums: Sendable, Codable, Equatable {
  public let between: Double?
  public let within: Double?
  public let total: Double?
  public let meanSquareBetween: Double?
  public let meanSquareWithin: Double?

  init(_ anova: ANOVAResult) {
    between = anova.ssBetween
    within = anova.ssWithin
    total = anova.ssTotal
    meanSquareBetween = anova.msBetween
    meanSquareWithin = anova.msWithin
  }
}
