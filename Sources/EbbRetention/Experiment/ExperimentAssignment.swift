import EbbForecast

/// Who is held out: a random draw within strata that can be made again.
public enum ExperimentAssignment {
  /// For each client whether it belongs to the control group.
  ///
  /// Every client has exactly the chance `controlShare`, whatever the size of its stratum; a stratum of n clients gets
  /// n · share of them, rounded down or up, and all strata together N · share, rounded down or up (systematic rounding
  /// of the running total with a random start). Within a stratum the clients with the lowest random numbers are held
  /// out; a client's number follows from its identity and the seed, so that the order of rows does not matter.
  /// - Parameters:
  ///   - strata: the stratum of each client, by any numbers.
  ///   - identity: a hash that follows from the client alone; clients with one identity are drawn in row order.
  ///   - controlShare: 0 ... 1.
  /// Source: W. G. Cochran, *Sampling Techniques*, 1977, ch. 5 and 8. Python: `sklearn.model_selection.
  /// StratifiedShuffleSplit`, which rounds otherwise.
  public static func draw(strata: [Int], identity: [UInt64], controlShare: Double, seed: UInt64) -> [Bool] {
    let count = min(strata.count, identity.count)
    var control = [Bool](repeating: false, count: count)
    let share = min(max(controlShare.isFinite ? controlShare : 0, 0), 1)
    let keys = (0..<count).map { SplitMix64.mix(SplitMix64.mix(seed) ^ identity[$0]) }
    var members: [Int: [Int]] = [:]
    for row in 0..<count { members[strata[row], default: []].append(row) }
    let ordered = members.values.map { rows in rows.sorted { (keys[$0], $0) < (keys[$1], $1) } }
      // By the clients themselves: the numbers of strata may depend on the order of rows.
      .sorted { (SplitMix64.mix(keys[$0[0]]), $0[0]) < (SplitMix64.mix(keys[$1[0]]), $1[0]) }
    let start = Double(SplitMix64.mix(seed ^ 0x5354_4152_5400_0000) >> 11) * 0x1p-53
    var before = 0
    var held = 0
    for rows in ordered {
      before += rows.count
      // Whole products stay whole: 0.1 · 30 must not become 2.999….
      let target = Int((Double(before) * share + start * (1 - 1e-9) + 1e-10).rounded(.down))
      for row in rows.prefix(max(0, target - held)) { control[row] = true }
      held = max(held, target)
    }
    return control
  }
}
