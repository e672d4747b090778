import EbbClients
public import EbbSegments
import EbbStatistics
import EbbStudy
import Foundation

/// Churn overall and where it is high; by products; by city; by two attributes.
extension DeckWords {
  /// Levels that stand out, the most clients lost above the overall rate first; both ways.
  public var standingOut: [(attribute: ComparisonAxis, level: ChurnByAttribute.Level)] {
    guard let churn = study.churn else { return [] }
    let levels = churn.by.filter { $0.attribute.kind != .presence }.flatMap { by in
      by.levels.filter { $0.n >= Self.headlineClients && $0.value != "pooled" && $0.value != "missing" }
        .map { (attribute: by.attribute, level: $0) }
    }
    let ranked = levels.sorted {
      abs(Double($0.level.n) * ($0.level.difference ?? 0))
        > abs(Double($1.level.n) * ($1.level.difference ?? 0))
    }
    // At most two levels of an attribute: a picture of many attributes, not of one.
    var seen: [String: Int] = [:]
    var chosen: [(attribute: ComparisonAxis, level: ChurnByAttribute.Level)] = []
    for item in ranked {
      guard seen[item.attribute.column, default: 0] < 2 else { continue }
      seen[item.attribute.column, default: 0] += 1
      chosen.append(item)
      if chosen.count == 10 { break }
    }
    return chosen.sorted { ($0.level.churn.estimate ?? 0) > ($1.level.churn.estimate ?? 0) }
  }

  public func label(_ item: (attribute: ComparisonAxis, level: ChurnByAttribute.Level)) -> String {
    label(
      item.level.value, column: item.attribute.column, role: item.attribute.role, low: item.level.low,
      high: item.level.high)
  }

  private func plain(_ item: (attribute: ComparisonAxis, level: ChurnByAttribute.Level)) -> String {
    clients(
      item.level.value, column: item.attribute.column, role: item.attribute.role, low: item.level.low,
      high: item.level.high)
  }

  public var churn: SlideWords? {
    guard let churn = study.churn, let first = standingOut.first, let last = standingOut.last else {
      return nil
    }
    let overall = format.percent(churn.overall.estimate)
    let (high, low) = (plain(first), plain(last))
    let (highRate, lowRate) = (
      format.percent(first.level.churn.estimate), format.percent(last.level.churn.estimate)
    )
    return SlideWords(
      titles: [
        say(
          "\(overall) leave overall, but it runs from \(lowRate) (\(low)) to \(highRate) (\(high))",
          "В среднем уходят \(overall), но разброс велик: от \(lowRate) (\(low)) до \(highRate) (\(high))"),
        say(
          "Churn runs from \(lowRate) to \(highRate) between groups",
          "Отток в группах\u{00A0}— от \(lowRate) до \(highRate)"),
      ],
      lead: say(
        "Share of clients who left, by the groups where most or least is lost; whiskers: 95% interval",
        "Доля ушедших в группах, где теряем больше и меньше всего; усы\u{00A0}— интервал 95\u{00A0}%"),
      points: [],
      notes: [
        overallSentence, sentence(.highestChurnLevel),
        say(
          "Shown are groups of at least \(format.integer(Self.headlineClients)) clients, at most two of an attribute, chosen by how many more (or fewer) leave than at the bank's rate.",
          "Показаны группы не меньше \(format.integer(Self.headlineClients)) клиентов, не больше двух на признак; выбраны по тому, насколько больше (меньше) ушло, чем при среднем оттоке."
        ), intervalNote, notCause,
      ].filter { !$0.isEmpty })
  }

  // MARK: Products

  public var products: SlideWords? {
    guard let segments = study.segments, segments.byProducts.count > 1 else { return nil }
    var titles: [String] = []
    var points: [String] = []
    if let stability = segments.stability {
      let (most, least) = (products(stability.most), products(stability.least))
      let (mostRate, leastRate) = (
        format.percent(stability.mostChurn.estimate), format.percent(stability.leastChurn.estimate)
      )
      titles = [
        say(
          "Clients with \(most) hold best: \(mostRate) leave, against \(leastRate) with \(least)",
          "Устойчивее всего \(most): уходят \(mostRate); хуже всего \(least): \(leastRate)"),
        say(
          "\(capital(most)): \(mostRate) leave; \(least): \(leastRate)",
          "\(most): \(mostRate); \(least): \(leastRate)"),
      ]
      if let low = stability.difference.interval?.low, low <= 0 {
        titles = [
          say(
            "From \(mostRate) (\(most)) to \(leastRate) (\(least)) leave: no group is proven to differ",
            "Уходят от \(mostRate) (\(most)) до \(leastRate) (\(least)): различие групп не доказано"),
          say(
            "From \(mostRate) to \(leastRate) leave: no group is proven to differ",
            "Уходят от \(mostRate) до \(leastRate): различие групп не доказано"),
        ]
      }
      points.append(
        say(
          "The gap is \(format.points(stability.difference.estimate)), 95% interval \(pointsInterval(stability.difference.interval?.low, stability.difference.interval?.high)).",
          "Разница \(format.points(stability.difference.estimate)), интервал 95\u{00A0}% \(pointsInterval(stability.difference.interval?.low, stability.difference.interval?.high))."
        ))
    } else {
      let rates = segments.byProducts.compactMap(\.churn.estimate).sorted()
      if let least = rates.first, let most = rates.last {
        let (low, high) = (format.percent(least), format.percent(most))
        titles = [
          say(
            "By number of products \(low) to \(high) leave; no group is proven to differ",
            "По числу продуктов уходят от \(low) до \(high); различие групп не доказано")
        ]
      }
      titles.append(say("Churn by number of products", "Отток по числу продуктов"))
    }
    if let most = segments.adjustedProducts.max(by: { abs($0.shift ?? 0) < abs($1.shift ?? 0) }),
      let shift = most.shift,
      let adjusted = most.adjusted.estimate
    {
      let by = most.by.map { name($0.column, $0.role) }.joined(separator: ", ")
      points.append(
        abs(shift) < 0.005
          ? say("Equal \(by) would change nothing.", "Равный состав (\(by)) ничего не меняет.")
          : say(
            "With everybody's \(by), \(products(most.value)) would show \(format.percent(adjusted)) instead of \(format.percent(most.raw.estimate)).",
            "При составе как у всего банка (\(by)) у группы «\(products(most.value))» было бы \(format.percent(adjusted)), а не \(format.percent(most.raw.estimate))."
          ))
    }
    if let big = segments.byProducts.filter({ !$0.isMissing }).max(by: { $0.churned < $1.churned }) {
      points.append(
        say(
          "Most leavers have \(products(big.values[0])): \(format.integer(big.churned)) clients.",
          "Больше всего ушедших\u{00A0}— \(products(big.values[0])): \(count(big.churned))."))
    }
    points.append(
      say(
        "That more products hold clients is not shown: test it with a control group.",
        "Что сами продукты удерживают, не доказано: проверьте на контрольной группе."))
    return SlideWords(
      titles: titles,
      lead: say(
        "Share of clients who left, by number of products; whiskers: 95% interval",
        "Доля ушедших по числу продуктов; усы\u{00A0}— интервал 95\u{00A0}%"), points: points,
      notes: [
        sentence(.mostStableProducts), sentence(.leastStableProducts), sentence(.adjustedProducts),
        say(
          "Adjusted: the group's rates in strata of age, city and activity, weighted as in the whole bank (direct standardisation).",
          "При равном составе: доли группы в слоях по возрасту, городу и активности, взвешенные как во всём банке (прямая стандартизация)."
        ), intervalNote, notCause,
      ].filter { !$0.isEmpty })
  }

  func pointsInterval(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return "—" }
    return "[" + format.fixed(low * 100, decimals: 1) + format.listSeparator + format.points(high).withoutPlus
      + "]"
  }

  // MARK: Cities

  /// The city whose difference from all others is greatest.
  public var cityDifference: CityDifference? {
    study.segments?.cityDifferences.filter { $0.second == nil && $0.firstChurn.n >= Stability.minimumClients }
      .max { abs($0.difference.estimate ?? 0) < abs($1.difference.estimate ?? 0) }
  }

  /// The largest cities, those that lose most first.
  public var largestCities: [ChurnByAttribute.Level] {
    guard let by = study.churn?.by(.city) else { return [] }
    return by.levels.filter { $0.value != "pooled" && $0.value != "missing" }
      .sorted { ($0.n, $1.value) > ($1.n, $0.value) }.prefix(10)
      .sorted { ($0.churn.estimate ?? 0) > ($1.churn.estimate ?? 0) }
  }

  public var cities: SlideWords? {
    guard let by = study.churn?.by(.city), by.levels.count > 1 else { return nil }
    var titles: [String] = []
    var points: [String] = []
    if let city = cityDifference {
      let here = short(city.first)
      let (rate, others) = (
        format.percent(city.firstChurn.estimate), format.percent(city.secondChurn.estimate)
      )
      let mainlyRate = abs(city.rate) >= abs(city.mix)
      titles.append(
        say(
          "\(here): \(rate) leave against \(others) elsewhere, mostly \(mainlyRate ? "because alike clients leave more or less often there" : "because other clients live there")",
          "\(here): уходят \(rate) против \(others) в остальных городах, и дело больше \(mainlyRate ? "в поведении" : "в составе") клиентов"
        ))
      titles.append(
        say("\(here): \(rate) leave against \(others) elsewhere", "\(here): уходят \(rate) против \(others)"))
      points = [
        say(
          "Of the gap of \(format.points(city.difference.estimate)), \(format.points(city.rate)) come from alike clients leaving at other rates.",
          "Из разницы \(format.points(city.difference.estimate)) на поведение похожих клиентов приходится \(format.points(city.rate))"
        ),
        say(
          "\(format.points(city.mix)) come from who lives there: \(city.by.map { name($0.column, $0.role) }.joined(separator: ", ")).",
          "На состав (\(city.by.map { name($0.column, $0.role) }.joined(separator: ", ")))\u{00A0}— \(format.points(city.mix))"
        ),
      ]
    } else {
      if let most = largestCities.first, let least = largestCities.last {
        let (high, low) = (format.percent(most.churn.estimate), format.percent(least.churn.estimate))
        titles.append(
          say(
            "In the largest cities \(low) to \(high) leave; no city is proven to differ",
            "В крупнейших городах уходят от \(low) до \(high); различие городов не доказано"))
      }
      titles.append(say("Churn by city", "Отток по городам"))
    }
    return SlideWords(
      titles: titles,
      lead: say(
        "Share of clients who left, by city; whiskers: 95% interval",
        "Доля ушедших по городам; усы\u{00A0}— интервал 95\u{00A0}%"), points: points,
      notes: [
        say(
          "The difference between the city and all others is split in two (Kitagawa): unlike rates of alike clients, and unlike composition. The two parts add up to the whole.",
          "Разница города с остальными раскладывается на две части (Китагава): другие доли у похожих клиентов и другой состав. Вместе они дают всю разницу."
        ), intervalNote, notCause,
      ])
  }

  /// Names of the steps from the others' churn to the city's.
  public var citySteps: [String] {
    guard let city = cityDifference else { return [] }
    return [
      say("Other cities", "Другие города"), say("Alike clients leave differently", "Поведение похожих"),
      say("Other clients", "Состав клиентов"),
      // A long word would turn the names on their side.
      city.first.count > 14 && !city.first.contains(" ")
        ? say("This city", "Этот город") : short(city.first, width: 18),
    ]
  }

  // MARK: Pairs

  /// The pair of attributes to show as a table of shades.
  public var pair: ChurnTable? {
    let wanted: [(Role, Role)] = [
      (.products, .age), (.age, .activity), (.products, .city), (.city, .gender), (.products, .activity),
    ]
    for (first, second) in wanted {
      if let table = study.churn?.cross.first(where: { $0.first.role == first && $0.second.role == second }) {
        return table
      }
    }
    return nil
  }

  public var pairs: SlideWords? {
    guard let pair else { return nil }
    let cells = pair.cells.filter { $0.n >= Self.headlineClients && $0.first != "pooled" }
    guard let worst = cells.max(by: { ($0.churn.estimate ?? 0) < ($1.churn.estimate ?? 0) }),
      let best = cells.min(by: { ($0.churn.estimate ?? 0) < ($1.churn.estimate ?? 0) }), cells.count > 1
    else { return nil }
    func name(_ cell: ChurnTable.Cell) -> String {
      pairLabel(cell.first, pair.first) + ", " + pairLabel(cell.second, pair.second)
    }
    let (high, low) = (format.percent(worst.churn.estimate), format.percent(best.churn.estimate))
    return SlideWords(
      titles: [
        say(
          "Two attributes together tell more: \(name(worst)): \(high) leave; \(name(best)): \(low)",
          "Вместе признаки говорят больше: \(name(worst))\u{00A0}— уходят \(high), \(name(best))\u{00A0}— \(low)"
        ),
        say("Together: from \(low) to \(high) leave", "Вместе: уходят от \(low) до \(high)"),
      ],
      lead: say(
        "Share of clients who left; empty where there are fewer than \(study.provenance.privacyThreshold) clients; * fewer than 30",
        "Доля ушедших; пусто, где клиентов меньше \(study.provenance.privacyThreshold); * меньше 30 клиентов"),
      notes: [
        say(
          "Darker is more. Cells of few clients are uncertain: the title speaks of cells with at least \(format.integer(Self.headlineClients)) clients only.",
          "Чем темнее, тем больше. Малые ячейки неточны: в заголовке только ячейки от \(format.integer(Self.headlineClients)) клиентов."
        ),
        say(
          "\(capital(name(worst))): \(rate(worst.churn)).", "\(capital(name(worst))): \(rate(worst.churn))."),
        say("\(capital(name(best))): \(rate(best.churn)).", "\(capital(name(best))): \(rate(best.churn))."),
        notCause,
      ])
  }

  public func pairTitle(_ value: String, _ axis: ComparisonAxis) -> String { capital(pairLabel(value, axis)) }

  public func pairLabel(_ value: String, _ axis: ComparisonAxis) -> String {
    let border = value.dropFirst().dropLast().split(separator: ";").map {
      Double($0.trimmingCharacters(in: .whitespaces))
    }
    // A band's name carries its borders.
    if axis.kind == .bands, let first = value.first, first == "[" || first == "(" {
      let low = border.first ?? nil
      let high = border.count > 1 ? border[1] : nil
      return clients(
        value, column: axis.column, role: axis.role, low: low?.isFinite == true ? low : nil,
        high: high?.isFinite == true ? high : nil)
    }
    return clients(value, column: axis.column, role: axis.role)
  }
}

extension String {
  fileprivate var withoutPlus: String { hasPrefix("+") ? String(dropFirst()) : self }
}
