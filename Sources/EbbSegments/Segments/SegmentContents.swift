import EbbClients
import EbbEngine
import EbbStatistics

/// What the segments of one cut are described by: worked out once, asked once, read for every segment.
struct SegmentContents {
  /// Attributes with more levels than this show the largest, and the others together.
  static let levelLimit = 30
  static let probabilities = [0.25, 0.5, 0.75]

  let by: [Grouping]
  private let measures: [ClientSchema.Entry]
  private let attributes: [Grouping]

  init(_ by: [Grouping], _ schema: ClientSchema, _ data: DataQuality, _ cuts: BandCuts) {
    self.by = by
    let own = Set(by.map(\.column))
    let numeric = Set(schema.numericColumns)
    let levels = Set(schema.levelColumns)
    let incomplete = Set(
      data.columns.filter { $0.missing > 0 && $0.missing < data.rows.used }.map(\.column))
    let entries = schema.factorEntries.filter { !own.contains($0.column) }
    measures = entries.filter { numeric.contains($0.column) }
    attributes = entries.flatMap { entry -> [Grouping] in
      var found: [Grouping] = []
      if levels.contains(entry.column) {
        found.append(Grouping(entry.column))
      } else if numeric.contains(entry.column), cuts.cuts(entry) != nil {
        found.append(ChurnAttributes.banded(entry, cuts))
      }
      if incomplete.contains(entry.column) { found.append(Grouping(entry.column, .presence)) }
      return found
    }.filter { CellBudget.fits(by + [$0], schema) }
  }

  func questions() -> Set<Question> {
    var questions: Set<Question> = []
    for entry in measures {
      questions.insert(.moments(of: entry.column, by: by))
      questions.insert(.quantiles(of: entry.column, by: by, probabilities: Self.probabilities))
    }
    for attribute in attributes { questions.insert(.counts(by: by + [attribute])) }
    return questions
  }

  func numbers(_ answers: Answers, cell: Int) -> [Segment.Number] {
    measures.compactMap { entry in
      guard case .moments(let moments)? = answers[.moments(of: entry.column, by: by)],
        case .quantiles(let quantiles)? = answers[
          .quantiles(of: entry.column, by: by, probabilities: Self.probabilities)]
      else { return nil }
      let (m, q) = (moments.values[cell], quantiles.values[cell])
      return Segment.Number(
        column: entry.column, role: entry.role, n: m.n, missing: moments.missing[cell], mean: m.mean,
        median: q?[1], standardDeviation: m.standardDeviation, q25: q?[0], q75: q?[2], minimum: m.minimum,
        maximum: m.maximum, sum: m.sum)
    }
  }

  /// Balance of the whole bank; `nil` without a balance column.
  func balance(_ answers: Answers) -> Double? {
    measures.first { $0.role == .balance }.flatMap { entry in
      guard case .moments(let cells)? = answers[.moments(of: entry.column, by: by)] else { return nil }
      return cells.values.reduce(0) { $0 + $1.sum }
    }
  }

  /// Shares of every attribute's levels, by cell. Which levels are shown depends on the whole bank, so that segments can be
  /// compared: those of at least `threshold` clients, and the largest of them.
  func categories(_ answers: Answers, _ schema: ClientSchema, threshold: Int, cells wanted: [Int])
    -> [Int: [Segment.Category]]
  {
    var found: [Int: [Segment.Category]] = [:]
    for attribute in attributes {
      guard case .counts(let cells)? = answers[.counts(by: by + [attribute])], let axis = cells.axes.last
      else { continue }
      let size = axis.count
      var whole = [Int](repeating: 0, count: size)
      for (index, count) in cells.counts.enumerated() { whole[index % size] += count }
      let pooling = PrivacyPooling(whole, threshold: threshold, limit: Self.levelLimit)
      let values = pooling.shown.map {
        ComparisonValue(axis[$0], isFirst: $0 == 0, of: attribute).value
      }
      let described = ComparisonAxis(attribute, schema: schema)
      for cell in wanted {
        let counts = cells.counts[cell * size..<(cell + 1) * size]
        let n = counts.reduce(0, +)
        func share(_ levels: [Int]) -> CompositionShare {
          CompositionShare(having: levels.reduce(0) { $0 + counts[counts.startIndex + $1] }, of: n)
        }
        found[cell, default: []].append(
          Segment.Category(
            attribute: described,
            levels: zip(pooling.shown, values).map { .init(value: $1, share: share([$0])) },
            other: pooling.pooled.isEmpty
              ? nil : .init(levels: pooling.pooled.count, share: share(pooling.pooled))))
      }
    }
    return found
  }
}
