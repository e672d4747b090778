import EbbEngine
import EbbTable

/// The figures of one measure for a group of views: sums by cell, then what they make known where to look: order
/// statistics, ranks, deviations.
struct MeasurePass {
  let walk: MeasureWalk
  let cells: CellSQL
  let warehouse: any Warehouse
  private let cellsOfView: [ViewCells]
  private let number: Int

  init(_ walk: MeasureWalk, _ cells: CellSQL, _ warehouse: any Warehouse) {
    self.walk = walk
    self.cells = cells
    self.warehouse = warehouse
    cellsOfView = walk.group.views.map { ViewCells(walk.views[$0], of: walk.group, axes: walk.axes) }
    number = cells.relation.number(walk.source.column.name) ?? 0
  }

  private var source: ColumnSource { walk.source }
  private var sql: WarehouseSQL { cells.sql }
  private var isReal: Bool { if case .real = source.unit { true } else { false } }
  private var views: [MeasureView] { walk.group.views.map { walk.views[$0] } }

  func run() throws(WarehouseError) -> MeasureWalk.Outcome {
    let sums = try CellSums(self)
    var figures: [MeasureFigures] = []
    for (index, map) in cellsOfView.enumerated() {
      var found = MeasureFigures(
        source: source, n: map.gathered(sums.present), missing: map.gathered(sums.missing))
      found.positions = walk.positions(for: views[index], n: found.n)
      sums.gather(map, isReal: isReal, into: &found)
      found.found = try order(views[index], found.positions)
      if views[index].ranks {
        let compared = ComparedCells(map, sums.present)
        found.ranks = RankFigures(
          sizes: map.rankSizes, cells: compared.cells,
          walk: try RankPass(self, views[index], map, compared).run())
      }
      if isReal, views[index].moments || !views[index].centers.isEmpty {
        found.reals = try reals(views[index], found, map.gathered(sums.decimals))
      }
      figures.append(found)
    }
    if !isReal { try deviations(&figures) }
    var outcome = MeasureWalk.Outcome()
    if views.contains(where: \.distinct) { outcome.distinct = try distinct() }
    for (index, view) in walk.group.views.enumerated() { outcome.figures[view] = figures[index] }
    return outcome
  }

  /// The rows with the measure present; the columns of some axes beside it.
  func present(_ axes: [Int]) -> String {
    "(\(cells.relation.select(cells.columns(of: axes) + [number]))) r WHERE c\(number) IS NOT NULL"
  }

  /// A statement over such rows whose own rows may be added up.
  func adding(_ axes: [Int], _ make: (_ rows: String) -> String) -> String {
    cells.relation.adding(cells.columns(of: axes) + [number]) {
      make("(\($0)) r WHERE c\(number) IS NOT NULL")
    }
  }

  var stored: String { "c\(number)" }

  private func distinct() throws(WarehouseError) -> Int {
    var found = 0
    try warehouse.rows("SELECT COUNT(DISTINCT c\(number)) FROM \(present([]))") {
      (row) throws(WarehouseError) in
      found = try row.integer(0)
    }
    return found
  }

  // MARK: Order

  /// The values at wanted positions of each cell.
  private func order(_ view: MeasureView, _ positions: [[Int]]) throws(WarehouseError) -> [[UInt64?]] {
    var found = positions.map { [UInt64?](repeating: nil, count: $0.count) }
    let wanted = positions.enumerated().flatMap { cell, list in list.map { (cell, $0) } }
    if wanted.isEmpty { return found }
    let cell = cells.cell(view.axes, sizes: view.axes.map { walk.axes[$0].size })
    let list = wanted.map { "(\($0.0), \($0.1))" }.joined(separator: ", ")
    let rows = "(SELECT \(cell) AS v, c\(number) AS c FROM \(present(view.axes))) s"
    let positioned = sql.positions(of: rows, within: "v", descending: source.reversed)
    try warehouse.rows(
      "SELECT q.v, w.p, q.c FROM (\(positioned)) q JOIN (VALUES \(list)) w(v, p) ON q.v = w.v"
        + " AND \(sql.isAt("w.p"))"
    ) { (row) throws(WarehouseError) in
      let (cell, position) = (try row.integer(0), try row.integer(1))
      if let index = positions[cell].firstIndex(of: position) {
        found[cell][index] = source.x(of: Int64(try row.integer(2)))
      }
    }
    return found
  }

  // MARK: Deviations

  /// Rows and Σx below each cell's centre, for all views and centres in one scan.
  private func deviations(_ figures: inout [MeasureFigures]) throws(WarehouseError) {
    var splits: [(view: Int, center: Question.Center, limits: [UInt64])] = []
    for index in views.indices {
      for center in [Question.Center.mean, .median] where views[index].centers.contains(center) {
        let limits = figures[index].n.indices.map { MeasureWalk.limit(figures[index], center, cell: $0) }
        splits.append((index, center, limits))
      }
    }
    if splits.isEmpty { return }
    let viewNumbers = Set(splits.map(\.view)).sorted()
    var items = [
      "\(cells.cell(walk.group.axes, sizes: walk.group.sizes)) AS g", "\(cells.offset(source)) AS x",
    ]
    for view in viewNumbers {
      let axes = views[view].axes
      items.append("\(cells.cell(axes, sizes: axes.map { walk.axes[$0].size })) AS v\(view)")
    }
    let sums = splits.map { split -> String in
      let limit = sql.steps(
        "v\(split.view)", starts: split.limits.indices.map { Int64($0) },
        codes: split.limits.map { Int(clamping: $0) })
      return
        "COUNT(CASE WHEN x <= \(limit) THEN 1 END), \(sql.words.sum("CASE WHEN x <= \(limit) THEN x END"))"
    }
    var below = splits.map { [Int](repeating: 0, count: $0.limits.count) }
    var sumBelow = splits.map { [UInt128](repeating: 0, count: $0.limits.count) }
    let statement = adding(walk.group.axes) { rows in
      "SELECT g, \(sums.joined(separator: ", ")) FROM (SELECT \(items.joined(separator: ", ")) FROM \(rows)) s"
        + " GROUP BY g"
    }
    try warehouse.rows(statement) { (row) throws(WarehouseError) in
      let cell = try row.integer(0)
      for (index, split) in splits.enumerated() {
        let view = Int(cellsOfView[split.view].map[cell])
        below[index][view] += try row.integer(1 + index * 2)
        sumBelow[index][view] += row.text(2 + index * 2).flatMap { UInt128($0) } ?? 0
      }
    }
    for (index, split) in splits.enumerated() {
      figures[split.view].deviations[split.center] = DeviationWalk(
        limit: split.limits, below: below[index], sumBelow: sumBelow[index])
    }
  }

  // MARK: Doubles

  private func reals(
    _ view: MeasureView, _ figures: MeasureFigures, _ sums: [Double]
  ) throws(WarehouseError) -> RealFigures {
    let pivot = source.number(0)
    let n = figures.n
    let zero = [Double](repeating: 0, count: n.count)
    func walk(_ sums: [Double]) -> RealWalk {
      RealWalk(
        pivot: 0, origin: zero,
        found: n.indices.map { (n: n[$0], powers: [sums[$0]], absolute: 0) })
    }
    let shifts = n.indices.map { sums[$0] - Double(n[$0]) * pivot }
    var reals = RealFigures(pivot: pivot, plain: walk(sums), shifted: walk(shifts))
    let means = n.indices.map { n[$0] > 0 ? sums[$0] / Double(n[$0]) - pivot : 0 }
    reals.aboutMean = try about(view, n, pivot: pivot, origin: means)
    if view.centers.contains(.median) {
      reals.aboutMedian = try about(
        view, n, pivot: 0, origin: n.indices.map { figures.quantile(0.5, cell: $0) ?? 0 })
    }
    return reals
  }

  /// Powers about each cell's own origin, of decimals: exact.
  private func about(
    _ view: MeasureView, _ n: [Int], pivot: Double, origin: [Double]
  ) throws(WarehouseError) -> RealWalk {
    let cell = cells.cell(view.axes, sizes: view.axes.map { walk.axes[$0].size })
    let centers = origin.enumerated().map { "WHEN \($0) THEN \(sql.words.real($1))" }
    // Neither a centre nor a value lies outside the column's own.
    let bound = source.number(source.range) - source.number(0)
    var sums: [SummedReal] = []
    for power in 1...4 {
      let value = repeatElement("e", count: power).joined(separator: " * ")
      sums.append(SummedReal(value, bound: (1..<power).reduce(bound) { product, _ in product * bound }, sql))
    }
    sums.append(SummedReal("ABS(e)", bound: bound, sql))
    var found = n.map { (n: $0, powers: [0.0, 0, 0, 0], absolute: 0.0) }
    try warehouse.rows(
      "SELECT v, \(sums.flatMap(\.items).joined(separator: ", ")) FROM (SELECT v,"
        + " e - \(sql.words.real(pivot)) - CASE v \(centers.joined(separator: " ")) END AS e"
        + " FROM (SELECT \(cell) AS v, \(MeasureSQL.real(source, cells)) AS e FROM \(present(view.axes))) s) u"
        + " GROUP BY v"
    ) { (row) throws(WarehouseError) in
      let cell = try row.integer(0)
      var next = 1
      for (index, sum) in sums.enumerated() {
        let value = sum.total(row, at: next)
        if index < 4 { found[cell].powers[index] = value } else { found[cell].absolute = value }
        next += sum.count
      }
    }
    return RealWalk(pivot: pivot, origin: origin, found: found)
  }
}

/// Rows, smallest and greatest value and power sums by the group's cells.
private struct CellSums {
  var present: [Int]
  var missing: [Int]
  var lowest: [UInt64?]
  var highest: [UInt64?]
  var powers: [WidePowerSums]
  /// Σx of doubles.
  var decimals: [Double]

  init(_ pass: MeasurePass) throws(WarehouseError) {
    let (walk, cells) = (pass.walk, pass.cells)
    let source = walk.source
    let count = walk.group.cells
    present = [Int](repeating: 0, count: count)
    missing = present
    lowest = [UInt64?](repeating: nil, count: count)
    highest = lowest
    powers = [WidePowerSums](repeating: WidePowerSums(), count: count)
    decimals = [Double](repeating: 0, count: count)
    var isReal = false
    if case .real = source.unit { isReal = true }
    let asked = walk.group.views.map { walk.views[$0] }
    let needsSums = asked.contains { $0.moments || !$0.centers.isEmpty }
    let sql = cells.sql
    let factor = WholeFactor(expression: "x", range: source.range)
    let reals = !needsSums || !isReal ? [] : [SummedReal("x", bound: source.greatest, sql)]
    let wholes =
      !needsSums || isReal
      ? []
      : (1...4).map { SummedProduct(Array(repeating: factor, count: $0), rows: source.presentCount, sql) }
    let sums = (reals.flatMap(\.items) + wholes.flatMap { $0.items() }).map { ", \($0)" }.joined()
    let value = isReal ? MeasureSQL.real(source, cells) : cells.offset(source)
    let columns = cells.columns(of: walk.group.axes) + [cells.relation.number(source.column.name) ?? 0]
    let statement = cells.relation.adding(columns) { rows in
      "SELECT g, COUNT(*), COUNT(c), MIN(c), MAX(c)\(sums) FROM (SELECT"
        + " \(cells.cell(walk.group.axes, sizes: walk.group.sizes)) AS g, \(pass.stored) AS c, \(value) AS x"
        + " FROM (\(rows)) r) s GROUP BY g"
    }
    try pass.warehouse.rows(statement) { (row) throws(WarehouseError) in
      let cell = try row.integer(0)
      guard present.indices.contains(cell) else { throw .refused(server: "\(cell)", state: "22003") }
      let count = try row.integer(2)
      present[cell] += count
      missing[cell] += try row.integer(1) - count
      guard let least = try row.optionalInteger(3), let greatest = try row.optionalInteger(4) else { return }
      let (first, second) = (source.x(of: Int64(least)), source.x(of: Int64(greatest)))
      lowest[cell] = min(lowest[cell] ?? .max, first, second)
      highest[cell] = max(highest[cell] ?? 0, first, second)
      if !needsSums { return }
      if isReal {
        decimals[cell] += reals.first?.total(row, at: 5) ?? 0
        return
      }
      var next = 5
      var totals: [WideInteger] = []
      for sum in wholes {
        guard let total = try sum.total(row, at: next) else { throw .refused(server: "NULL", state: "22004") }
        totals.append(total)
        next += sum.count
      }
      powers[cell].add(
        WidePowerSums(
          n: count, first: row.text(5).flatMap { UInt128($0) } ?? 0, second: totals[1], third: totals[2],
          fourth: totals[3]))
    }
  }

  func gather(_ map: ViewCells, isReal: Bool, into figures: inout MeasureFigures) {
    figures.lowest = [UInt64?](repeating: nil, count: map.count)
    figures.highest = figures.lowest
    if !isReal { figures.sums = [WidePowerSums](repeating: WidePowerSums(), count: map.count) }
    for cell in present.indices {
      let view = Int(map.map[cell])
      if let low = lowest[cell] { figures.lowest[view] = min(figures.lowest[view] ?? low, low) }
      if let high = highest[cell] { figures.highest[view] = max(figures.highest[view] ?? high, high) }
      if !isReal, powers[cell].n > 0 { figures.sums[view].add(powers[cell]) }
    }
  }
}

extension ViewCells {
  func gathered(_ byCell: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for (cell, value) in byCell.enumerated() { result[Int(map[cell])] += value }
    return result
  }
}
