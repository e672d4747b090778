public import EbbSegments

/// Names and reasons of the hypothesis chapter, in words.
public enum HypothesisWords {
  public static func verdict(_ verdict: Verdict) -> Phrase {
    switch verdict {
    case .differ: Phrase(en: "differ", ru: "различаются")
    case .differNegligibly: Phrase(en: "differ, but negligibly", ru: "различаются, но пренебрежимо мало")
    case .equivalent: Phrase(en: "equivalent within the bound", ru: "равны в пределах допуска")
    case .undecided: Phrase(en: "undecided", ru: "не решено")
    }
  }

  /// A test's name as statisticians write it.
  public static func test(_ name: String) -> Phrase {
    switch name {
    case "welchT": Phrase(en: "Welch's t", ru: "t Уэлча")
    case "studentT": Phrase(en: "Student's t", ru: "t Стьюдента")
    case "mannWhitneyU": Phrase(en: "Mann-Whitney U", ru: "U Манна — Уитни")
    case "kolmogorovSmirnov": Phrase(en: "Kolmogorov-Smirnov D", ru: "D Колмогорова — Смирнова")
    case "anova": Phrase(en: "ANOVA F", ru: "F дисперсионного анализа")
    case "welchANOVA": Phrase(en: "Welch's ANOVA F", ru: "F Уэлча")
    case "brownForsytheANOVA": Phrase(en: "Brown-Forsythe F of means", ru: "F Брауна — Форсайта для средних")
    case "kruskalWallis": Phrase(en: "Kruskal-Wallis H", ru: "H Краскела — Уоллиса")
    case "levene": Phrase(en: "Levene W (variances)", ru: "W Левене (дисперсии)")
    case "brownForsythe": Phrase(en: "Brown-Forsythe W (variances)", ru: "W Брауна — Форсайта (дисперсии)")
    case "bartlett": Phrase(en: "Bartlett T (variances)", ru: "T Бартлетта (дисперсии)")
    case "chiSquared": Phrase(en: "chi-square", ru: "хи-квадрат")
    case "chiSquaredYates":
      Phrase(en: "chi-square with Yates' correction", ru: "хи-квадрат с поправкой Йейтса")
    case "fisherExact": Phrase(en: "Fisher's exact test", ru: "точный тест Фишера")
    case "twoProportionZ": Phrase(en: "z of two shares", ru: "z двух долей")
    case "gamesHowell": Phrase(en: "Games-Howell", ru: "Геймса — Хауэлла")
    case "dunn": Phrase(en: "Dunn's z", ru: "z Данна")
    case "dagostinoPearson": Phrase(en: "D'Agostino-Pearson K²", ru: "K² д’Агостино — Пирсона")
    case "jarqueBera": Phrase(en: "Jarque-Bera", ru: "Харке — Бера")
    default: Phrase(same: name)
    }
  }

  public static func effect(_ name: String) -> Phrase {
    switch name {
    case "cohensD": Phrase(en: "Cohen's d", ru: "d Коэна")
    case "hedgesG": Phrase(en: "Hedges' g", ru: "g Хеджеса")
    case "hedgesGExact": Phrase(en: "Hedges' g, exact", ru: "g Хеджеса, точный")
    case "rankBiserial": Phrase(en: "rank-biserial r", ru: "рангово-бисериальный r")
    case "commonLanguage":
      Phrase(en: "chance that the first is greater", ru: "вероятность, что первое больше")
    case "etaSquared": Phrase(same: "η²")
    case "omegaSquared": Phrase(same: "ω²")
    case "epsilonSquared": Phrase(same: "ε²")
    case "kruskalEtaSquared": Phrase(en: "η² of ranks", ru: "η² рангов")
    case "kruskalEpsilonSquared": Phrase(en: "ε² of ranks", ru: "ε² рангов")
    case "cramersV": Phrase(en: "Cramér's V", ru: "V Крамера")
    case "cramersVBiasCorrected": Phrase(en: "Cramér's V, bias-corrected", ru: "V Крамера, несмещённый")
    case "riskDifference": Phrase(en: "difference of shares", ru: "разность долей")
    case "relativeRisk": Phrase(en: "ratio of shares", ru: "отношение долей")
    case "oddsRatio": Phrase(en: "odds ratio", ru: "отношение шансов")
    default: Phrase(same: name)
    }
  }

  /// Why this test decides; goes after its name and a colon.
  public static func reason(_ reason: ComparisonChoice.Reason) -> Phrase {
    switch reason {
    case .tooFewGroups:
      Phrase(
        en: "there are no two groups with two values each",
        ru: "нет двух групп хотя бы с двумя значениями в каждой")
    case .noVariation: Phrase(en: "every value is the same", ru: "все значения одинаковы")
    case .groupWithoutVariation:
      Phrase(
        en: "in one of the groups all values are the same, so only ranks can be compared",
        ru: "в одной из групп все значения одинаковы, сравнить можно только ранги")
    case .shapeTooFarForMeans:
      Phrase(
        en: "the values are far from normal and a group is too small for its mean to be trusted",
        ru: "распределение далеко от нормального, а группа слишком мала, чтобы доверять её среднему")
    case .unequalVariances:
      Phrase(en: "the spread differs between the groups", ru: "разброс в группах разный")
    case .welchByDefault:
      Phrase(
        en: "nothing speaks against comparing means, and it does not need equal spread",
        ru: "сравнению средних ничто не мешает, а равного разброса этот тест не требует")
    }
  }

  public static func reason(_ reason: CategoricalComparison.Reason) -> Phrase {
    switch reason {
    case .tooFewGroups:
      Phrase(en: "there are no two groups and two categories", ru: "нет двух групп и двух категорий")
    case .smallExpectedCounts:
      Phrase(
        en: "expected counts are below 5, so the exact test decides",
        ru: "ожидаемые частоты меньше 5, решает точный тест")
    case .roughExpectedCounts:
      Phrase(
        en: "many expected counts are below 5, so its p is rough",
        ru: "многие ожидаемые частоты меньше 5, поэтому p приблизительно")
    case .chiSquaredByDefault:
      Phrase(en: "expected counts are large enough", ru: "ожидаемые частоты достаточно велики")
    }
  }

  public static func note(_ note: ComparisonNote) -> Phrase {
    let pair = note.first.flatMap { first in note.second.map { (first, $0) } }
    let about = Phrase(
      en: pair.map { "\($0.0) against \($0.1): " } ?? "", ru: pair.map { "\($0.0) против \($0.1): " } ?? "")
    let count = note.count ?? 0
    switch note.kind {
    case .meansOnly:
      return Phrase(
        en: about.english + "means differ, ranks do not" + cause(note.cause).english,
        ru: about.russian + "средние различаются, ранги нет" + cause(note.cause).russian)
    case .ranksOnly:
      return Phrase(
        en: about.english + "ranks differ, means do not" + cause(note.cause).english,
        ru: about.russian + "ранги различаются, средние нет" + cause(note.cause).russian)
    case .sizeUncertain:
      return Phrase(
        en: "a difference is shown, but not yet whether it is more than negligible",
        ru: "различие показано, но больше ли оно пренебрежимого, ещё не ясно")
    case .noPairStandsOut:
      return Phrase(
        en: "the groups differ as a whole, yet no single pair does after correction",
        ru: "группы в целом различаются, но ни одна пара после поправки не выделяется")
    case .groupsLeftOut:
      return Phrase(
        en: "groups left out for having fewer than two values: \(count)",
        ru: "групп меньше чем с двумя значениями, они не участвуют: \(count)")
    case .pairsLeftOut:
      return Phrase(
        en: "pairs are not shown: there are \(count) groups", ru: "пары не показаны: групп \(count)")
    case .banded:
      return Phrase(
        en: "the column has many values and was cut into bands of about equal size: \(count)",
        ru: "значений в столбце много, он разбит на интервалы примерно равной численности: \(count)")
    case .missingGroup:
      return Phrase(
        en: "rows without a group, left out: \(count)", ru: "строк без группы, они не участвуют: \(count)")
    }
  }

  private static func cause(_ cause: ComparisonNote.Cause?) -> Phrase {
    switch cause {
    case .heavyTails:
      Phrase(en: ": a few far values weigh on the means", ru: ": на средние влияют редкие далёкие значения")
    case .skewness: Phrase(en: ": the distributions are lopsided", ru: ": распределения скошены")
    case .shape:
      Phrase(
        en: ": the distributions differ in shape rather than in place",
        ru: ": распределения различаются формой, а не положением")
    case .borderline: Phrase(en: ": both p lie near the border", ru: ": оба p близки к границе")
    case nil: Phrase(same: "")
    }
  }
}
