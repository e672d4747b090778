public import EbbRetention
import EbbStatistics

/// Sentences about experiments: designed and analysed.
public struct ExperimentWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  // MARK: Before

  /// A design on its own: the verdict, what can be seen, how it is going to be read.
  public func text(_ design: ExperimentDesign, style: TextStyle = .plain) -> String {
    var lines = [style.bold(verdict(design))]
    if design.powerAtHand != nil { lines.append(detectable(design)) }
    if let fall = design.detectableFallEqualArms, design.treated != design.control {
      let power = format.percent(design.power, decimals: 0)
      lines.append(
        say(
          "With arms of equal size: \(format.points(-fall)) (\(power)).",
          "При группах равного размера: \(format.points(-fall)) (\(power))."))
    }
    lines.append(plan(design))
    return lines.joined(separator: "\n")
  }

  /// Whether these clients can answer the question, in one sentence, and what could be done where they cannot.
  public func verdict(_ design: ExperimentDesign) -> String {
    let effect = format.percent(design.smallestEffect, decimals: 0)
    let (treated, control) = (format.integer(design.treated), format.integer(design.control))
    let power = format.percent(design.powerAtHand, decimals: 0)
    switch design.verdict {
    case .answerable:
      return say(
        "Can be answered: \(treated) contacted and \(control) held out show an effect of \(effect) of leavers kept with probability \(power).",
        "Ответ будет: \(treated) с контактом и \(control) в контроле покажут эффект в \(effect) удержанных из уходящих с вероятностью \(power)."
      )
    case .noControl:
      return say(
        "Cannot be answered: nobody is held out, so there is nothing to compare with.",
        "Ответа не будет: контрольной группы нет, сравнивать не с чем.")
    case .tooFewClients:
      guard design.clients > 0 else {
        return say("Cannot be answered: there are no clients.", "Ответа не будет: клиентов нет.")
      }
      guard let neededTreated = design.neededTreated, let neededControl = design.neededControl else {
        return say(
          "Cannot be answered: with nobody leaving, or no effect to look for, there is nothing to see.",
          "Ответа не будет: если никто не уходит или искать нечего, увидеть ничего нельзя.")
      }
      let needed = (format.integer(neededTreated), format.integer(neededControl))
      var text = say(
        "Cannot be answered with these clients: an effect of \(effect) of leavers kept needs \(needed.0) contacted and \(needed.1) held out; at hand are \(treated) and \(control) (it would be seen with probability \(power)).",
        "На этих клиентах ответа не будет: для эффекта в \(effect) удержанных из уходящих нужно \(needed.0) с контактом и \(needed.1) в контроле, а есть \(treated) и \(control) (вероятность увидеть \(power))."
      )
      if let equal = design.neededPerEqualArm {
        let arm = format.integer(equal)
        text +=
          " "
          + (2 * equal <= design.clients
            ? say(
              "Split into equal arms they would do: \(arm) in each.",
              "Поровну их хватит: по \(arm) в группе.")
            : say("With equal arms: \(arm) in each.", "При равных группах: по \(arm)."))
      }
      return text
    }
  }

  /// What can be seen with the clients at hand.
  public func detectable(_ design: ExperimentDesign) -> String {
    let power = format.percent(design.power, decimals: 0)
    let base = format.percent(design.baseRate)
    guard let fall = design.detectableFall else {
      return say(
        "Of \(base) leaving, not even a fall to zero would be seen with probability \(power).",
        "Если уходят \(base), даже падение до нуля не увидеть с вероятностью \(power).")
    }
    let points = format.points(-fall)
    return say(
      "The smallest fall that is seen with probability \(power): \(points) from \(base) leaving.",
      "Наименьшее снижение, которое видно с вероятностью \(power): \(points) от \(base) уходящих.")
  }

  /// How the result is going to be read, settled beforehand.
  public func plan(_ design: ExperimentDesign) -> String {
    let days = Plural(en: ("day", "days"), ru: ("день", "дня", "дней")).counted(
      design.durationDays, language)
    let alpha = format.setting(design.alpha)
    let strata =
      design.strata.isEmpty
      ? ""
      : say("; balanced by ", "; поровну по: ")
        + design.strata.map { TableErrorWords.quoted($0, language) }.joined(separator: ", ")
    return say(
      "After \(days): everybody as assigned, difference of the shares leaving, two-sided z test at α = \(alpha); at p < 0.001 for the ratio of the arms nothing is claimed\(strata).",
      "Через \(days): все, как распределены; разность долей ушедших, двусторонний z-тест, α = \(alpha); если отношение групп нарушено (p < 0,001), выводов нет\(strata)."
    )
  }

  // MARK: After

  public func headline(_ analysis: ExperimentAnalysis) -> String {
    let treated = format.percent(analysis.treated.left.estimate)
    let control = format.percent(analysis.control.left.estimate)
    let shares = say(
      "\(treated) of the treated left, \(control) of the control group",
      "среди тех, с кем был контакт, ушли \(treated), в контрольной группе \(control)")
    switch analysis.verdict {
    case .works:
      return say("The action keeps clients: \(shares).", "Действие удерживает клиентов: \(shares).")
    case .harms:
      return say("The action drives clients away: \(shares).", "Действие отталкивает клиентов: \(shares).")
    case .undecided:
      return say(
        "Undecided: these data show neither that the action keeps clients nor that it does not; \(shares).",
        "Не решено: данные не показывают ни что действие удерживает клиентов, ни что оно бесполезно; \(shares)."
      )
    case .tooFew:
      return say(
        "Too few clients or leavers to tell; \(shares).",
        "Клиентов или ушедших слишком мало для вывода; \(shares).")
    case .ratioMismatch:
      let check = analysis.ratioCheck
      let seen = format.percent(check?.controlShare)
      let planned = format.percent(check?.plannedControlShare)
      let p = format.pValue(check?.test.pValue)
      return say(
        "Nothing can be claimed: the control group is \(seen) of the clients, planned were \(planned) (\(p)).",
        "Выводов нет: в контрольной группе \(seen) клиентов, а по плану \(planned) (\(p)).")
    }
  }

  public func note(_ note: ExperimentAnalysis.Note) -> String {
    switch note {
    case .ratioNotChecked:
      say(
        "the sizes of the arms were not checked against the plan: say --planned-control-share",
        "размеры групп с планом не сверены: укажите --planned-control-share")
    case .attritionDiffers:
      say(
        "outcomes are missing more often in one arm than in the other: the comparison may be biased",
        "исход чаще неизвестен в одной из групп: сравнение может быть смещено")
    case .missingCouldTurn:
      say(
        "clients whose outcome is not known could turn the sign of the effect",
        "клиенты с неизвестным исходом могли бы изменить знак эффекта")
    case .fewExpected:
      say(
        "fewer than five leavers or stayers are expected in an arm, so Fisher's exact test decides",
        "в одной из групп ожидается меньше пяти ушедших или оставшихся, поэтому решает точный тест Фишера")
    case .intervalDisagrees:
      say(
        "the test and the interval fall on different sides of the border: take the verdict with caution",
        "тест и интервал оказались по разные стороны границы: к выводу отнеситесь осторожно")
    case .strataUnbalanced:
      say(
        "the strata are not spread alike over the arms: read the effect compared within strata",
        "слои распределены по группам неодинаково: смотрите эффект, сравнённый внутри слоёв")
    case .strataDiffer:
      say("the effect differs between strata", "эффект в слоях разный")
    }
  }

  static func arm(isControl: Bool) -> Phrase {
    isControl
      ? Phrase(en: "control", ru: "контроль") : Phrase(en: "treated", ru: "с контактом")
  }

  static func effect(_ name: String) -> Phrase {
    switch name {
    case "leaversKept": Phrase(en: "leavers kept", ru: "удержано из уходящих")
    case "riskDifference":
      Phrase(en: "difference of shares", ru: "разность долей")
    case "relativeRisk": Phrase(en: "relative risk", ru: "относительный риск")
    default: HypothesisWords.effect(name)
    }
  }

  static func test(_ name: String) -> Phrase {
    switch name {
    case "chiSquaredGoodnessOfFit":
      Phrase(en: "chi-square of the arms' sizes", ru: "хи-квадрат размеров групп")
    case "cochranMantelHaenszel": Phrase(en: "Cochran-Mantel-Haenszel", ru: "Кокрана — Мантеля — Хензеля")
    case "breslowDay": Phrase(en: "Breslow-Day (same effect?)", ru: "Бреслоу — Дэя (одинаков ли эффект)")
    default: HypothesisWords.test(name)
    }
  }
}
