import EbbStatistics

extension ExperimentDesign {
  /// Can these clients show that the action keeps `smallestEffect` of the leavers, and how many could?
  ///
  /// Treated rate = base rate · (1 − smallest effect). Sizes by Cohen's h, both tails, at the ratio at hand, rounded up;
  /// the other formulas are in `sampleSize`. Answerable where both arms have what is needed. The detectable fall is
  /// that of the treated share below the base rate, by the same formula.
  /// Unit: shares. Assumes independent clients and one base rate for both arms (which random assignment gives).
  /// Nothing is needed, and nothing answerable, where base rate or effect is 0 or makes no sense.
  /// Python: `NormalIndPower().solve_power(proportion_effectsize(treated, base), alpha=, power=, ratio=)`, rounded up;
  /// R: `pwr::pwr.2p2n.test`.
  public static func make(
    recommendation: String, audience: Audience, treated: Int, control: Int, baseRate: Double,
    smallestEffect: Double, alpha: Double = 0.05, power: Double = 0.8, durationDays: Int = 30,
    seed: UInt64 = 0, strata: [String] = []
  ) -> ExperimentDesign {
    let (treated, control) = (max(0, treated), max(0, control))
    let clients = treated + control
    let base = min(max(baseRate.isFinite ? baseRate : 0, 0), 1)
    let effect = min(max(smallestEffect.isFinite ? smallestEffect : 0, 0), 1)
    let treatedRate = base * (1 - effect)
    let hasBoth = treated > 0 && control > 0
    let ratio = hasBoth ? Double(control) / Double(treated) : 1
    func size(_ ratio: Double) -> ProportionSampleSize? {
      sampleSizeTwoProportions(p1: treatedRate, p2: base, alpha: alpha, power: power, ratio: ratio)
    }
    func fall(control: Double, ratio: Double) -> Double? {
      minimalDetectableShare(base: base, n: control, alpha: alpha, power: power, ratio: ratio)?.cohenH
        .map { base - $0 }
    }
    let sized = size(ratio)
    let neededTreated = sized?.cohenH.flatMap(roundedUp)
    let neededControl = sized?.cohenH.flatMap { roundedUp($0 * ratio) }
    let verdict: Verdict =
      if clients > 0, control == 0 {
        .noControl
      } else if let neededTreated, let neededControl, hasBoth, treated >= neededTreated,
        control >= neededControl
      {
        .answerable
      } else {
        .tooFewClients
      }
    return ExperimentDesign(
      recommendation: recommendation, audience: audience, clients: clients, treated: treated,
      control: control, baseRate: base, treatedRate: treatedRate, smallestEffect: effect, alpha: alpha,
      power: power, ratio: hasBoth ? ratio : 0, sampleSize: sized, neededTreated: neededTreated,
      neededControl: neededControl, neededPerEqualArm: size(1)?.cohenH.flatMap(roundedUp),
      powerAtHand: hasBoth && treatedRate != base
        ? powerTwoProportions(
          p1: treatedRate, p2: base, n1: Double(treated), ratio: ratio, alpha: alpha) : nil,
      detectableFall: hasBoth ? fall(control: Double(control), ratio: 1 / ratio) : nil,
      detectableFallEqualArms: clients > 1 ? fall(control: Double(clients) / 2, ratio: 1) : nil,
      durationDays: durationDays, seed: seed, strata: strata, verdict: verdict)
  }

  /// Whole clients; a size that is whole but for rounding stays.
  private static func roundedUp(_ clients: Double) -> Int? {
    let up = (clients * (1 - 1e-12)).rounded(.up)
    return up < 1e15 ? max(1, Int(up)) : nil
  }
}
