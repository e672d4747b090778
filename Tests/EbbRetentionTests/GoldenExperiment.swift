import Foundation

/// Figures of `Tests/golden/experiment.json`, which `Tests/golden/experiment.py` made with scipy and statsmodels.
struct GoldenExperiment: Decodable, Sendable {
  struct Design: Decodable, Sendable {
    let base, effect, alpha, power: Double
    let treated, control, neededTreated, neededControl, neededPerEqualArm: Int
    let powerAtHand: Double
    let detectableFall, detectableFallEqualArms: Double?
  }
  struct Analysis: Decodable, Sendable {
    /// Left, stayed.
    let treated, control: [Int]
    /// Low, high: of the treated, of the control group.
    let wilson: [[Double]]
    let newcombe: [Double]
    /// Statistic, p.
    let z: [Double?]
    let fisher: Double
    let chi2, yates: [Double]?
    let minimumExpected: Double?
    /// Estimate, low, high.
    let relativeRisk, oddsRatio: [Double]?
    /// Statistic and p for a planned control share of a tenth and a half.
    let tenth, half: [Double]

    private enum CodingKeys: String, CodingKey {
      case treated, control, wilson, newcombe, z, fisher, chi2, yates, minimumExpected, relativeRisk,
        oddsRatio
      case tenth = "ratio0.1"
      case half = "ratio0.5"
    }
  }
  struct Stratified: Decodable, Sendable {
    /// Treated and control, left and stayed.
    let tables: [[[Int]]]
    let difference, oddsRatio, cmh, breslowDay: [Double]
    let balance: Double
  }
  let designs: [Design]
  let analyses: [Analysis]
  let stratified: [Stratified]

  static let all: GoldenExperiment = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("golden/experiment.json")
    guard let data = try? Data(contentsOf: url),
      let all = try? JSONDecoder().decode(GoldenExperiment.self, from: data)
    else { return GoldenExperiment(designs: [], analyses: [], stratified: []) }
    return all
  }()

  private init(designs: [Design], analyses: [Analysis], stratified: [Stratified]) {
    (self.designs, self.analyses, self.stratified) = (designs, analyses, stratified)
  }
}

/// Equal to nine digits, or both absent.
func agree(_ actual: Double?, _ expected: Double?, tolerance: Double = 1e-9) -> Bool {
  guard let actual, let expected else { return actual == nil && expected == nil }
  return abs(actual - expected) <= tolerance * max(abs(expected), 1e-3)
}
