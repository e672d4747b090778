package import EbbEngine
package import EbbTable
import Synchronization

/// The clients in a warehouse: every pass is a statement, and only aggregates come back.
package final class WarehouseStore: ClientStore {
  let warehouse: any Warehouse
  let sql: WarehouseSQL
  let relation: ClientRelation
  package let workers = Workers(cores: 1)
  /// Counted values leave the warehouse, so they must be few.
  package let countedLimit = 1 << 15
  package let groupLimit = 1 << 10

  private struct Survey {
    var columns: [String: Column] = [:]
    var bounds: [String: ClosedRange<Int64>?] = [:]
    var used: [SourceCatalog.Key: [UInt64]] = [:]
    /// Rows by stored value, ascending, of the columns with few.
    var counts: [String: [(value: Int64, rows: Int)]] = [:]
    var rowCount = 0
  }
  private let survey: Mutex<Survey>

  package var rowCount: Int { survey.withLock { $0.rowCount } }

  /// Looks at all columns at once: how many values, the smallest and the greatest.
  package init(_ warehouse: any Warehouse, _ sql: WarehouseSQL, _ relation: ClientRelation)
    throws(WarehouseError)
  {
    self.warehouse = warehouse
    self.sql = sql
    self.relation = relation
    var found = Survey()
    let numbers = Array(relation.columns.indices)
    // A table of very many columns in several scans: a server takes so many results at once.
    for part in stride(from: 0, to: max(1, numbers.count), by: 400) {
      let part = numbers[part..<min(part + 400, numbers.count)]
      let items = part.map { "COUNT(c\($0)), MIN(c\($0)), MAX(c\($0))" }
      let statement = relation.adding(part) { rows in
        "SELECT " + (["COUNT(*)"] + items).joined(separator: ", ") + " FROM (\(rows)) r"
      }
      var rowCount = 0
      var present: [Int: Int] = [:]
      try warehouse.rows(statement) { (row) throws(WarehouseError) in
        rowCount += try row.integer(0)
        for (index, number) in part.enumerated() {
          let name = relation.columns[number].column.name
          present[number, default: 0] += try row.integer(1 + index * 3)
          if let low = try row.optionalInteger(2 + index * 3),
            let high = try row.optionalInteger(3 + index * 3)
          {
            let known = found.bounds[name] ?? nil
            found.bounds[name] =
              min(known?.lowerBound ?? .max, Int64(low))...max(known?.upperBound ?? .min, Int64(high))
          }
        }
      }
      found.rowCount = rowCount
      for number in part {
        let known = relation.columns[number].column
        if found.bounds[known.name] == nil { found.bounds[known.name] = .some(nil) }
        found.columns[known.name] = Column(
          name: known.name, kind: known.kind, storage: known.storage,
          missingCount: rowCount - (present[number] ?? 0))
      }
    }
    try Self.count(warehouse, sql, relation, &found)
    survey = Mutex(found)
  }

  /// Values of a column whose rows are counted at once.
  private static let fewValues: Int64 = 1 << 12

  /// Rows by value of all columns with few values, in one scan.
  private static func count(
    _ warehouse: any Warehouse, _ sql: WarehouseSQL, _ relation: ClientRelation, _ survey: inout Survey
  ) throws(WarehouseError) {
    let narrow = relation.columns.indices.filter { number in
      guard let bounds = survey.bounds[relation.columns[number].column.name] ?? nil else { return false }
      let (range, overflow) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
      return !overflow && range < fewValues
    }
    for start in stride(from: 0, to: narrow.count, by: together) {
      let part = Array(narrow[start..<min(start + together, narrow.count)])
      let names = part.map { "c\($0)" }.joined(separator: ", ")
      let statement =
        relation.isDivided
        ? part.enumerated().map { index, number in
          relation.adding([number]) {
            "SELECT \(Self.mask(index, of: part.count)), c\(number), COUNT(*) FROM (\($0)) r GROUP BY c\(number)"
          }
        }.joined(separator: " UNION ALL ")
        : "SELECT \(sql.words.grouping(names)), COALESCE(\(names)), COUNT(*) FROM (\(relation.select(part))) r"
          + " GROUP BY GROUPING SETS (\(part.map { "(c\($0))" }.joined(separator: ", ")))"
      var found: [Int: [Int64: Int]] = [:]
      try warehouse.rows(statement) { (row) throws(WarehouseError) in
        guard let value = try row.optionalInteger(1) else { return }
        let number = part[Self.place(try row.integer(0), of: part.count)]
        found[number, default: [:]][Int64(value), default: 0] += try row.integer(2)
      }
      for number in part {
        survey.counts[relation.columns[number].column.name] = (found[number] ?? [:])
          .sorted { $0.key < $1.key }.map { (value: $0.key, rows: $0.value) }
      }
    }
  }

  /// Which of several columns was grouped by, as GROUPING tells it: a bit for each that was not, the last lowest.
  private static func place(_ mask: Int, of count: Int) -> Int {
    count - 1 - (~mask & (1 << count - 1)).trailingZeroBitCount
  }

  private static func mask(_ place: Int, of count: Int) -> Int {
    (1 << count - 1) & ~(1 << (count - 1 - place))
  }

  /// What the survey found of a column: missing values, and its bounds as stored.
  package func found(_ name: String) -> (missing: Int, bounds: ClosedRange<Int64>?)? {
    survey.withLock { survey in
      survey.columns[name].map { ($0.missingCount, survey.bounds[name] ?? nil) }
    }
  }

  // MARK: Sources

  private func column(_ name: String) throws(EngineError) -> Column {
    guard let column = survey.withLock({ $0.columns[name] }) else { throw .unknownColumn(name) }
    return column
  }

  package func sources(_ keys: [SourceCatalog.Key]) async throws(EngineError) -> [ColumnSource] {
    var sources: [ColumnSource] = []
    for key in keys {
      let column = try column(key.column)
      let (bounds, rowCount) = survey.withLock { ($0.bounds[key.column] ?? nil, $0.rowCount) }
      sources.append(
        ColumnSource(column: column, reversed: key.asNumber, bounds: bounds, rowCount: rowCount))
    }
    return sources
  }

  package func measure(_ name: String) throws(EngineError) -> SourceCatalog.Key {
    try SourceCatalog.measure(try column(name))
  }

  package func used(_ key: SourceCatalog.Key, limit: Int) async throws(EngineError) -> [UInt64]? {
    if let used = survey.withLock({ $0.used[key] }) { return used.count <= limit ? used : nil }
    let source = try await sources([key])[0]
    guard source.presentCount > 0, let number = relation.number(key.column) else { return [] }
    if let counts = survey.withLock({ $0.counts[key.column] }) {
      let used = counts.map { source.x(of: $0.value) }.sorted()
      return used.count <= limit ? used : nil
    }
    let bounded = limit == .max ? "" : " LIMIT \(limit + 1)"
    var used: [UInt64] = []
    try asking { () throws(WarehouseError) in
      try warehouse.rows(
        "SELECT c\(number) FROM (\(relation.select([number]))) r WHERE c\(number) IS NOT NULL"
          + " GROUP BY c\(number)\(bounded)"
      ) { (row) throws(WarehouseError) in used.append(source.x(of: Int64(try row.integer(0)))) }
    }
    if used.count > limit { return nil }
    used.sort()
    survey.withLock { $0.used[key] = used }
    return used
  }

  package func orderStatistics(
    _ key: SourceCatalog.Key, at positions: [Int]
  ) async throws(EngineError) -> [UInt64] {
    let source = try await sources([key])[0]
    guard let number = relation.number(key.column) else { return [] }
    if let counts = survey.withLock({ $0.counts[key.column] }) {
      let runs = counts.map { (x: source.x(of: $0.value), rows: $0.rows) }.sorted { $0.x < $1.x }
      var (run, below) = (0, 0)
      return positions.map { position in
        while run < runs.count - 1, below + runs[run].rows <= position {
          below += runs[run].rows
          run += 1
        }
        return runs.isEmpty ? 0 : runs[run].x
      }
    }
    let rows =
      "(SELECT c\(number) AS c FROM (\(relation.select([number]))) r WHERE c\(number) IS NOT NULL) s"
    var found: [Int: UInt64] = [:]
    try asking { () throws(WarehouseError) in
      try warehouse.rows(
        "SELECT w.p, q.c FROM (\(sql.positions(of: rows, within: nil, descending: source.reversed))) q"
          + " JOIN (VALUES \(Set(positions).sorted().map { "(\($0))" }.joined(separator: ", "))) w(p)"
          + " ON \(sql.isAt("w.p"))"
      ) { (row) throws(WarehouseError) in
        found[try row.integer(0)] = source.x(of: Int64(try row.integer(1)))
      }
    }
    return positions.map { found[$0] ?? 0 }
  }

  // MARK: Passes

  package func cubes(
    _ plans: [CubePlan], _ resolver: AxisResolver
  ) async throws(EngineError) -> [CellCube] {
    let cells = CellSQL(sql, relation, resolver)
    var tables = plans.map { [UInt32](repeating: 0, count: max(1, $0.cells)) }
    for part in stride(from: 0, to: plans.count, by: Self.together) {
      let part = Array(part..<min(part + Self.together, plans.count))
      try asking { () throws(WarehouseError) in
        try warehouse.rows(cubeStatement(plans, part, cells)) { (row) throws(WarehouseError) in
          let plan = part[Self.place(try row.integer(0), of: part.count)]
          let cell = try row.integer(1)
          guard tables[plan].indices.contains(cell) else { throw .refused(server: "\(cell)", state: "22003") }
          tables[plan][cell] += UInt32(clamping: try row.integer(2))
        }
      }
    }
    return zip(plans, tables).map { CellCube($0, counts: $1) }
  }

  /// GROUPING takes so many columns at once.
  private static let together = 24

  /// Rows of: which cube (as GROUPING tells it), cell, count.
  private func cubeStatement(_ plans: [CubePlan], _ part: [Int], _ cells: CellSQL) -> String {
    if relation.isDivided {
      // Grouping sets are not handed on to where the parts lie; plain groups are.
      return part.enumerated().map { index, plan in
        let mask = Self.mask(index, of: part.count)
        return relation.adding(cells.columns(of: plans[plan].axes)) { rows in
          "SELECT \(mask), k, COUNT(*) FROM (SELECT \(cells.cell(plans[plan].axes, sizes: plans[plan].sizes)) AS k"
            + " FROM (\(rows)) r) s GROUP BY k"
        }
      }.joined(separator: " UNION ALL ")
    }
    let items = part.map { "\(cells.cell(plans[$0].axes, sizes: plans[$0].sizes)) AS k\($0)" }
    let names = part.map { "k\($0)" }.joined(separator: ", ")
    return "SELECT \(sql.words.grouping(names)), COALESCE(\(names)), COUNT(*) FROM (SELECT"
      + " \(items.joined(separator: ", ")) FROM"
      + " (\(relation.select(cells.columns(of: part.flatMap { plans[$0].axes })))) r) s"
      + " GROUP BY GROUPING SETS (\(part.map { "(k\($0))" }.joined(separator: ", ")))"
  }

  package func cells(
    _ count: SparseCount, columns: [String], _ resolver: AxisResolver
  ) async throws(EngineError) -> SparseCells? {
    let cells = CellSQL(sql, relation, resolver)
    let measures = count.measures.map { resolver.sources[$0] }
    let exact = measures.map { ExactMeasure($0) }
    var items = count.axes.enumerated().map { "\(cells.code($1)) AS k\($0)" }
    for (index, source) in measures.enumerated() {
      items.append("\(MeasureSQL.whole(source, cells, exact[index])) AS m\(index)")
    }
    let needed = cells.columns(of: count.axes) + measures.compactMap { relation.number($0.column.name) }
    let names = count.axes.indices.map { "k\($0)" }
    let sums = measures.indices.map { "COUNT(m\($0)), \(sql.words.sum("m\($0)"))" }
    let bounded = relation.isDivided ? "" : " LIMIT \(SparseCount.cellLimit + 1)"
    let statement = relation.adding(needed) { rows in
      "SELECT " + (names + ["COUNT(*)"] + sums).joined(separator: ", ") + " FROM (SELECT"
        + " \(items.isEmpty ? "1 AS one" : items.joined(separator: ", ")) FROM (\(rows)) r) s"
        + (names.isEmpty ? "" : " GROUP BY \(names.joined(separator: ", "))\(bounded)")
    }
    struct Cell {
      var codes: [UInt16]
      var count = 0
      var n: [Int]
      var sums: [Int128]
    }
    var byCodes: [[UInt16]: Cell] = [:]
    try asking { () throws(WarehouseError) in
      try warehouse.rows(statement) { (row) throws(WarehouseError) in
        var codes: [UInt16] = []
        for index in names.indices { codes.append(UInt16(truncatingIfNeeded: try row.integer(index))) }
        let zeros = measures.map { _ in 0 }
        var cell = byCodes[codes] ?? Cell(codes: codes, n: zeros, sums: zeros.map { Int128($0) })
        cell.count += try row.integer(names.count)
        for index in measures.indices {
          cell.n[index] += try row.integer(names.count + 1 + index * 2)
          cell.sums[index] += row.text(names.count + 2 + index * 2).flatMap { Int128($0) } ?? 0
        }
        byCodes[codes] = cell.count > 0 ? cell : nil
      }
    }
    var found = Array(byCodes.values)
    if found.count > SparseCount.cellLimit { return nil }
    found.sort { $0.codes.lexicographicallyPrecedes($1.codes) }
    return SparseCells(
      axes: count.axes.map { resolver.axes[$0].levels },
      codes: count.axes.indices.map { axis in found.map { $0.codes[axis] } }, counts: found.map(\.count),
      sums: measures.indices.map { index in
        SparseCells.Sums(
          column: columns[index], n: found.map { $0.n[index] },
          sum: found.map { exact[index].total($0.sums[index], n: $0.n[index]) })
      })
  }

  package func outcome(
    of walk: MeasureWalk, _ key: SourceCatalog.Key, source: Int, _ resolver: AxisResolver
  ) async throws(EngineError) -> MeasureWalk.Outcome {
    try asking { () throws(WarehouseError) in
      try MeasurePass(walk, CellSQL(sql, relation, resolver), warehouse).run()
    }
  }

  package func correlations(_ columns: [String]) async throws(EngineError) -> Correlations {
    var keys: [SourceCatalog.Key] = []
    for column in columns { keys.append(try measure(column)) }
    let sources = try await sources(keys)
    let counts = survey.withLock { survey in
      zip(columns, sources).map { column, source -> [(x: UInt64, rows: Int)]? in
        // Doubles are correlated on a grid of their own.
        if case .real = source.unit { return nil }
        return survey.counts[column].map {
          $0.map { (x: source.x(of: $0.value), rows: $0.rows) }.sorted { $0.x < $1.x }
        }
      }
    }
    return try asking { () throws(WarehouseError) in
      try CorrelationPass(
        columns, sources, CellSQL(sql, relation, sources, []), warehouse, counts: { counts[$0] }
      ).run()
    }
  }

  package func sample(rows: Int, seed: UInt64) async throws(EngineError) -> Table {
    throw .source(SourceFailure(WarehouseError.unsupported(.orderOfRows)))
  }

  private func asking<Found>(
    _ body: () throws(WarehouseError) -> Found
  ) throws(EngineError) -> Found {
    if Task.isCancelled { throw .cancelled }
    do throws(WarehouseError) {
      return try body()
    } catch {
      throw error == .cancelled ? .cancelled : .source(SourceFailure(error))
    }
  }
}
