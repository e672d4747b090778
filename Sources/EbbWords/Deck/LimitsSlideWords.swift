import EbbClients
import EbbForecast
import EbbRetention
import EbbSegments
import EbbStatistics
import EbbStudy

/// What is not known, and the appendix.
extension DeckWords {
  public var limits: SlideWords {
    var points = [
      say(
        "Why clients leave: the table shows associations. Only an experiment shows causes.",
        "Почему уходят: таблица показывает связи, причину покажет только эксперимент."),
      say(
        "When they leave: the table is one moment, without dates; no season, no trend.",
        "Когда уходят: в таблице один момент без дат; ни сезона, ни тренда."),
    ]
    let undecided = hypotheses.filter { $0.verdict == .undecided }
    if !undecided.isEmpty {
      points.append(
        say(
          "Undecided: \(undecided.prefix(3).map(label).joined(separator: "; ")).",
          "Не решено: \(undecided.prefix(3).map(label).joined(separator: "; "))."))
    }
    if let gap = study.quality?.missing.max(by: { $0.share < $1.share }) {
      points.append(
        say(
          "Missing \(name(gap.column, gap.role)) (\(format.percent(gap.share))): a lost value or a client without one?",
          "Нет данных: \(name(gap.column, gap.role)) (\(format.percent(gap.share))): потеряны или их и не было?"
        ))
    }
    if let fairness = study.forecast?.fairness {
      for attribute in fairness.attributes where attribute.passesFourFifths == false {
        let role = study.schema.columns.first { $0.column == attribute.attribute }?.role
        points.append(
          say(
            "A list by risk alone would choose unevenly by \(name(attribute.attribute, role)): lowest ratio \(format.fixed(attribute.lowestSelectionRatio, decimals: 2)) where 0.80 is asked for.",
            "Список только по риску неравномерен, признак «\(name(attribute.attribute, role))»: отношение \(format.fixed(attribute.lowestSelectionRatio, decimals: 2)) при норме 0,80."
          ))
      }
    }
    if study.forecast?.refusal != nil {
      points.append(say("Who will leave: there is no forecast.", "Кто уйдёт: прогноза нет."))
    }
    if study.plan != nil {
      points.append(
        say(
          "What offers do: effects, margins and values are assumptions until this bank has tried them.",
          "Что дают предложения: эффекты, маржа и ценность\u{00A0}— допущения, пока банк их не проверил."))
    }
    return SlideWords(
      titles: [
        say(
          "What we do not know: causes, dates, and what offers will do",
          "Чего мы не знаем: причин, сроков и действия предложений")
      ],
      lead: "", points: points,
      notes: [
        say(
          "Said openly, so that nobody reads more into the figures than they hold.",
          "Говорим об этом прямо, чтобы из чисел не вычитали больше, чем в них есть."), notCause,
      ])
  }

  public var method: SlideWords {
    SlideWords(
      titles: [say("Appendix: how the figures were made", "Приложение: как получены числа")],
      lead: say(
        "Every figure of this deck stands in study.json, rounded as shown; study \(run)",
        "Каждое число этой презентации есть в study.json, округлённое как показано; исследование \(run)"),
      notes: [
        say(
          "Made by \(study.provenance.tool). The same table gives the same study, whatever the order of rows and number of cores.",
          "Сделано \(study.provenance.tool). Та же таблица даёт то же исследование при любом порядке строк и числе ядер."
        )
      ])
  }

  public var methods: [(what: String, how: String)] {
    let provenance = study.provenance
    var rows = [
      (
        say("Source", "Источник"),
        provenance.source == "-"
          ? say("standard input", "стандартный ввод") : short(provenance.source, width: 48)
      ),
      (
        say("Intervals", "Интервалы"),
        say(
          "95%; Wilson for shares, Newcombe for differences",
          "95\u{00A0}%; Уилсона для долей, Ньюкомба для разностей")
      ),
      (
        say("Tests", "Тесты"),
        say(
          "Welch's t and F, Mann-Whitney, chi-square, Fisher; α = \(format.fixed(provenance.alpha, decimals: 2)) after Holm",
          "t и F Уэлча, Манна\u{00A0}— Уитни, хи-квадрат, Фишера; α = \(format.fixed(provenance.alpha, decimals: 2)) после поправки Холма"
        )
      ),
      (
        say("Equality", "Равенство"),
        say(
          "two one-sided tests, within ±\(format.fixed(provenance.equivalenceBound, decimals: 2)) standard deviations",
          "два односторонних теста, в пределах ±\(format.fixed(provenance.equivalenceBound, decimals: 2)) стандартных отклонений"
        )
      ),
      (
        say("Adjusted churn", "Отток при равном составе"),
        say("direct standardisation to the bank's composition", "прямая стандартизация к составу банка")
      ),
      (
        say("Privacy", "Частные данные"),
        say(
          "groups of fewer than \(provenance.privacyThreshold) clients are shown together; no client is named",
          "группы меньше \(provenance.privacyThreshold) клиентов показаны вместе; имён и кодов нет")
      ),
    ]
    if let forecast = study.forecast, forecast.refusal == nil, let model = champion {
      rows.insert(
        (
          say("Forecast", "Прогноз"),
          say(
            "\(ForecastWords.method(model.name).english), \(forecast.settings.folds)-fold cross-validation, calibrated",
            "\(ForecastWords.method(model.name).russian), перекрёстная проверка на \(forecast.settings.folds) частях, калибровка"
          )
        ), at: 5)
    }
    if let groups = study.riskGroups {
      rows.insert(
        (
          say("Risk groups", "Группы риска"),
          say(
            "found on \(count(groups.search.discoveryClients)), proven on \(count(groups.search.confirmationClients))",
            "найдены на \(format.integer(groups.search.discoveryClients)), подтверждены на \(format.integer(groups.search.confirmationClients)) клиентах"
          )
        ), at: 6)
    }
    return rows
  }

  public var glossary: SlideWords {
    SlideWords(
      titles: [say("Appendix: words used here", "Приложение: словарь")], lead: "",
      notes: [
        say(
          "For questions: the words as this deck uses them. A figure's own formula stands in the study's documentation.",
          "Для вопросов: слова в том смысле, в каком они здесь стоят. Формулы\u{00A0}— в описании исследования."
        )
      ])
  }

  public var terms: [(term: String, meaning: String)] {
    var rows = [
      (say("Churn", "Отток"), say("share of clients who left the bank", "доля клиентов, ушедших из банка")),
      (
        say("95% interval", "Интервал 95\u{00A0}%"),
        say(
          "where the true figure lies, with 95% confidence",
          "где лежит истинная величина с уверенностью 95\u{00A0}%")
      ),
      (
        say("p, corrected", "p с поправкой"),
        say(
          "how easily chance alone would show such a difference, counting every test",
          "как легко такую разницу дал бы случай, с учётом числа тестов")
      ),
      (
        say("Cohen's d, h", "d и h Коэна"),
        say(
          "size of a difference: 0.2 small, 0.5 medium, 0.8 large",
          "размер отличия: 0,2 малый, 0,5 средний, 0,8 большой")
      ),
      (
        say("Equivalent", "Равны в пределах допуска"),
        say("shown to differ by less than the stated bound", "показано, что различие меньше допуска")
      ),
    ]
    if study.forecast?.refusal == nil, study.forecast != nil {
      rows += [
        (
          say("ROC AUC", "ROC AUC"),
          say(
            "chance that a leaver is ranked above a stayer; 0.5 is a coin",
            "вероятность поставить уходящего выше остающегося; 0,5\u{00A0}— монета")
        ),
        (
          say("Calibrated", "Калибровка"),
          say(
            "of clients forecast 30%, about 30% leave",
            "из клиентов с прогнозом 30\u{00A0}% уходят около 30\u{00A0}%")
        ),
      ]
    }
    if study.plan != nil {
      rows.append(
        (
          say("Gain", "Выгода"),
          say(
            "value of clients kept, less the cost of contacts and offers",
            "ценность удержанных клиентов минус затраты на контакты и предложения")
        ))
    }
    return rows
  }
}
