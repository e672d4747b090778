import EbbClients
import EbbForecast
import EbbSegments
public import EbbStudy

/// A finding said in one sentence, every figure from the finding itself.
///
/// A rate at which clients of a level leave and the share of that level among those who left are worded apart, so
/// that one is never read as the other.
public struct FindingWords: Sendable {
  private let language: Language
  private let format: NumberFormat
  private let levels: LevelWords

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
    levels = LevelWords(language)
  }

  /// "20.4% of clients left: 2,037 of 10,000 (95% interval [19.6, 21.2%])."
  public func sentence(_ finding: Finding) -> String {
    switch finding.kind {
    case .overallChurn: overall(finding)
    case .highestChurnLevel: highest(finding)
    case .mostStableProducts:
      products(finding, say("The most stable clients have", "Устойчивее всего клиенты с"))
    case .leastStableProducts:
      products(finding, say("The least stable clients have", "Хуже всего удерживаются клиенты с"))
    case .adjustedProducts: adjusted(finding)
    case .hypothesis: hypothesis(finding)
    case .attributeAgainstChurn: attribute(finding)
    case .unrelatedAttributes: unrelated(finding)
    case .plan: plan(finding)
    case .forecastQuality: forecast(finding)
    case .forecastRefused: refused(finding)
    case .leakingColumn: leak(finding)
    case .structuralMissing: missing(finding)
    case .dataQuality: quality(finding)
    }
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  private func column(_ finding: Finding, _ key: String, role roleKey: String) -> String {
    let name = finding.subject[key] ?? ""
    guard let role = finding.subject[roleKey].flatMap(Role.init(rawValue:)), role != .attribute,
      role != .ignored
    else { return TableErrorWords.quoted(name, language) }
    return RoleWords.name(role)[language]
  }

  private func count(_ finding: Finding, _ key: String) -> String {
    finding.figures[key].map { format.fixed($0, decimals: 0) } ?? "—"
  }

  private func interval(_ finding: Finding) -> String {
    let text = format.percentInterval(finding.figures["low"], finding.figures["high"])
    return say("95% interval \(text)", "интервал 95\u{00A0}% \(text)")
  }

  private func overall(_ finding: Finding) -> String {
    let rate = format.percent(finding.figures["rate"])
    let (churned, n) = (count(finding, "churned"), count(finding, "n"))
    return say(
      "\(rate) of clients left: \(churned) of \(n) (\(interval(finding))).",
      "Ушли \(rate) клиентов: \(churned) из \(n) (\(interval(finding))).")
  }

  private func highest(_ finding: Finding) -> String {
    let role = finding.subject["role"].flatMap(Role.init(rawValue:))
    let level = levels.name(
      finding.subject["value"] ?? "", role: role, low: finding.figures["from"], high: finding.figures["to"])
    let attribute = column(finding, "attribute", role: "role")
    let rate = format.percent(finding.figures["rate"])
    let lift = format.fixed(finding.figures["lift"], decimals: 2)
    let share = format.percent(finding.figures["shareOfChurned"])
    return say(
      "Most is lost where \(attribute) is \(level): \(rate) of them leave, \(lift) times the overall rate (\(interval(finding))); they make up \(share) of all who left.",
      "Больше всего потерь там, где \(attribute)\u{00A0}— \(level): из них уходят \(rate), в \(lift) раза больше, чем в целом (\(interval(finding))); среди всех ушедших их \(share)."
    )
  }

  private func unrelated(_ finding: Finding) -> String {
    let names = (1...max(1, Int(finding.figures["count"] ?? 0))).map {
      column(finding, "attribute\($0)", role: "role\($0)")
    }
    let list = names.joined(separator: ", ")
    return say(
      "Leaving has nothing, or negligibly little, to do with: \(list).",
      "С уходом не связаны или связаны пренебрежимо слабо: \(list).")
  }

  private func plan(_ finding: Finding) -> String {
    let (contacted, kept) = (count(finding, "contacted"), count(finding, "kept"))
    let (cost, gain) = (count(finding, "cost"), count(finding, "gain"))
    let factor = format.percent(finding.figures["breakEvenEffectFactor"], decimals: 0)
    return say(
      "If offers work as assumed, contacting \(contacted) clients keeps \(kept) and gains \(gain) at a cost of \(cost); it pays while they work at \(factor) of that.",
      "Если предложения действуют как принято, контакт с клиентами (\(contacted)) удержит \(kept) и даст \(gain) при затратах \(cost); это окупается, пока действие не ниже \(factor) от принятого."
    )
  }

  private func products(_ finding: Finding, _ opening: String) -> String {
    let value = finding.subject["value"] ?? ""
    let products =
      Int(value).map {
        language == .russian ? Self.withProducts.counted($0, language) : Plural.products.counted($0, language)
      }
      ?? TableErrorWords.quoted(value, language)
    let rate = format.percent(finding.figures["rate"])
    let (churned, n) = (count(finding, "churned"), count(finding, "n"))
    let doubt =
      finding.certainty == .established
      ? ""
      : say(
        " The data do not set this group apart for certain.",
        " Уверенно выделить эту группу данные не позволяют.")
    return say(
      "\(opening) \(products): \(rate) left, \(churned) of \(n) (\(interval(finding))).",
      "\(opening) \(products): ушли \(rate), \(churned) из \(n) (\(interval(finding))).") + doubt
  }

  private func adjusted(_ finding: Finding) -> String {
    let value = finding.subject["value"] ?? ""
    let raw = format.percent(finding.figures["raw"])
    let adjusted = format.percent(finding.figures["adjusted"])
    let products =
      Int(value).map {
        language == .russian ? Self.ofProducts.counted($0, language) : Plural.products.counted($0, language)
      }
      ?? TableErrorWords.quoted(value, language)
    return say(
      "Composition explains a part: with the bank's mix of clients, those with \(products) would leave at \(adjusted) instead of \(raw).",
      "Часть различий\u{00A0}— от состава: при таком же составе, как у всего банка, из имеющих \(products) ушли бы \(adjusted), а не \(raw)."
    )
  }

  private func verdict(_ finding: Finding) -> Verdict? {
    finding.subject["verdict"].flatMap(Verdict.init(rawValue:))
  }

  private func hypothesis(_ finding: Finding) -> String {
    let measure = column(finding, "measure", role: "measureRole")
    let by = column(finding, "by", role: "byRole")
    let p = format.pValue(finding.figures["pValueAdjusted"])
    guard let verdict = verdict(finding) else { return "" }
    switch verdict {
    case .differ:
      return say(
        "\(capital(measure)) differs by \(by) (\(p)).",
        "\(capital(measure)): есть различия по признаку «\(by)» (\(p)).")
    case .differNegligibly:
      return say(
        "\(capital(measure)) differs by \(by), but too little to matter (\(p)).",
        "\(capital(measure)): различия по признаку «\(by)» есть, но пренебрежимо малы (\(p)).")
    case .equivalent:
      return say(
        "\(capital(measure)) is the same by \(by) within the bound of equivalence.",
        "\(capital(measure)): по признаку «\(by)» равенство в пределах допуска подтверждено.")
    case .undecided:
      return say(
        "Whether \(measure) differs by \(by) is undecided: no difference is shown (\(p)), nor equality.",
        "\(capital(measure)): по признаку «\(by)» не показано ни различие (\(p)), ни равенство.")
    }
  }

  private func attribute(_ finding: Finding) -> String {
    // Either the measure or the grouping is churn; the other is what is spoken of.
    let isRate = finding.subject["measureRole"] == Role.churn.rawValue
    let name =
      isRate ? column(finding, "by", role: "byRole") : column(finding, "measure", role: "measureRole")
    let p = format.pValue(finding.figures["pValueAdjusted"])
    guard let verdict = verdict(finding) else { return "" }
    switch verdict {
    case .differ:
      return say("Churn goes with \(name) (\(p)).", "Отток связан с признаком «\(name)» (\(p)).")
    case .differNegligibly:
      return say(
        "Churn goes with \(name), but too little to matter (\(p)).",
        "Отток связан с признаком «\(name)», но пренебрежимо слабо (\(p)).")
    case .equivalent:
      return say(
        "Churn does not go with \(name): any difference is within the bound of equivalence.",
        "Отток не связан с признаком «\(name)»: различие в пределах допуска.")
    case .undecided:
      return say(
        "Whether churn goes with \(name) is undecided (\(p)).",
        "Связан ли отток с признаком «\(name)», не решено (\(p)).")
    }
  }

  private func forecast(_ finding: Finding) -> String {
    let model = finding.subject["model"].flatMap(ForecastMethod.init(rawValue:)).map {
      ForecastWords.method($0)[language]
    }
    let auc = format.fixed(finding.figures["rocAUC"], decimals: 3)
    let interval = format.interval(finding.figures["low"], finding.figures["high"], decimals: 3)
    let (lift, capture) = (
      format.fixed(finding.figures["lift"], decimals: 1), format.percent(finding.figures["capture"])
    )
    return say(
      "The forecast (\(model ?? "")) puts a leaver above a stayer \(auc) of the time (ROC AUC, 95% interval \(interval)); the tenth at greatest risk holds \(capture) of all leavers, \(lift) times the average.",
      "Прогноз (\(model ?? "")) ставит уходящего выше остающегося с вероятностью \(auc) (ROC AUC, интервал 95\u{00A0}% \(interval)); в десятой части с наибольшим риском\u{00A0}— \(capture) всех ушедших, в \(lift) раза больше среднего."
    )
  }

  private func refused(_ finding: Finding) -> String {
    let (churned, n) = (count(finding, "churned"), count(finding, "n"))
    let reason = finding.subject["reason"].flatMap(Forecast.Refusal.init(rawValue:))
    let words = reason.map { ForecastWords.refusal($0)[language] } ?? ""
    return say(
      "There is no forecast: \(words) (\(churned) of \(n) left).",
      "Прогноза нет: \(words) (ушли \(churned) из \(n)).")
  }

  private func leak(_ finding: Finding) -> String {
    let name = TableErrorWords.quoted(finding.subject["attribute"] ?? "", language)
    let reason = finding.subject["reason"].flatMap(SetAsideFeature.Reason.init(rawValue:))
    let words = reason.map { ForecastWords.setAside($0)[language] } ?? ""
    return say(
      "The column \(name) was kept out of the forecast: \(words).",
      "Столбец \(name) в прогнозе не участвует: \(words).")
  }

  private func missing(_ finding: Finding) -> String {
    let name = column(finding, "attribute", role: "role")
    let share = format.percent(finding.figures["share"])
    return say(
      "\(capital(name)) is missing for \(share) of clients, and not by chance: they are a group of their own.",
      "\(capital(name)): данных нет у \(share) клиентов, и не случайно; это отдельная группа.")
  }

  private func quality(_ finding: Finding) -> String {
    let n = count(finding, "count")
    switch finding.subject["issue"] {
    case "identicalRows":
      return say("Identical rows: \(n).", "Одинаковых строк: \(n).")
    case "repeatedIDs":
      return say("Ids that stand on different rows: \(n).", "Кодов, стоящих на разных строках: \(n).")
    case "impossibleValues":
      let name = column(finding, "attribute", role: "role")
      return say(
        "\(capital(name)): impossible values: \(n).", "\(capital(name)): невозможных значений: \(n).")
    case "activeAndGone":
      return say("Clients marked active although they left: \(n).", "Отмечены активными, хотя ушли: \(n).")
    case "stayedWithoutProducts":
      return say(
        "Still clients without a single product: \(n).", "Остались клиентами без единого продукта: \(n).")
    default: return ""
    }
  }

  private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// The instrumental case after "с", and the accusative after "имеющих".
  static let withProducts = Plural(
    en: ("product", "products"), ru: ("продуктом", "продуктами", "продуктами"))
  static let ofProducts = Plural(en: ("product", "products"), ru: ("продукт", "продукта", "продуктов"))
}
