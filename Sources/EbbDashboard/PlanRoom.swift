import EbbCharts
import EbbClients
import EbbRetention
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// What to do: recommendations with their evidence, the plan's money, and the experiments.
struct PlanRoom {
  let study: Study
  let charts: StudyCharts
  private let words: DashboardWords
  private let names: ChartWords

  init(_ study: Study, _ charts: StudyCharts) {
    self.study = study
    self.charts = charts
    words = DashboardWords(charts.language)
    names = ChartWords(charts.language)
  }

  var blocks: [JSONValue] {
    var out: [JSONValue?] = []
    if let plan = study.plan {
      out += [
        facts(plan), curve(plan), PageBlock.alone(charts.tornado, charts.language), sensitivity(plan),
        selection(plan),
      ]
    }
    if let recommendations = study.recommendations {
      if !recommendations.items.isEmpty {
        out += [PageBlock.heading(words.recommendations), PageBlock.cards(recommendations.items.map(card))]
      }
      if !recommendations.skipped.isEmpty {
        out.append(PageBlock.fold(words.notCalledFor, [skipped(recommendations.skipped)].compactMap(\.self)))
      }
    }
    out.append(experiments)
    return out.compactMap(\.self)
  }

  func said(_ text: LocalizedText) -> String { charts.language == .russian ? text.ru : text.en }

  private func facts(_ plan: RetentionPlan) -> JSONValue {
    PageBlock.facts([
      .init(
        "plan.clients", words.contacted, .integer(plan.contacted.clients), "number0",
        beside: words.heldOut(plan.control.clients)),
      .init("plan.cost", words.cost, .number(plan.contacted.cost), "number0"),
      .init(
        "plan.kept", words.kept, .number(plan.contacted.kept), "number0",
        beside: words.wouldLeave(plan.contacted.leavers)),
      .init(
        "plan.gain", words.gainLessCost, .number(plan.contacted.gain), "number0",
        beside: words.perUnit(plan.contacted.returnOnCost)),
      .init(
        "plan.breakEven", words.breakEven, JSONValue(plan.breakEvenEffectFactor), "share",
        beside: words.ofAssumedEffect),
    ])
  }

  /// The curve with its sliders.
  private func curve(_ plan: RetentionPlan) -> JSONValue? {
    guard plan.curve.count > 1, let chart = charts.gainCurve else { return nil }
    let points = points(plan)
    return [
      "kind": "planner",
      "chart": PageBlock.chart(chart, charts.language),
      "plan": [
        "largestCost": .number(points.map(\.cost).max() ?? 0),
        "selected": totals(plan.selected), "contacted": totals(plan.contacted),
        "contactedShare": .number(1 - plan.controlShare),
        "curve": .list(
          points.map {
            [
              "contacts": .integer($0.contacts), "cost": .number($0.cost), "gain": .number($0.gain),
              "kept": .number($0.kept),
            ]
          }),
        "assumptions": .list(plan.sensitivity.compactMap { assumption($0, plan) }),
      ],
    ]
  }

  /// The curve through the plan itself: its own point has the plan's figures to the last digit.
  private func points(_ plan: RetentionPlan) -> [RetentionPlan.CurvePoint] {
    let own = RetentionPlan.CurvePoint(
      contacts: plan.selected.clients, cost: plan.selected.cost, gain: plan.selected.gain,
      kept: plan.selected.kept)
    return (plan.curve.filter { $0.contacts != own.contacts } + [own]).sorted { $0.contacts < $1.contacts }
  }

  private func totals(_ totals: RetentionPlan.Totals) -> JSONValue {
    [
      "contacts": .integer(totals.clients), "cost": .number(totals.cost), "gain": .number(totals.gain),
      "kept": .number(totals.kept),
    ]
  }

  /// How the worth and the cost of the plan that is kept go with an assumption: both are straight lines in it.
  private func assumption(_ item: RetentionPlan.Sensitivity, _ plan: RetentionPlan) -> JSONValue? {
    guard item.high > item.low, item.base >= item.low, item.base <= item.high else { return nil }
    let slope = (item.keptPlanGainAtHigh - item.keptPlanGainAtLow) / (item.high - item.low)
    // An assumption that only a plan made anew would feel has nothing to show here.
    guard abs(slope) * (item.high - item.low) > 1e-6 * max(1, abs(plan.selected.value)) else { return nil }
    let isCost = item.assumption.hasSuffix("CostFactor")
    let isFactor = item.assumption.hasSuffix("Factor")
    let worth = plan.selected.value
    let cost = plan.selected.cost
    guard isCost ? cost > 0 : worth > 0 else { return nil }
    let unit = item.assumption == "balanceMargin" ? "share" : isFactor ? "factor" : "number"
    return .object([
      "name": .text(item.assumption), "low": .number(item.low), "high": .number(item.high),
      "base": .number(item.base), "unit": .text(unit),
      "decimals": .integer(item.high < 100 ? 1 : 0),
      "worthPerUnit": isCost ? nil : .number(slope / worth),
      "costShare": isCost ? .number(-slope * item.base / cost) : nil,
    ])
  }

  var assumptionWords: JSONValue? {
    guard let plan = study.plan else { return nil }
    return .object(
      Dictionary(
        plan.sensitivity.map { ($0.assumption, .text(title($0.assumption))) }, uniquingKeysWith: { $1 }))
  }

  private func title(_ assumption: String) -> String {
    let text = names.assumption(assumption)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func sensitivity(_ plan: RetentionPlan) -> JSONValue? {
    var table = PageTable(
      "sensitivity", words.sensitivity,
      [
        .init(words.assumption), .init(words.low, "number3"), .init(words.base, "number3"),
        .init(words.high, "number3"), .init(words.gainAtLow, "number0"), .init(words.gainAtHigh, "number0"),
      ])
    table.rows = plan.sensitivity.map {
      [
        .text(title($0.assumption)), .number($0.low), .number($0.base), .number($0.high),
        .number($0.gainAtLow), .number($0.gainAtHigh),
      ]
    }
    return table.block(charts.language)
  }

  private func selection(_ plan: RetentionPlan) -> JSONValue? {
    var table = PageTable(
      "selection", words.fairness,
      [
        .init(words.attribute), .init(words.value), .init(words.clients, "number0"),
        .init(words.inPlan, "number0"), .init(words.selected, "share"), .init(words.ratio, "number2"),
        .init(words.fourFifths),
      ])
    for selection in plan.selection {
      let role = study.schema.columns.first { $0.column == selection.attribute }?.role
      for group in selection.groups {
        table.rows.append([
          .text(names.heading(selection.attribute, role)),
          .text(names.level(group.value, role, low: group.low, high: group.high)), count(group.n),
          count(group.selected), .number(group.rate), JSONValue(group.ratio),
          .text(group.passesFourFifths.map { $0 ? words.holds : words.fails } ?? "—"),
        ])
      }
    }
    return table.block(charts.language)
  }

  private func card(_ item: Recommendation) -> JSONValue {
    let numbers = ChartNumbers(charts.language)
    var blocks: [JSONValue] = [
      PageBlock.text(
        words.audience(RiskRuleWords(charts.language).text(item.audience), minimumRisk: item.minimumRisk)),
      PageBlock.facts([
        .init(
          words.churnRate, JSONValue(item.churn.estimate), "share",
          beside: numbers.interval(item.churn.interval?.low, item.churn.interval?.high, .share)),
        .init(words.clients, .integer(item.n), "number0", beside: numbers.text(item.share, .share)),
        .init(
          words.gainLessCost, .number(item.expectedGain), "number0", beside: words.worthwhile(item.worthwhile)
        ),
      ]),
      PageBlock.text(RecommendationWords.why(item, charts.language)),
      PageBlock.list([.text(words.action(said(item.action)))] + item.offers.map { .text(said($0)) }),
      PageBlock.text(words.measured(said(item.measure))),
    ]
    if let adjusted = item.adjustedDifference?.estimate {
      blocks.append(
        PageBlock.text(
          words.adjustedDifference(
            raw: item.difference.estimate, adjusted: adjusted,
            by: item.adjustedFor.map { column in
              names.attribute(column, study.schema.columns.first { $0.column == column }?.role)
            })))
    }
    if let caution = RecommendationWords.caution(item, charts.language) {
      blocks.append(PageBlock.text(caution, note: true))
    }
    if let design = study.experiments?.first(where: { $0.recommendation == item.id }) {
      let isFew = isFew(design.treated) || isFew(design.control)
      blocks.append(PageBlock.text(isFew ? words.verdict(design.verdict) + "." : words.experiment(design)))
    }
    return PageBlock.card(
      said(item.title), badge: RecommendationWords.grade(item.grade)[charts.language],
      kind: item.grade == .expert ? "" : "good", blocks)
  }

  private func skipped(_ items: [SkippedRecommendation]) -> JSONValue? {
    var table = PageTable("skipped", words.notCalledFor, [.init(words.recommendation), .init(words.because)])
    table.rows = items.map {
      [.text(said($0.title)), .text(RecommendationWords.skipped($0, charts.language))]
    }
    return table.block(charts.language)
  }

  /// Clients, unless they are so few that they could be told.
  private func count(_ clients: Int) -> JSONValue {
    isFew(clients) ? .text(words.tooFew) : .integer(clients)
  }

  private func isFew(_ clients: Int) -> Bool { 1..<max(1, study.provenance.privacyThreshold) ~= clients }

  private var experiments: JSONValue? {
    guard let designs = study.experiments, !designs.isEmpty else { return nil }
    var table = PageTable(
      "experiments", words.experiments,
      [
        .init(words.recommendation), .init(words.treated, "number0"), .init(words.controlGroup, "number0"),
        .init(words.wouldLeaveShare, "share"), .init(words.withAction, "share"),
        .init(words.neededPerArm, "number0"), .init(words.powerAtHand, "share"), .init(words.verdict),
      ])
    table.rows = designs.map { design in
      let title = study.recommendations?.items.first { $0.id == design.recommendation }.map { said($0.title) }
      return [
        .text(title ?? design.recommendation), count(design.treated), count(design.control),
        .number(design.baseRate), .number(design.treatedRate), JSONValue(design.neededPerEqualArm),
        JSONValue(design.powerAtHand), .text(words.verdict(design.verdict)),
      ]
    }
    return table.block(charts.language)
  }
}
