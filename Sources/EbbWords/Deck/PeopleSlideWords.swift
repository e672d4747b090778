import EbbClients
public import EbbSegments
import EbbStatistics
import EbbStudy

/// Who leaves: portraits and groups at risk.
extension DeckWords {
  /// Traits to show, the strongest first: typical ones, or the first few.
  public var traits: [PortraitTrait] {
    guard let left = study.portraits?.left else { return [] }
    let typical = left.traits.filter(\.typical)
    return Array((typical.isEmpty ? left.traits : typical).prefix(8))
  }

  public func label(_ trait: PortraitTrait) -> String {
    switch trait.kind {
    case .number: return capital(name(trait.column, trait.role)) + say(", mean", ", среднее")
    case .level: return label(trait.value ?? "", column: trait.column, role: trait.role)
    case .missing: return label("missing", column: trait.column, role: trait.role)
    }
  }

  public func label(_ trait: RiskGroup.Trait) -> String {
    switch trait.kind {
    case .number: return capital(name(trait.column, trait.role)) + say(", mean", ", среднее")
    case .level: return label(trait.value ?? "", column: trait.column, role: trait.role)
    case .missing: return label("missing", column: trait.column, role: trait.role)
    }
  }

  public func figure(_ value: Double, of trait: PortraitTrait) -> String {
    trait.kind == .number ? number(value, trait.role) : format.percent(value)
  }

  private func number(_ value: Double, _ role: Role) -> String {
    role == .age ? format.fixed(value, decimals: 1) : format.compact(value)
  }

  public var portrait: SlideWords? {
    guard let left = study.portraits?.left, !left.traits.isEmpty else { return nil }
    let typical = left.traits.filter(\.typical).prefix(3)
    func said(_ trait: PortraitTrait) -> String {
      switch trait.kind {
      case .number:
        let (here, elsewhere) = (number(trait.here, trait.role), number(trait.elsewhere, trait.role))
        return say(
          "\(name(trait.column, trait.role)) \(here) against \(elsewhere)",
          "\(name(trait.column, trait.role)) \(here) против \(elsewhere)")
      case .level, .missing:
        let who = clients(
          trait.kind == .missing ? "missing" : trait.value ?? "", column: trait.column, role: trait.role)
        return say(
          "\(who) \(format.percent(trait.here, decimals: 0)) against \(format.percent(trait.elsewhere, decimals: 0))",
          "\(who) \(format.percent(trait.here, decimals: 0)) против \(format.percent(trait.elsewhere, decimals: 0))"
        )
      }
    }
    let titles =
      typical.isEmpty
      ? [
        say(
          "By no attribute do those who left stand out from those who stayed",
          "Ни по одному признаку ушедшие заметно не отличаются от оставшихся")
      ]
      : (1...typical.count).reversed().map { count in
        say("Those who left differ: ", "Ушедшие отличаются: ")
          + typical.prefix(count).map(said).joined(separator: "; ")
      }
    return SlideWords(
      titles: titles,
      lead: say(
        "Those who left against those who stayed: shares of clients or means, and the size of the difference",
        "Ушедшие против оставшихся: доли клиентов или средние, и размер отличия"),
      notes: [
        say(
          "Shares here are composition: what part of those who left has the trait. It is not the rate at which such clients leave.",
          "Доли здесь\u{00A0}— состав: какая часть ушедших имеет признак. Это не доля уходящих среди таких клиентов."
        ),
        say(
          "Effect: Cohen's d for means, Cohen's h for shares; 0.2 is small, 0.5 medium, 0.8 large. Shown are differences that hold after correction for all traits looked at (Holm).",
          "Эффект: d Коэна для средних, h Коэна для долей; 0,2\u{00A0}— малый, 0,5\u{00A0}— средний, 0,8\u{00A0}— большой. Показаны отличия, устоявшие после поправки на число признаков (Холм)."
        ), notCause,
      ])
  }

  // MARK: Risk groups

  public func rule(_ group: RiskGroup) -> String { rules.title(group.rule) }

  public var greatestRisk: SlideWords? {
    guard let group = study.riskGroups?.risk.first else { return nil }
    let who = rules.title(group.rule)
    let (here, elsewhere) = (format.percent(group.churn.estimate), format.percent(group.elsewhere.estimate))
    let share = format.percent(group.ofChurned.share)
    return SlideWords(
      titles: [
        say(
          "\(who): \(here) leave against \(elsewhere) of the others, and they make up \(share) of all leavers",
          "\(who): уходят \(here) против \(elsewhere) у остальных; это \(share) всех ушедших"),
        say("\(who): \(here) leave against \(elsewhere)", "\(who): уходят \(here) против \(elsewhere)"),
        say("The group at greatest risk: \(here) leave", "Группа наибольшего риска: уходят \(here)"),
      ],
      lead: say(
        "The group at greatest risk against all other clients; whiskers: 95% interval",
        "Группа наибольшего риска против всех остальных; усы\u{00A0}— интервал 95\u{00A0}%"),
      points: greatestRiskPoints(group),
      notes: [
        say(
          "The rule was found on \(format.percent(study.riskGroups?.search.discoveryShare, decimals: 0)) of the clients and proven on the others, so it is not a lucky find.",
          "Правило найдено на \(format.percent(study.riskGroups?.search.discoveryShare, decimals: 0)) клиентов и подтверждено на остальных, это не случайная находка."
        ),
        say(
          "On the confirming clients: \(rate(group.confirmation.here)) here, \(rate(group.confirmation.elsewhere)) elsewhere, \(p(group.confirmation.pValueAdjusted)) after correction.",
          "На проверочных клиентах: здесь \(rate(group.confirmation.here)), у остальных \(rate(group.confirmation.elsewhere)), \(p(group.confirmation.pValueAdjusted)) с поправкой."
        ), intervalNote, notCause,
      ])
  }

  private func greatestRiskPoints(_ group: RiskGroup) -> [String] {
    var points = [
      say(
        "\(count(group.n)), \(format.percent(group.share)) of the bank.",
        "\(count(group.n)), \(format.percent(group.share)) всего банка.")
    ]
    if let lift = group.lift {
      points.append(
        say(
          "\(format.fixed(lift, decimals: 1)) times the overall rate.",
          "В \(format.fixed(lift, decimals: 1)) раза выше среднего оттока."))
    }
    points.append(
      say(
        "Confirmed on clients it was not found on: \(format.percent(group.confirmation.here.estimate)), \(p(group.confirmation.pValueAdjusted)).",
        "Подтверждено на других клиентах: \(format.percent(group.confirmation.here.estimate)), \(p(group.confirmation.pValueAdjusted))."
      ))
    if let balance = group.balance {
      points.append(
        say(
          "They hold \(money(balance.sum))\(balance.share.map { ", " + format.percent($0) + " of balances" } ?? "").",
          "Остатки: \(money(balance.sum))\(balance.share.map { ", " + format.percent($0) + " всех" } ?? "").")
      )
    }
    return points
  }

  public var riskGroups: SlideWords? {
    guard let chapter = study.riskGroups, chapter.risk.count > 1 else { return nil }
    let covered = chapter.covered
    let (share, leavers) = (format.percent(covered.share), format.percent(covered.ofChurned.share))
    return SlideWords(
      titles: [
        say(
          "\(chapter.risk.count) proven groups hold \(leavers) of all leavers among \(share) of clients",
          "Доказанных групп риска: \(chapter.risk.count); в них \(leavers) всех ушедших при \(share) клиентов"
        )
      ],
      lead: say(
        "Share of clients who left in each risk group; groups may overlap; whiskers: 95% interval",
        "Доля ушедших в группах риска; группы могут пересекаться; усы\u{00A0}— интервал 95\u{00A0}%"),
      notes: [
        say(
          "Rules looked at: \(format.integer(chapter.search.rules)); put to the test: \(format.integer(chapter.search.tested)), p corrected for as many (Holm). A group has at least \(format.integer(chapter.search.minimumSize)) clients.",
          "Рассмотрено правил: \(format.integer(chapter.search.rules)); проверено: \(format.integer(chapter.search.tested)), p с поправкой на это число (Холм). В группе не меньше \(format.integer(chapter.search.minimumSize)) клиентов."
        ), intervalNote, notCause,
      ])
  }
}
