import EbbClients
import EbbTable

/// Which clients a forecast learns from where there are more than it needs: a seeded draw that follows from what is known
/// of the clients, not from where the file has them.
///
/// Every client gets a number from a hash of its values, of the seed, and of how many clients alike came before it; the
/// smallest numbers are drawn, leavers and stayers in proportion. Cost O(n · columns + n log n), 32 bytes a client.
enum TrainingSample {
  /// Rows of the drawn clients, ascending; `nil` where all are wanted.
  static func rows(_ clients: ClientTable, churned: [Bool], limit: Int, seed: UInt64) -> [Int]? {
    let n = churned.count
    guard n > limit, limit > 0 else { return nil }
    var hashes = [UInt64](repeating: seed, count: n)
    for entry in clients.schema.factorEntries {
      guard let column = clients.table.column(named: entry.column) else { continue }
      for (row, value) in FeatureMatrix.values(column, rowCount: n).enumerated() {
        hashes[row] = SplitMix64.mix(hashes[row], value)
      }
    }
    for row in 0..<n { hashes[row] = SplitMix64.mix(hashes[row] ^ (churned[row] ? 1 : 0)) }
    // Clients alike in everything are told apart by a count: which of them is drawn makes no difference.
    let order = (0..<n).sorted { (hashes[$0], $0) < (hashes[$1], $1) }
    var draws = [UInt64](repeating: 0, count: n)
    var alike: UInt64 = 0
    for (place, row) in order.enumerated() {
      alike = place > 0 && hashes[order[place - 1]] == hashes[row] ? alike + 1 : 0
      draws[row] = SplitMix64.mix(hashes[row] &+ alike &* 0x9E37_79B9_7F4A_7C15)
    }
    let left = churned.count { $0 }
    let wanted = Int((Double(limit) * Double(left) / Double(n)).rounded())
    return
      (smallest(draws, of: (0..<n).filter { churned[$0] }, wanted)
      + smallest(draws, of: (0..<n).filter { !churned[$0] }, limit - wanted)).sorted()
  }

  private static func smallest(_ draws: [UInt64], of rows: [Int], _ count: Int) -> [Int] {
    Array(rows.sorted { (draws[$0], $0) < (draws[$1], $1) }.prefix(count))
  }
}
