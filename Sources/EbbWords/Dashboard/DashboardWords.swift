import EbbSegments
import EbbStatistics
public import EbbStudy

/// Titles, headings and sentences of the dashboard's rooms.
public struct DashboardWords: Sendable {
  public let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  // MARK: The page

  public var languageName: String { say("English", "Русский") }

  public func heading(_ study: Study) -> String {
    guard let overall = study.churn?.overall, let rate = overall.estimate else {
      return say("Study of clients", "Исследование клиентов")
    }
    return say(
      "\(format.percent(rate)) of clients left: who they are and whom to keep",
      "Ушли \(format.percent(rate)) клиентов: кто они и кого удержать")
  }

  /// Where a browser cannot show the page.
  public var needs: String {
    say(
      "This page needs a browser with scripts, of 2023 or later.",
      "Этой странице нужен браузер со скриптами, 2023 года или новее.")
  }

  public func subtitle(_ study: Study) -> String {
    let clients = Plural.clients.counted(study.schema.clients, language)
    let source =
      study.provenance.source == "-"
      ? say("standard input", "стандартный ввод") : TextTable.visible(study.provenance.source)
    return say("\(source), \(clients)", "\(source), \(clients)")
  }

  public func footer(_ study: Study) -> String {
    let threshold = study.provenance.privacyThreshold
    return say(
      "Made by \(study.provenance.tool). Sums over clients only; groups under \(threshold) clients are put together. Nothing here is loaded from anywhere. What goes together with leaving need not be its cause.",
      "Сделано программой \(study.provenance.tool). Здесь только суммы по клиентам; группы меньше \(threshold) клиентов объединены. Страница ничего ниоткуда не загружает. Связь с уходом ещё не причина ухода."
    )
  }

  public enum Room: String, Sendable, CaseIterable {
    case overview, segments, portrait, groups, hypotheses, forecast, plan, method
  }

  public func title(_ room: Room) -> String {
    switch room {
    case .overview: say("Overview", "Обзор")
    case .segments: say("Segments", "Сегменты")
    case .portrait: say("Portrait", "Портрет")
    case .groups: say("Risk groups", "Группы риска")
    case .hypotheses: say("Hypotheses", "Гипотезы")
    case .forecast: say("Forecast", "Прогноз")
    case .plan: say("Plan", "План")
    case .method: say("Data and method", "Данные и метод")
    }
  }

  public func intro(_ room: Room) -> String {
    switch room {
    case .overview:
      say(
        "Click a bar, or drag across several: everything else follows. On a keyboard: arrows, Space, and Shift with them.",
        "Нажмите на столбец или проведите по нескольким: всё остальное пересчитается. С клавиатуры: стрелки, пробел и они же с Shift."
      )
    case .segments:
      say(
        "Any two attributes crossed. Click a cell, or drag across several: everything else follows.",
        "Любые два признака вместе. Нажмите на ячейку или проведите по нескольким: остальное пересчитается."
      )
    case .portrait:
      say(
        "Those who left beside those who stayed. Shares follow the filter, effects are of all clients.",
        "Ушедшие рядом с оставшимися. Доли пересчитываются по выбору, эффекты посчитаны по всем клиентам.")
    case .groups:
      say(
        "Groups found on one part of the clients and confirmed on the other.",
        "Группы, найденные на одной части клиентов и подтверждённые на другой.")
    case .hypotheses:
      say(
        "What was asked before looking, what goes together with churn, and how sure each answer is.",
        "О чём спросили до взгляда на данные, что связано с оттоком и насколько надёжен каждый ответ.")
    case .forecast:
      say(
        "How well leaving can be foreseen, judged on clients the model had not seen.",
        "Насколько предсказуем уход; проверено на клиентах, которых модель не видела.")
    case .plan:
      say(
        "Whom to contact, what it costs and brings, and the experiment that proves it.",
        "С кем связаться, сколько это стоит и приносит и какой опыт это докажет.")
    case .method:
      say(
        "What the table holds, what was mended, and how the figures were made.",
        "Что есть в таблице, что исправлено и как получены цифры.")
    }
  }

  // MARK: Columns and headings

  public var series: String { say("Series", "Ряд") }
  public var interval: String { say("95% interval", "Интервал 95\u{00A0}%") }
  public var range: String { say("From, to", "От, до") }
  public var clients: String { say("Clients", "Клиентов") }
  public var share: String { say("Share", "Доля") }
  public var churn: String { say("Left", "Ушли") }
  public var churnRate: String { say("Share who left", "Доля ушедших") }
  public var adjusted: String { say("At equal composition", "При равном составе") }
  public var balance: String { say("Balance", "Остатки") }
  public var balanceShare: String { say("Share of balances", "Доля остатков") }
  public var products: String { say("Products", "Продуктов") }
  public var measure: String { say("Measure", "Показатель") }
  public var attribute: String { say("Attribute", "Признак") }
  public var value: String { say("Value", "Значение") }
  public var left: String { say("Left", "Ушли") }
  public var stayed: String { say("Stayed", "Остались") }
  public var mean: String { say("Mean", "Среднее") }
  public var median: String { say("Median", "Медиана") }
  public var effect: String { say("Effect", "Эффект") }
  public var test: String { say("Test", "Тест") }
  public var statistic: String { say("Statistic", "Статистика") }
  public var pValue: String { "p" }
  public var pAdjusted: String { say("p, corrected", "p с поправкой") }
  public var verdict: String { say("Verdict", "Вывод") }
  public var group: String { say("Group", "Группа") }
  public var model: String { say("Model", "Модель") }
  public var lift: String { say("Times all", "Раз к среднему") }
  public var column: String { say("Column", "Столбец") }
  public var meaning: String { say("Taken for", "Принят за") }
  public var missing: String { say("Missing", "Нет данных") }
  public var because: String { say("Why", "Почему") }
  public var count: String { say("Count", "Число") }
  public var expected: String { say("Forecast", "Прогноз") }
  public var observed: String { say("In fact", "На деле") }
  public var decision: String { say("Decision", "Решение") }
  public var standardDeviation: String { say("SD", "СКО") }

  public var findings: String { say("What the study found", "Что показало исследование") }
  public var nowChosen: String { say("Three things about those chosen", "Три вещи о выбранных") }
  public var byAttribute: String { say("Churn by attribute", "Отток по признакам") }
  public var otherAttributes: String { say("Churn by other attributes", "Отток по прочим признакам") }
  public var makeUpHeading: String {
    say("Make-up of those who left and of those who stayed", "Состав ушедших и оставшихся")
  }
  public var makeUpNames: [String] {
    [say("of those who left", "среди ушедших"), say("of those who stayed", "среди оставшихся")]
  }
  public var shareOfGroup: String { say("Share of the group", "Доля в группе") }
  public func makeUp(_ attribute: String) -> String {
    say("Those who left and those who stayed by \(attribute)", "Ушедшие и оставшиеся: \(attribute)")
  }
  public var expectedHeading: String { say("Forecast and fact by attribute", "Прогноз и факт по признакам") }
  public var expectedNames: [String] { [say("left", "ушли"), say("expected to leave", "уйдут по прогнозу")] }
  public func expected(_ attribute: String) -> String {
    say("Forecast and fact by \(attribute)", "Прогноз и факт: \(attribute)")
  }
  public var productGroups: String { say("Clients by number of products", "Клиенты по числу продуктов") }
  public var profiles: String { say("Profiles side by side", "Профили рядом") }
  public var means: String {
    say("Means and other shares by number of products", "Средние и прочие доли по числу продуктов")
  }
  /// In place of a figure of fewer clients than may be told of.
  public var tooFew: String { say("too few", "слишком мало") }
  public var productsAndChurn: String {
    say("By number of products, left and stayed", "По числу продуктов, ушли и остались")
  }
  public var crossed: String { say("Two attributes crossed", "Два признака вместе") }
  public var numbers: String { say("Numbers", "Числа") }
  public var shares: String { say("Shares", "Доли") }
  public var traits: String { say("What sets those who left apart", "Чем отличаются ушедшие") }
  public var allTests: String { say("All tests", "Все тесты") }
  public var allEffects: String { say("Effects", "Эффекты") }
  public var pairs: String { say("Pairs of groups", "Пары групп") }
  public var declared: String { say("Declared before looking", "Заявлены заранее") }
  public var againstChurn: String { say("Every attribute against churn", "Каждый признак против оттока") }
  public var further: String { say("Looked at besides", "Просмотрены дополнительно") }
  public var models: String { say("Models compared", "Сравнение моделей") }
  public var drivers: String { say("What drives the forecast", "На чём держится прогноз") }
  public var fairness: String { say("Men and women, young and old", "Мужчины и женщины, молодые и старшие") }
  public var bySegment: String { say("Forecast and fact by group", "Прогноз и факт по группам") }
  public var quality: String { say("Quality of the data", "Качество данных") }
  public var columnsTaken: String {
    say("Columns and what they were taken for", "Столбцы и за что они приняты")
  }
  public var reading: String { say("How the file was read", "Как прочитан файл") }
  public var correlations: String { say("Numbers that go together", "Связанные числа") }
  public var method: String { say("Method", "Метод") }
  public var recommendations: String { say("Recommendations", "Рекомендации") }
  public var notCalledFor: String { say("Not called for by these data", "Данные этого не требуют") }
  public var experiments: String { say("Experiments", "Опыты") }
  public var sensitivity: String { say("What the gain hangs on", "От чего зависит выгода") }

  public func cut(_ shown: Int, of all: Int) -> String {
    say(
      "The first \(format.integer(shown)) of \(format.integer(all)); study.json has them all.",
      "Первые \(format.integer(shown)) из \(format.integer(all)); все есть в study.json.")
  }

  public func certainty(_ certainty: Finding.Certainty) -> String {
    switch certainty {
    case .established: say("established", "установлено")
    case .descriptive: say("description", "описание")
    case .undecided: say("undecided", "не решено")
    }
  }

  public func method(_ study: Study) -> [String] {
    let provenance = study.provenance
    let level = format.percent(provenance.level, decimals: 0)
    let alpha = format.fixed(provenance.alpha, decimals: 2)
    let bound = format.fixed(provenance.equivalenceBound, decimals: 2)
    return [
      say(
        "Shares carry Wilson's intervals at \(level); means Student's or Welch's.",
        "У долей интервалы Уилсона (\(level)), у средних Стьюдента или Уэлча."),
      say(
        "Tests are corrected for their number: Holm over the declared ones, Benjamini-Hochberg over the others; significant below \(alpha).",
        "Тесты с поправкой на их число: Холм для заявленных, Бенджамини — Хохберг для прочих; значимо ниже \(alpha)."
      ),
      say(
        "Equal means shown to be equal: within ±\(bound) standard deviations by two one-sided tests.",
        "«Равны» значит, что это показано: в пределах ±\(bound) стандартного отклонения по двум односторонним тестам."
      ),
      say(
        "Forecasts are judged out of fold: each client by a model that had not seen that client.",
        "Прогнозы проверены вне обучающих частей: каждого клиента судит модель, которая его не видела."),
      say(
        "Groups under \(provenance.privacyThreshold) clients are put together or left out.",
        "Группы меньше \(provenance.privacyThreshold) клиентов объединены или не показаны."),
    ]
  }
}
