import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// Every hypothesis with its picture, its verdict and all its tests.
struct HypothesesRoom {
  let study: Study
  let charts: StudyCharts
  let cube: CubeData?
  private let words: DashboardWords
  private let names: ChartWords

  /// Hypotheses with pictures in a family; study.json has them all.
  static let limit = 40

  init(_ study: Study, _ charts: StudyCharts, _ cube: CubeData?) {
    self.study = study
    self.charts = charts
    self.cube = cube
    words = DashboardWords(charts.language)
    names = ChartWords(charts.language)
  }

  var blocks: [JSONValue] {
    guard let hypotheses = study.hypotheses, !hypotheses.tested.isEmpty else { return [] }
    var out: [JSONValue?] = [PageBlock.alone(charts.forest, charts.language), ledger(hypotheses)]
    let families: [(Hypothesis.Family, String)] = [
      (.declared, words.declared), (.attribute, words.againstChurn), (.further, words.further),
    ]
    for (family, title) in families {
      let members = hypotheses.tested.filter { $0.family == family }
      if members.isEmpty { continue }
      out.append(PageBlock.heading(title))
      out += members.prefix(Self.limit).map { .some(fold($0)) }
      if members.count > Self.limit {
        out.append(PageBlock.text(words.cut(Self.limit, of: members.count), note: true))
      }
    }
    return out.compactMap(\.self)
  }

  private func title(_ hypothesis: Hypothesis) -> String {
    names.comparison(
      names.heading(hypothesis.measure, hypothesis.measureRole),
      by: names.attribute(hypothesis.by, hypothesis.byRole))
  }

  private func ledger(_ hypotheses: Hypotheses) -> JSONValue? {
    var table = PageTable(
      "ledger", words.decisions,
      [
        .init(words.hypothesis), .init(words.test), .init(words.pValue, "p"), .init(words.pAdjusted, "p"),
        .init(words.verdict),
      ])
    table.rows = zip(hypotheses.ledger, hypotheses.tested).map { entry, hypothesis in
      [
        .text(title(hypothesis)), .text(entry.test.map { HypothesisWords.test($0)[charts.language] } ?? "—"),
        JSONValue(entry.pValue), JSONValue(entry.pValueAdjusted),
        .text(HypothesisWords.verdict(entry.verdict)[charts.language]),
      ]
    }
    return table.block(charts.language)
  }

  private func fold(_ hypothesis: Hypothesis) -> JSONValue {
    var blocks: [JSONValue?] = [
      PageBlock.alone(charts.hypothesis(hypothesis), charts.language, following(hypothesis))
    ]
    blocks += [tests(hypothesis), effects(hypothesis), groups(hypothesis)]
    let notes = hypothesis.comparison?.notes.map { HypothesisWords.note($0)[charts.language] } ?? []
    if !notes.isEmpty {
      blocks.append(PageBlock.list(notes.map { .text($0.prefix(1).uppercased() + $0.dropFirst() + ".") }))
    }
    return PageBlock.fold(
      title(hypothesis), badge: HypothesisWords.verdict(hypothesis.verdict)[charts.language],
      kind: hypothesis.verdict == .differ ? "warn" : hypothesis.verdict == .equivalent ? "good" : "",
      blocks.compactMap(\.self))
  }

  /// Churn by an attribute of the cells follows the filter; means of groups are of all clients, and a group chooses itself.
  private func following(_ hypothesis: Hypothesis) -> [String: JSONValue] {
    guard let cube, let axis = cube.axis(hypothesis.by) else { return [:] }
    if hypothesis.shares != nil {
      // Where the cells put levels together the study's groups are more.
      if hypothesis.measureRole == .churn, cube.cube.axes[axis].others == 0 {
        return ["axis": .integer(axis), "isTest": true]
      }
    }
    let values =
      hypothesis.shares.map { charts.told($0.groups, \.n).map(\.value) }
      ?? charts.told(hypothesis.comparison?.groups ?? [], \.n).map(\.value)
    return CellChoice.picks(
      values.prefix(StudyCharts.groupLimit).map { cube.choice.value(hypothesis.by, $0) })
  }

  private func tests(_ hypothesis: Hypothesis) -> JSONValue? {
    let tests = hypothesis.comparison?.tests ?? hypothesis.shares?.tests ?? []
    var table = PageTable(
      "tests." + hypothesis.id, words.allTests,
      [
        .init(words.test), .init(words.statistic, "number3"), .init(words.pValue, "p"),
        .init(words.clients, "number0"),
      ])
    table.rows = tests.map {
      [
        .text(HypothesisWords.test($0.name)[charts.language]), JSONValue($0.statistic), JSONValue($0.pValue),
        .integer($0.n),
      ]
    }
    let deciding = hypothesis.decision?.test.map { HypothesisWords.test($0)[charts.language] }
    if let deciding {
      let reason =
        hypothesis.comparison.map { HypothesisWords.reason($0.chosen.reason)[charts.language] }
        ?? hypothesis.shares.map { HypothesisWords.reason($0.reason)[charts.language] }
      table.note = words.decides(deciding, reason ?? "")
    }
    return table.block(charts.language)
  }

  private func effects(_ hypothesis: Hypothesis) -> JSONValue? {
    let effects = hypothesis.comparison?.effects ?? hypothesis.shares?.effects ?? []
    var table = PageTable(
      "effects." + hypothesis.id, words.allEffects,
      [.init(words.effect), .init(words.value, "number4"), .init(words.interval, "number4", interval: true)])
    table.rows = effects.filter { $0.estimate != nil }.map {
      [
        .text(HypothesisWords.effect($0.name)[charts.language]), JSONValue($0.estimate),
        PageBlock.interval($0.interval?.low, $0.interval?.high),
      ]
    }
    return table.block(charts.language)
  }

  private func groups(_ hypothesis: Hypothesis) -> JSONValue? {
    guard let comparison = hypothesis.comparison else { return nil }
    var table = PageTable(
      "groups." + hypothesis.id, words.groups,
      [
        .init(words.group), .init(words.clients, "number0"), .init(words.mean, "number2"),
        .init(words.interval, "number2", interval: true), .init(words.median, "number2"),
        .init(words.standardDeviation, "number2"),
      ])
    table.rows = charts.told(comparison.groups, \.n).prefix(30).map {
      [
        .text(names.group($0.value, hypothesis.byRole, low: $0.low, high: $0.high)), .integer($0.n),
        JSONValue($0.mean), PageBlock.interval($0.meanInterval?.low, $0.meanInterval?.high),
        JSONValue($0.median), JSONValue($0.standardDeviation),
      ]
    }
    return table.block(charts.language)
  }
}
