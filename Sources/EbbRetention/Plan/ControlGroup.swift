import EbbForecast

/// Clients of the plan who are not contacted, so that its effect can be measured.
///
/// Drawn by a seeded hash of the client's identity within each recommendation and, within that, within the half of higher
/// and the half of lower risk. A recommendation of n clients holds out share × n of them, rounded; at least one from five
/// clients up, never all.
struct ControlGroup: Sendable {
  struct Member: Sendable {
    let row: Int
    let recommendation: Int
    let chance: Double
    let identity: UInt64
  }
  /// Rows held out.
  let rows: Set<Int>

  init(_ members: [Member], share: Double, seed: UInt64) {
    let share = share.isFinite ? min(1, max(0, share)) : 0
    var rows: Set<Int> = []
    if share > 0 {
      for (_, group) in Dictionary(grouping: members, by: \.recommendation) {
        rows.formUnion(Self.draw(group, share: share, seed: seed))
      }
    }
    self.rows = rows
  }

  /// How many of a recommendation's clients are held out.
  static func size(of clients: Int, share: Double) -> Int {
    guard share > 0, clients > 1 else { return 0 }
    let rounded = Int((share * Double(clients)).rounded())
    return min(clients - 1, max(clients >= 5 ? 1 : 0, rounded))
  }

  private static func draw(_ group: [Member], share: Double, seed: UInt64) -> [Int] {
    let wanted = size(of: group.count, share: share)
    if wanted == 0 { return [] }
    let byRisk = group.sorted {
      if $0.chance != $1.chance { return $0.chance > $1.chance }
      return $0.identity != $1.identity ? $0.identity < $1.identity : $0.row < $1.row
    }
    // An odd client belongs to the half of higher risk, and so does an odd place of the control group.
    let middle = (group.count + 1) / 2
    let fromHigher = min(middle, (wanted + 1) / 2)
    return pick(byRisk[..<middle], fromHigher, seed) + pick(byRisk[middle...], wanted - fromHigher, seed)
  }

  private static func pick(_ half: ArraySlice<Member>, _ count: Int, _ seed: UInt64) -> [Int] {
    let drawn = half.map { member -> (draw: UInt64, member: Member) in
      var generator = SplitMix64(seed: member.identity ^ seed &* 0xD6E8_FEB8_6659_FD93)
      return (generator.next(), member)
    }.sorted {
      if $0.draw != $1.draw { return $0.draw < $1.draw }
      return $0.member.row < $1.member.row
    }
    return drawn.prefix(count).map(\.member.row)
  }
}
