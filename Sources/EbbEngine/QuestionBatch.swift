import EbbStatistics
import EbbTable

/// The plan of one batch: what has to be counted and walked, and which question each of it answers.
package struct QuestionBatch {
  private struct ViewKey: Hashable {
    let measure: SourceCatalog.Key
    let by: [Grouping]
  }
  /// Cells of one answer at most.
  static let cellLimit = 1 << 22
  /// Cells by which a measure can be taken apart.
  static let measureLimit = 1 << 16
  /// Groups that can be compared pair by pair.
  static let rankLimit = 1000

  private let store: any ClientStore
  private var resolver: AxisResolver
  private var counted: [(question: Question, axes: [Int])] = []
  private var histograms: [(question: Question, axes: [Int], edges: [Double])] = []
  private var views: [SourceCatalog.Key: [MeasureView]] = [:]
  private var viewIndex: [ViewKey: Int] = [:]
  private var asked: [(question: Question, measure: SourceCatalog.Key, view: Int)] = []
  private var distinctTexts: [(question: Question, key: SourceCatalog.Key)] = []
  private var sparse: [(question: Question, count: SparseCount)] = []
  private var others: [Question] = []

  private init(_ store: any ClientStore) {
    self.store = store
    resolver = AxisResolver(store: store)
  }

  /// Plans all questions together and has the store answer them in a few passes.
  package static func answers(
    _ questions: Set<Question>, from store: any ClientStore
  ) async throws(EngineError) -> Answers {
    var batch = QuestionBatch(store)
    for question in questions { try await batch.add(question) }
    return Answers(try await batch.answers())
  }

  private mutating func add(_ question: Question) async throws(EngineError) {
    switch question {
    case .counts(let by):
      let axes = try await axes(by)
      counted.append((question, axes))
    case .cells(let by, let sums): sparse.append((question, try await sparseCount(by, sums)))
    case .histogram(let column, let edges, let by):
      let measure = try store.measure(column)
      var axes = try await axes(by)
      axes.append(try await resolver.axis(measure, edges: edges))
      histograms.append((question, axes, edges))
    case .moments(let column, let by):
      try await view(question, column, by) { $0.moments = true }
    case .quantiles(let column, let by, let probabilities):
      try await view(question, column, by) { $0.probabilities.formUnion(probabilities) }
    case .ranks(let column, let by):
      try await view(question, column, by) { $0.ranks = true }
    case .deviations(let column, let by, let center):
      try await view(question, column, by) { $0.centers.insert(center) }
    case .distinct(let column):
      do throws(EngineError) {
        try await view(question, column, []) { $0.distinct = true }
      } catch .notNumeric {
        distinctTexts.append((question, SourceCatalog.Key(column: column, asNumber: false)))
      }
    case .correlations, .sample: others.append(question)
    }
  }

  private mutating func axes(_ by: [Grouping]) async throws(EngineError) -> [Int] {
    var axes: [Int] = []
    var cells = 1
    for grouping in by {
      let axis = try await resolver.axis(grouping)
      axes.append(axis)
      cells = cells.multipliedReportingOverflow(by: resolver.axes[axis].size).partialValue
      if cells > Self.cellLimit || cells < 0 {
        throw .tooManyCells(groupings: by, cells: cells, limit: Self.cellLimit)
      }
    }
    return axes
  }

  private mutating func sparseCount(
    _ by: [Grouping], _ sums: [String]
  ) async throws(EngineError) -> SparseCount {
    var axes: [Int] = []
    for grouping in by { axes.append(try await resolver.axis(grouping)) }
    for (grouping, axis) in zip(by, axes) where resolver.axes[axis].size > SparseCount.levelLimit {
      throw .tooManyCells(
        groupings: [grouping], cells: resolver.axes[axis].size, limit: SparseCount.levelLimit)
    }
    if axes.reduce(0, { $0 + SparseCount.bits(resolver.axes[$1].size) }) > SparseCount.keyLimit {
      throw .tooManyCells(groupings: by, cells: .max, limit: SparseCount.cellLimit)
    }
    var measures: [Int] = []
    for column in sums { measures.append(try await resolver.source(try store.measure(column))) }
    return SparseCount(axes: axes, measures: measures)
  }

  private mutating func view(
    _ question: Question, _ column: String, _ by: [Grouping], _ want: (inout MeasureView) -> Void
  ) async throws(EngineError) {
    let measure = try store.measure(column)
    let key = ViewKey(measure: measure, by: by)
    let index: Int
    if let known = viewIndex[key] {
      index = known
    } else {
      let axes = try await axes(by)
      index = views[measure]?.count ?? 0
      views[measure, default: []].append(MeasureView(by: by, axes: axes))
      viewIndex[key] = index
    }
    want(&views[measure, default: []][index])
    let cells = (views[measure]?[index].axes ?? []).reduce(1) { $0 * resolver.axes[$1].size }
    var limit = Self.measureLimit
    if case .ranks = question { limit = Self.rankLimit }
    if cells > limit { throw .tooManyCells(groupings: by, cells: cells, limit: limit) }
    asked.append((question, measure, index))
  }

  private mutating func answers() async throws(EngineError) -> [Question: Answer] {
    var answers: [Question: Answer] = [:]
    let walks = try await measureWalks()
    var plans = CubePlan.merging(counted.map(\.axes) + histograms.map(\.axes), axes: resolver.axes)
    let shared = plans.count
    var narrow: [Int: Int] = [:]
    for (index, walk) in walks.enumerated() where walk.valueAxis != nil {
      narrow[index] = plans.count
      plans.append(walk.countingPlan(resolver.axes))
    }
    let cubes = try await store.cubes(plans, resolver)
    answerCounts(Array(cubes[..<shared]), &answers)
    for (question, count) in sparse {
      guard case .cells(let by, let sums) = question else { continue }
      guard
        let cells = try await store.cells(count, columns: sums, resolver)
      else {
        throw .tooManyCells(
          groupings: by, cells: SparseCount.cellLimit + 1, limit: SparseCount.cellLimit)
      }
      answers[question] = .cells(cells)
    }

    let maker = AnswerMaker(axes: resolver.axes)
    var outcomes: [SourceCatalog.Key: MeasureWalk.Outcome] = [:]
    for (index, planned) in walks.enumerated() {
      let outcome: MeasureWalk.Outcome
      if let cube = narrow[index] {
        let (runs, missing) = planned.countedRuns(cubes[cube])
        outcome = try await planned.walk.run(runs, missing: missing)
      } else {
        outcome = try await store.outcome(of: planned.walk, planned.key, source: planned.source, resolver)
      }
      var all = outcomes[planned.key] ?? MeasureWalk.Outcome()
      all.figures.merge(outcome.figures) { first, _ in first }
      all.distinct = max(all.distinct, outcome.distinct)
      outcomes[planned.key] = all
    }
    for (question, measure, index) in asked {
      guard let view = views[measure]?[index], let outcome = outcomes[measure] else { continue }
      if case .distinct = question {
        answers[question] = .distinct(outcome.distinct)
        continue
      }
      guard let figures = outcome.figures[index] else { continue }
      switch question {
      case .moments: answers[question] = .moments(maker.moments(view, figures))
      case .quantiles(_, _, let probabilities):
        answers[question] = .quantiles(maker.quantiles(view, figures, probabilities))
      case .ranks:
        if let ranks = figures.ranks { answers[question] = .ranks(maker.ranks(view, ranks)) }
      case .deviations(_, _, let center):
        answers[question] = .deviations(maker.deviations(view, figures, center))
      default: break
      }
    }
    for (question, key) in distinctTexts {
      let used = try await store.used(key, limit: .max) ?? []
      answers[question] = .distinct(used.count)
    }
    for question in others {
      switch question {
      case .correlations(let columns):
        answers[question] = .correlations(try await store.correlations(columns))
      case .sample(let rows, let seed):
        answers[question] = .sample(try await store.sample(rows: rows, seed: seed))
      default: break
      }
    }
    return answers
  }

  /// Every measure's views in groups; a group of few values is to be counted, others are to be sorted.
  private mutating func measureWalks() async throws(EngineError) -> [PlannedWalk] {
    var walks: [PlannedWalk] = []
    let keys = views.keys.sorted { ($0.column, $0.asNumber ? 1 : 0) < ($1.column, $1.asNumber ? 1 : 0) }
    for key in keys {
      guard let asked = views[key] else { continue }
      let index = try await resolver.source(key)
      let source = resolver.sources[index]
      for group in MeasureGroup.merging(asked, axes: resolver.axes, limit: store.groupLimit) {
        var valueAxis: Int?
        if source.isNarrow, (Int(source.range) + 2) * group.cells <= store.countedLimit {
          valueAxis = try await resolver.valueAxis(key)
        }
        walks.append(
          PlannedWalk(
            key: key, source: index, valueAxis: valueAxis,
            walk: MeasureWalk(
              source: source, group: group, views: asked, axes: resolver.axes,
              workers: store.workers)))
      }
    }
    return walks
  }

  private func answerCounts(_ cubes: [CellCube], _ answers: inout [Question: Answer]) {
    func marginal(_ axes: [Int]) -> [Int] {
      let wanted = Set(axes)
      let best = cubes.filter { wanted.isSubset(of: $0.axes) }.min { $0.counts.count < $1.counts.count }
      return best?.marginal(axes, sizes: axes.map { resolver.axes[$0].size }) ?? []
    }
    for (question, axes) in counted {
      answers[question] = .counts(
        CellCounts(axes: axes.map { resolver.axes[$0].levels }, counts: marginal(axes)))
    }
    for (question, axes, edges) in histograms {
      let bins = max(edges.count - 1, 0)
      let counts = marginal(axes)
      let cells = counts.count / (bins + 3)
      answers[question] = .histogram(
        CellHistogram(
          axes: axes.dropLast().map { resolver.axes[$0].levels }, edges: edges,
          counts: (0..<cells).map { cell in
            Array(counts[cell * (bins + 3) + 1..<cell * (bins + 3) + 1 + bins])
          }))
    }
  }
}

/// One group of views of a measure, and how its values are put in order.
private struct PlannedWalk {
  let key: SourceCatalog.Key
  let source: Int
  /// For few values: the axis that counts them.
  let valueAxis: Int?
  let walk: MeasureWalk

  func countingPlan(_ axes: [Axis]) -> CubePlan {
    let all = [valueAxis ?? 0] + walk.group.axes
    return CubePlan(axes: all, sizes: all.map { axes[$0].size })
  }

  func countedRuns(_ cube: CellCube) -> (CountedRuns, missing: [Int]) {
    let cells = walk.group.cells
    let rows = Int(walk.source.range) + 1
    let missing = (0..<cells).map { Int(cube.counts[rows * cells + $0]) }
    return (CountedRuns(counts: cube.counts, cells: cells, rows: rows), missing)
  }
}
