import EbbClients
import EbbEngine
import EbbStatistics

/// The attributes that rules are made of, each cut into few levels.
struct RiskGroupings {
  /// In the schema's order.
  var groupings: [Grouping]
  /// Columns that are not searched: the cells would be too many.
  var leftOut: [String]

  /// Ages are cut finer than elsewhere: a rule joins neighbouring bands itself.
  static let ageCuts: [Double] = [18] + stride(from: 25, through: 70, by: 5)
  /// Numbers without agreed bands are cut at their tenths, of a large table at their fifths.
  static func bandCount(_ clients: Int) -> Int { clients > 1_000_000 ? 5 : 10 }
  /// Levels of a column at most.
  static let levelLimit = 60_000
  /// Bits of a cell's key, churn's aside.
  static let bitLimit = 126

  static func entries(_ schema: ClientSchema, excluded: Set<String>) -> [ClientSchema.Entry] {
    schema.factorEntries.filter {
      !schema.isEmpty($0.column) && !excluded.contains($0.column) && !excluded.contains($0.role.rawValue)
    }
  }

  private static func cuts(_ entry: ClientSchema.Entry, _ cuts: BandCuts) -> [Double]? {
    let agreed = cuts.cuts(entry)
    return entry.role == .age && agreed == BandCuts.standard[.age] ? ageCuts : agreed
  }

  /// Columns whose bands depend on how their values lie.
  private static func asksQuantiles(
    _ entry: ClientSchema.Entry, _ schema: ClientSchema, _ cuts: BandCuts
  ) -> Bool {
    schema.isNumeric(entry.column) && !schema.levelColumns.contains(entry.column)
      && Self.cuts(entry, cuts) == nil
  }

  static func probabilities(_ count: Int) -> [Double] { (0...count).map { Double($0) / Double(count) } }

  static func question(_ column: String, _ count: Int) -> Question {
    .quantiles(of: column, by: [], probabilities: probabilities(count))
  }

  static func questions(
    _ schema: ClientSchema, clients: Int, cuts: BandCuts, excluded: Set<String>
  ) -> Set<Question> {
    Set(
      entries(schema, excluded: excluded).filter { asksQuantiles($0, schema, cuts) }.map {
        question($0.column, bandCount(clients))
      })
  }

  init(_ answers: Answers, _ schema: ClientSchema, clients: Int, cuts: BandCuts, excluded: Set<String>) {
    groupings = []
    leftOut = []
    let levels = Set(schema.levelColumns)
    var bits = 0
    for entry in Self.entries(schema, excluded: excluded) {
      var grouping: Grouping?
      var size = 0
      if levels.contains(entry.column) {
        size = (entry.distinct ?? Self.levelLimit) + 1
        if size <= Self.levelLimit { grouping = Grouping(entry.column) }
      } else if let agreed = Self.cuts(entry, cuts), schema.isNumeric(entry.column) {
        grouping = Grouping(entry.column, .bands(cuts: agreed, leftClosed: true))
        size = agreed.count + 2
      } else if case .quantiles(let found)? = answers[
        Self.question(entry.column, Self.bandCount(clients))],
        let values = found.values.first, let values
      {
        let rounded = Self.rounded(values)
        grouping = Grouping(entry.column, .bands(cuts: rounded, leftClosed: true))
        size = rounded.count + 2
      }
      let added = Int.bitWidth - max(size - 1, 1).leadingZeroBitCount
      if let grouping, bits + added <= Self.bitLimit {
        groupings.append(grouping)
        bits += added
      } else {
        leftOut.append(entry.column)
      }
    }
  }

  /// Inner quantiles rounded to figures that can be said: to a step of 1, 2 or 5 × 10ᵏ, the first of at least a
  /// twentieth of the middle four fifths.
  static func rounded(_ quantiles: [Double]) -> [Double] {
    guard let low = quantiles.first, let high = quantiles.last, low < high, quantiles.count > 2 else {
      return []
    }
    let spread = quantiles[quantiles.count - 2] - quantiles[1]
    let wanted = (spread > 0 ? spread : high - low) / 20
    var unit = 1.0
    while unit > wanted, unit > 1e-12 { unit /= 10 }
    while unit * 10 <= wanted { unit *= 10 }
    let step = [1, 2, 5].map { $0 * unit }.first { $0 >= wanted } ?? 10 * unit
    var cuts: [Double] = []
    for value in quantiles.dropFirst().dropLast() {
      // A step below 1 is 1/whole, so that 0.3 stays 0.3.
      let cut = step < 1 ? (value / step).rounded() / (1 / step).rounded() : (value / step).rounded() * step
      if cut > low, cut <= high, cut > cuts.last ?? -.infinity { cuts.append(cut) }
    }
    return cuts
  }
}
