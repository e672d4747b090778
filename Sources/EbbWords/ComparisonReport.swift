public import EbbSegments
import EbbStatistics
public import EbbStudy
public import EbbTable

/// A comparison on one screen: the answer first, then the groups, the test and why, the other tests, the pairs.
public struct ComparisonReport: Sendable {
  private let language: Language
  private let format: NumberFormat
  private let style: TextStyle

  /// A screen holds so many; `--json` has them all.
  private static let groupRows = 20
  private static let pairRows = 15

  public init(_ language: Language, style: TextStyle = .plain) {
    self.language = language
    self.style = style
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  // MARK: Numbers

  public func render(_ comparison: Comparison) -> String {
    let decimals = decimals(comparison)
    var parts = [style.bold(headline(comparison)), decisionLine(comparison.decision)]
    if let chosen = comparison.chosen.test {
      parts.append(
        say("Decides: ", "Решает: ") + HypothesisWords.test(chosen)[language] + ": "
          + HypothesisWords.reason(comparison.chosen.reason)[language] + ".")
    } else {
      parts.append(
        say("Nothing to test: ", "Проверить нечего: ")
          + HypothesisWords.reason(comparison.chosen.reason)[language] + ".")
    }
    parts.append(assumptions(comparison.assumptions, comparison.alpha))
    parts += comparison.notes.map { say("Note: ", "Замечание: ") + HypothesisWords.note($0)[language] + "." }
    var blocks = [parts.filter { !$0.isEmpty }.joined(separator: "\n")]
    blocks.append(groupTable(comparison.groups + comparison.leftOut, decimals))
    if !comparison.tests.isEmpty { blocks.append(testTable(comparison.tests, comparison.chosen.test)) }
    if !comparison.effects.isEmpty { blocks.append(effectTable(comparison.effects)) }
    if !comparison.pairs.isEmpty { blocks.append(pairTable(comparison, decimals)) }
    return blocks.joined(separator: "\n\n")
  }

  /// "«income» across «products»: undecided."
  public func headline(_ comparison: Comparison) -> String {
    headline(comparison.measure, comparison.by.column, comparison.verdict)
  }

  private func headline(_ measure: String, _ by: String, _ verdict: Verdict) -> String {
    let (measure, by) = (TableErrorWords.quoted(measure, language), TableErrorWords.quoted(by, language))
    switch verdict {
    case .differ:
      return say(
        "\(measure) differs between groups by \(by).", "Значения \(measure) в группах по \(by) различаются.")
    case .differNegligibly:
      return say(
        "\(measure) differs between groups by \(by), but negligibly: within the bound.",
        "Значения \(measure) в группах по \(by) различаются, но пренебрежимо мало: в пределах допуска.")
    case .equivalent:
      return say(
        "\(measure) is the same across groups by \(by), within the bound.",
        "Значения \(measure) в группах по \(by) равны в пределах допуска.")
    case .undecided:
      return say(
        "Undecided: these data show neither that \(measure) differs between groups by \(by) nor that it is the same.",
        "Не решено: данные не показывают ни различия значений \(measure) в группах по \(by), ни их равенства."
      )
    }
  }

  private func decisionLine(_ decision: Decision) -> String {
    guard let test = decision.test else { return "" }
    var out = HypothesisWords.test(test)[language] + ": " + format.pValue(decision.pValue)
    if decision.family > 1 {
      out +=
        say(", adjusted for \(decision.family) hypotheses ", ", с поправкой на \(decision.family) гипотез ")
        + format.pValue(decision.pValueAdjusted)
    }
    let unit = decision.bound == .cohensD ? "d" : "h"
    out +=
      say("; equivalence within \(unit) = ±", "; равенство в пределах \(unit) = ±")
      + format.setting(decision.boundValue) + ": " + format.pValue(decision.equivalencePValue)
      + "; α = " + format.setting(decision.alpha) + "."
    return out
  }

  private func assumptions(_ checked: ComparisonAssumptions, _ alpha: Double) -> String {
    guard !checked.shapes.isEmpty else { return "" }
    let tested = checked.shapes.filter { $0.normalityRejected != nil }
    let rejected = tested.count { $0.normalityRejected == true }
    let heavy = checked.shapes.count(where: \.heavyTails)
    var out = say(
      "Checked: normality rejected in \(rejected) of \(tested.count) groups",
      "Проверено: нормальность отвергнута в \(rejected) из \(tested.count) групп")
    if heavy > 0 { out += say(", heavy tails in \(heavy)", ", тяжёлые хвосты в \(heavy)") }
    let spread = checked.variances.first { $0.name == "brownForsythe" }?.pValue
    if let spread {
      out +=
        (checked.equalVariancesRejected == true
          ? say("; spread differs (", "; разброс разный (")
          : say("; no difference of spread found (", "; различия разброса не найдено ("))
        + format.pValue(spread) + ")"
    }
    out +=
      say("; groups of ", "; группы от ") + format.integer(checked.smallestGroup)
      + say(" to ", " до ") + format.integer(checked.largestGroup) + "."
    return out
  }

  private func groupTable(_ groups: [ComparisonGroup], _ decimals: Int) -> String {
    var table = TextTable([
      .init(say("group", "группа")), .init("n", .right), .init(say("missing", "нет данных"), .right),
      .init(say("mean", "среднее"), .right), .init("95 %", .right),
      .init(say("median", "медиана"), .right), .init(say("st. dev.", "ст. откл."), .right),
    ])
    for group in groups.prefix(Self.groupRows) {
      table.add([
        group.value, format.integer(group.n), format.integer(group.missing),
        format.fixed(group.mean, decimals: decimals),
        format.interval(group.meanInterval?.low, group.meanInterval?.high, decimals: decimals),
        format.fixed(group.median, decimals: decimals),
        format.fixed(group.standardDeviation, decimals: decimals),
      ])
    }
    return table.render(style: style) + rest(groups.count, Self.groupRows)
  }

  private func testTable(_ tests: [HypothesisTest], _ chosen: String?) -> String {
    var table = TextTable([
      .init(""), .init(say("test", "тест")), .init(say("statistic", "статистика"), .right),
      .init(say("d.f.", "ст. св."), .right), .init("p", .right),
    ])
    for test in tests {
      table.add([
        test.name == chosen ? "→" : "", HypothesisWords.test(test.name)[language],
        format.fixed(test.statistic, decimals: 4),
        test.degreesOfFreedom.map { format.fixed($0, decimals: $0 == $0.rounded() ? 0 : 1) }
          .joined(separator: format.listSeparator),
        p(test.pValue),
      ])
    }
    return table.render(style: style)
  }

  private func effectTable(_ effects: [EffectSize]) -> String {
    var table = TextTable([
      .init(say("effect", "эффект")), .init(say("estimate", "оценка"), .right), .init("95 %", .right),
    ])
    for effect in effects {
      table.add([
        HypothesisWords.effect(effect.name)[language], format.fixed(effect.estimate, decimals: 4),
        format.interval(effect.interval?.low, effect.interval?.high, decimals: 4),
      ])
    }
    return table.render(style: style)
  }

  private func pairTable(_ comparison: Comparison, _ decimals: Int) -> String {
    var table = TextTable([
      .init(say("pair", "пара")), .init(say("difference", "разность"), .right), .init("95 %", .right),
      .init(say("Cohen's d", "d Коэна"), .right), .init(say("Welch p, Holm", "p Уэлча, Холм"), .right),
      .init(say("Mann-Whitney p, Holm", "p Манна — Уитни, Холм"), .right),
      .init(say("TOST p, Holm", "p TOST, Холм"), .right), .init(say("verdict", "вывод")),
    ])
    for pair in comparison.pairs.prefix(Self.pairRows) {
      table.add([
        "\(pair.first) – \(pair.second)",
        format.signed(pair.meanDifference.estimate, decimals: decimals),
        format.interval(
          pair.meanDifference.interval?.low, pair.meanDifference.interval?.high, decimals: decimals),
        format.signed(pair.effect("cohensD")?.estimate, decimals: 3),
        p(pair.test("welchT")?.pValueHolm), p(pair.test("mannWhitneyU")?.pValueHolm),
        p(pair.equivalence.pValueHolm), HypothesisWords.verdict(pair.verdict)[language],
      ])
    }
    return table.render(style: style) + rest(comparison.pairs.count, Self.pairRows)
  }

  /// Three significant digits of the typical spread.
  private func decimals(_ comparison: Comparison) -> Int {
    let spread = comparison.groups.compactMap(\.standardDeviation).filter { $0 > 0 }.min() ?? 1
    var decimals = 2
    var size = spread
    while size >= 10, decimals > 0 {
      size /= 10
      decimals -= 1
    }
    while size < 1, decimals < 12 {
      size *= 10
      decimals += 1
    }
    return decimals
  }

  private func p(_ value: Double?) -> String {
    guard let value else { return "—" }
    return value < 0.0001 ? "< " + format.fixed(0.0001, decimals: 4) : format.fixed(value, decimals: 4)
  }

  // MARK: Categories

  public func render(_ comparison: CategoricalComparison) -> String {
    var parts = [
      style.bold(headline(comparison.measure.column, comparison.by.column, comparison.verdict)),
      decisionLine(comparison.decision),
    ]
    if let chosen = comparison.chosenTest {
      parts.append(
        say("Decides: ", "Решает: ") + HypothesisWords.test(chosen)[language] + ": "
          + HypothesisWords.reason(comparison.reason)[language] + ".")
    } else {
      parts.append(
        say("Nothing to test: ", "Проверить нечего: ") + HypothesisWords.reason(comparison.reason)[language]
          + ".")
    }
    var blocks = [parts.filter { !$0.isEmpty }.joined(separator: "\n"), shareTable(comparison)]
    if !comparison.tests.isEmpty { blocks.append(testTable(comparison.tests, comparison.chosenTest)) }
    if !comparison.effects.isEmpty { blocks.append(effectTable(comparison.effects)) }
    if !comparison.pairs.isEmpty { blocks.append(sharePairTable(comparison)) }
    return blocks.joined(separator: "\n\n")
  }

  private func shareTable(_ comparison: CategoricalComparison) -> String {
    let categories = (comparison.groups.first?.categories ?? []).prefix(8)
    var table = TextTable(
      [.init(say("group", "группа")), .init("n", .right)] + categories.map { .init($0.value, .right) })
    for group in comparison.groups.prefix(Self.groupRows) {
      table.add(
        [group.value, format.integer(group.n)]
          + group.categories.prefix(8).map { format.percent($0.share.estimate) })
    }
    return table.render(style: style) + rest(comparison.groups.count, Self.groupRows)
  }

  private func sharePairTable(_ comparison: CategoricalComparison) -> String {
    let focus = comparison.focus ?? ""
    var table = TextTable([
      .init(say("pair", "пара")), .init(focus, .right), .init(focus, .right),
      .init(say("difference", "разность"), .right), .init("95 %", .right),
      .init(say("chi-square p, Holm", "p хи-квадрат, Холм"), .right), .init(say("verdict", "вывод")),
    ])
    for pair in comparison.pairs.prefix(Self.pairRows) {
      let difference = pair.effect("riskDifference")
      table.add([
        "\(pair.first) – \(pair.second)", format.percent(pair.share1), format.percent(pair.share2),
        format.points(difference?.estimate),
        format.percentInterval(difference?.interval?.low, difference?.interval?.high),
        p(pair.test("chiSquared")?.pValueHolm), HypothesisWords.verdict(pair.verdict)[language],
      ])
    }
    return table.render(style: style) + rest(comparison.pairs.count, Self.pairRows)
  }

  /// The line under a table that had to be cut.
  private func rest(_ count: Int, _ shown: Int) -> String {
    guard count > shown else { return "" }
    let more = format.integer(count - shown)
    return "\n" + say("… \(more) more: see --json", "… и ещё \(more): см. --json")
  }

  // MARK: Rows

  /// What was left out or changed before comparing; empty where nothing was.
  public func rows(_ rows: ComparisonTable.Rows, rejected: [RejectedRow]) -> String {
    var lines: [String] = []
    if rows.rejected > 0 {
      let read = format.integer(rows.read)
      lines.append(
        say("Rows that could not be read: ", "Не удалось прочитать строк: ") + format.integer(rows.rejected)
          + say(" of ", " из ") + read + ".")
      lines += rejected.prefix(3).map { "  " + RejectedRowWords.line($0, language) }
    }
    if rows.duplicatesDropped > 0 {
      lines.append(
        say("Exact duplicates of a client left out: ", "Полных повторов клиента убрано: ")
          + format.integer(rows.duplicatesDropped) + ".")
    }
    if rows.zerosMadeMissing > 0 {
      lines.append(
        say("Zero balances taken for no balance: ", "Нулевых балансов принято за отсутствие баланса: ")
          + format.integer(rows.zerosMadeMissing) + ".")
    }
    return lines.joined(separator: "\n")
  }
}
