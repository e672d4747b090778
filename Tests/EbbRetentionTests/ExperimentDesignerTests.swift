import EbbRetention
import Testing

@Suite("Can these clients answer the question?")
struct ExperimentDesignerTests {
  private static func made(
    treated: Int, control: Int, base: Double, effect: Double, alpha: Double = 0.05, power: Double = 0.8
  ) -> ExperimentDesign {
    .make(
      recommendation: "mature", audience: .plan, treated: treated, control: control, baseRate: base,
      smallestEffect: effect, alpha: alpha, power: power, durationDays: 60, seed: 7, strata: ["city"])
  }

  @Test("sizes, power and detectable falls are those of statsmodels, at any ratio")
  func agreesWithStatsmodels() {
    #expect(GoldenExperiment.all.designs.count > 500)
    for golden in GoldenExperiment.all.designs {
      let design = Self.made(
        treated: golden.treated, control: golden.control, base: golden.base, effect: golden.effect,
        alpha: golden.alpha, power: golden.power)
      #expect(design.neededTreated == golden.neededTreated, "\(golden)")
      #expect(design.neededControl == golden.neededControl, "\(golden)")
      #expect(design.neededPerEqualArm == golden.neededPerEqualArm, "\(golden)")
      #expect(agree(design.powerAtHand, golden.powerAtHand), "\(golden)")
      #expect(agree(design.detectableFall, golden.detectableFall, tolerance: 1e-6), "\(golden)")
      #expect(
        agree(design.detectableFallEqualArms, golden.detectableFallEqualArms, tolerance: 1e-6), "\(golden)")
      // Power and sizes say the same.
      #expect(
        (design.verdict == .answerable) == (golden.powerAtHand >= golden.power),
        "\(design.verdict), power \(golden.powerAtHand) of \(golden.power)")
    }
  }

  @Test("one client fewer than needed is too few")
  func border() throws {
    let needed = try #require(Self.made(treated: 1, control: 1, base: 0.2, effect: 0.2).neededTreated)
    #expect(Self.made(treated: needed, control: needed, base: 0.2, effect: 0.2).verdict == .answerable)
    #expect(
      Self.made(treated: needed - 1, control: needed - 1, base: 0.2, effect: 0.2).verdict == .tooFewClients)
  }

  @Test("nobody held out, nobody at all, nobody treated")
  func emptyArms() {
    let all = Self.made(treated: 500, control: 0, base: 0.2, effect: 0.2)
    #expect(all.verdict == .noControl)
    #expect(all.powerAtHand == nil && all.detectableFall == nil)
    #expect(all.neededPerEqualArm != nil && all.detectableFallEqualArms != nil)
    #expect(Self.made(treated: 0, control: 0, base: 0.2, effect: 0.2).verdict == .tooFewClients)
    #expect(Self.made(treated: 0, control: 50, base: 0.2, effect: 0.2).verdict == .tooFewClients)
  }

  @Test(
    "a rate of 0, an effect of 0 or nonsense need no clients and answer nothing",
    arguments: [(0.0, 0.2), (0.2, 0.0), (.nan, 0.2), (0.2, .nan), (-1.0, 0.2), (0.2, -1)])
  func nothingToSee(base: Double, effect: Double) {
    let design = Self.made(treated: 5000, control: 5000, base: base, effect: effect)
    #expect(design.verdict == .tooFewClients)
    #expect(design.neededTreated == nil && design.sampleSize == nil && design.powerAtHand == nil)
  }

  @Test("where everybody leaves, few clients suffice")
  func everybodyLeaves() {
    let design = Self.made(treated: 60, control: 60, base: 1, effect: 0.2)
    #expect(design.verdict == .answerable)
    #expect(design.treatedRate == 0.8)
  }
}
