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
    reason(item, language)[language]
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
      let figure = item.figure.map { value -> String in
        // The longest name that fits: "share of leavers" begins with "share".
        let longest =
          CatalogueFigure.allCases.filter { item.condition?.hasPrefix($0.words) == true }
          .max { $0.words.count < $1.words.count }
        return longest.map { Self.figure(value, $0, language) } ?? format.compact(value)
      }
      return Phrase(
        en: "The condition \(condition) does not hold: here it is \(figure ?? "not known").",
        ru: "Условие \(condition) не выполняется: здесь \(figure ?? "неизвестно").")
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
