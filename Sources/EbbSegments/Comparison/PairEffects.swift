import EbbStatistics

/// The effect sizes between two groups, first minus second, every interval at 95 %.
enum PairEffects {
  /// `cohensD hedgesG hedgesGExact`, and where ranks are known `rankBiserial commonLanguage`. `hedgesG` is the usual
  /// 1 − 3/(4N − 9), `hedgesGExact` the gamma factor that approximates.
  static func all(_ first: Moments, _ second: Moments, _ ranks: PairRanks?) -> [EffectSize] {
    let exact = hedgesG(first, second, level: 0.95, correction: .gamma)
    var effects = [
      cohensD(first, second, level: 0.95), hedgesG(first, second, level: 0.95),
      EffectSize(
        name: "hedgesGExact", estimate: exact.estimate, interval: exact.interval, method: exact.method),
    ]
    if let ranks {
      effects += [rankBiserial(ranks, level: 0.95), commonLanguageEffect(ranks, level: 0.95)]
    }
    return effects
  }
}
