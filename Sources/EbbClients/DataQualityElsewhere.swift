/// What was counted over all rows where a table lies, for the parts of its quality that need every row.
package struct CountsElsewhere: Sendable {
  /// Records, totals rows aside.
  package let read: Int
  package let used: Int
  package let rejected: Int
  package let totals: Int
  package let duplicates: DataQuality.Duplicates
  /// Rows used without a value, by column.
  package let missing: [String: Int]
  /// Values outside a role's range, of columns with too many values for a list of them.
  package let ranges: [DataQuality.RangeFinding]
  /// Clients who left and are marked as active, who stayed without products; 0 where that cannot be told.
  package let activeAndGone: Int
  package let stayedWithoutProducts: Int
  package let left: Int

  package init(
    read: Int, used: Int, rejected: Int, totals: Int, duplicates: DataQuality.Duplicates,
    missing: [String: Int], ranges: [DataQuality.RangeFinding], activeAndGone: Int,
    stayedWithoutProducts: Int, left: Int
  ) {
    self.read = read
    self.used = used
    self.rejected = rejected
    self.totals = totals
    self.duplicates = duplicates
    self.missing = missing
    self.ranges = ranges
    self.activeAndGone = activeAndGone
    self.stayedWithoutProducts = stayedWithoutProducts
    self.left = left
  }
}

extension DataQuality {
  /// What a sample showed, with clients, missing values and different values as they were counted over all rows elsewhere.
  /// Duplicates, impossible values and contradictions stay those of the sample: nothing is to be said of them.
  package func counted(clients: Int, schema: ClientSchema, missing: (String) -> Int?) -> DataQuality {
    let columns = schema.entries.map { entry in
      ColumnMissing(
        entry,
        missing: missing(entry.column) ?? self.columns.first { $0.column == entry.column }?.missing ?? 0,
        of: clients)
    }
    return DataQuality(
      rows: Rows(
        read: clients, used: clients, rejected: rows.rejected, totals: rows.totals,
        duplicatesDropped: rows.duplicatesDropped), columns: columns,
      duplicates: duplicates, ranges: ranges, contradictions: contradictions, constants: constants,
      ignored: ignored, highCardinality: highCardinality, spellingMerges: spellingMerges,
      ambiguousRoles: ambiguousRoles, demotions: demotions, churn: churn, zeroBalance: zeroBalance,
      guesses: guesses)
  }

  /// The quality of all rows of a table that lies elsewhere: of columns whose values were listed with their counts that
  /// of the list (`self`), of the others what `sample` shows of their kind and what was `counted` over all rows.
  ///
  /// - Parameter zeroBalance: of a balance with too many values for a list.
  package func elsewhere(
    sample: DataQuality, schema: ClientSchema, counted: CountsElsewhere, zeroBalance: ZeroBalance?
  ) -> DataQuality {
    let listed = Set(columns.map(\.column))
    func ordered<Found>(_ own: [Found], _ wide: [Found], _ column: (Found) -> String) -> [Found] {
      let all = own + wide.filter { !listed.contains(column($0)) }
      let place = Dictionary(schema.entries.enumerated().map { ($1.column, $0) }) { first, _ in first }
      return all.enumerated().sorted {
        let (one, two) = (place[column($0.element)] ?? .max, place[column($1.element)] ?? .max)
        return one != two ? one < two : $0.offset < $1.offset
      }.map(\.element)
    }
    let balance = self.zeroBalance ?? zeroBalance
    let contradictions = [
      Contradiction(kind: .activeAndGone, count: counted.activeAndGone, of: counted.left),
      Contradiction(
        kind: .stayedWithoutProducts, count: counted.stayedWithoutProducts, of: counted.used - counted.left),
    ]
    return DataQuality(
      rows: Rows(
        read: counted.read, used: counted.used, rejected: counted.rejected, totals: counted.totals,
        duplicatesDropped: counted.read - counted.rejected - counted.used),
      columns: schema.entries.map {
        ColumnMissing($0, missing: counted.missing[$0.column] ?? 0, of: counted.used)
      },
      duplicates: counted.duplicates, ranges: ordered(ranges, counted.ranges, \.column),
      contradictions: contradictions.filter { $0.count > 0 },
      constants: ordered(constants, sample.constants, \.column),
      ignored: ordered(ignored, sample.ignored, \.column),
      highCardinality: ordered(highCardinality, sample.highCardinality, \.column),
      spellingMerges: ordered(spellingMerges, sample.spellingMerges, \.column),
      ambiguousRoles: sample.ambiguousRoles, demotions: ordered(demotions, sample.demotions, \.column),
      churn: churn, zeroBalance: balance, guesses: [balance?.guess].compactMap(\.self))
  }
}

extension DataQuality.ColumnMissing {
  fileprivate init(_ entry: ClientSchema.Entry, missing: Int, of clients: Int) {
    self.init(
      column: entry.column, role: entry.role, missing: missing,
      share: clients > 0 ? Double(missing) / Double(clients) : 0, distinct: entry.distinct)
  }
}

extension AllowedRange {
  /// What a role's values may be; `nil` where they may be anything.
  package static func of(_ role: Role) -> AllowedRange? { byRole[role] }

  /// The finding of values counted elsewhere.
  ///
  /// - Parameter extremes: values outside, the lowest five, the highest five, and the lowest five fractions.
  package func finding(
    _ role: Role, _ column: String, below: Int, above: Int, fractional: Int, extremes: [Double]
  ) -> DataQuality.RangeFinding? {
    guard below + above + fractional > 0 else { return nil }
    return DataQuality.RangeFinding(
      role: role, column: column, range: self, below: below, above: above, fractional: fractional,
      examples: examples(of: extremes))
  }
}

extension DataQuality.Duplicates {
  /// As a warehouse counts them, where the order of rows is nobody's.
  package init(
    idColumn: String?, identicalRows: Int, identicalRowsDropped: Int, repeatedIDs: Int, repeatedIDRows: Int,
    rule: DuplicateRule, missingIDs: Int
  ) {
    self.init(
      idColumn: idColumn, identicalRows: identicalRows, identicalRowsDropped: identicalRowsDropped,
      repeatedIDs: repeatedIDs, repeatedIDRows: repeatedIDRows, rule: rule, droppedByRule: 0,
      missingIDs: missingIDs)
  }
}
