/// Texts that the dashboard's page puts together by itself, by name. Places in braces are filled by the page.
public enum PageWords {
  public static let phrases: [String: Phrase] = shell.merging(filter) { $1 }.merging(live) { $1 }
    .merging(following) { $1 }.merging(tools) { $1 }.merging(plan) { $1 }

  /// Nouns with their plural forms: English two, Russian three.
  public static let plurals: [String: Plural] = [
    "clients": .clients,
    // After "of": 1 of 21 clients, 1 из 21 клиента.
    "ofClients": Plural(en: ("client", "clients"), ru: ("клиента", "клиентов", "клиентов")),
  ]

  private static let shell: [String: Phrase] = [
    "skip": Phrase(en: "Skip to the figures", ru: "Сразу к цифрам"),
    "roomsLabel": Phrase(en: "Parts of the study", ru: "Разделы исследования"),
    "light": Phrase(en: "Light", ru: "Светлая тема"),
    "dark": Phrase(en: "Dark", ru: "Тёмная тема"),
    "print": Phrase(en: "Print", ru: "Печать"),
    "percentagePoints": Phrase(en: "pp", ru: "п.\u{00A0}п."),
    "billions": Phrase(en: "bn", ru: "млрд"),
    "millions": Phrase(en: "m", ru: "млн"),
    "thousands": Phrase(en: "k", ru: "тыс."),
    "or": Phrase(en: "or", ru: "или"),
  ]

  private static let filter: [String: Phrase] = [
    "filter": Phrase(en: "Filter", ru: "Отбор"),
    "chosen": Phrase(en: "Chosen", ru: "Выбрано"),
    "noFilter": Phrase(
      en: "All clients. Choose some by bars, cells or the lists above.",
      ru: "Все клиенты. Выберите часть из них столбцами, ячейками или списками выше."),
    "clearOne": Phrase(en: "Remove the filter", ru: "Снять отбор"),
    "clearAll": Phrase(en: "Clear all", ru: "Сбросить всё"),
    "ofBase": Phrase(en: "of all", ru: "от всех"),
    "wholeBase": Phrase(en: "everybody in the study", ru: "все клиенты исследования"),
    "rows": Phrase(en: "Rows", ru: "Строки"),
    "columns": Phrase(en: "Columns", ru: "Столбцы"),
  ]

  private static let live: [String: Phrase] = [
    "clients": Phrase(en: "Clients", ru: "Клиентов"),
    "churnRate": Phrase(en: "Share who left", ru: "Доля ушедших"),
    "leftCount": Phrase(en: "Left", ru: "Ушли"),
    "balanceHeld": Phrase(en: "Balance held", ru: "Остатки на счетах"),
    "expectedLeavers": Phrase(en: "Leavers by the forecast", ru: "Уйдут по прогнозу"),
    "moneyAtRisk": Phrase(en: "Balance at risk by the forecast", ru: "Остатки под риском по прогнозу"),
    "ofClients": Phrase(en: "of these clients", ru: "этих клиентов"),
    "times": Phrase(en: "×{number} of all", ru: "×{number} к среднему"),
    "tooFewIn": Phrase(
      en: "By {attribute}: too few clients to say", ru: "По признаку «{attribute}»: слишком мало клиентов"),
    // Where a chart's own filter is set it still shows all values.
    "highestShown": Phrase(
      en: "Highest where {attribute} is {level}: {rate} leave, against {average} of all shown here",
      ru: "Выше всего, где {attribute}: {level}. Уходят {rate} против {average} у всех показанных"),
    "highestAt": Phrase(
      en: "Highest where {attribute} is {level}: {rate} leave, against {average} of those chosen",
      ru: "Выше всего, где {attribute}: {level}. Уходят {rate} против {average} у выбранных"),
    "hardlyDiffers": Phrase(
      en: "By {attribute} churn hardly differs: {low} to {high}",
      ru: "По признаку «{attribute}» отток почти одинаков: от {low} до {high}"),
    "intervalNote": Phrase(
      en: "Lines are 95% intervals; the dashed line is all clients; {clients}.",
      ru: "Отрезки: интервалы 95\u{00A0}%; пунктир: все клиенты; {clients}."),
    "nobody": Phrase(
      en: "No group of clients that may be shown has all these values.",
      ru: "Группы клиентов с такими значениями, которую можно показать, нет."),
    "sentenceChurn": Phrase(
      en: "{rate} left: {churned} of {clients} (95% interval {interval}).",
      ru: "Ушли {rate}: {churned} из {clients} (интервал 95\u{00A0}% {interval})."),
    "sentenceExcess": Phrase(
      en:
        "Most are lost where {attribute} is {level}: {rate} of {clients} leave, {more} more than at the average rate.",
      ru:
        "Больше всего теряется, где {attribute}: {level}. Уходят {rate} из {clients}, на {more} больше, чем при среднем оттоке."
    ),
    "sentenceBest": Phrase(
      en: "Best kept are those where {attribute} is {level}: {rate} of {clients} leave.",
      ru: "Лучше всего удерживаются те, у кого {attribute}: {level}. Уходят {rate} из {clients}."),
    "fewerThan30": Phrase(en: "fewer than 30 clients", ru: "меньше 30 клиентов"),
    "pairTitle": Phrase(
      en: "Highest where {first} is {row} and {second} is {column}: {rate} leave ({clients})",
      ru: "Выше всего, где {first}: {row}, {second}: {column}. Уходят {rate} ({clients})"),
    "pairNote": Phrase(
      en:
        "Share who left. Cells under 30 clients are blank. A click chooses both values, a drag all it passes.",
      ru:
        "Доля ушедших. Ячейки, где меньше 30 клиентов, пусты. Нажатие выбирает оба значения, протягивание: все, по которым прошло."
    ),
  ]

  /// What follows the filter in the other rooms, and what does not.
  private static let following: [String: Phrase] = [
    "ofAll": Phrase(en: "All clients, not filtered", ru: "Все клиенты, без отбора"),
    "ofLeft": Phrase(en: "of those who left", ru: "среди ушедших"),
    "ofStayed": Phrase(en: "of those who stayed", ru: "среди оставшихся"),
    "shareOfGroup": Phrase(en: "Share of the group", ru: "Доля в группе"),
    "makeUpTitle": Phrase(
      en: "{attribute}: {level} make {left} of those who left and {stayed} of those who stayed",
      ru: "{attribute}: {level}. Среди ушедших {left}, среди оставшихся {stayed}"),
    "didLeave": Phrase(en: "left", ru: "ушли"),
    "wereExpected": Phrase(en: "expected to leave", ru: "уйдут по прогнозу"),
    "expectedApart": Phrase(
      en:
        "{attribute}: forecast and fact are farthest apart at {level}, {left} left and {expected} were expected",
      ru: "{attribute}: дальше всего прогноз от факта, где {level}. Ушли {left}, по прогнозу {expected}"),
    "expectedAgrees": Phrase(
      en: "{attribute}: the forecast lies within the interval of what happened at every value",
      ru: "{attribute}: при каждом значении прогноз лежит в интервале факта"),
    "twinNote": Phrase(en: "{clients}, 95% intervals", ru: "{clients}, интервалы 95\u{00A0}%"),
    "notInCells": Phrase(
      en: "the cells do not tell this rule's values apart", ru: "ячейки не различают значения этого правила"),
    "groupsTitle": Phrase(
      en: "Of those chosen, {rate} leave where {group}", ru: "Среди выбранных уходят {rate}, где {group}"),
    "noGroupCounted": Phrase(
      en: "Too few of those chosen are in these groups",
      ru: "Среди выбранных в этих группах слишком мало клиентов"),
    "groupsNote": Phrase(
      en: "Counted among those chosen. Groups without a bar have borders that the cells do not have.",
      ru: "Посчитано среди выбранных. Групп без столбца по ячейкам не посчитать: их границы проходят иначе."),
  ]

  private static let tools: [String: Phrase] = [
    "drawing": Phrase(en: "chart", ru: "диаграмма"),
    "asTable": Phrase(en: "As a table", ru: "Таблицей"),
    "saveTable": Phrase(en: "Save as CSV", ru: "Сохранить в CSV"),
    "saveSVG": Phrase(en: "Save as SVG", ru: "Сохранить в SVG"),
    "savePNG": Phrase(en: "Save as PNG", ru: "Сохранить в PNG"),
    "lowEnd": Phrase(en: "from", ru: "от"),
    "highEnd": Phrase(en: "to", ru: "до"),
    "oneClient": Phrase(en: "One client", ru: "Один клиент"),
    "oneClientNote": Phrase(
      en: "The scorecard's points, added up here. More points: more likely to stay.",
      ru: "Баллы скоркарты, сложенные прямо здесь. Больше баллов: вероятнее, что останется."),
    "chanceOfLeaving": Phrase(en: "Chance of leaving:", ru: "Вероятность ухода:"),
    "points": Phrase(en: "Points", ru: "Баллы"),
    "pointsTable": Phrase(en: "Points of this client", ru: "Баллы этого клиента"),
    "basePoints": Phrase(en: "Everybody's base", ru: "База у всех"),
    "sum": Phrase(en: "Sum", ru: "Сумма"),
    "attribute": Phrase(en: "Attribute", ru: "Признак"),
    "value": Phrase(en: "Value", ru: "Значение"),
  ]

  private static let plan: [String: Phrase] = [
    "whatIf": Phrase(en: "What if", ru: "Что если"),
    "whatIfNote": Phrase(
      en:
        "Worked out here from the plan's curve: the order of clients stays that of the study, and worth and cost move in proportion. The budget has to do for the clients held out for comparison too. The command ebb study makes the plan anew with these assumptions.",
      ru:
        "Посчитано здесь по кривой плана: порядок клиентов остаётся как в исследовании, польза и затраты меняются пропорционально. Бюджета должно хватить и на оставленных для сравнения. Заново план составит команда ebb study с этими предположениями."
    ),
    "planContacts": Phrase(en: "To contact", ru: "Связаться"),
    "planCost": Phrase(en: "Cost", ru: "Затраты"),
    "planKept": Phrase(en: "Leavers expected to stay", ru: "Удержим, ожидаемо"),
    "planGain": Phrase(en: "Gain less cost", ru: "Выгода за вычетом затрат"),
    "withHeldOut": Phrase(en: "{number} with those held out", ru: "{number} с оставленными для сравнения"),
    "heldOutToo": Phrase(en: "those held out counted in", ru: "вместе с оставленными для сравнения"),
    "budget": Phrase(en: "Budget at most", ru: "Бюджет не больше"),
    "asInStudy": Phrase(en: "As in the study", ru: "Как в исследовании"),
    "curveTitle": Phrase(
      en: "Best under these settings: {clients}, gain {gain}",
      ru: "Лучшее при этих условиях: {clients}, выгода {gain}"),
  ]
}
