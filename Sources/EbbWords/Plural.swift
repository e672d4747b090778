/// The form of a noun that goes with a number.
///
/// English has two forms; Russian three: 1 клиент, 2 клиента, 5 клиентов (11…14 take the third).
/// Source: Unicode CLDR plural rules, cardinal, `en` and `ru`.
public struct Plural: Sendable, Equatable {
  public let english: (one: String, other: String)
  public let russian: (one: String, few: String, many: String)

  public init(en english: (String, String), ru russian: (String, String, String)) {
    self.english = english
    self.russian = russian
  }

  public func form(_ count: Int, _ language: Language) -> String {
    let n = count.magnitude
    switch language {
    case .english:
      return n == 1 ? english.one : english.other
    case .russian:
      if n % 10 == 1, n % 100 != 11 { return russian.one }
      if (2...4).contains(n % 10), !(12...14).contains(n % 100) { return russian.few }
      return russian.many
    }
  }

  /// "1 234 клиента", "1,234 clients".
  public func counted(_ count: Int, _ language: Language) -> String {
    NumberFormat(language).integer(count) + "\u{00A0}" + form(count, language)
  }

  public static func == (a: Plural, b: Plural) -> Bool { a.english == b.english && a.russian == b.russian }

  public static let clients = Plural(en: ("client", "clients"), ru: ("клиент", "клиента", "клиентов"))
  public static let rows = Plural(en: ("row", "rows"), ru: ("строка", "строки", "строк"))
  public static let columns = Plural(en: ("column", "columns"), ru: ("столбец", "столбца", "столбцов"))
  public static let products = Plural(en: ("product", "products"), ru: ("продукт", "продукта", "продуктов"))
  public static let values = Plural(en: ("value", "values"), ru: ("значение", "значения", "значений"))
}
