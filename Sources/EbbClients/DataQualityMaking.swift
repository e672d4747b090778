import EbbTable

extension DataQuality {
  init(
    of clients: ClientTable, churn coding: ChurnCoding, _ fitted: [FittedColumn], _ duplicates: DuplicateRows,
    _ read: ReadTable,
    _ assignments: RoleAssignments
  ) {
    let used = clients.table.rowCount
    rows = Rows(
      read: read.recordCount, used: used, rejected: read.rejectedCount, totals: read.totals.count,
      duplicatesDropped: duplicates.dropped.count)
    columns = fitted.map { fitted in
      ColumnMissing(
        column: fitted.entry.column, role: fitted.entry.role, missing: fitted.column.missingCount,
        share: used > 0 ? Double(fitted.column.missingCount) / Double(used) : 0,
        distinct: fitted.entry.distinct)
    }
    self.duplicates = duplicates.found
    ranges = fitted.compactMap(\.range)
    contradictions = Self.contradictions(clients)
    constants = fitted.compactMap { fitted in
      let constant =
        fitted.entry.reason == .constant
        || (fitted.entry.distinct == 1 && fitted.column.missingCount == 0 && fitted.entry.role.isUnique)
      return constant
        ? ConstantColumn(column: fitted.entry.column, role: fitted.entry.role, text: fitted.onlyText ?? "")
        : nil
    }
    ignored = fitted.filter { $0.entry.role == .ignored }
      .map { IgnoredColumn(column: $0.entry.column, reason: $0.entry.reason) }
    highCardinality = fitted.compactMap { fitted in
      guard fitted.entry.kind == .category,
        [.attribute, .city, .gender, .products].contains(fitted.entry.role),
        let distinct = fitted.entry.distinct, distinct > ClientSchema.manyLevels
      else { return nil }
      return ManyLevels(column: fitted.entry.column, role: fitted.entry.role, distinct: distinct)
    }
    spellingMerges = fitted.flatMap(\.merges)
    ambiguousRoles = assignments.ambiguous
    demotions = fitted.compactMap(\.demotion)
    churn = coding
    zeroBalance = fitted.lazy.compactMap(\.zeroBalance).first
    guesses = [zeroBalance?.guess].compactMap { $0 }
  }

  private static func contradictions(_ clients: ClientTable) -> [Contradiction] {
    guard let churn = clients.column(.churn), case .codes(let gone, let levels) = churn.storage,
      let left = levels.positive
    else { return [] }
    var found: [Contradiction] = []
    func count(
      _ kind: Contradiction.Kind, whereLeft: Bool, _ values: [PackedIntegers], _ missing: [BitMask?],
      _ wanted: Int64
    ) {
      var count = 0
      var of = 0
      for (chunk, codes) in gone.enumerated() {
        let other = values[chunk]
        codes.scanRows(nil) { row, code in
          guard (code == Int64(left)) == whereLeft else { return }
          of += 1
          if other[row] == wanted, missing[chunk]?[row] != true { count += 1 }
        }
      }
      if count > 0 { found.append(Contradiction(kind: kind, count: count, of: of)) }
    }
    if let activity = clients.column(.activity), case .codes(let codes, let levels) = activity.storage,
      let active = levels.positive
    {
      count(.activeAndGone, whereLeft: true, codes, activity.missing, Int64(active))
    }
    if let products = clients.column(.products), case .scaled(let values, 0) = products.storage {
      count(.stayedWithoutProducts, whereLeft: false, values, products.missing, 0)
    }
    return found
  }
}
