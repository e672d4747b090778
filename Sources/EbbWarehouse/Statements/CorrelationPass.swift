import EbbEngine

/// Pearson and Spearman of every pair of columns: sums of products of values and of doubled mid-ranks over the rows where
/// both are present, all pairs in one scan.
struct CorrelationPass {
  private let names: [String]
  private let sources: [ColumnSource]
  private let cells: CellSQL
  private let warehouse: any Warehouse
  /// Rows by x, ascending, of a column with few values.
  private let counts: (Int) -> [(x: UInt64, rows: Int)]?

  /// Pairs of one statement.
  private static let together = 100

  init(
    _ names: [String], _ sources: [ColumnSource], _ cells: CellSQL, _ warehouse: any Warehouse,
    counts: @escaping (Int) -> [(x: UInt64, rows: Int)]?
  ) {
    self.counts = counts
    self.names = names
    self.sources = sources
    self.cells = cells
    self.warehouse = warehouse
  }

  func run() throws(WarehouseError) -> Correlations {
    let pairs = names.indices.flatMap { i in names.indices.dropFirst(i + 1).map { (i, $0) } }
    var found: [Correlations.Pair] = []
    for start in stride(from: 0, to: pairs.count, by: Self.together) {
      found += try correlations(Array(pairs[start..<min(start + Self.together, pairs.count)]))
    }
    return Correlations(pairs: found)
  }

  private func correlations(_ pairs: [(Int, Int)]) throws(WarehouseError) -> [Correlations.Pair] {
    let used = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()
    let missing = sources.map(\.hasMissing)
    /// A column's ranks depend on which others have to be present beside it.
    var ranks: [RankKey: String] = [:]
    func rank(_ column: Int, beside other: Int) -> String {
      let present = [column, other].sorted().filter { missing[$0] }
      let key = RankKey(column: column, present: present)
      let name = "r\(column)" + present.map { "_\($0)" }.joined()
      ranks[key] = name
      return name
    }
    var sums: [String] = []
    var ofPairs: [[[SummedProduct]]] = []
    let rows = sources.map(\.presentCount).max() ?? 0
    func ranked(_ name: String) -> WholeFactor {
      WholeFactor(expression: name, range: 2 * UInt64(rows))
    }
    for (i, j) in pairs {
      let ofRanks = (ranked(rank(i, beside: j)), ranked(rank(j, beside: i)))
      let present = [i, j].filter { missing[$0] }.map { "x\($0) IS NOT NULL" }.joined(separator: " AND ")
      sums.append(present.isEmpty ? "COUNT(*)" : "COUNT(CASE WHEN \(present) THEN 1 END)")
      var ofPair: [[SummedProduct]] = []
      for (a, b) in [(factor(i), factor(j)), ofRanks] {
        let products = [[a], [a, a], [b], [b, b], [a, b]].map { SummedProduct($0, rows: rows, cells.sql) }
        sums += products.flatMap {
          $0.items { present.isEmpty ? $0 : "CASE WHEN \(present) THEN \($0) END" }
        }
        ofPair.append(products)
      }
      ofPairs.append(ofPair)
    }
    let values = used.map { "\(value($0)) AS x\($0)" }
    let columns = used.compactMap { cells.relation.number(names[$0]) }
    let (rankItems, joins) = try expressions(ranks)
    let statement =
      "SELECT \(sums.joined(separator: ", ")) FROM (SELECT"
      + " \((used.map { "x\($0)" } + rankItems).joined(separator: ", ")) FROM (SELECT"
      + " \(values.joined(separator: ", ")) FROM (\(cells.relation.select(columns))) r) s\(joins)) q"
    var found: [Correlations.Pair] = []
    try warehouse.rows(statement) { (row) throws(WarehouseError) in
      var next = 0
      for (index, (i, j)) in pairs.enumerated() {
        let n = try row.integer(next)
        next += 1
        var coefficients: [Double?] = []
        for products in ofPairs[index] {
          var sums: [WideInteger] = []
          for product in products {
            sums.append(try product.total(row, at: next) ?? WideInteger())
            next += product.count
          }
          coefficients.append(
            PairProducts(n: n, x: (sums[0], sums[1]), y: (sums[2], sums[3]), xy: sums[4]).coefficient)
        }
        found.append(
          Correlations.Pair(
            first: names[i], second: names[j], n: n, pearson: coefficients[0], spearman: coefficients[1]))
      }
    }
    return found
  }

  private struct RankKey: Hashable {
    let column: Int
    /// Columns with missing values that must be present, ascending.
    let present: [Int]
  }

  /// Twice the mid-ranks: of few values counted and told to the database, of many by a window.
  private func expressions(_ ranks: [RankKey: String]) throws(WarehouseError) -> (
    items: [String], joins: String
  ) {
    var items: [String] = []
    var joins = ""
    var counted: [[Int]: [Int: [(x: UInt64, rows: Int)]]] = [:]
    for (key, name) in ranks.sorted(by: { $0.value < $1.value }) {
      guard let all = counts(key.column) else {
        if cells.sql.words.countsBeforeOrder {
          items.append("l\(name).v AS \(name)")
          joins += " LEFT JOIN (\(doubledRanks(key))) l\(name) ON l\(name).k = x\(key.column)"
          continue
        }
        let partition =
          key.present.isEmpty
          ? "" : "PARTITION BY \(key.present.map { "x\($0) IS NULL" }.joined(separator: " OR ")) "
        let window = "OVER (\(partition)ORDER BY x\(key.column))"
        // Rows below and one, and rows up to it.
        items.append("RANK() \(window) + COUNT(*) \(window) AS \(name)")
        continue
      }
      var runs = all
      if key.present.contains(where: { $0 != key.column }) {
        if counted[key.present] == nil {
          counted[key.present] = try values(
            of: Set(ranks.keys.filter { $0.present == key.present }.map(\.column)).sorted(), with: key.present
          )
        }
        runs = counted[key.present]?[key.column] ?? []
      }
      var below = 0
      let entries = runs.map { run -> String in
        defer { below += run.rows }
        // Squares of ranks need 64 bits: the first entry makes the list's type.
        let rank = "\(2 * below + run.rows + 1)"
        return "(\(run.x), \(below == 0 ? cells.sql.cast(rank, cells.sql.wholeType) : rank))"
      }
      if entries.isEmpty {
        items.append("CAST(NULL AS \(cells.sql.wholeType)) AS \(name)")
      } else {
        items.append("l\(name).v AS \(name)")
        joins +=
          " LEFT JOIN (VALUES \(entries.joined(separator: ", "))) l\(name)(k, v) ON l\(name).k = x\(key.column)"
      }
    }
    return (items, joins)
  }

  /// Twice the mid-rank of every value.
  private func doubledRanks(_ key: RankKey) -> String {
    let present = Set(key.present + [key.column]).sorted()
    let numbers = present.compactMap { cells.relation.number(names[$0]) }
    let known = numbers.map { "c\($0) IS NOT NULL" }.joined(separator: " AND ")
    return "SELECT k, 2 * (SUM(n) OVER (ORDER BY k ROWS UNBOUNDED PRECEDING)) - n + 1 AS v FROM (SELECT k,"
      + " COUNT(*) AS n FROM (SELECT \(value(key.column)) AS k FROM (\(cells.relation.select(numbers))) r"
      + " WHERE \(known)) s GROUP BY k) u"
  }

  /// Rows by x of the columns with few values, over the rows where some columns are present.
  private func values(
    of columns: [Int], with present: [Int]
  ) throws(WarehouseError) -> [Int: [(x: UInt64, rows: Int)]] {
    let few = columns.filter { counts($0) != nil }
    let numbers = few.compactMap { cells.relation.number(names[$0]) }
    let needed = present.compactMap { cells.relation.number(names[$0]) }
    let condition = needed.map { "c\($0) IS NOT NULL" }.joined(separator: " AND ")
    var found: [Int: [(x: UInt64, rows: Int)]] = [:]
    let statement = zip(few, numbers).map { column, number in
      cells.relation.adding(Set(needed + [number])) {
        "SELECT \(column), c\(number), COUNT(*) FROM (\($0)) r WHERE \(condition) AND c\(number) IS NOT NULL"
          + " GROUP BY c\(number)"
      }
    }.joined(separator: " UNION ALL ")
    if few.isEmpty { return found }
    var rows: [Int: [UInt64: Int]] = [:]
    try warehouse.rows(statement) { (row) throws(WarehouseError) in
      let column = try row.integer(0)
      rows[column, default: [:]][sources[column].x(of: Int64(try row.integer(1))), default: 0] +=
        try row.integer(2)
    }
    for (column, counts) in rows {
      found[column] = counts.sorted { $0.key < $1.key }.map { (x: $0.key, rows: $0.value) }
    }
    return found
  }

  /// A value as a whole number of steps, as `ValueGrid` has it.
  private func value(_ column: Int) -> String {
    let source = sources[column]
    guard case .real = source.unit, let number = cells.relation.number(names[column]) else {
      return cells.offset(source)
    }
    let grid = ValueGrid(source)
    let sql = cells.sql
    guard grid.span > 0 else { return "CASE WHEN c\(number) IS NULL THEN NULL ELSE 0 END" }
    return sql.words.rounded(
      "(d\(number) / \(sql.double(2)) - \(sql.double(grid.low))) / \(sql.double(grid.span))"
        + " * \(sql.double(0x1p50))", wide: false)
  }

  private func factor(_ column: Int) -> WholeFactor {
    let source = sources[column]
    if case .real = source.unit { return WholeFactor(expression: "x\(column)", range: 1 << 50) }
    return WholeFactor(expression: "x\(column)", range: source.range)
  }
}
