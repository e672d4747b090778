import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// The cells of clients as the page counts them.
struct CubeData {
  let cube: ClientCube
  let churn: Churn
  private let products: [Segment]
  private let threshold: Int

  init?(_ study: Study) {
    guard let churn = study.churn, let cube = churn.cube else { return nil }
    self.cube = cube
    self.churn = churn
    products = study.segments?.byProducts ?? []
    threshold = study.provenance.privacyThreshold
  }

  var hasBalance: Bool { cube.cells.contains { $0.balance != nil } }

  /// Names of axes by which addresses know them: the role, or the heading.
  static func id(_ axis: ClientCube.Axis) -> String { axis.attribute.role?.rawValue ?? axis.attribute.column }

  /// Places of the grid at most; where levels make more, every cell stands beside it.
  static let gridLimit = 16_000

  private var sizes: [Int] { cube.axes.map { $0.values.count } }
  /// Levels of each axis without "pooled".
  private var named: [Int] { cube.axes.map { $0.values.count - ($0.values.last == "pooled" ? 1 : 0) } }

  /// The whole grid of levels, a place for each combination whether or not it has clients; then the cells that have a
  /// pooled value. So what the cells weigh goes by the attributes, and not by how many clients there are.
  private var grid: (cells: [ClientCube.Cell?], beside: [(place: Int, cell: ClientCube.Cell)]) {
    let (sizes, named) = (sizes, named)
    let count = named.reduce(1) { $0 > Self.gridLimit ? $0 : $0 * $1 }
    var cells = [ClientCube.Cell?](repeating: nil, count: count > Self.gridLimit ? 0 : count)
    var beside: [(place: Int, cell: ClientCube.Cell)] = []
    func place(_ cell: ClientCube.Cell, _ sizes: [Int]) -> Int {
      zip(cell.at, sizes).reduce(0) { $0 * $1.1 + $1.0 }
    }
    for cell in cube.cells {
      if !cells.isEmpty, zip(cell.at, named).allSatisfy({ $0 < $1 }) {
        cells[place(cell, named)] = cell
      } else {
        beside.append((place(cell, sizes), cell))
      }
    }
    return (cells, beside.sorted { $0.place < $1.place })
  }

  private var sums: [(name: String, value: (ClientCube.Cell) -> Double?)] {
    let all: [(name: String, value: (ClientCube.Cell) -> Double?)] = [
      ("balance", { $0.balance }), ("expected", { $0.expected }), ("atRisk", { $0.balanceAtRisk }),
    ]
    return all.filter { sum in cube.cells.contains { sum.value($0) != nil } }
  }

  /// Columns of numbers of four bytes, the least first: clients, leavers, each of the sums; then places of the cells beside.
  var bytes: [UInt8] {
    let (cells, beside) = grid
    let all = cells + beside.map(\.cell)
    var out: [UInt8] = []
    func write(_ bits: UInt32) {
      for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    for cell in all { write(UInt32(clamping: cell?.n ?? 0)) }
    for cell in all { write(UInt32(clamping: cell?.churned ?? 0)) }
    for sum in sums { for cell in all { write(Float(cell.flatMap(sum.value) ?? 0).bitPattern) } }
    for (place, _) in beside { write(UInt32(clamping: place)) }
    return out
  }

  /// What the bytes are of, and what goes with them.
  var json: JSONValue {
    func total(_ value: (ClientCube.Cell) -> Double?) -> JSONValue {
      .number(cube.cells.reduce(0) { $0 + (value($1) ?? 0) })
    }
    let (cells, beside) = grid
    return .object(leavingOutNull: [
      "axes": .list(
        cube.axes.map { axis in
          ["id": .text(Self.id(axis)), "values": .list(axis.values.map { .text($0) })]
        }),
      "sizes": .list(sizes.map { .integer($0) }),
      "named": .list(named.map { .integer($0) }),
      "grid": .integer(cells.count), "beside": .integer(beside.count),
      "sums": .list(sums.map { .text($0.name) }),
      "exact": .list(cube.axes.map(exact)), "pairs": .list(pairs),
      "whole": .object([
        "n": .integer(churn.overall.n), "churned": .integer(churn.overall.successes),
        "balance": total(\.balance), "expected": total(\.expected), "atRisk": total(\.balanceAtRisk),
      ]),
    ])
  }

  /// Clients and leavers by the values of an axis as the study counts them, before any cell is pooled: what the page shows
  /// of all clients. `nil` where the study's levels are not those of the axis.
  private func counts(_ axis: ClientCube.Axis) -> [ExactPair.Count]? {
    let attribute = axis.attribute
    guard
      let by = churn.by.first(where: {
        $0.attribute.column == attribute.column && $0.attribute.kind == attribute.kind
      })
    else { return nil }
    var levels = Dictionary(
      by.levels.map { ($0.value, ExactPair.Count(n: $0.n, churned: $0.churned)) }
    ) { first, _ in first }
    var found: [ExactPair.Count] = []
    for (index, value) in axis.values.enumerated() {
      let isLast = index == axis.values.count - 1
      if value != "pooled", let level = levels.removeValue(forKey: value) {
        found.append(level)
      } else if value == "other", axis.others > 0 {
        // All levels without a name of their own.
        let rest = levels.filter { !axis.values.contains($0.key) || $0.key == "pooled" }
        found.append(rest.values.reduce(.none, +))
        for key in rest.keys { levels[key] = nil }
      } else if isLast, value == "pooled", levels.isEmpty {
        // Every client's level is known here.
        found.append(.none)
      } else {
        return nil
      }
    }
    guard levels.isEmpty, found.reduce(.none, +).n == churn.overall.n else { return nil }
    return found
  }

  private func exact(_ axis: ClientCube.Axis) -> JSONValue {
    guard let found = counts(axis) else { return .null }
    var held: JSONValue?
    if axis.attribute.role == .products, hasBalance {
      let sums = axis.values.map { value in products.first { $0.values == [value] }?.balance?.sum ?? 0 }
      held = .list(sums.map { .number($0.rounded()) })
    }
    return .object(leavingOutNull: [
      "n": .list(found.map { .integer($0.n) }), "churned": .list(found.map { .integer($0.churned) }),
      "balance": held ?? .null,
    ])
  }

  /// Pairs of attributes as the study counts them.
  private var pairs: [JSONValue] {
    churn.cross.compactMap { table -> JSONValue? in
      func place(_ attribute: ComparisonAxis) -> Int? {
        cube.axes.firstIndex {
          $0.attribute.column == attribute.column && $0.attribute.kind == attribute.kind
        }
      }
      guard let first = place(table.first), let second = place(table.second), first != second,
        let rows = counts(cube.axes[first]), let columns = counts(cube.axes[second]),
        let pair = ExactPair(
          table, cube, first: first, second: second, rows: rows, columns: columns, threshold: threshold)
      else { return nil }
      return [
        "axes": [.integer(first), .integer(second)],
        "n": .list(pair.counts.map { .integer($0.n) }),
        "churned": .list(pair.counts.map { .integer($0.churned) }),
      ]
    }
  }

  /// Titles of the axes and names of their values, in a language.
  func axes(_ language: Language) -> JSONValue {
    let words = ChartWords(language)
    return .list(
      cube.axes.map { axis in
        let (column, role) = (axis.attribute.column, axis.attribute.role)
        let isPresence = axis.attribute.kind == .presence
        let name = words.attribute(column, role)
        let heading = words.heading(column, role)
        return [
          "title": .text(isPresence ? words.presence(of: heading) : heading),
          "name": .text(isPresence ? words.presence(of: name) : name),
          "values": .list(axis.values.map { .text(words.band($0, role)) }),
        ]
      })
  }

  /// A chart for each axis, whose rows the page puts in.
  func charts(_ charts: StudyCharts, _ language: Language) -> [JSONValue] {
    cube.axes.enumerated().compactMap { index, axis in
      guard
        let by = churn.by.first(where: {
          $0.attribute.column == axis.attribute.column && $0.attribute.kind == axis.attribute.kind
        }), let chart = charts.churn(by)
      else { return nil }
      return PageBlock.chart(
        chart, language, id: "live." + Self.id(axis), ["axis": .integer(index)])
    }
  }

  /// What the page counts two shares of side by side.
  enum Twins: String { case makeUp, expected }

  /// A chart for each axis, of two shares of every value; the page puts rows and title in.
  func twins(_ kind: Twins, _ language: Language) -> JSONValue? {
    let words = ChartWords(language)
    let said = DashboardWords(language)
    guard let rate = churn.overall.estimate,
      kind == .makeUp || cube.cells.contains(where: { $0.expected != nil })
    else { return nil }
    let charts = cube.axes.enumerated().compactMap { index, axis -> JSONValue? in
      let attribute = words.attribute(axis.attribute.column, axis.attribute.role)
      let names = kind == .makeUp ? said.makeUpNames : said.expectedNames
      let title = kind == .makeUp ? said.makeUp(attribute) : said.expected(attribute)
      let chart = Chart(
        id: "\(kind.rawValue).\(Self.id(axis))", kind: .bars, title: title, alternativeText: title,
        x: .init(words.heading(axis.attribute.column, axis.attribute.role), .category),
        y: .init(kind == .makeUp ? said.shareOfGroup : words.churnRate, .share),
        series: names.map {
          .init($0, [.init(label: "a", y: rate, low: rate, high: rate, n: churn.overall.n)])
        })
      return chart.map {
        PageBlock.chart($0, language, ["axis": .integer(index), "twins": .text(kind.rawValue)])
      }
    }
    return charts.isEmpty ? nil : ["kind": "charts", "charts": .list(charts)]
  }

  var choice: CellChoice { CellChoice(cube: cube, churn: churn) }

  /// The axis of an attribute, as the page knows it.
  func axis(_ column: String) -> Int? {
    cube.axes.firstIndex { $0.attribute.column == column && $0.attribute.kind != .presence }
  }

  /// Two axes crossed; products and age to begin with.
  func pair(_ language: Language) -> JSONValue? {
    guard cube.axes.count > 1, let rate = churn.overall.estimate else { return nil }
    let words = ChartWords(language)
    let first = cube.axes.firstIndex { $0.attribute.role == .products } ?? 0
    let second =
      cube.axes.firstIndex { $0.attribute.role == .age && $0.attribute.kind != .presence }
      ?? (first == 0 ? 1 : 0)
    let texts = words.pair(
      first: words.attribute(cube.axes[first].attribute.column, cube.axes[first].attribute.role),
      second: words.attribute(cube.axes[second].attribute.column, cube.axes[second].attribute.role),
      highest: nil)
    let chart = Chart(
      id: "live.pair", kind: .heatmap, title: texts.title, alternativeText: texts.alternative,
      x: .init(
        words.heading(cube.axes[second].attribute.column, cube.axes[second].attribute.role), .category),
      y: .init(words.churnRate, .share),
      series: [
        .init("a", [.init(label: "a", y: rate, low: rate, high: rate, n: churn.overall.n)]),
        .init("b", [.init(label: "a", y: rate, low: rate, high: rate, n: churn.overall.n)]),
      ])
    guard let chart else { return nil }
    return [
      "kind": "pair", "axes": [.integer(first), .integer(second)],
      "chart": PageBlock.chart(chart, language),
    ]
  }
}
