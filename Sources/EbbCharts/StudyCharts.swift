public import EbbClients
public import EbbSegments
import EbbStatistics
public import EbbStudy
public import EbbWords

/// The charts of a study in one language, chapter by chapter. Every figure is read from the study; a chapter that is missing
/// has no charts.
public struct StudyCharts: Sendable {
  let study: Study
  public let language: Language
  let words: ChartWords

  /// Levels drawn at most; the largest. Tables have them all.
  static let levelLimit = 24

  /// Groups drawn of a hypothesis.
  public static let groupLimit = levelLimit

  /// Traits drawn of a portrait; the strongest.
  public static let traitLimit = 14

  public init(_ study: Study, language: Language) {
    self.study = study
    self.language = language
    words = ChartWords(language)
  }

  /// Every chart of the study, in the order of the rooms.
  public var all: [Chart] {
    let lists: [[Chart]] = [
      churn, churnByPairs, [products].compactMap(\.self), portraits, riskGroups, hypotheses,
      [roc, gains, lift, calibration, importance].compactMap(\.self), shapes,
      [gainCurve, tornado].compactMap(\.self),
    ]
    return lists.flatMap(\.self)
  }

  func role(_ column: String) -> Role? { study.schema.columns.first { $0.column == column }?.role }
  func name(_ column: String) -> String { words.attribute(column, role(column)) }
  func heading(_ column: String) -> String { words.heading(column, role(column)) }

  // MARK: Churn

  /// Churn by every attribute: levels in their order, with Wilson's intervals and the bank's average.
  public var churn: [Chart] { study.churn?.by.compactMap(churn) ?? [] }

  /// By the attribute with this role.
  public func churn(by role: Role) -> Chart? {
    study.churn?.by.first { $0.attribute.role == role && $0.attribute.kind != .presence }.flatMap(churn)
  }

  public func churn(_ by: ChurnByAttribute) -> Chart? {
    guard let overall = study.churn?.overall, let rate = overall.estimate else { return nil }
    let role = by.attribute.role
    let largest = Set(by.levels.indices.sorted { by.levels[$1].n < by.levels[$0].n }.prefix(Self.levelLimit))
    let levels = by.levels.indices.filter { largest.contains($0) }.map { by.levels[$0] }
    let judged = levels.filter { $0.n >= 30 && $0.value != "pooled" && $0.churn.estimate != nil }
    let rates = judged.compactMap(\.churn.estimate)
    guard let least = rates.min(), let most = rates.max() else { return nil }
    // A level stands out where its whole interval lies above the average.
    let highest = judged.max { ($0.churn.estimate ?? 0) < ($1.churn.estimate ?? 0) }
      .flatMap { ($0.churn.interval?.low ?? 0) > rate ? $0 : nil }
    func label(_ level: ChurnByAttribute.Level) -> String {
      words.level(level.value, role, low: level.low, high: level.high)
    }
    var attribute = words.attribute(by.attribute.column, role)
    if by.attribute.kind == .presence { attribute = words.presence(of: attribute) }
    let texts = words.churn(
      attribute: attribute, highest: highest.map { (label($0), $0.churn.estimate ?? 0) },
      range: (least, most), overall: rate)
    return Chart(
      id: "churn.\(by.attribute.column)" + (by.attribute.kind == .presence ? ".presence" : ""), kind: .bars,
      title: texts.title, alternativeText: texts.alternative,
      x: .init(words.heading(by.attribute.column, role), .category), y: .init(words.churnRate, .share),
      series: [
        .init(
          words.churnRate,
          levels.map { level in
            .init(
              label: label(level), y: level.churn.estimate, low: level.churn.interval?.low,
              high: level.churn.interval?.high, n: level.n, isHighlighted: level.value == highest?.value)
          })
      ],
      reference: .init(rate, words.bankAverage),
      note: words.note(n: levels.reduce(0) { $0 + $1.n }, intervals: true))
  }

  /// Churn by two attributes together.
  public var churnByPairs: [Chart] { study.churn?.cross.compactMap(churn) ?? [] }

  public func churn(_ table: ChurnTable) -> Chart? {
    let (first, second) = (table.first, table.second)
    let shown = table.cells.filter { $0.first != "pooled" }
    var rows: [String] = []
    var columns: [String] = []
    for cell in shown {
      if !rows.contains(cell.first) { rows.append(cell.first) }
      if !columns.contains(cell.second) { columns.append(cell.second) }
    }
    guard rows.count <= Self.levelLimit, columns.count <= 12 else { return nil }
    // Rates of a handful of clients are not drawn.
    let judged = shown.filter { $0.n >= 30 && $0.churn.estimate != nil }
    let highest = judged.max { ($0.churn.estimate ?? 0) < ($1.churn.estimate ?? 0) }
    func name(_ value: String, _ axis: ComparisonAxis) -> String {
      words.band(value, axis.role)
    }
    let texts = words.pair(
      first: words.attribute(first.column, first.role), second: words.attribute(second.column, second.role),
      highest: highest.map {
        (name($0.first, first), name($0.second, second), $0.churn.estimate ?? 0, $0.n)
      })
    return Chart(
      id: "churn.\(first.column).\(second.column)", kind: .heatmap, title: texts.title,
      alternativeText: texts.alternative,
      x: .init(words.heading(second.column, second.role), .category), y: .init(words.churnRate, .share),
      series: rows.map { row in
        .init(
          name(row, first),
          columns.map { column in
            let cell = shown.first { $0.first == row && $0.second == column }
            let isJudged = (cell?.n ?? 0) >= 30
            return .init(
              label: name(column, second), y: isJudged ? cell?.churn.estimate : nil,
              low: isJudged ? cell?.churn.interval?.low : nil,
              high: isJudged ? cell?.churn.interval?.high : nil, n: cell?.n,
              isHighlighted: cell != nil && cell == highest)
          })
      },
      note: words.note(n: shown.reduce(0) { $0 + $1.n }, intervals: false) + " " + words.blankCells(30))
  }

  // MARK: Segments and portraits

  /// Churn by products as it is, and with everybody's composition.
  public var products: Chart? {
    guard let adjusted = study.segments?.adjustedProducts, !adjusted.isEmpty else { return nil }
    let judged = adjusted.filter { $0.n >= 30 && $0.adjusted.estimate != nil && $0.raw.estimate != nil }
    let most = judged.max { abs($0.shift ?? 0) < abs($1.shift ?? 0) }
    let by = adjusted[0].by.map { words.attribute($0.column, $0.role) }
    let texts = words.adjustedProducts(
      highest: most.map {
        (words.level($0.value, .products), $0.raw.estimate ?? 0, $0.adjusted.estimate ?? 0)
      }, by: by)
    return Chart(
      id: "products.adjusted", kind: .bars, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.productsAxis, .category), y: .init(words.churnRate, .share),
      series: [
        .init(
          words.rawRate,
          adjusted.map {
            .init(
              label: words.level($0.value, .products), y: $0.raw.estimate, low: $0.raw.interval?.low,
              high: $0.raw.interval?.high, n: $0.n)
          }),
        .init(
          words.adjustedRate,
          adjusted.map {
            .init(
              label: words.level($0.value, .products), y: $0.adjusted.estimate,
              low: $0.adjusted.interval?.low, high: $0.adjusted.interval?.high, n: $0.n)
          }),
      ],
      reference: study.churn?.overall.estimate.map { .init($0, words.bankAverage) },
      note: words.note(n: adjusted.reduce(0) { $0 + $1.n }, intervals: true))
  }

  /// Those who left against those who stayed, the strongest differences first.
  public var portraits: [Chart] { [study.portraits?.left.flatMap(portrait)].compactMap(\.self) }

  public func portrait(_ portrait: Portrait) -> Chart? {
    let traits = Array(portrait.traits.prefix(Self.traitLimit))
    func label(_ trait: PortraitTrait) -> String {
      words.trait(trait.column, trait.role, value: trait.value, isMissing: trait.kind == .missing)
    }
    let strongest = traits.first(where: \.typical)
    let texts = words.portrait(strongest: strongest.map(label))
    return Chart(
      id: "portrait.\(portrait.group.rawValue).\(portrait.value)", kind: .bars, title: texts.title,
      alternativeText: texts.alternative, x: .init(words.attributeAxis, .category),
      y: .init(words.effectSize, .number(decimals: 2)),
      series: [
        .init(
          words.effectSize,
          traits.map { .init(label: label($0), y: $0.effect, isHighlighted: $0.typical) })
      ],
      reference: .init(0, words.noEffect),
      note: words.note(n: portrait.share.of, intervals: false))
  }
}
