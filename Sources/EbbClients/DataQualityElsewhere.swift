import EbbTable

extension DataQuality {
  /// What a sample showed, with clients, missing values and different values as they were counted over all rows elsewhere.
  /// Duplicates, impossible values and contradictions stay those of the sample: nothing is to be said of them.
  package func counted(clients: Int, schema: ClientSchema, missing: (String) -> Int?) -> DataQuality {
    let columns = schema.entries.map { entry -> ColumnMissing in
      let count = missing(entry.column) ?? self.columns.first { $0.column == entry.column }?.missing ?? 0
      return ColumnMissing(
        column: entry.column, role: entry.role, missing: count,
        share: clients > 0 ? Double(count) / Double(clients) : 0, distinct: entry.distinct)
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
}
