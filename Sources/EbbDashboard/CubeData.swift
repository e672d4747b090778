import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// The cells of clients as the page counts them: columns of numbers, a cell's place among all told by its distance from the one
/// before.
struct CubeData {
  let cube: ClientCube
  let churn: Churn
  private let products: [Segment]

  init?(_ study: Study) {
    guard let churn = study.churn, let cube = churn.cube else { return nil }
    self.cube = cube
    self.churn = churn
    products = study.segments?.byProducts ?? []
  }

  var hasBalance: Bool { cube.cells.contains { $0.balance != nil } }

  /// Names of axes by which addresses know them: the role, or the heading.
  static func id(_ axis: ClientCube.Axis) -> String { axis.attribute.role?.rawValue ?? axis.attribute.column }

  var json: JSONValue {
    let sizes = cube.axes.map { $0.values.count }
    func place(_ cell: ClientCube.Cell) -> Int { zip(cell.at, sizes).reduce(0) { $0 * $1.1 + $1.0 } }
    let cells = cube.cells.sorted { place($0) < place($1) }
    var before = 0
    let steps = cells.map { cell -> JSONValue in
      let place = place(cell)
      defer { before = place }
      return .integer(place - before)
    }
    /// Sums of a column, rounded: the page shows no more digits, and totals come exactly beside.
    func sums(_ value: (ClientCube.Cell) -> Double?, decimals: Double) -> JSONValue {
      guard cells.contains(where: { value($0) != nil }) else { return .null }
      return .list(
        cells.map { cell in
          JSONValue(value(cell).map { abs($0) < 1000 ? ($0 * decimals).rounded() / decimals : $0.rounded() })
        })
    }
    func total(_ value: (ClientCube.Cell) -> Double?) -> JSONValue {
      .number(cells.reduce(0) { $0 + (value($1) ?? 0) })
    }
    return .object(leavingOutNull: [
      "axes": .list(
        cube.axes.map { axis in
          ["id": .text(Self.id(axis)), "values": .list(axis.values.map { .text($0) })]
        }),
      "sizes": .list(sizes.map { .integer($0) }),
      "at": .list(steps),
      "exact": .list(cube.axes.map(exact)),
      "n": .list(cells.map { .integer($0.n) }),
      "churned": .list(cells.map { .integer($0.churned) }),
      "balance": sums(\.balance, decimals: 1),
      "expected": sums(\.expected, decimals: 100),
      "atRisk": sums(\.balanceAtRisk, decimals: 1),
      "whole": .object([
        "n": .integer(churn.overall.n), "churned": .integer(churn.overall.successes),
        "balance": total(\.balance), "expected": total(\.expected), "atRisk": total(\.balanceAtRisk),
      ]),
    ])
  }

  /// Clients and leavers by the values of an axis as the study counts them, before any cell is pooled: what the page shows
  /// of all clients. `null` where the study's levels are not those of the axis.
  private func exact(_ axis: ClientCube.Axis) -> JSONValue {
    let attribute = axis.attribute
    guard
      let by = churn.by.first(where: {
        $0.attribute.column == attribute.column && $0.attribute.kind == attribute.kind
      })
    else { return .null }
    var levels = Dictionary(by.levels.map { ($0.value, (n: $0.n, churned: $0.churned)) }) { first, _ in first
    }
    var found: [(n: Int, churned: Int)] = []
    for (index, value) in axis.values.enumerated() {
      let isLast = index == axis.values.count - 1
      if let level = levels.removeValue(forKey: value), value != "pooled" {
        found.append(level)
      } else if isLast, value == "pooled", levels.isEmpty {
        // Every client's level is known here.
        found.append((0, 0))
      } else {
        return .null
      }
    }
    guard levels.isEmpty, found.reduce(0, { $0 + $1.n }) == churn.overall.n else { return .null }
    var held: JSONValue?
    if attribute.role == .products, hasBalance {
      let sums = axis.values.map { value in products.first { $0.values == [value] }?.balance?.sum ?? 0 }
      held = .list(sums.map { .number($0.rounded()) })
    }
    return .object(leavingOutNull: [
      "n": .list(found.map { .integer($0.n) }), "churned": .list(found.map { .integer($0.churned) }),
      "balance": held ?? .null,
    ])
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
    cube.axes.compactMap { axis in
      guard
        let by = churn.by.first(where: {
          $0.attribute.column == axis.attribute.column && $0.attribute.kind == axis.attribute.kind
        }), let chart = charts.churn(by)
      else { return nil }
      return PageBlock.chart(chart, language, id: "live." + Self.id(axis))
    }
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
