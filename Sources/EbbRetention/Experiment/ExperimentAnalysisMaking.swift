import EbbStatistics

extension ExperimentAnalysis {
  /// Did the action keep clients, how many, and can these figures be trusted?
  ///
  /// First the sizes of the arms are checked against the planned ratio (χ² goodness of fit); at p < 0.001 the verdict is
  /// `ratioMismatch` and nothing is claimed. Else the pooled z test decides at `alpha`, or Fisher's exact test where a
  /// count below five is expected. Saved clients = (share leaving of control − of treated) × treated.
  /// Assumes random assignment, independent clients, and that those of unknown outcome are like the others (bounds
  /// without that are in `attrition`).
  /// Python: `scipy.stats.fisher_exact`, `chi2_contingency`, `chisquare`; `statsmodels.stats.proportion.
  /// proportions_ztest`, `confint_proportions_2indep(..., method="newcomb")`, `StratifiedTable`.
  public static func make(_ counts: ExperimentCounts, options: ExperimentOptions = .init())
    -> ExperimentAnalysis
  {
    let level = 1 - options.alpha
    let ratio = ratioCheck(counts, options)
    let claims = ratio?.isMismatch != true
    let comparison = claims ? compare(counts.treated, counts.control, level: level) : nil
    let attrition = attrition(counts, level: level)
    let (strata, pooled) = strata(counts, level: level, claims: claims)
    let base = share(counts.control)
    let ratioOfArms = Double(counts.treated.known) / Double(max(1, counts.control.known))
    let detectable = base.flatMap { base in
      minimalDetectableShare(
        base: base, n: Double(counts.control.known), alpha: options.alpha, power: options.power,
        ratio: ratioOfArms)?.cohenH.map { base - $0 }
    }
    let planned = base.flatMap { base in
      options.smallestEffect.flatMap {
        powerTwoProportions(
          p1: base, p2: base * (1 - $0), n1: Double(counts.control.known), ratio: ratioOfArms,
          alpha: options.alpha)
      }
    }
    let verdict = verdict(
      comparison, claims: claims, detectable: detectable, alpha: options.alpha)
    return ExperimentAnalysis(
      verdict: verdict, alpha: options.alpha, treated: Arm(counts.treated, level: level),
      control: Arm(counts.control, level: level), comparison: comparison,
      saved: comparison.flatMap { saved($0, counts, options) }, ratioCheck: ratio, attrition: attrition,
      detectableFall: detectable, power: options.power, smallestEffect: options.smallestEffect,
      powerForSmallestEffect: planned, by: counts.by, strata: strata, pooled: pooled,
      notes: notes(comparison, ratio, attrition, pooled, options))
  }

  private static func share(_ arm: ExperimentCounts.Arm) -> Double? {
    arm.known > 0 ? Double(arm.left) / Double(arm.known) : nil
  }

  private static func ratioCheck(_ counts: ExperimentCounts, _ options: ExperimentOptions) -> RatioCheck? {
    guard let planned = options.plannedControlShare, planned > 0, planned < 1 else { return nil }
    let (treated, control) = (counts.treated.assigned, counts.control.assigned)
    guard treated + control > 0 else { return nil }
    let test = chiSquaredGoodnessOfFit([control, treated], weights: [planned, 1 - planned])
    return RatioCheck(
      plannedControlShare: planned, controlShare: Double(control) / Double(treated + control), test: test,
      isMismatch: test.pValue.map { $0 < options.mismatchAlpha } ?? false)
  }

  private static func compare(
    _ treated: ExperimentCounts.Arm, _ control: ExperimentCounts.Arm, level: Double
  ) -> Comparison? {
    guard treated.known > 0, control.known > 0 else { return nil }
    let table = [[treated.left, treated.stayed], [control.left, control.stayed]]
    let z = twoProportionZ(
      successes1: control.left, n1: control.known, successes2: treated.left, n2: treated.known)
    let plain = chiSquaredContingency(table, level: level)
    let fisher = fisherExact(table)
    let risk = relativeRisk(
      successes1: treated.left, n1: treated.known, successes2: control.left, n2: control.known, level: level)
    // An empty column has no expected counts, and nothing to decide.
    let decided = (plain.minimumExpected ?? 0) < 5 ? fisher : z
    return Comparison(
      difference: riskDifference(
        successes1: control.left, n1: control.known, successes2: treated.left, n2: treated.known, level: level
      ),
      relativeRisk: risk,
      oddsRatio: oddsRatio(
        successes1: treated.left, n1: treated.known, successes2: control.left, n2: control.known, level: level
      ),
      leaversKept: EffectSize(
        name: "leaversKept", estimate: risk.estimate.map { 1 - $0 },
        interval: risk.interval.map { Interval(level: level, low: 1 - $0.high, high: 1 - $0.low) },
        method: "1 - relative risk"),
      tests: [z, plain.test, chiSquaredContingency(table, yates: true, level: level).test, fisher],
      decidedBy: decided.name, pValue: decided.pValue, minimumExpected: plain.minimumExpected)
  }

  private static func verdict(
    _ comparison: Comparison?, claims: Bool, detectable: Double?, alpha: Double
  ) -> Verdict {
    if !claims { return .ratioMismatch }
    guard let comparison, let difference = comparison.difference.estimate else { return .tooFew }
    if let p = comparison.pValue, p < alpha, difference != 0 { return difference > 0 ? .works : .harms }
    return detectable == nil ? .tooFew : .undecided
  }

  private static func saved(
    _ comparison: Comparison, _ counts: ExperimentCounts, _ options: ExperimentOptions
  ) -> Saved? {
    guard let difference = comparison.difference.estimate else { return nil }
    let n = Double(counts.treated.known)
    let clients = difference * n
    let interval = comparison.difference.interval.map {
      Interval(level: $0.level, low: $0.low * n, high: $0.high * n)
    }
    let cost = options.cost.map { $0 * Double(counts.treated.assigned) }
    func money(_ clients: Double) -> Double? {
      options.value.map { clients * $0 - (cost ?? 0) }
    }
    // A negative value would turn the interval round.
    let ends = interval.flatMap { i in money(i.low).flatMap { low in money(i.high).map { (low, $0) } } }
    return Saved(
      clients: clients, clientsInterval: interval, value: options.value, cost: options.cost, totalCost: cost,
      money: money(clients),
      moneyInterval: ends.map { Interval(level: 1 - options.alpha, low: min($0, $1), high: max($0, $1)) },
      breakEvenClients: options.value.flatMap { value in
        cost.flatMap { value > 0 ? $0 / value : nil }
      })
  }

  private static func attrition(_ counts: ExperimentCounts, level: Double) -> Attrition? {
    let (treated, control) = (counts.treated, counts.control)
    guard treated.missing + control.missing > 0, treated.assigned > 0, control.assigned > 0 else {
      return nil
    }
    let test = fisherExact([[treated.missing, treated.known], [control.missing, control.known]])
    func share(_ arm: ExperimentCounts.Arm, missingLeft: Bool) -> Double {
      Double(arm.left + (missingLeft ? arm.missing : 0)) / Double(arm.assigned)
    }
    return Attrition(
      treated: Proportion(successes: treated.missing, n: treated.assigned, level: level),
      control: Proportion(successes: control.missing, n: control.assigned, level: level), test: test,
      differs: test.pValue.map { $0 < 1 - level } ?? false,
      lowestDifference: share(control, missingLeft: false) - share(treated, missingLeft: true),
      highestDifference: share(control, missingLeft: true) - share(treated, missingLeft: false))
  }

  private static func strata(
    _ counts: ExperimentCounts, level: Double, claims: Bool
  ) -> ([Stratum], Pooled?) {
    let compared = counts.strata.map { claims ? compare($0.treated, $0.control, level: level) : nil }
    let tested = compared.indices.filter { compared[$0]?.pValue != nil }
    let adjusted = Dictionary(
      uniqueKeysWithValues: zip(tested, holm(tested.compactMap { compared[$0]?.pValue })))
    let strata = counts.strata.indices.map { index in
      let stratum = counts.strata[index]
      return Stratum(
        value: stratum.value, treated: Arm(stratum.treated, level: level),
        control: Arm(stratum.control, level: level), difference: compared[index]?.difference,
        pValue: compared[index]?.pValue, pValueHolm: adjusted[index])
    }
    guard claims, counts.strata.count > 1 else { return (strata, nil) }
    let tables = counts.strata.map {
      [[$0.treated.left, $0.treated.stayed], [$0.control.left, $0.control.stayed]]
    }
    let pooled = mantelHaenszel(tables, level: level)
    return (
      strata,
      Pooled(
        difference: mantelHaenszelRiskDifference(tables.map { [$0[1], $0[0]] }, level: level),
        oddsRatio: pooled.oddsRatio, relativeRisk: pooled.relativeRisk, test: pooled.test,
        homogeneity: pooled.homogeneity,
        balance: chiSquaredContingency(counts.strata.map { [$0.treated.assigned, $0.control.assigned] }).test)
    )
  }

  private static func notes(
    _ comparison: Comparison?, _ ratio: RatioCheck?, _ attrition: Attrition?, _ pooled: Pooled?,
    _ options: ExperimentOptions
  ) -> [Note] {
    var notes: [Note] = []
    if ratio == nil { notes.append(.ratioNotChecked) }
    if attrition?.differs == true { notes.append(.attritionDiffers) }
    let difference = comparison?.difference
    if let attrition, let estimate = difference?.estimate, estimate != 0,
      estimate > 0 ? attrition.lowestDifference <= 0 : attrition.highestDifference >= 0
    {
      notes.append(.missingCouldTurn)
    }
    if let comparison, comparison.decidedBy == "fisherExact" { notes.append(.fewExpected) }
    if let p = comparison?.pValue, let interval = difference?.interval,
      (p < options.alpha) == interval.contains(0)
    {
      notes.append(.intervalDisagrees)
    }
    if let p = pooled?.balance.pValue, p < options.mismatchAlpha { notes.append(.strataUnbalanced) }
    if let p = pooled?.homogeneity.pValue, p < options.alpha { notes.append(.strataDiffer) }
    return notes
  }
}
