public import EbbRetention
import EbbStatistics

/// A recommendation in words: why with its figures, how well it is known, cautions, and why others do not appear.
public enum RecommendationWords {
  /// The text with every `{place}` filled from the evidence; a figure that is not known here is a dash.
  public static func why(_ item: Recommendation, _ language: Language) -> String {
    fill(text(item.why, language), figures: item.evidence, texts: item.evidenceTexts, language)
  }

  public static func text(_ text: LocalizedText, _ language: Language) -> String {
    language == .russian ? text.ru : text.en
  }

  static func fill(
    _ text: String, figures: [String: Double], texts: [String: String], _ language: Language
  ) -> String {
    guard let template = TextTemplate(text) else { return text }
    return template.parts.map { part in
      switch part {
      case .text(let text): return text
      case .place(let name):
        if let text = texts[name] { return text }
        guard let figure = CatalogueFigure(written: name) else { return "—" }
        return Self.figure(figures[figure.rawValue], figure, language)
      }
    }.joined()
      // "п. п." brings its own full stop.
      .replacing("\u{00A0}п..", with: "\u{00A0}п.")
  }

  /// A figure as its kind is written: a percentage, points, "1,4", "2 509 клиентов".
  public static func figure(_ value: Double?, _ figure: CatalogueFigure, _ language: Language) -> String {
    guard let value, value.isFinite else { return "—" }
    let format = NumberFormat(language)
    return switch figure.kind {
    case .clients: Plural.clients.counted(whole(value), language)
    case .count: format.integer(whole(value))
    case .share: format.percent(value)
    case .points: format.points(value)
    case .ratio: format.fixed(value, decimals: figure == .lift || figure == .forecastLift ? 1 : 2)
    case .money: format.fixed(value, decimals: 0)
    }
  }

  private static func whole(_ value: Double) -> Int { Int(min(max(value.rounded(), -9e15), 9e15)) }

  /// A figure's name in the middle of a sentence.
  public static func name(_ figure: CatalogueFigure) -> Phrase {
    switch figure {
    case .clients: Phrase(en: "the audience", ru: "в аудитории")
    case .leavers: Phrase(en: "the number who left", ru: "ушло")
    case .share: Phrase(en: "their share of all clients", ru: "доля среди всех клиентов")
    case .rate: Phrase(en: "their churn", ru: "отток")
    case .rateLow: Phrase(en: "the lower bound of their churn", ru: "нижняя граница оттока")
    case .rateHigh: Phrase(en: "the upper bound of their churn", ru: "верхняя граница оттока")
    case .elsewhere: Phrase(en: "churn of the others", ru: "отток у остальных")
    case .overall: Phrase(en: "overall churn", ru: "общий отток")
    case .lift: Phrase(en: "churn against the average", ru: "отток к среднему")
    case .difference: Phrase(en: "the difference from the others", ru: "разница с остальными")
    case .differenceLow:
      Phrase(en: "the lower bound of the difference", ru: "нижняя граница разницы с остальными")
    case .differenceHigh:
      Phrase(en: "the upper bound of the difference", ru: "верхняя граница разницы с остальными")
    case .adjustedDifference:
      Phrase(en: "the difference among clients alike", ru: "разница при прочих равных")
    case .adjustedDifferenceLow:
      Phrase(
        en: "the lower bound of the difference among clients alike",
        ru: "нижняя граница разницы при прочих равных")
    case .adjustedDifferenceHigh:
      Phrase(
        en: "the upper bound of the difference among clients alike",
        ru: "верхняя граница разницы при прочих равных")
    case .shareOfLeavers: Phrase(en: "their share of all leavers", ru: "доля среди всех ушедших")
    case .balance: Phrase(en: "the money they hold", ru: "сумма на счетах")
    case .meanBalance: Phrase(en: "the mean balance", ru: "средний остаток")
    case .shareOfBalance: Phrase(en: "their share of all balances", ru: "доля всех средств")
    case .balanceOfLeavers: Phrase(en: "the money of those who left", ru: "средства ушедших")
    case .shareOfLeaversBalance:
      Phrase(en: "their share of the leavers' balances", ru: "доля в средствах ушедших")
    case .cities: Phrase(en: "the number of cities compared", ru: "сравнивается городов:")
    case .forecastAUC: Phrase(en: "the forecast's ROC AUC", ru: "ROC AUC прогноза")
    case .forecastAUCLow:
      Phrase(en: "the lower bound of the forecast's ROC AUC", ru: "нижняя граница ROC AUC прогноза")
    case .forecastLift: Phrase(en: "the forecast's lift", ru: "lift прогноза")
    case .forecastCapture:
      Phrase(
        en: "the share of leavers in the highest tenth", ru: "доля ушедших в верхней десятой части прогноза")
    }
  }

  /// How well it is known that the action keeps clients.
  public static func grade(_ grade: EvidenceGrade) -> Phrase {
    switch grade {
    case .experiment: Phrase(en: "experiment", ru: "эксперимент")
    case .adjustedAssociation:
      Phrase(en: "association, other attributes equal", ru: "связь при прочих равных")
    case .expert: Phrase(en: "expert's guess", ru: "экспертное предположение")
    }
  }

  /// The recommendation's own caution, or the law's for an audience told by gender or age; `nil` without either.
  public static func caution(_ item: Recommendation, _ language: Language) -> String? {
    if let caution = item.caution { return text(caution, language) }
    return item.usesProtected ? protectedCaution[language] : nil
  }

  public static let protectedCaution = Phrase(
    en:
      "The audience is told by gender or age: information and marketing offers only, never price, terms or access.",
    ru:
      "Аудитория определена по полу или возрасту: допустимы только информация и маркетинговые предложения, но не цена, условия или доступ."
  )

  /// Why a recommendation of the catalogue does not appear, in a sentence.
  public static func skipped(_ item: SkippedRecommendation, _ language: Language) -> String {
    let sentence = reason(item, language)[language]
    // "п. п." brings its own full stop.
    return sentence.hasSuffix("..") ? String(sentence.dropLast()) : sentence
  }

  private static func reason(_ item: SkippedRecommendation, _ language: Language) -> Phrase {
    let format = NumberFormat(language)
    let condition = item.condition.map { TableErrorWords.quoted($0, language) } ?? ""
    let here = format.percent(item.churn?.estimate)
    let there = format.percent(item.elsewhere?.estimate)
    switch item.reason {
    case .noSuchAttribute:
      return Phrase(
        en: "The table has no such column: \(condition).", ru: "В таблице нет такого столбца: \(condition).")
    case .noSuchValue:
      return Phrase(
        en: "The table has no such value: \(condition).", ru: "В таблице нет такого значения: \(condition).")
    case .audienceTooSmall:
      guard let figure = item.figure else {
        return Phrase(en: "Too few clients to judge.", ru: "Клиентов слишком мало, чтобы судить.")
      }
      let clients = Plural.clients.counted(whole(figure), language)
      return Phrase(
        en: "Too few to judge: \(clients).", ru: "Слишком мало, чтобы судить: \(clients).")
    case .noEvidence:
      guard let rate = item.churn?.estimate, let others = item.elsewhere?.estimate else {
        return Phrase(
          en: "There is nobody to compare these clients with.", ru: "Этих клиентов не с кем сравнить.")
      }
      if rate <= others {
        return Phrase(
          en: "They leave no more often than the others: \(here) against \(there).",
          ru: "Уходят не чаще остальных: \(here) против \(there).")
      }
      let p = format.pValue(item.pValueAdjusted)
      return Phrase(
        en:
          "That they leave more often is not established: \(here) against \(there), \(p) after correction.",
        ru: "Что уходят чаще, не установлено: \(here) против \(there), \(p) с поправкой.")
    case .noEvidenceAmongAlike:
      return Phrase(
        en:
          "They leave more often (\(here) against \(there)), but less often where clients alike are compared.",
        ru: "Уходят чаще (\(here) против \(there)), но среди похожих клиентов — реже.")
    case .conditionNotMet:
      // The longest name that fits: "share of leavers" begins with "share".
      let asked = CatalogueFigure.allCases.filter {
        item.condition?.lowercased().hasPrefix($0.words) == true
      }.max { $0.words.count < $1.words.count }
      if asked == .adjustedDifferenceLow, let low = item.figure {
        let bound = format.points(low)
        return Phrase(
          en:
            "They leave more often (\(here) against \(there)), but among clients alike that is not established: the difference may be as low as \(bound).",
          ru:
            "Уходят чаще (\(here) против \(there)), но среди похожих клиентов это не установлено: разница может быть и \(bound)."
        )
      }
      guard let asked, let value = item.figure else {
        return Phrase(
          en: "The condition \(condition) does not hold.", ru: "Условие \(condition) не выполняется.")
      }
      let found = figure(value, asked, language)
      let name = name(asked)
      return Phrase(
        en: "The condition \(condition) does not hold: \(name.english) is \(found).",
        ru: "Условие \(condition) не выполняется: \(name.russian) \(found).")
    case .protectedForbidden:
      return Phrase(
        en: "Audiences told by gender or age are forbidden (\(condition)).",
        ru: "Аудитории по полу и возрасту запрещены (\(condition)).")
    case .noForecast:
      guard let low = item.figure else {
        return Phrase(
          en: "It needs the forecast, and there is none.", ru: "Нужен прогноз, а его нет.")
      }
      let auc = format.fixed(low, decimals: 2)
      return Phrase(
        en: "The forecast tells leavers from stayers too little: ROC AUC may be as low as \(auc).",
        ru: "Прогноз слишком плохо отличает уходящих: ROC AUC может быть всего \(auc).")
    }
  }
}
