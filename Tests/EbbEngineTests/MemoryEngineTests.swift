import EbbClients
import EbbEngine
import EbbStatistics
import EbbTable
import Foundation
import Testing

/// Answers against the plainest way to get them.
@Suite struct MemoryEngineTests {
  static let measures = ["whole", "money", "wide", "real", "flag"]
  static let by: [[Grouping]] = [[], [Grouping("group")], [Grouping("group"), Grouping("flag")]]

  static var questions: Set<Question> {
    var all: Set<Question> = [.correlations(of: ["whole", "money", "wide", "real"])]
    for measure in measures {
      all.insert(.distinct(of: measure))
      for by in by {
        all.insert(.moments(of: measure, by: by))
        all.insert(.quantiles(of: measure, by: by, probabilities: [0.25, 0.5, 0.99]))
        all.insert(.ranks(of: measure, by: by))
        all.insert(.deviations(of: measure, by: by, from: .mean))
        all.insert(.deviations(of: measure, by: by, from: .median))
      }
    }
    all.insert(.counts(by: [Grouping("group"), Grouping("money", .presence)]))
    all.insert(.counts(by: [Grouping("whole", .bands(cuts: [0, 4], leftClosed: true)), Grouping("flag")]))
    all.insert(.histogram(of: "money", edges: [-5000, 0, 20000, 90000], by: [Grouping("flag")]))
    return all
  }

  /// Values of a measure by cell, in the engine's order of cells.
  static func cells(_ made: MadeTable, _ measure: String, _ by: [Grouping]) -> [[Double]] {
    let values = made.numbers[measure] ?? []
    func code(_ row: Int, _ name: String) -> Int {
      made.rows[row][name == "group" ? 0 : 1].map(Int.init) ?? 3
    }
    let sizes = by.map { $0.column == "group" ? 4 : 2 }
    var cells = [[Double]](repeating: [], count: sizes.reduce(1, *))
    for row in values.indices {
      guard let value = values[row] else { continue }
      let cell = zip(by, sizes).reduce(0) { $0 * $1.1 + code(row, $1.0.column) }
      cells[cell].append(value)
    }
    return cells.map { $0.sorted() }
  }

  static func near(_ a: Double?, _ b: Double?, _ relative: Double = 1e-9, scale: Double = 0) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= relative * max(abs(a), abs(b), scale) || a == b
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func agreesWithThePlainWay(seed: UInt64) async throws {
    let made = MadeTable(seed: seed, rows: [3, 40, 300, 3000, 700, 12000][Int(seed) - 1])
    let engine = MemoryEngine(made.clients(chunk: 1000), cores: 2)
    let answers = try await engine.answer(Self.questions)
    for measure in Self.measures {
      for by in Self.by {
        // Absent levels of a small table change the cells; those are compared only where all are there.
        guard case .moments(let moments)? = answers[.moments(of: measure, by: by)] else {
          Issue.record("no moments of \(measure)")
          continue
        }
        let plain = Self.cells(made, measure, by)
        guard moments.values.count == plain.count else { continue }
        guard
          case .quantiles(let quantiles)? = answers[
            .quantiles(of: measure, by: by, probabilities: [0.25, 0.5, 0.99])],
          case .deviations(let about)? = answers[.deviations(of: measure, by: by, from: .median)],
          case .deviations(let mean)? = answers[.deviations(of: measure, by: by, from: .mean)]
        else {
          Issue.record("answers lack \(measure)")
          continue
        }
        for (cell, values) in plain.enumerated() {
          let n = Double(values.count)
          let found = moments.values[cell]
          #expect(found.n == values.count)
          guard !values.isEmpty else { continue }
          let average = values.reduce(0, +) / n
          let m2 = values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
          let size = values.map(abs).max() ?? 0
          #expect(Self.near(found.mean, average, scale: size), "\(measure) \(cell)")
          #expect(Self.near(found.m2, m2, 1e-8), "\(measure) m2")
          let m3 = values.reduce(0) { $0 + pow($1 - average, 3) }
          #expect(Self.near(found.m3, m3, 1e-7, scale: pow(size, 3)), "\(measure) m3")
          let m4 = values.reduce(0) { $0 + pow($1 - average, 4) }
          #expect(Self.near(found.m4, m4, 1e-7), "\(measure) m4")
          #expect(found.minimum == values.first && found.maximum == values.last)
          for (index, p) in [0.25, 0.5, 0.99].enumerated() {
            let position = Double(values.count - 1) * p
            let low = Int(position)
            let high = min(low + 1, values.count - 1)
            let expected = values[low] + (position - Double(low)) * (values[high] - values[low])
            #expect(Self.near(quantiles.values[cell]?[index], expected, scale: size), "\(measure) quantile")
          }
          let median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
          let sum = values.reduce(0) { $0 + abs($1 - median) }
          #expect(Self.near(about.values[cell].sum, sum, scale: size), "\(measure) about median")
          let squares = values.reduce(0) { $0 + ($1 - median) * ($1 - median) }
          #expect(Self.near(about.values[cell].sumOfSquares, squares, 1e-8), "\(measure) squares")
          #expect(
            Self.near(mean.values[cell].sum, values.reduce(0) { $0 + abs($1 - average) }, 1e-8, scale: size),
            "\(measure) about mean")
        }
        if case .ranks(let ranks)? = answers[.ranks(of: measure, by: by)] {
          checkRanks(ranks, plain, hasMissing: by.first?.column == "group", measure)
        }
      }
      let different = Set((made.numbers[measure] ?? []).compactMap { $0 }).count
      guard case .distinct(let count)? = answers[.distinct(of: measure)] else { continue }
      #expect(count == different)
    }
    checkCorrelations(made, answers)
  }

  func checkRanks(_ ranks: CellRanks, _ plain: [[Double]], hasMissing: Bool, _ measure: String) {
    var kept = plain
    if hasMissing { kept = plain.count == 4 ? Array(plain.prefix(3)) : Array(plain.prefix(6)) }
    guard ranks.n.count == kept.count else {
      Issue.record("\(measure): \(ranks.n.count) cells instead of \(kept.count)")
      return
    }
    let all = kept.flatMap { $0 }.sorted()
    for (cell, values) in kept.enumerated() {
      #expect(ranks.n[cell] == values.count)
      guard all.count < 4000 else { continue }
      let sum = values.reduce(0.0) { sum, value in
        let below = all.prefix { $0 < value }.count
        let equal = all[below...].prefix { $0 == value }.count
        return sum + Double(below) + Double(equal + 1) / 2
      }
      #expect(Self.near(ranks.rankSum[cell], sum), "\(measure) rank sum")
    }
    for pair in ranks.pairs where kept[pair.first].count * kept[pair.second].count < 100_000 {
      let u = kept[pair.first].reduce(0.0) { sum, a in
        sum + kept[pair.second].reduce(0.0) { $0 + (a > $1 ? 1 : a == $1 ? 0.5 : 0) }
      }
      #expect(Self.near(pair.u1, u), "\(measure) U")
    }
  }

  func checkCorrelations(_ made: MadeTable, _ answers: Answers) {
    guard case .correlations(let found)? = answers[.correlations(of: ["whole", "money", "wide", "real"])]
    else {
      Issue.record("no correlations")
      return
    }
    for pair in found.pairs {
      let rows = zip(made.numbers[pair.first] ?? [], made.numbers[pair.second] ?? []).compactMap { a, b in
        a.flatMap { a in b.map { (a, $0) } }
      }
      #expect(pair.n == rows.count)
      guard rows.count > 2, rows.count < 4000 else { continue }
      func coefficient(_ x: [Double], _ y: [Double]) -> Double {
        let (mx, my) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
        let xy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
        let xx = x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
        let yy = y.reduce(0) { $0 + ($1 - my) * ($1 - my) }
        return xy / (xx * yy).squareRoot()
      }
      func ranks(_ x: [Double]) -> [Double] {
        let sorted = x.sorted()
        return x.map { value in
          let below = sorted.prefix { $0 < value }.count
          return Double(below) + Double(sorted[below...].prefix { $0 == value }.count + 1) / 2
        }
      }
      let (x, y) = (rows.map(\.0), rows.map(\.1))
      if let pearson = pair.pearson { #expect(Self.near(pearson, coefficient(x, y), 1e-8, scale: 1)) }
      if let spearman = pair.spearman {
        #expect(Self.near(spearman, coefficient(ranks(x), ranks(y)), 1e-9, scale: 1))
      }
    }
  }

  @Test func countsAndHistogramsAddUp() async throws {
    let made = MadeTable(seed: 9, rows: 5000)
    let answers = try await MemoryEngine(made.clients(chunk: 777), cores: 2).answer(Self.questions)
    guard
      case .histogram(let histogram)? = answers[
        .histogram(of: "money", edges: [-5000, 0, 20000, 90000], by: [Grouping("flag")])],
      case .counts(let counts)? = answers[
        .counts(by: [Grouping("whole", .bands(cuts: [0, 4], leftClosed: true)), Grouping("flag")])]
    else {
      Issue.record("no answers")
      return
    }
    for flag in 0..<2 {
      let values = zip(made.rows, made.numbers["money"] ?? []).compactMap { $0[1] == Int64(flag) ? $1 : nil }
      let expected = [
        values.count { $0 >= -5000 && $0 < 0 }, values.count { $0 >= 0 && $0 < 20000 },
        values.count { $0 >= 20000 && $0 <= 90000 },
      ]
      #expect(histogram.counts[flag] == expected)
      let bands = [
        made.rows.count { $0[2]! < 0 && $0[1] == Int64(flag) },
        made.rows.count { $0[2]! >= 0 && $0[2]! < 4 && $0[1] == Int64(flag) },
        made.rows.count { $0[2]! >= 4 && $0[1] == Int64(flag) },
      ]
      #expect((0..<3).map { counts.counts[$0 * 2 + flag] } == bands)
    }
  }

  @Test(arguments: [11, 12] as [UInt64])
  func neitherOrderNorCoresMatter(seed: UInt64) async throws {
    let made = MadeTable(seed: seed, rows: 9000)
    var texts: Set<String> = []
    for (table, chunk, cores) in [
      (made, 1000, 1), (made, 1000, 2), (made.shuffled(seed: 5), 2048, 2), (made, 9000, 3),
    ] {
      let answers = try await MemoryEngine(table.clients(chunk: chunk), cores: cores).answer(Self.questions)
      texts.insert(Self.questions.map { "\($0) \(answers[$0].map { "\($0)" } ?? "none")" }.sorted().joined())
    }
    #expect(texts.count == 1)
  }

  @Test func aTableWithoutRowsIsAnswered() async throws {
    let engine = MemoryEngine(MadeTable(rows: [], reals: []).clients(chunk: 10), cores: 2)
    let answers = try await engine.answer(Self.questions)
    guard case .moments(let moments)? = answers[.moments(of: "money", by: [])] else {
      Issue.record("no answer")
      return
    }
    #expect(moments.values.map(\.n) == [0])
  }

  @Test func extremeNumbersDoNotTrap() async throws {
    let rows: [[Int64?]] = [
      [0, 0, 1, .min + 1, .max], [1, 1, 2, .max, .min + 1], [nil, 0, 3, nil, 0], [2, 1, 1, 5, -5],
    ]
    let made = MadeTable(rows: rows, reals: [1e300, -1e300, nil, 0])
    let answers = try await MemoryEngine(made.clients(chunk: 4), cores: 2).answer(Self.questions)
    guard case .moments(let moments)? = answers[.moments(of: "wide", by: [])] else {
      Issue.record("no answer")
      return
    }
    #expect(moments.values[0].n == 4)
    #expect(moments.values[0].minimum == -922337203685477580.7)
  }

  @Test func unknownColumnsAreNamed() async {
    let engine = MemoryEngine(MadeTable(seed: 1, rows: 10).clients(chunk: 10), cores: 1)
    await #expect(throws: EngineError.unknownColumn("nope")) {
      _ = try await engine.answer([.counts(by: [Grouping("nope")])])
    }
    await #expect(throws: EngineError.notNumeric("group")) {
      _ = try await engine.answer([.moments(of: "group", by: [])])
    }
  }
}
