import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// Groups that leave more often, and those that stay, each with its rule and its confirmation.
struct RiskGroupsRoom {
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
    guard let chapter = study.riskGroups else { return [] }
    if chapter.risk.isEmpty, chapter.loyal.isEmpty { return [PageBlock.text(words.noGroups)] }
    var out: [JSONValue?] = [
      PageBlock.facts([
        .init(words.groupsFound, .integer(chapter.risk.count), "number0"),
        .init(
          words.clientsInGroups, .integer(chapter.covered.n), "number0",
          beside: percent(chapter.covered.share)),
        .init(words.ofLeavers, JSONValue(chapter.covered.ofChurned.share), "share"),
        .init(
          words.rulesTried, .integer(chapter.search.rules), "number0",
          beside: words.confirmedOn(chapter.search.confirmationClients)),
      ])
    ]
    for chart in charts.riskGroups {
      let groups = chart.id == "groups.risk" ? chapter.risk : chapter.loyal
      let rules = groups.prefix(chart.points.count).map { cube?.choice.rule($0.rule) ?? .null }
      out.append(PageBlock.alone(chart, charts.language, cube == nil ? [:] : ["rules": .list(rules)]))
    }
    if !chapter.risk.isEmpty {
      out += [PageBlock.heading(words.risky), PageBlock.cards(chapter.risk.map(card))]
    }
    if !chapter.loyal.isEmpty {
      out += [PageBlock.heading(words.loyal), PageBlock.cards(chapter.loyal.map(card))]
    }
    return out.compactMap(\.self)
  }

  private func percent(_ share: Double?) -> String { ChartNumbers(charts.language).text(share, .share) }

  private func card(_ group: RiskGroup) -> JSONValue {
    let numbers = ChartNumbers(charts.language)
    var facts: [PageBlock.Fact] = [
      .init(
        words.churnRate, JSONValue(group.churn.estimate), "share",
        beside: numbers.interval(group.churn.interval?.low, group.churn.interval?.high, .share)),
      .init(words.clients, .integer(group.n), "number0", beside: percent(group.share)),
      .init(
        words.lift, JSONValue(group.lift), "number2",
        beside: group.liftInterval.map { numbers.interval($0.low, $0.high, .number(decimals: 2)) }),
      .init(words.ofLeavers, JSONValue(group.ofChurned.share), "share"),
    ]
    if let balance = group.balance, let share = balance.share {
      facts.append(.init(words.balanceShare, .number(share), "share"))
    }
    let check = group.confirmation
    var blocks: [JSONValue] = [
      PageBlock.facts(facts),
      PageBlock.text(
        words.confirmation(
          here: check.here.estimate, n: check.here.n, elsewhere: check.elsewhere.estimate,
          p: check.pValueAdjusted)),
    ]
    let traits = group.portrait.prefix(5).map { trait in
      JSONValue.text(
        words.groupTrait(
          names.trait(trait.column, trait.role, value: trait.value, isMissing: trait.kind == .missing),
          here: trait.here, elsewhere: trait.elsewhere, isShare: trait.kind != .number))
    }
    if !traits.isEmpty { blocks.append(PageBlock.list(Array(traits))) }
    return PageBlock.card(
      RiskRuleWords(charts.language).title(group.rule), badge: group.rule.isProtected ? words.protected : nil,
      kind: "warn", blocks)
  }
}
