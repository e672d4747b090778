import EbbClients
import EbbEngine

/// The ways clients are grouped when churn is broken down.
enum ChurnAttributes {
  /// How many groups of equal size a number without agreed bands is cut into.
  static let quantileCount = 5

  /// Levels as they are; numbers in agreed bands, else in fifths; and presence, where something is missing.
  static func groupings(_ schema: ClientSchema, _ cuts: BandCuts, data: DataQuality) -> [Grouping] {
    let levels = Set(schema.levelColumns)
    return schema.factorEntries.flatMap { entry -> [Grouping] in
      var found: [Grouping] = []
      if levels.contains(entry.column) {
        found.append(Grouping(entry.column))
      } else if schema.isNumeric(entry.column) {
        found.append(banded(entry, cuts))
      }
      if isIncomplete(entry, data) { found.append(Grouping(entry.column, .presence)) }
      return found
    }
  }

  static func banded(_ entry: ClientSchema.Entry, _ cuts: BandCuts) -> Grouping {
    cuts.cuts(entry).map { Grouping(entry.column, .bands(cuts: $0, leftClosed: true)) }
      ?? Grouping(entry.column, .quantiles(count: quantileCount))
  }

  /// Misses some values but not all.
  static func isIncomplete(_ entry: ClientSchema.Entry, _ data: DataQuality) -> Bool {
    data.columns.contains {
      $0.column == entry.column && $0.missing > 0 && $0.missing < data.rows.used
    }
  }

  /// The grouping of a role in two-way tables: levels, else bands; balance by presence.
  static func grouping(_ role: Role, _ schema: ClientSchema, _ cuts: BandCuts, data: DataQuality) -> Grouping?
  {
    guard let entry = schema.entry(role) else { return nil }
    if role == .balance {
      return isIncomplete(entry, data) ? Grouping(entry.column, .presence) : nil
    }
    if schema.levelColumns.contains(entry.column) { return Grouping(entry.column) }
    return schema.isNumeric(entry.column) ? banded(entry, cuts) : nil
  }
}

/// Counts by some attributes and churn: n and leavers of every cell.
struct ChurnCounts {
  let axes: [[Level]]
  /// Row-major over `axes`.
  let n: [Int]
  let churned: [Int]

  /// The question; churn is always the last axis.
  static func question(_ by: [Grouping], _ sides: Grouping) -> Question { .counts(by: by + [sides]) }

  init?(_ answers: Answers, _ by: [Grouping], _ sides: ChurnSides) {
    guard case .counts(let cells)? = answers[Self.question(by, sides.grouping)],
      let levels = cells.axes.last, let left = levels.firstIndex(of: sides.left)
    else { return nil }
    axes = Array(cells.axes.dropLast())
    let size = levels.count
    let count = cells.counts.count / max(1, size)
    n = (0..<count).map { cell in cells.counts[cell * size..<(cell + 1) * size].reduce(0, +) }
    churned = (0..<count).map { cells.counts[$0 * size + left] }
  }

  /// Levels of a cell, one for each axis.
  func levels(_ cell: Int) -> [Level] {
    var rest = cell
    var out: [Level] = []
    for axis in axes.reversed() {
      out.append(axis[rest % axis.count])
      rest /= axis.count
    }
    return out.reversed()
  }
}

/// Which cells are shown one by one: those of at least `threshold` clients. The others are put together; if they are
/// still fewer than that, the smallest shown cells join them, so that no difference gives them away.
struct PrivacyPooling {
  let shown: [Int]
  let pooled: [Int]

  init(_ n: [Int], threshold: Int) {
    var shown = n.indices.filter { n[$0] >= threshold }
    var pooled = n.indices.filter { n[$0] > 0 && n[$0] < threshold }
    var size = pooled.reduce(0) { $0 + n[$1] }
    while size > 0, size < threshold, let smallest = shown.min(by: { (n[$0], $0) < (n[$1], $1) }) {
      shown.removeAll { $0 == smallest }
      pooled.append(smallest)
      size += n[smallest]
    }
    self.shown = shown
    self.pooled = pooled.sorted()
  }
}
