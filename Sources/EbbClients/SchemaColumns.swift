import EbbTable

/// Which columns can be used for what.
///
/// A whole-number column with few different values (products, objects) is both: a measure and a set of levels.
extension ClientSchema {
  /// Whole numbers with at most this many different values are also levels.
  public static let fewLevels = 12
  /// A plain category with more levels than this is reported (`DataQuality.highCardinality`) and kept out of
  /// `levelColumns`. The roles city, gender and products are kept whatever their number.
  public static let manyLevels = 50

  public func entry(_ column: String) -> Entry? { entries.first { $0.column == column } }

  public func entry(_ role: Role) -> Entry? { entries.first { $0.role == role } }

  /// The columns that have one of the named roles, by role.
  public var roleColumns: [Role: String] {
    var columns: [Role: String] = [:]
    for entry in entries where entry.role.isUnique { columns[entry.role] = entry.column }
    return columns
  }

  /// Everything a client can be told by: all columns but the id, churn and ignored ones, in canonical order.
  public var factorEntries: [Entry] {
    entries.filter { $0.role != .id && $0.role != .churn && $0.role != .ignored }
  }

  /// Measures: numbers, in canonical order. Flags are not among them.
  public var numericColumns: [String] { factorEntries.filter(Self.isMeasure).map(\.column) }

  /// Columns whose values are cells as they stand: categories, flags and whole numbers with few values,
  /// in canonical order. Churn, the id and ignored columns are not among them.
  public var levelColumns: [String] { factorEntries.filter(Self.hasLevels).map(\.column) }

  /// Measures with too many values to be cells: they want bands or quantiles.
  public var bandedColumns: [String] {
    factorEntries.filter { Self.isMeasure($0) && !Self.hasLevels($0) }.map(\.column)
  }

  public func isNumeric(_ column: String) -> Bool { entry(column).map(Self.isMeasure) ?? false }

  public func isFlag(_ column: String) -> Bool { entry(column)?.kind == .flag }

  /// Nothing but missing values.
  public func isEmpty(_ column: String) -> Bool { entry(column)?.kind == .empty }

  private static func isMeasure(_ entry: Entry) -> Bool {
    switch entry.kind {
    case .integer, .decimal, .real: true
    case .flag, .category, .text, .empty: false
    }
  }

  private static func hasLevels(_ entry: Entry) -> Bool {
    switch entry.kind {
    case .flag: true
    case .integer: entry.distinct.map { $0 <= fewLevels } ?? false
    case .category:
      [.city, .gender, .products].contains(entry.role) || (entry.distinct.map { $0 <= manyLevels } ?? false)
    case .decimal, .real, .text, .empty: false
    }
  }
}
