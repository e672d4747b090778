import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// Clients by products, by churn, and by any two attributes.
struct SegmentsRoom {
  let study: Study
  let charts: StudyCharts
  let cube: CubeData?
  private let words: DashboardWords
  private let names: ChartWords

  init(_ study: Study, _ charts: StudyCharts, _ cube: CubeData?) {
    self.study = study
    self.charts = charts
    self.cube = cube
    words = DashboardWords(charts.language)
    names = ChartWords(charts.language)
  }

  var blocks: [JSONValue] {
    guard study.segments != nil else { return [] }
    var out: [JSONValue?] = []
    if let pair = cube?.pair(charts.language) {
      out += [["kind": "kpis"], PageBlock.heading(words.crossed), pair]
    }
    out += [
      products, compositions, adjusted, profiles, productsAndChurn,
    ]
    return out.compactMap(\.self)
  }

  private var segments: Segments? { study.segments }

  /// At equal composition: of all clients; a bar chooses its product group.
  private var adjusted: JSONValue? {
    let shown = segments?.adjustedProducts ?? []
    let column = study.schema.columns.first { $0.role == .products }?.column ?? ""
    // As it is, then adjusted.
    let picks = (shown + shown).map { cube?.choice.value(column, $0.value) }
    return PageBlock.alone(charts.products, charts.language, CellChoice.picks(picks))
  }

  /// Product groups, counted by the page from the cells that are chosen.
  private var products: JSONValue? {
    guard let axis = productAxis, let cube else { return nil }
    var columns: [PageTable.Column] = [
      .init(words.products), .init(words.clients, "number0"), .init(words.share, "share"),
      .init(words.churn, "number0"), .init(words.churnRate, "share"),
      .init(words.interval, "share", interval: true),
    ]
    if cube.hasBalance {
      columns += [.init(words.balance, "money"), .init(words.balanceShare, "share")]
    }
    return [
      "kind": "groups", "axis": .integer(axis),
      "table": PageTable("products", words.productGroups, columns).json(charts.language),
    ]
  }

  private var productsAndChurn: JSONValue? {
    guard let segments, !segments.byProductsAndChurn.isEmpty else { return nil }
    let measures = segments.byProductsAndChurn.first { !$0.numbers.isEmpty }?.numbers ?? []
    var table = PageTable(
      "products-churn", words.productsAndChurn,
      [
        .init(words.products), .init(words.group), .init(words.clients, "number0"),
        .init(words.share, "share"),
      ] + measures.map { .init(words.mean + ": " + names.attribute($0.column, $0.role), unit($0.mean)) })
    let left = study.portraits?.left?.value
    table.rows = segments.byProductsAndChurn.map { segment in
      let side = segment.values.count > 1 ? segment.values[1] : ""
      let basic: [JSONValue] = [
        .text(names.level(segment.values[0], .products)),
        .text(side == left ? words.left : side == "pooled" ? names.level(side, nil) : words.stayed),
        .integer(segment.n), .number(segment.share),
      ]
      return basic
        + measures.map { measure in
          JSONValue(segment.numbers.first { $0.column == measure.column }?.mean)
        }
    }
    return table.block(charts.language)
  }

  private var productAxis: Int? { cube?.cube.axes.firstIndex { $0.attribute.role == .products } }

  /// Every product group as a column, the shares of other attributes' levels in rows: counted by the page.
  private var compositions: JSONValue? {
    guard let axis = productAxis, let cube, cube.cube.axes.count > 1 else { return nil }
    return [
      "kind": "compositions", "axis": .integer(axis),
      "table": PageTable("profiles", words.profiles, [.init(words.measure)]).json(charts.language),
    ]
  }

  /// Means, and shares of attributes that the cells do not have.
  private var profiles: JSONValue? {
    guard let shown = segments?.byProducts.filter({ !$0.isSuppressed }).prefix(8), shown.count > 1 else {
      return nil
    }
    var table = PageTable(
      "means", words.means,
      [.init(words.measure)]
        + shown.map { .init(words.products + ": " + names.level($0.values[0], .products), "any") })
    table.rows.append(
      [.text(words.churnRate)] + shown.map { .text(percent($0.churn.estimate)) })
    for number in shown[0].numbers.prefix(12) {
      table.rows.append(
        [.text(words.mean + ": " + names.attribute(number.column, number.role))]
          + shown.map { segment in
            let mean = segment.numbers.first { $0.column == number.column }?.mean
            return .text(ChartNumbers(charts.language).text(mean, .number(decimals: decimals(mean))))
          })
    }
    let inCells = cube?.cube.axes.map(\.attribute.column) ?? []
    for category in shown[0].categories.filter({ !inCells.contains($0.attribute.column) }).prefix(10) {
      for level in category.levels.prefix(6) {
        let title =
          names.heading(category.attribute.column, category.attribute.role) + ": "
          + names.band(level.value, category.attribute.role)
        table.rows.append(
          [.text(title)]
            + shown.map { segment in
              let same = segment.categories.first { $0.attribute == category.attribute }
              return .text(share(same, level.value))
            })
      }
    }
    return table.block(charts.language)
  }

  /// A share of a group that would tell of fewer clients than the threshold is not written, nor one that the others leave
  /// it to be worked out from.
  private func share(_ category: Segment.Category?, _ value: String) -> String {
    guard let category, let index = category.levels.firstIndex(where: { $0.value == value }) else {
      return "—"
    }
    let counts = category.levels.map(\.share.having) + [category.other?.share.having ?? 0]
    let threshold = study.provenance.privacyThreshold
    if PrivacyPooling(counts, threshold: threshold).pooled.contains(index) { return words.tooFew }
    return percent(category.levels[index].share.share)
  }

  private func percent(_ share: Double?) -> String { ChartNumbers(charts.language).text(share, .share) }

  private func decimals(_ value: Double?) -> Int {
    let size = abs(value ?? 0)
    return size >= 1000 ? 0 : size >= 10 ? 1 : 2
  }

  private func unit(_ value: Double?) -> String { "number\(decimals(value))" }
}
