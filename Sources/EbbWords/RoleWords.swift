public import EbbClients
public import EbbTable

/// Roles and kinds of columns by name.
public enum RoleWords {
  public static func name(_ role: Role) -> Phrase {
    switch role {
    case .id: Phrase(en: "client id", ru: "код клиента")
    case .churn: Phrase(en: "churn", ru: "отток")
    case .products: Phrase(en: "number of products", ru: "число продуктов")
    case .city: Phrase(en: "city", ru: "город")
    case .gender: Phrase(en: "gender", ru: "пол")
    case .age: Phrase(en: "age", ru: "возраст")
    case .objects: Phrase(en: "property objects", ru: "объекты собственности")
    case .balance: Phrase(en: "balance", ru: "баланс")
    case .income: Phrase(en: "income", ru: "доход")
    case .score: Phrase(en: "credit score", ru: "кредитный рейтинг")
    case .card: Phrase(en: "credit card", ru: "кредитная карта")
    case .activity: Phrase(en: "activity", ru: "активность")
    case .attribute: Phrase(en: "attribute", ru: "признак")
    case .ignored: Phrase(en: "left out", ru: "не участвует")
    }
  }

  public static func kind(_ kind: Column.Kind) -> Phrase {
    switch kind {
    case .integer: Phrase(en: "whole numbers", ru: "целые числа")
    case .decimal: Phrase(en: "exact decimals", ru: "точные дроби")
    case .real: Phrase(en: "numbers", ru: "числа")
    case .flag: Phrase(en: "yes or no", ru: "да или нет")
    case .category: Phrase(en: "categories", ru: "категории")
    case .text: Phrase(en: "text", ru: "текст")
    case .empty: Phrase(en: "empty", ru: "пусто")
    }
  }

  public static func reason(_ reason: ClientSchema.Reason) -> Phrase {
    switch reason {
    case .byName: Phrase(en: "by its name", ru: "по названию")
    case .byUser: Phrase(en: "as you said", ru: "как указано")
    case .byContent: Phrase(en: "by its content", ru: "по содержанию")
    case .plainAttribute:
      Phrase(en: "no known role: a plain attribute", ru: "роль неизвестна: простой признак")
    case .identifierLike:
      Phrase(en: "names clients, tells nothing of them", ru: "обозначает клиента, но не описывает его")
    case .constant: Phrase(en: "the same for everybody", ru: "одинаков у всех")
    case .empty: Phrase(en: "holds nothing", ru: "ничего не содержит")
    case .freeText: Phrase(en: "free text", ru: "свободный текст")
    case .rowNumber: Phrase(en: "numbers the rows", ru: "нумерует строки")
    case .personal: Phrase(en: "personal data", ru: "личные данные")
    }
  }
}
