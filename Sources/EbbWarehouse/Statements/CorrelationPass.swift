import EbbEngine

/// Pearson and Spearman of every pair of columns: sums of products of values and of doubled mid-ranks over the rows where
/// both are present, all pairs in one scan.
struct CorrelationPass {
  private let names: [String]
  private let sources: [ColumnSource]
  private let cells: CellSQL
  private let warehouse: any Warehouse

  /// Pairs of one statement.
  private static let together = 100

  init(_ names: [String], _ sources: [ColumnSource], _ cells: CellSQL, _ warehouse: any Warehouse) {
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
    var ranks: [String: String] = [:]
    func rank(_ column: Int, beside other: Int) -> String {
      let present = [column, other].sorted().filter { missing[$0] }
      let name = "r\(column)" + present.map { "_\($0)" }.joined()
      let partition =
        present.isEmpty
        ? "" : "PARTITION BY \(present.map { "x\($0) IS NULL" }.joined(separator: " OR ")) "
      let window = "OVER (\(partition)ORDER BY x\(column))"
      // Rows below and one, and rows up to it: twice the mid-rank.
      ranks[name] = "RANK() \(window) + COUNT(*) \(window)"
      return name
    }
    var sums: [String] = []
    let narrow = sources.map { $0.range < 1 << 31 }
    for (i, j) in pairs {
      let (first, second) = (rank(i, beside: j), rank(j, beside: i))
      let present = [i, j].filter { missing[$0] }.map { "x\($0) IS NOT NULL" }.joined(separator: " AND ")
      func sum(_ value: String) -> String {
        present.isEmpty ? "SUM(\(value))" : "SUM(CASE WHEN \(present) THEN \(value) END)"
      }
      func product(_ a: String, _ b: String, _ isNarrow: Bool) -> String {
        sum(MeasureSQL.product(a, b, isNarrow: isNarrow, cells.sql))
      }
      sums.append(present.isEmpty ? "COUNT(*)" : "COUNT(CASE WHEN \(present) THEN 1 END)")
      for (a, b, isNarrow) in [("x\(i)", "x\(j)", narrow[i] && narrow[j]), (first, second, true)] {
        sums += [
          sum(a), product(a, a, isNarrow), sum(b), product(b, b, isNarrow), product(a, b, isNarrow),
        ]
      }
    }
    let values = used.map { "\(value($0)) AS x\($0)" }
    let columns = used.compactMap { cells.relation.number(names[$0]) }
    let rankItems = ranks.sorted { $0.key < $1.key }.map { "\($0.value) AS \($0.key)" }
    let statement =
      "SELECT \(sums.joined(separator: ", ")) FROM (SELECT"
      + " \((used.map { "x\($0)" } + rankItems).joined(separator: ", ")) FROM (SELECT"
      + " \(values.joined(separator: ", ")) FROM (\(cells.relation.select(columns))) r) s) q"
    var found: [Correlations.Pair] = []
    try warehouse.rows(statement) { (row) throws(WarehouseError) in
      for (index, (i, j)) in pairs.enumerated() {
        let n = try row.integer(index * 11)
        var coefficients: [Double?] = []
        for start in [index * 11 + 1, index * 11 + 6] {
          let sums = (start..<start + 5).map {
            row.text($0).flatMap { WideInteger(decimal: $0) } ?? WideInteger()
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

  /// A value as a whole number of steps, as `ValueGrid` has it.
  private func value(_ column: Int) -> String {
    let source = sources[column]
    guard case .real = source.unit, let number = cells.relation.number(names[column]) else {
      return cells.offset(source)
    }
    let grid = ValueGrid(source)
    let sql = cells.sql
    guard grid.span > 0 else { return "CASE WHEN c\(number) IS NULL THEN NULL ELSE 0 END" }
    return sql.cast(
      "ROUND((d\(number) / \(sql.double(2)) - \(sql.double(grid.low))) / \(sql.double(grid.span))"
        + " * \(sql.double(0x1p50)))", sql.wholeType)
  }
}
