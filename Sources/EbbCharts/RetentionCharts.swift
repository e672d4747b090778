import EbbRetention
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

extension StudyCharts {
  /// Groups found, those who leave most first, with the bank's average.
  public var riskGroups: [Chart] {
    guard let chapter = study.riskGroups else { return [] }
    return [groups(chapter.risk, id: "risk", of: chapter), groups(chapter.loyal, id: "loyal", of: chapter)]
      .compactMap(\.self)
  }

  private func groups(_ groups: [RiskGroup], id: String, of chapter: RiskGroups) -> Chart? {
    guard !groups.isEmpty, let overall = chapter.overall.estimate else { return nil }
    let rules = RiskRuleWords(language)
    let texts =
      id == "risk"
      ? words.riskGroups(
        coveredShare: chapter.covered.share, ofChurned: chapter.covered.ofChurned.share)
      : words.loyalGroups(rate: groups.compactMap(\.churn.estimate).min() ?? 0, overall: overall)
    return Chart(
      id: "groups.\(id)", kind: .bars, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.groupAxis, .category), y: .init(words.churnRate, .share),
      series: [
        .init(
          words.churnRate,
          groups.prefix(Self.levelLimit).map { group in
            .init(
              label: rules.text(group.rule), y: group.churn.estimate, low: group.churn.interval?.low,
              high: group.churn.interval?.high, n: group.n, isHighlighted: id == "risk")
          })
      ],
      reference: .init(overall, words.bankAverage),
      note: words.note(n: chapter.overall.n, intervals: true))
  }

  /// Gain of the best plan by how many are contacted.
  public var gainCurve: Chart? {
    guard let plan = study.plan, plan.curve.count > 1,
      let best = plan.curve.max(by: { $0.gain < $1.gain })
    else { return nil }
    let texts = words.gainCurve(contacts: best.contacts, gain: best.gain)
    return Chart(
      id: "plan.curve", kind: .lines, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.contacts, .count), y: .init(words.gain, .money),
      series: [
        .init(
          words.gain,
          plan.curve.map {
            .init(x: Double($0.contacts), y: $0.gain, isHighlighted: $0 == best)
          })
      ],
      reference: .init(0, words.noGain),
      note: words.assumptionsNote)
  }

  /// What the gain hangs on, the widest first.
  public var tornado: Chart? {
    guard let plan = study.plan else { return nil }
    func width(_ item: RetentionPlan.Sensitivity) -> Double { abs(item.gainAtHigh - item.gainAtLow) }
    let items = plan.sensitivity.sorted { (width($1), $0.assumption) < (width($0), $1.assumption) }
    guard let widest = items.first else { return nil }
    func low(_ item: RetentionPlan.Sensitivity) -> Double { min(item.gainAtLow, item.gainAtHigh) }
    func high(_ item: RetentionPlan.Sensitivity) -> Double { max(item.gainAtLow, item.gainAtHigh) }
    let texts = words.tornado(
      widest: words.assumption(widest.assumption), low: low(widest), high: high(widest))
    return Chart(
      id: "plan.tornado", kind: .waterfall, title: texts.title, alternativeText: texts.alternative,
      x: .init(words.assumptionAxis, .category), y: .init(words.gainOfPlan, .money),
      series: [
        .init(
          words.gainOfPlan,
          items.enumerated().map { index, item in
            .init(
              label: words.assumption(item.assumption), y: width(item), low: low(item), high: high(item),
              isHighlighted: index == 0)
          })
      ],
      reference: .init(plan.selected.gain, words.plan), note: words.assumptionsNote)
  }
}
