/// Short words on slides: headings of tables, names of series.
public enum DeckLabel: Sendable {
  case group, clients, churn, interval, adjusted, balanceShare, allClients, share, left, stayed, effect, trait
  case hypothesis, verdict, pAdjusted, test, model, chance, forecast, observed, importance, lift, ofLeavers,
    what, figure
  case expected, kept, cost, value, gain, contacts, assumption, low, high, treated, control, withoutAction,
    withAction
  case detectable, power, answer, whoDoes, byWhen, toFill, difference, here, elsewhere, summary, actions, ask,
    contribution
  case perfect, needed, how, term, meaning, missing, retained, pooled, overall

  public var phrase: Phrase {
    switch self {
    case .group: Phrase(en: "Group", ru: "Группа")
    case .clients: Phrase(en: "Clients", ru: "Клиентов")
    case .churn: Phrase(en: "Churn", ru: "Отток")
    case .interval: Phrase(en: "95% interval", ru: "Интервал 95\u{00A0}%")
    case .adjusted: Phrase(en: "Adjusted", ru: "При равном составе")
    case .balanceShare: Phrase(en: "Of balances", ru: "Доля остатков")
    case .allClients: Phrase(en: "All clients", ru: "Все клиенты")
    case .share: Phrase(en: "Share", ru: "Доля")
    case .left: Phrase(en: "Left", ru: "Ушли")
    case .stayed: Phrase(en: "Stayed", ru: "Остались")
    case .effect: Phrase(en: "Effect", ru: "Эффект")
    case .trait: Phrase(en: "Trait", ru: "Признак")
    case .hypothesis: Phrase(en: "Compared", ru: "Что сравниваем")
    case .verdict: Phrase(en: "Verdict", ru: "Вывод")
    case .pAdjusted: Phrase(en: "p, corrected", ru: "p с поправкой")
    case .test: Phrase(en: "Test", ru: "Тест")
    case .model: Phrase(en: "By the forecast", ru: "По прогнозу")
    case .chance: Phrase(en: "At random", ru: "Наугад")
    case .forecast: Phrase(en: "Forecast", ru: "Прогноз")
    case .observed: Phrase(en: "What happened", ru: "Что случилось")
    case .importance: Phrase(en: "Weight in the forecast", ru: "Вес в прогнозе")
    case .lift: Phrase(en: "Times average", ru: "К среднему")
    case .ofLeavers: Phrase(en: "Of all leavers", ru: "Из всех ушедших")
    case .what: Phrase(en: "What", ru: "Что")
    case .figure: Phrase(en: "Figure", ru: "Число")
    case .expected: Phrase(en: "Expected", ru: "Ожидается")
    case .kept: Phrase(en: "Kept", ru: "Удержим")
    case .cost: Phrase(en: "Cost", ru: "Затраты")
    case .value: Phrase(en: "Value kept", ru: "Сохранённая ценность")
    case .gain: Phrase(en: "Gain", ru: "Выгода")
    case .contacts: Phrase(en: "Contacts", ru: "Контактов")
    case .assumption: Phrase(en: "Assumption", ru: "Допущение")
    case .low: Phrase(en: "If lower", ru: "Если ниже")
    case .high: Phrase(en: "If higher", ru: "Если выше")
    case .treated: Phrase(en: "Contacted", ru: "С контактом")
    case .control: Phrase(en: "Control", ru: "Контроль")
    case .withoutAction: Phrase(en: "Leave without it", ru: "Уйдут без действия")
    case .withAction: Phrase(en: "Leave with it", ru: "Уйдут с действием")
    case .detectable: Phrase(en: "Fall that shows", ru: "Различимое снижение")
    case .power: Phrase(en: "Power", ru: "Мощность")
    case .answer: Phrase(en: "Will it answer?", ru: "Ответит ли?")
    case .whoDoes: Phrase(en: "Owner", ru: "Ответственный")
    case .byWhen: Phrase(en: "By", ru: "Срок")
    case .toFill: Phrase(en: "to be named", ru: "назначить")
    case .difference: Phrase(en: "Difference", ru: "Разница")
    case .here: Phrase(en: "In the group", ru: "В группе")
    case .elsewhere: Phrase(en: "All others", ru: "Остальные")
    case .summary: Phrase(en: "What we found", ru: "Что нашли")
    case .actions: Phrase(en: "What to do", ru: "Что делать")
    case .ask: Phrase(en: "The decision asked for", ru: "Какое решение нужно")
    case .contribution: Phrase(en: "Pushes towards leaving", ru: "Толкает к уходу")
    case .perfect: Phrase(en: "Forecast = outcome", ru: "Прогноз = факт")
    case .needed: Phrase(en: "Needed in each arm", ru: "Нужно в группе")
    case .how: Phrase(en: "How", ru: "Как")
    case .term: Phrase(en: "Term", ru: "Термин")
    case .meaning: Phrase(en: "Meaning", ru: "Что значит")
    case .missing: Phrase(en: "Missing", ru: "Нет данных")
    case .retained: Phrase(en: "Kept clients", ru: "Удержано")
    case .pooled: Phrase(en: "Others", ru: "Прочие")
    case .overall: Phrase(en: "Bank", ru: "Банк")
    }
  }
}
