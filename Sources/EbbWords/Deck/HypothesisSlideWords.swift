import EbbClients
public import EbbSegments
public import EbbStatistics
import EbbStudy

/// Hypotheses and their verdicts.
extension DeckWords {
  /// Declared ones first, then attributes against churn.
  public var hypotheses: [Hypothesis] {
    guard let tested = study.hypotheses?.tested else { return [] }
    return tested.filter { $0.family == .declared } + tested.filter { $0.family == .attribute }
  }

  public func label(_ hypothesis: Hypothesis) -> String {
    if hypothesis.measureRole == .churn {
      return capital(
        say(
          "churn by \(name(hypothesis.by, hypothesis.byRole))",
          "отток: \(name(hypothesis.by, hypothesis.byRole))"))
    }
    let measure = capital(name(hypothesis.measure, hypothesis.measureRole))
    if hypothesis.byRole == .churn { return measure + say(": left or stayed", ": ушли или остались") }
    return measure
      + say(" by \(name(hypothesis.by, hypothesis.byRole))", ": \(name(hypothesis.by, hypothesis.byRole))")
  }

  /// The difference to draw: Cohen's d of the two groups, or of the pair that differs most; `nil` for shares.
  public func effect(_ hypothesis: Hypothesis) -> EffectSize? {
    hypothesis.comparison?.pairs.compactMap { $0.effect("cohensD") }
      .max { abs($0.estimate ?? 0) < abs($1.estimate ?? 0) }
  }

  public var hypothesisSlide: SlideWords? {
    let all = hypotheses
    guard let chapter = study.hypotheses, !all.isEmpty else { return nil }
    let declared = all.filter { $0.family == .declared }
    func measures(_ list: [Hypothesis]) -> String {
      var seen: [String] = []
      for hypothesis in list {
        let text =
          hypothesis.measureRole == .churn
          ? name(hypothesis.by, hypothesis.byRole) : name(hypothesis.measure, hypothesis.measureRole)
        if !seen.contains(text) { seen.append(text) }
      }
      return seen.prefix(4).joined(separator: ", ")
    }
    let moved = all.filter { $0.verdict == .differ && ($0.measureRole == .churn || $0.byRole == .churn) }
    let income = declared.first { $0.measureRole == .income && $0.byRole == .churn }
    var titles: [String] = []
    if let income {
      let said: String =
        switch income.verdict {
        case .differ:
          say("Income differs between leavers and stayers", "Доход ушедших и оставшихся различается")
        case .differNegligibly:
          say("Income differs, but negligibly", "Доход различается, но пренебрежимо мало")
        case .equivalent:
          say("Income of leavers and stayers is the same", "Доход ушедших и оставшихся одинаков")
        case .undecided:
          say("Whether income differs is undecided", "Различается ли доход, данные не решают")
        }
      if !moved.isEmpty {
        titles.append(
          say("\(said); churn goes with \(measures(moved))", "\(said); с оттоком связаны: \(measures(moved))")
        )
      }
      titles.append(said)
    }
    if !moved.isEmpty {
      titles.append(say("Churn goes with \(measures(moved))", "С оттоком связаны: \(measures(moved))"))
    }
    titles.append(
      say(
        "\(all.count) hypotheses tested, each with a verdict",
        "Проверено гипотез: \(all.count), у каждой свой вывод"))
    return SlideWords(
      titles: titles,
      lead: say(
        "Verdict for each, p corrected; right: difference in standard deviations (Cohen's d) with its 95% interval",
        "Вывод по каждой, p с поправкой; справа\u{00A0}— разница в стандартных отклонениях (d Коэна) с интервалом"
      ),
      notes: [
        say(
          "Declared before looking are corrected by Holm, the others by Benjamini-Hochberg, at α = \(format.fixed(chapter.alpha, decimals: 2)). Equal within the bound is shown by two one-sided tests, d within ±\(format.fixed(chapter.bound, decimals: 2)).",
          "Объявленные заранее исправлены по Холму, остальные по Бенджамини\u{00A0}— Хохбергу, α = \(format.fixed(chapter.alpha, decimals: 2)). Равенство в пределах допуска показано двумя односторонними тестами, d в пределах ±\(format.fixed(chapter.bound, decimals: 2))."
        ),
        say(
          "A large p alone is never read as “equal”. For more than two groups the pair that differs most is drawn; for shares there is no d.",
          "Большое p само по себе не значит «равны». Если групп больше двух, показана самая различающаяся пара; для долей d нет."
        ),
      ])
  }
}
