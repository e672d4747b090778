import EbbEngine

/// What rank tests need, worked out in the warehouse: for every value how many rows each compared cell has of it and up
/// to it, and from that the sums over all values. Only k·k numbers leave.
struct RankPass {
  private let pass: MeasurePass
  private let view: MeasureView
  private let map: ViewCells
  private let compared: ComparedCells

  /// Cells that one statement compares all with all; above it, blocks with blocks.
  private static let together = 28
  private static let block = 20

  init(_ pass: MeasurePass, _ view: MeasureView, _ map: ViewCells, _ compared: ComparedCells) {
    self.pass = pass
    self.view = view
    self.map = map
    self.compared = compared
  }

  func run() throws(WarehouseError) -> RankWalk {
    let n = compared.n
    let k = n.count
    var found = RankMatrices(n: n)
    if k > 0 {
      let size = k <= Self.together ? k : Self.block
      let blocks = stride(from: 0, to: k, by: size).map { $0..<min($0 + size, k) }
      for (index, first) in blocks.enumerated() {
        for second in blocks[index...] { try compare(first, second, into: &found) }
      }
    }
    return RankWalk(
      n: n, twiceU: found.twiceU, farthest: found.farthest, ownTies: found.ownTies,
      crossTies: found.crossTies, pooledTies: found.pooledTies)
  }

  private func compare(
    _ first: Range<Int>, _ second: Range<Int>, into found: inout RankMatrices
  ) throws(WarehouseError) {
    let n = compared.n
    let k = n.count
    let numbers = Set(first).union(second).sorted()
    let pairs = first.flatMap { i in second.filter { $0 > i }.map { (i, $0) } }
    let isFirst = first.lowerBound == 0 && second.lowerBound == 0
    let own = first == second ? Array(first) : []
    // Products of three counts of rows need exact numbers where there are very many.
    let total = n.reduce(0, +)
    let exact = { (text: String) -> String in
      let sql = self.pass.cells.sql
      return sql.cast(text, total <= 1 << 20 ? sql.wholeType : sql.exactType)
    }
    var items: [String] = []
    for (i, j) in pairs {
      items.append(pass.cells.sql.words.sum("t\(i) * (2 * b\(j) - t\(j))"))
      items.append("MAX(ABS(b\(i) * \(n[j]) - b\(j) * \(n[i])))")
      items.append("SUM(\(exact("t\(i)")) * t\(j) * (t\(i) + t\(j)))")
    }
    for i in own { items.append("SUM(\(exact("t\(i)")) * t\(i) * t\(i) - t\(i))") }
    if isFirst { items.append("SUM(\(exact("t")) * t * t - t)") }
    if items.isEmpty { return }
    try pass.warehouse.rows("SELECT \(items.joined(separator: ", ")) FROM (\(cumulative(numbers))) q") {
      (row) throws(WarehouseError) in
      func whole(_ index: Int) throws(WarehouseError) -> Int128 {
        guard let text = row.text(index), let value = Int128(text) else {
          throw .refused(server: row.text(index) ?? "NULL", state: "22003")
        }
        return value
      }
      for (index, (i, j)) in pairs.enumerated() {
        let above = Int(clamping: try whole(index * 3))
        found.twiceU[i * k + j] = above
        found.twiceU[j * k + i] = 2 * n[i] * n[j] - above
        found.farthest[i * k + j] = Int(clamping: try whole(index * 3 + 1))
        found.crossTies[i * k + j] = 3 * (try whole(index * 3 + 2))
      }
      for (index, i) in own.enumerated() { found.ownTies[i] = try whole(pairs.count * 3 + index) }
      if isFirst { found.pooledTies = try whole(pairs.count * 3 + own.count) }
    }
  }

  /// By value, upwards: `t` rows of all compared cells, `t3` of cell 3, `b3` of cell 3 up to the value and with it.
  private func cumulative(_ numbers: [Int]) -> String {
    let cells = pass.cells
    let known = view.axes.filter { pass.walk.axes[$0].hasMissingLevel }.compactMap { axis in
      cells.columns(of: [axis]).first.map { "c\($0) IS NOT NULL" }
    }
    let counts = numbers.map { "COUNT(CASE WHEN g = \(compared.cells[$0]) THEN 1 END) AS t\($0)" }
    let runs = pass.adding(view.axes) { rows in
      "SELECT c, COUNT(*) AS t, \(counts.joined(separator: ", ")) FROM (SELECT"
        + " \(cells.cell(view.axes, sizes: map.rankSizes)) AS g, \(pass.stored) AS c FROM \(rows)"
        + "\(known.map { " AND \($0)" }.joined())) s GROUP BY c"
    }
    // Of several parts the counts of one value are added up; small whole numbers make the running sums cheap.
    let type = compared.n.reduce(0, +) < 1 << 31 ? "integer" : cells.sql.wholeType
    let totals = numbers.map { "CAST(SUM(t\($0)) AS \(type)) AS t\($0)" }
    let values =
      "SELECT c, CAST(SUM(t) AS \(cells.sql.wholeType)) AS t, \(totals.joined(separator: ", "))"
      + " FROM (\(runs)) v GROUP BY c"
    let order = pass.walk.source.reversed ? "c DESC" : "c"
    let sums = numbers.map {
      "t\($0), SUM(t\($0)) OVER (ORDER BY \(order) ROWS UNBOUNDED PRECEDING) AS b\($0)"
    }
    return "SELECT t, \(sums.joined(separator: ", ")) FROM (\(values)) u"
  }
}

private struct RankMatrices {
  var twiceU: [Int]
  var farthest: [Int]
  var ownTies: [Int128]
  var crossTies: [Int128]
  var pooledTies: Int128 = 0

  init(n: [Int]) {
    twiceU = [Int](repeating: 0, count: n.count * n.count)
    farthest = twiceU
    ownTies = [Int128](repeating: 0, count: n.count)
    crossTies = [Int128](repeating: 0, count: n.count * n.count)
  }
}
