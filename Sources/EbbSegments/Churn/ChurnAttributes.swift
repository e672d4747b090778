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
        if isCountable(entry.column, schema) { found.append(Grouping(entry.column)) }
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

  /// Not more levels than can be counted by churn.
  static func isCountable(_ column: String, _ schema: ClientSchema) -> Bool {
    CellBudget.fits([Grouping(column), Grouping(column, .presence)], schema)
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
