public import EbbForecast

/// Names and reasons of the forecast chapter, in words.
public enum ForecastWords {
  public static func method(_ method: ForecastMethod) -> Phrase {
    switch method {
    case .overallRate: Phrase(en: "one rate for all", ru: "одна доля для всех")
    case .productRate: Phrase(en: "rate of the product group", ru: "доля своей группы по продуктам")
    case .scorecard: Phrase(en: "scorecard", ru: "скоркарта")
    case .scorecardInteractions:
      Phrase(en: "scorecard with two-way tables", ru: "скоркарта с парными таблицами")
    case .trees: Phrase(en: "boosted trees", ru: "бустинг деревьев")
    }
  }

  public static func refusal(_ refusal: Forecast.Refusal) -> Phrase {
    switch refusal {
    case .tooFewChurned:
      Phrase(en: "too few clients left to learn from", ru: "ушедших слишком мало, чтобы учиться")
    case .tooFewStayed:
      Phrase(en: "too few clients stayed to learn from", ru: "оставшихся слишком мало, чтобы учиться")
    case .noFeatures:
      Phrase(en: "no attribute is left to learn from", ru: "не осталось признаков, по которым учиться")
    case .noModel:
      Phrase(
        en: "no model could be trained in every part",
        ru: "ни одна модель не обучилась на каждой части данных")
    }
  }

  public static func setAside(_ reason: SetAsideFeature.Reason) -> Phrase {
    switch reason {
    case .nearPerfect:
      Phrase(
        en:
          "by itself it all but tells who left, so it is churn by another name or was written down afterwards",
        ru: "он один почти точно говорит, кто ушёл: это сам отток под другим именем или запись задним числом")
    case .afterTheFact:
      Phrase(
        en: "it is filled in almost only for those who left (or stayed), so it was written down afterwards",
        ru: "он заполнен почти только у ушедших (или у оставшихся): это запись задним числом")
    case .identifierLike:
      Phrase(en: "it tells clients apart like an id", ru: "он различает клиентов, как код")
    case .tooManyLevels:
      Phrase(en: "it has too many different texts", ru: "в нём слишком много разных текстов")
    case .constant: Phrase(en: "it is the same for everybody", ru: "он у всех одинаков")
    case .excluded: Phrase(en: "you excluded it", ru: "вы его исключили")
    }
  }

  public static func reason(_ reason: ChampionChoice.Reason) -> Phrase {
    switch reason {
    case .lowestLogLoss: Phrase(en: "lowest log-loss", ru: "наименьшая логарифмическая потеря")
    case .simplerAsGood: Phrase(en: "simpler and as good", ru: "проще и не хуже")
    case .onlyModel: Phrase(en: "the only one", ru: "единственная")
    }
  }
}
