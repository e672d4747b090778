import EbbClients
public import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

extension StudyCharts {
  /// Every hypothesis with its picture, the forest of attributes against churn first.
  public var hypotheses: [Chart] {
    guard let tested = study.hypotheses?.tested else { return [] }
    return [forest].compactMap(\.self) + tested.compactMap(hypothesis)
  }

  /// Effects of every number against churn, in standard deviations.
  public var forest: Chart? {
    guard let all = study.hypotheses?.tested else { return nil }
    let tested = all.filter { $0.byRole == .churn && $0.comparison != nil }
    let points = tested.compactMap { hypothesis -> (Chart.Point, Double)? in
      guard let effect = hypothesis.comparison?.effect("cohensD"), let estimate = effect.estimate else {
        return nil
      }
      // Signs are first group minus second; the second is shown against the first where it is those who left.
      let sign = isLeftFirst(hypothesis) ? 1.0 : -1
      let bounds = [effect.interval?.low, effect.interval?.high].compactMap { $0.map { $0 * sign } }.sorted()
      return (
        .init(
          label: words.heading(hypothesis.measure, hypothesis.measureRole), y: estimate * sign,
          low: bounds.first, high: bounds.last, n: hypothesis.comparison?.n,
          isHighlighted: hypothesis.verdict == .differ), abs(estimate)
      )
    }
    let texts = words.forest(differ: tested.count { $0.verdict == .differ }, of: tested.count)
    return Chart(
      id: "hypotheses.forest", kind: .forest, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.attributeAxis, .category), y: .init(words.leftAgainstStayed, .number(decimals: 2)),
      series: [.init(words.effectSize, points.sorted { $1.1 < $0.1 }.prefix(Self.levelLimit).map(\.0))],
      reference: .init(0, words.noEffect), note: words.note(n: study.schema.clients, intervals: true))
  }

  private func isLeftFirst(_ hypothesis: Hypothesis) -> Bool {
    hypothesis.comparison?.groups.first?.value == study.portraits?.left?.value
  }

  /// Means or rates of the groups compared.
  public func hypothesis(_ hypothesis: Hypothesis) -> Chart? {
    let verdict = HypothesisWords.verdict(hypothesis.verdict)[language]
    let by = words.attribute(hypothesis.by, hypothesis.byRole)
    if let comparison = hypothesis.comparison {
      let texts = words.groupMeans(
        measure: words.heading(hypothesis.measure, hypothesis.measureRole), by: by, verdict: verdict)
      let groups = Array(told(comparison.groups, \.n).prefix(Self.levelLimit))
      return Chart(
        id: "hypothesis.\(hypothesis.id)", kind: .forest, title: texts.title,
        alternativeText: texts.alternative,
        x: .init(words.heading(hypothesis.by, hypothesis.byRole), .category),
        y: .init(
          words.mean(of: words.attribute(hypothesis.measure, hypothesis.measureRole)),
          .number(decimals: decimals(groups.compactMap(\.mean)))),
        series: [
          .init(
            words.mean(of: words.attribute(hypothesis.measure, hypothesis.measureRole)),
            groups.map {
              .init(
                label: words.group($0.value, hypothesis.byRole, low: $0.low, high: $0.high), y: $0.mean,
                low: $0.meanInterval?.low, high: $0.meanInterval?.high, n: $0.n)
            })
        ], note: words.note(n: comparison.n, intervals: true))
    }
    guard let shares = hypothesis.shares, let focus = shares.focus else { return nil }
    let texts = words.groupRates(by: by, verdict: verdict)
    let groups = Array(told(shares.groups, \.n).prefix(Self.levelLimit))
    return Chart(
      id: "hypothesis.\(hypothesis.id)", kind: .forest, title: texts.title,
      alternativeText: texts.alternative,
      x: .init(words.heading(hypothesis.by, hypothesis.byRole), .category),
      y: .init(words.churnRate, .share),
      series: [
        .init(
          words.churnRate,
          groups.map { group in
            let share = group.categories.first { $0.value == focus }?.share
            return .init(
              label: words.group(group.value, hypothesis.byRole, low: group.low, high: group.high),
              y: share?.estimate, low: share?.interval?.low, high: share?.interval?.high, n: group.n)
          })
      ], note: words.note(n: shares.n, intervals: true))
  }

  /// The groups that may be told of: those of too few clients are left out, and the smallest others with them where the
  /// whole would give them away.
  public func told<Group>(_ groups: [Group], _ n: (Group) -> Int) -> [Group] {
    PrivacyPooling(groups.map(n), threshold: study.provenance.privacyThreshold).shown.map { groups[$0] }
  }

  /// Digits that tell figures of this size apart.
  private func decimals(_ values: [Double]) -> Int {
    let largest = values.map(abs).max() ?? 0
    return largest >= 1000 ? 0 : largest >= 10 ? 1 : 2
  }
}
