import EbbClients
import EbbEngine
import EbbStatistics
import EbbTable

/// The engine's contract in its plainest form, over rows, for tests: slow, and easy to see through.
struct RowEngine: Engine {
  enum Values: Sendable {
    case numbers([Double?])
    case texts([String?])
    /// Texts, and which of them counts as 1.
    case flag([String?], yes: String)
  }
  let schema: ClientSchema
  let columns: [String: Values]
  let rowCount: Int

  init(_ columns: [(name: String, role: Role, values: Values)]) {
    self.columns = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.values) })
    schema = ClientSchema(
      entries: columns.map { column in
        let (kind, distinct): (Column.Kind, Int) =
          switch column.values {
          case .numbers(let numbers):
            (
              numbers.allSatisfy { $0 == nil || $0 == $0!.rounded() } ? .integer : .decimal,
              Set(numbers.compactMap(\.self)).count
            )
          case .texts(let texts): (.category, Set(texts.compactMap(\.self)).count)
          case .flag: (.flag, 2)
          }
        return ClientSchema.Entry(
          column: column.name, role: column.role, kind: kind, scale: 0, reason: .byName, distinct: distinct)
      })
    rowCount =
      switch columns[0].values {
      case .numbers(let values): values.count
      case .texts(let values), .flag(let values, _): values.count
      }
  }

  func answer(_ questions: Set<Question>) async throws(EngineError) -> Answers {
    var answers: [Question: Answer] = [:]
    for question in questions { answers[question] = try answer(question) }
    return Answers(answers)
  }

  private func answer(_ question: Question) throws(EngineError) -> Answer {
    switch question {
    case .counts(let by):
      let (axes, cells) = try cells(by)
      return .counts(CellCounts(axes: axes, counts: cells.map(\.count)))
    case .moments(let measure, let by):
      let values = try numbers(measure)
      let pivot = values.compactMap(\.self).first ?? 0
      let (axes, cells) = try cells(by)
      return .moments(
        CellMoments(
          axes: axes, values: cells.map { Self.moments($0.compactMap { values[$0] }, pivot: pivot) },
          missing: cells.map { $0.count { values[$0] == nil } }))
    case .quantiles(let measure, let by, let probabilities):
      let values = try numbers(measure)
      let (axes, cells) = try cells(by)
      return .quantiles(
        CellQuantiles(
          axes: axes, probabilities: probabilities,
          values: cells.map { cell in
            let sorted = cell.compactMap { values[$0] }.sorted()
            return sorted.isEmpty ? nil : probabilities.map { Self.quantile(sorted, $0) }
          }))
    case .ranks(let measure, let by):
      let values = try numbers(measure)
      var (axes, cells) = try cells(by)
      let kept = axes[0].indices.filter { !axes[0][$0].isMissing }
      cells = kept.map { cells[$0] }
      axes = [kept.map { axes[0][$0] }]
      return .ranks(Self.ranks(axes, cells.map { $0.compactMap { values[$0] } }))
    case .deviations(let measure, let by, let center):
      let values = try numbers(measure)
      let (axes, cells) = try cells(by)
      return .deviations(
        CellDeviations(
          axes: axes,
          values: cells.map { cell in
            let x = cell.compactMap { values[$0] }.sorted()
            guard !x.isEmpty else { return Deviations(n: 0, center: nil, sum: 0, sumOfSquares: 0) }
            let c = center == .mean ? x.reduce(0, +) / Double(x.count) : Self.quantile(x, 0.5)
            return Deviations(
              n: x.count, center: c, sum: x.reduce(0) { $0 + abs($1 - c) },
              sumOfSquares: x.reduce(0) { $0 + ($1 - c) * ($1 - c) })
          }))
    case .distinct(let column):
      return .distinct(Set(try numbers(column).compactMap(\.self)).count)
    default: throw .unknownColumn("not asked by these chapters")
    }
  }

  private func numbers(_ column: String) throws(EngineError) -> [Double?] {
    switch columns[column] {
    case .numbers(let values): return values
    case .flag(let texts, let yes): return texts.map { $0.map { $0 == yes ? 1 : 0 } }
    case .texts: throw .notNumeric(column)
    case nil: throw .unknownColumn(column)
    }
  }

  /// Row numbers of each cell, the last axis running fastest.
  private func cells(_ by: [Grouping]) throws(EngineError) -> ([[Level]], [[Int]]) {
    var axes: [[Level]] = []
    var codes: [[Int]] = []
    for grouping in by {
      let levels = try levels(grouping)
      let present = Set(levels)
      let axis = present.sorted(by: Self.before)
      axes.append(axis)
      let places = Dictionary(uniqueKeysWithValues: axis.enumerated().map { ($1, $0) })
      codes.append(levels.map { places[$0]! })
    }
    var cells = [[Int]](repeating: [], count: axes.reduce(1) { $0 * $1.count })
    for row in 0..<rowCount {
      var cell = 0
      for axis in axes.indices { cell = cell * axes[axis].count + codes[axis][row] }
      cells[cell].append(row)
    }
    return (axes, cells)
  }

  private func levels(_ grouping: Grouping) throws(EngineError) -> [Level] {
    let raw: [Level]
    switch columns[grouping.column] {
    case .numbers(let values): raw = values.map { $0.map { Level(.number($0)) } ?? Level(.missing) }
    case .texts(let values), .flag(let values, _):
      raw = values.map { $0.map { Level(.text($0)) } ?? Level(.missing) }
    case nil: throw .unknownColumn(grouping.column)
    }
    switch grouping.cells {
    case .levels: return raw
    case .presence: return raw.map { $0.isMissing ? $0 : Level(.present) }
    case .bands(let cuts, _):
      return raw.map { level in
        guard case .number(let x) = level.value else { return level }
        let index = cuts.count { $0 <= x }
        return Level(
          .band(
            low: index > 0 ? cuts[index - 1] : nil, high: index < cuts.count ? cuts[index] : nil,
            leftClosed: true))
      }
    case .quantiles: throw .unknownColumn("quantile bands are not for this engine")
    }
  }

  private static func before(_ a: Level, _ b: Level) -> Bool {
    switch (a.value, b.value) {
    case (.missing, .present): true
    case (.present, .missing): false
    case (.missing, _): false
    case (_, .missing): true
    case (.number(let x), .number(let y)): x < y
    case (.text(let x), .text(let y)): x.utf8.lexicographicallyPrecedes(y.utf8)
    case (.band(let x, _, _), .band(let y, _, _)): (x ?? -.infinity) < (y ?? -.infinity)
    default: false
    }
  }

  static func moments(_ x: [Double], pivot: Double) -> Moments {
    let n = Double(x.count)
    let mean = x.isEmpty ? 0 : x.reduce(0, +) / n
    func power(_ k: Int) -> Double {
      x.reduce(0) { sum, value in sum + (0..<k).reduce(1.0) { product, _ in product * (value - mean) } }
    }
    return Moments(
      n: x.count, pivot: pivot, offset: x.isEmpty ? 0 : mean - pivot, m2: power(2), m3: power(3),
      m4: power(4), sum: x.reduce(0, +), minimum: x.min(), maximum: x.max())
  }

  private static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let position = p * Double(sorted.count - 1)
    let low = Int(position)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
  }

  private static func ranks(_ axes: [[Level]], _ groups: [[Double]]) -> CellRanks {
    let sorted = groups.map { $0.sorted() }
    let pooled = groups.joined().sorted()
    var pairs: [PairRanks] = []
    for i in groups.indices where !groups[i].isEmpty {
      for j in groups.indices.dropFirst(i + 1) where !groups[j].isEmpty {
        let (a, b) = (sorted[i], sorted[j])
        let u = a.reduce(0.0) { sum, x in
          sum + Double(count(of: b, below: x)) + Double(count(of: b, upTo: x) - count(of: b, below: x)) / 2
        }
        let distance = (a + b).map { x in
          abs(
            Double(count(of: a, upTo: x)) / Double(a.count) - Double(count(of: b, upTo: x)) / Double(b.count))
        }.max()!
        pairs.append(
          PairRanks(
            first: i, second: j, n1: a.count, n2: b.count, u1: u, tieTerm: tieTerm(a + b),
            maximumDistance: distance))
      }
    }
    return CellRanks(
      axes: axes, n: groups.map(\.count),
      rankSum: groups.map { group in
        group.reduce(0) { sum, x in
          sum + Double(count(of: pooled, below: x) + count(of: pooled, upTo: x) + 1) / 2
        }
      },
      tieTerm: tieTerm(pooled), pairs: pairs)
  }

  /// How many of the sorted values are less than `x`.
  private static func count(of sorted: [Double], below x: Double) -> Int {
    count(of: sorted) { $0 < x }
  }
  private static func count(of sorted: [Double], upTo x: Double) -> Int {
    count(of: sorted) { $0 <= x }
  }
  private static func count(of sorted: [Double], where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func tieTerm(_ values: [Double]) -> Double {
    Dictionary(grouping: values) { $0 }.values.reduce(0) { sum, ties in
      let t = Double(ties.count)
      return sum + t * t * t - t
    }
  }
}
