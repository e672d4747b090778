import EbbStatistics

extension Comparison {
  static func notes(
    groups: [ComparisonGroup], leftOut: [ComparisonGroup], pairs: [ComparisonPair],
    tests: [HypothesisTest], assumptions: ComparisonAssumptions, decision: Decision,
    by: ComparisonAxis, missingGroup: Int
  ) -> [ComparisonNote] {
    var notes: [ComparisonNote] = []
    if by.kind == .quantiles { notes.append(ComparisonNote(.banded, count: groups.count + leftOut.count)) }
    if missingGroup > 0 { notes.append(ComparisonNote(.missingGroup, count: missingGroup)) }
    if !leftOut.isEmpty { notes.append(ComparisonNote(.groupsLeftOut, count: leftOut.count)) }
    if groups.count > pairLimit { notes.append(ComparisonNote(.pairsLeftOut, count: groups.count)) }

    let shapes = Dictionary(
      assumptions.shapes.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
    if groups.count > 2 {
      let means = tests.first { $0.name == "welchANOVA" }?.pValue
      let ranks = tests.first { $0.name == "kruskalWallis" }?.pValue
      if let kind = parting(means, ranks, decision.alpha) {
        let cause = cause(assumptions.shapes, means, ranks, shapeDiffers: nil, decision.alpha)
        notes.append(ComparisonNote(kind, cause: cause))
      }
    }
    for pair in pairs {
      let means = pair.test("welchT")?.pValueHolm
      let ranks = pair.test("mannWhitneyU")?.pValueHolm
      guard let kind = parting(means, ranks, decision.alpha) else { continue }
      let cause = cause(
        [shapes[pair.first], shapes[pair.second]].compactMap(\.self), means, ranks,
        shapeDiffers: pair.test("kolmogorovSmirnov")?.pValue.map { $0 < decision.alpha },
        decision.alpha)
      notes.append(ComparisonNote(kind, first: pair.first, second: pair.second, cause: cause))
    }
    if groups.count > 2, decision.significant == true, !pairs.isEmpty,
      !pairs.contains(where: { $0.verdict == .differ || $0.verdict == .differNegligibly })
    {
      notes.append(ComparisonNote(.noPairStandsOut))
    }
    return notes + sizeNotes(pairs: pairs, decision: decision)
  }

  /// A difference shown whose interval of d reaches over the bound on either side of it.
  static func sizeNotes(pairs: [ComparisonPair], decision: Decision) -> [ComparisonNote] {
    guard decision.verdict == .differ else { return [] }
    let beyond = pairs.contains { pair in
      guard let interval = pair.effect("cohensD")?.interval else { return false }
      return interval.low > decision.boundValue || interval.high < -decision.boundValue
    }
    return beyond || pairs.isEmpty ? [] : [ComparisonNote(.sizeUncertain)]
  }

  private static func parting(
    _ means: Double?, _ ranks: Double?, _ alpha: Double
  ) -> ComparisonNote.Kind? {
    guard let means, let ranks else { return nil }
    switch (means < alpha, ranks < alpha) {
    case (true, false): return .meansOnly
    case (false, true): return .ranksOnly
    default: return nil
    }
  }

  private static func cause(
    _ shapes: [ComparisonAssumptions.Shape], _ means: Double?, _ ranks: Double?, shapeDiffers: Bool?,
    _ alpha: Double
  ) -> ComparisonNote.Cause {
    if shapes.contains(where: \.heavyTails) { return .heavyTails }
    if shapes.contains(where: { abs($0.skewness ?? 0) > 1 }) { return .skewness }
    if let means, let ranks, max(means, ranks) < 2 * alpha, min(means, ranks) > alpha / 2 {
      return .borderline
    }
    return shapeDiffers == false ? .borderline : .shape
  }
}
