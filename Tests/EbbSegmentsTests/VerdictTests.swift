import EbbSegments
import Testing

@Test(arguments: [
  (true as Bool?, true as Bool?, Verdict.differNegligibly), (true, false, .differ), (true, nil, .differ),
  (false, true, .equivalent), (false, false, .undecided), (false, nil, .undecided), (nil, nil, .undecided),
  (nil, false, .undecided),
])
func verdictFollowsItsTable(significant: Bool?, within: Bool?, expected: Verdict) {
  #expect(Verdict(significant: significant, withinBound: within) == expected)
}

@Test func aLargePNeverMeansEqual() {
  for p in [0.06, 0.5, 0.99, 1] {
    let decision = Decision(
      test: "welchT", pValue: p, pValueAdjusted: p, family: 1, alpha: 0.05, bound: .cohensD,
      boundValue: 0.2, equivalencePValue: 0.5, withinBound: false)
    #expect(decision.verdict == .undecided)
  }
}

@Test func correctionCanTakeSignificanceAway() {
  let alone = Decision(
    test: "welchT", pValue: 0.03, pValueAdjusted: 0.03, family: 1, alpha: 0.05, bound: .cohensD,
    boundValue: 0.2, equivalencePValue: nil, withinBound: nil)
  #expect(alone.verdict == .differ)
  let together = alone.adjusted(to: 0.12, family: 4)
  #expect(together.verdict == .undecided)
  #expect(together.family == 4)
  #expect(together.pValue == 0.03)
}
