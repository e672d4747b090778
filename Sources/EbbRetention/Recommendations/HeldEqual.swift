import EbbClients
import EbbStatistics
import EbbTable

/// The main attributes of every client as one cell number, so that alike clients can be compared.
///
/// Products, age band, city, activity and gender, those that the table has; a missing value is a level of its own.
/// Ages are cut as everywhere (`BandCuts.standard`); attributes with more than 50 levels, and those that would make
/// too many cells, are left out.
struct HeldEqual {
  static let roles: [Role] = [.products, .age, .city, .activity, .gender]
  private static let levelLimit = 50
  private static let cellLimit = 100_000
  /// Numbers of products above are one level.
  private static let productLimit = 20
  /// Below this share of the audience having somebody alike outside, the difference speaks for too few.
  static let leastOverlap = 0.5

  private struct Axis {
    let column: String
    let levels: Int
    let stride: Int
  }
  private let axes: [Axis]
  private let cells: [UInt32]
  private let cellCount: Int

  init(_ clients: ClientTable) {
    var axes: [Axis] = []
    var cells = [UInt32](repeating: 0, count: clients.table.rowCount)
    var count = 1
    for role in Self.roles {
      guard let entry = clients.schema.entry(role), let column = clients.table.column(named: entry.column)
      else { continue }
      let (levels, code) = Self.coding(column, entry)
      // One level more, 0, for what is missing.
      guard levels > 0, levels <= Self.levelLimit, count * (levels + 1) <= Self.cellLimit else { continue }
      let stride = UInt32(count)
      column.forEachNumber { row, value in cells[row] += stride * UInt32(code(value) + 1) }
      axes.append(Axis(column: entry.column, levels: levels + 1, stride: count))
      count *= levels + 1
    }
    self.axes = axes
    self.cells = cells
    cellCount = count
  }

  private static func coding(_ column: Column, _ entry: ClientSchema.Entry) -> (Int, (Double) -> Int) {
    if case .codes(_, let levels) = column.storage { return (levels.texts.count, { Int($0) }) }
    if entry.role == .products {
      return (productLimit + 1, { Int(min(max($0.rounded(), 0), Double(productLimit))) })
    }
    let cuts = BandCuts().cuts(entry) ?? []
    if !cuts.isEmpty { return (cuts.count + 1, { value in cuts.count { $0 <= value } }) }
    return entry.role == .activity || entry.role == .gender
      ? (3, { $0 < 0 ? 0 : $0 > 1 ? 2 : 1 }) : (0, { _ in 0 })
  }

  /// Clients by cell, in and out of the audience, stayed and left.
  func counts(_ audience: [Bool], _ churned: [Bool]) -> [Int] {
    var counts = [Int](repeating: 0, count: cellCount * 4)
    let (cells, audience, churned) = (cells.span, audience.span, churned.span)
    var sums = counts.mutableSpan
    for row in 0..<cells.count {
      sums[Int(cells[row]) * 4 + (audience[row] ? 2 : 0) + (churned[row] ? 1 : 0)] += 1
    }
    return counts
  }

  /// Audience against the others among clients alike in all but the audience's own attributes; `nil` where nothing is
  /// left to hold equal or too few have somebody alike.
  func difference(_ counts: [Int], own: Set<String>) -> (effect: EffectSize?, by: [String]) {
    let held = axes.filter { !own.contains($0.column) }
    guard !held.isEmpty else { return (nil, []) }
    var strata: [Int: [Int]] = [:]
    for cell in 0..<cellCount {
      let four = counts[(cell * 4)..<(cell * 4 + 4)]
      if four.allSatisfy({ $0 == 0 }) { continue }
      let key = held.reduce(0) { $0 + cell / $1.stride % $1.levels * $1.stride }
      strata[key, default: [0, 0, 0, 0]] = zip(strata[key, default: [0, 0, 0, 0]], four).map { $0 + $1 }
    }
    let tables = strata.sorted { $0.key < $1.key }.map {
      [[$0.value[3], $0.value[2]], [$0.value[1], $0.value[0]]]
    }
    let (inside, alike) = tables.reduce((0, 0)) { sums, table in
      let n = table[0][0] + table[0][1]
      return (sums.0 + n, sums.1 + (table[1][0] + table[1][1] > 0 ? n : 0))
    }
    guard inside > 0, Double(alike) >= Self.leastOverlap * Double(inside) else { return (nil, []) }
    let effect = mantelHaenszelRiskDifference(tables)
    return effect.estimate == nil ? (nil, []) : (effect, held.map(\.column))
  }
}
