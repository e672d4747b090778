import EbbTable

/// Which rows stand twice, and which of them go.
///
/// With an id column: of rows equal in every column (row numbers aside) the first stays; rows that share an id and
/// differ are treated by the `DuplicateRule`. Without one, identical rows are counted and stay unless asked for:
/// two clients may be alike in every recorded figure.
struct DuplicateRows: Sendable {
  let found: DataQuality.Duplicates
  /// In row order.
  let dropped: [Int]

  init(
    _ table: Table, id: Column?, rowNumbers: Set<String>, options: ClientOptions
  ) throws(ClientError) {
    let identity = RowIdentity(table, without: rowNumbers)
    guard let id, let keys = Self.keys(id) else {
      let candidates = RepeatedKeys.candidates(
        identity.allHashes(), missing: table.chunkRowCounts.map { _ in nil }, rowCount: table.rowCount,
        cores: options.cores)
      var later: [Int] = []
      Self.forEachGroup(candidates) { rows in
        later += Self.variants(rows.map(\.row), identity).flatMap { $0.dropFirst() }
      }
      dropped = options.dropsIdenticalRowsWithoutID ? later.sorted() : []
      found = DataQuality.Duplicates(
        idColumn: nil, identicalRows: later.count, identicalRowsDropped: dropped.count, repeatedIDs: 0,
        repeatedIDRows: 0, rule: options.duplicates, droppedByRule: 0, missingIDs: 0)
      return
    }
    var identical: [Int] = []
    var byRule: [Int] = []
    var ids = 0
    var rowsOfIDs = 0
    let candidates = RepeatedKeys.candidates(
      keys, missing: id.missing, rowCount: table.rowCount, cores: options.cores)
    Self.forEachGroup(candidates) { group in
      let rows = group.map(\.row)
      let variants = Self.variants(rows, identity)
      if variants.count > 1 {
        ids += 1
        rowsOfIDs += variants.count
      }
      // Of each variant the row that stays, if it stays: for `last` the last one, else the first.
      let kept = variants.map { options.duplicates == .last ? $0[$0.count - 1] : $0[0] }
      for (variant, row) in zip(variants, kept) { identical += variant.filter { $0 != row } }
      if variants.count > 1 {
        switch options.duplicates {
        case .first: byRule += kept.filter { $0 != kept.min() }
        case .last: byRule += kept.filter { $0 != kept.max() }
        case .keep, .refuse: break
        }
      }
    }
    if options.duplicates == .refuse, ids > 0 {
      throw .duplicateIds(column: id.name, ids: ids, rows: rowsOfIDs)
    }
    dropped = (identical + byRule).sorted()
    found = DataQuality.Duplicates(
      idColumn: id.name, identicalRows: identical.count, identicalRowsDropped: identical.count,
      repeatedIDs: ids, repeatedIDRows: rowsOfIDs, rule: options.duplicates, droppedByRule: byRule.count,
      missingIDs: id.missingCount)
  }

  private static func keys(_ id: Column) -> [PackedIntegers]? {
    switch id.storage {
    case .scaled(let chunks, _), .codes(let chunks, _): chunks
    case .real(let chunks):
      chunks.map { .int64($0.map { Int64(bitPattern: ($0 == 0 ? 0 : $0).bitPattern) }) }
    case .none: nil
    }
  }

  /// Runs `body` over the candidates of each key that occurs twice or more, in row order within the key.
  private static func forEachGroup(
    _ candidates: [RepeatedKeys.Row], _ body: (ArraySlice<RepeatedKeys.Row>) -> Void
  ) {
    let sorted = candidates.sorted { ($0.key, $0.row) < ($1.key, $1.row) }
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
      if end - start > 1 { body(sorted[start..<end]) }
      start = end
    }
  }

  /// The rows sorted into sets of equal ones, each in row order.
  private static func variants(_ rows: [Int], _ identity: RowIdentity) -> [[Int]] {
    if rows.count == 2 {
      return identity.areEqual(rows[0], rows[1]) ? [rows] : [[rows[0]], [rows[1]]]
    }
    var byHash: [UInt64: [[Int]]] = [:]
    for row in rows {
      var sets = byHash[identity.hash(row)] ?? []
      if let index = sets.firstIndex(where: { identity.areEqual($0[0], row) }) {
        sets[index].append(row)
      } else {
        sets.append([row])
      }
      byHash[identity.hash(row)] = sets
    }
    return byHash.values.flatMap { $0 }.sorted { $0[0] < $1[0] }
  }
}
