public import EbbClients

/// What charts say: titles that state the finding, alternative texts, axes and notes, every figure given by the caller.
public struct ChartWords: Sendable {
  /// The words of one chart.
  public struct Texts: Sendable, Equatable {
    public let title: String
    public let alternative: String

    public init(_ title: String, _ alternative: String) {
      self.title = title
      self.alternative = alternative
    }
  }

  public let language: Language
  let format: NumberFormat
  let levels: LevelWords

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
    levels = LevelWords(language)
  }

  func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }

  /// "number of products", or the heading in quotes.
  public func attribute(_ column: String, _ role: Role?) -> String {
    guard let role, role != .attribute, role != .ignored else {
      return TableErrorWords.quoted(column, language)
    }
    return RoleWords.name(role)[language]
  }

  /// The same at the beginning of a line: "Number of products", "Heading".
  public func heading(_ column: String, _ role: Role?) -> String {
    guard let role, role != .attribute, role != .ignored else { return TextTable.visible(column) }
    let name = RoleWords.name(role)[language]
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  public func level(
    _ value: String, _ role: Role?, low: Double? = nil, high: Double? = nil, width: Int = 28
  ) -> String {
    switch value {
    case "other": say("all others", "все прочие")
    default: levels.name(value, role: role, low: low, high: high, width: width)
    }
  }

  /// "95% intervals; n = 10,000".
  public func note(n: Int, intervals: Bool) -> String {
    let count = Plural.clients.counted(n, language)
    return intervals
      ? say("Lines are 95% intervals; \(count).", "Отрезки: интервалы 95\u{00A0}%; \(count).") : count + "."
  }

  /// "balance (known or not)".
  public func presence(of attribute: String) -> String {
    say("\(attribute) (known or not)", "\(attribute) (есть ли данные)")
  }

  /// Group of a comparison: "left", "stayed" where it is churn's, else as any level.
  public func group(_ value: String, _ role: Role?, low: Double? = nil, high: Double? = nil) -> String {
    if role == .churn, value == "1" { return left }
    if role == .churn, value == "0" { return stayed }
    return level(value, role, low: low, high: high)
  }

  /// A level known by its text alone: bands in interval notation are read back.
  public func band(_ value: String, _ role: Role?) -> String {
    guard let first = value.first, let last = value.last, "[(".contains(first), ")]".contains(last) else {
      return level(value, role)
    }
    let ends = value.dropFirst().dropLast().split(separator: "; ", maxSplits: 1)
    guard ends.count == 2 else { return level(value, role) }
    return level(value, role, low: Double(ends[0]), high: Double(ends[1]))
  }

  public func blankCells(_ least: Int) -> String {
    say("Cells under \(least) clients are blank.", "Ячейки, где меньше \(least) клиентов, пусты.")
  }

  // MARK: Axes

  public var churnRate: String { say("Share of clients who left", "Доля ушедших клиентов") }
  public var bankAverage: String { say("all clients", "все клиенты") }
  public var noEffect: String { say("no difference", "нет различия") }
  public var attributeAxis: String { say("Attribute", "Признак") }
  public var left: String { say("Left", "Ушли") }
  public var stayed: String { say("Stayed", "Остались") }
  public var productsAxis: String { say("Number of products", "Число продуктов") }
  public var adjustedRate: String { say("At equal composition", "При равном составе") }
  public var rawRate: String { say("As it is", "Как есть") }
  public var effectSize: String {
    say("Difference in standard deviations (d or h)", "Различие в стандартных отклонениях (d или h)")
  }
  public var logOdds: String {
    say("Adds to the log-odds of leaving", "Вклад в логарифм шансов ухода")
  }

  // MARK: Churn

  /// Churn by one attribute.
  /// - Parameter highest: the level that stands out, or `nil` where none does.
  public func churn(
    attribute: String, highest: (name: String, rate: Double)?, range: (low: Double, high: Double),
    overall: Double
  ) -> Texts {
    let (low, high) = (format.percent(range.low), format.percent(range.high))
    let all = format.percent(overall)
    let alternative = say(
      "Bars: share of clients who left by \(attribute), from \(low) to \(high); all clients: \(all).",
      "Столбцы: доля ушедших по признаку «\(attribute)», от \(low) до \(high); все клиенты: \(all).")
    guard let highest else {
      return Texts(
        say(
          "By \(attribute) churn hardly differs: \(low) to \(high)",
          "По признаку «\(attribute)» отток почти одинаков: от \(low) до \(high)"), alternative)
    }
    let rate = format.percent(highest.rate)
    return Texts(
      say(
        "Highest where \(attribute) is \(highest.name): \(rate) leave, against \(all) of all",
        "Выше всего, где \(attribute): \(highest.name). Уходят \(rate) против \(all) в целом"), alternative)
  }

  /// Churn by products, as it is and at equal composition.
  public func adjustedProducts(
    highest: (name: String, raw: Double, adjusted: Double)?, by attributes: [String]
  ) -> Texts {
    let names = attributes.joined(separator: ", ")
    let alternative = say(
      "Pairs of bars by number of products: share who left as it is, and with \(names) as in the whole bank.",
      "Пары столбцов по числу продуктов: доля ушедших как есть и при таком же составе по признакам \(names), как у всего банка."
    )
    guard let highest else {
      return Texts(say("Composition explains little", "Состав мало что объясняет"), alternative)
    }
    let (raw, adjusted) = (format.percent(highest.raw), format.percent(highest.adjusted))
    return Texts(
      say(
        "At equal composition, products \(highest.name): \(adjusted) instead of \(raw)",
        "При равном составе, продуктов \(highest.name): \(adjusted) вместо \(raw)"), alternative)
  }

  /// A heatmap of churn by two attributes.
  public func pair(
    first: String, second: String, highest: (first: String, second: String, rate: Double, n: Int)?
  ) -> Texts {
    let alternative = say(
      "Table of shares who left: rows are \(first), columns are \(second).",
      "Таблица долей ушедших: строки «\(first)», столбцы «\(second)».")
    guard let highest else { return Texts(say("Churn by two", "Отток по двум признакам"), alternative) }
    let rate = format.percent(highest.rate)
    let clients = Plural.clients.counted(highest.n, language)
    return Texts(
      say(
        "Of \(first) \(highest.first) with \(second) \(highest.second), \(rate) leave (\(clients))",
        "Где \(first): \(highest.first), \(second): \(highest.second), уходят \(rate) (\(clients))"),
      alternative
    )
  }

  /// Effect sizes of those who left against those who stayed.
  public func portrait(strongest: String?) -> Texts {
    let alternative = say(
      "Bars: how far those who left differ from those who stayed, attribute by attribute, strongest first.",
      "Столбцы: насколько ушедшие отличаются от оставшихся по каждому признаку, сильнейшие сверху.")
    guard let strongest else {
      return Texts(
        say("Nothing sets those who left apart", "Ушедшие ничем заметно не отличаются"), alternative)
    }
    return Texts(
      say(
        "What sets those who left apart most: \(strongest)",
        "Сильнее всего ушедших отличает: \(strongest)"), alternative)
  }

  /// "age", "city: Омск", "balance: missing".
  public func trait(_ column: String, _ role: Role, value: String?, isMissing: Bool) -> String {
    let name = heading(column, role)
    if isMissing { return name + say(": missing", ": нет данных") }
    guard let value else { return name }
    return name + ": " + level(value, role)
  }
}

extension ChartWords {
  /// "Income by city".
  public func comparison(_ measure: String, by attribute: String) -> String {
    say("\(measure) by \(attribute)", "\(measure) по признаку «\(attribute)»")
  }
}
