public import EbbClients
import EbbTable

/// An inspection as text for the terminal: how the file is written and why, its columns, rejected rows, first rows.
public struct InspectionWords: Sendable {
  private let inspection: Inspection
  private let language: Language
  private let style: TextStyle
  private let width: Int
  private let format: NumberFormat

  /// Columns listed, at most.
  static let columnLimit = 200

  /// - Parameter width: cells of a line, for the first rows.
  public init(_ inspection: Inspection, language: Language, style: TextStyle = .plain, width: Int = 120) {
    self.inspection = inspection
    self.language = language
    self.style = style
    self.width = max(40, width)
    format = NumberFormat(language)
  }

  public var text: String {
    let parts = [heading, dialect, columns, roles, rejected, rows]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Parts

  private var heading: String {
    let name =
      inspection.source == "-" ? say("standard input", "стандартный ввод") : shown(inspection.source, 200)
    var line =
      style.bold(name) + ": " + Plural.rows.counted(inspection.rowCount, language) + ", "
      + Plural.columns.counted(inspection.columns.count, language)
    if inspection.rejectedCount > 0 {
      line +=
        ", " + say("rejected: ", "не прочитано: ") + style.yellow(format.integer(inspection.rejectedCount))
    }
    if !inspection.isWhole {
      line +=
        "\n"
        + style.yellow(
          say(
            "The file is long: only its beginning was read here, and all counts are about it.",
            "Файл большой: здесь прочитано только его начало, и все числа о нём."))
    }
    return line
  }

  private var dialect: String {
    var table = TextTable([
      .init("", maximumWidth: 24), .init("", maximumWidth: 28), .init("", maximumWidth: 100),
    ])
    for guess in inspection.why {
      if guess.subject == .compression, guess.value == "none" { continue }
      table.add([
        GuessWords.subject(guess.subject)[language], GuessWords.value(guess, language),
        GuessWords.why(guess, language),
      ])
    }
    return table.render(indent: 2, style: style)
  }

  private var columns: String {
    var table = TextTable([
      .init("#", .right), .init(say("column", "столбец"), maximumWidth: 28), .init(say("kind", "вид")),
      .init(say("role", "роль"), maximumWidth: 26), .init(say("missing", "пропусков"), .right),
      .init(say("range", "диапазон"), maximumWidth: 44), .init(say("why", "почему"), maximumWidth: 80),
    ])
    for (index, column) in inspection.columns.prefix(Self.columnLimit).enumerated() {
      table.add([
        String(index + 1), shown(column.name), RoleWords.kind(column.kind)[language],
        RoleWords.name(column.role)[language], missing(column), range(column), why(column),
      ])
    }
    return table.render(style: style) + more(inspection.columns.count - Self.columnLimit, Plural.columns)
  }

  private var roles: String {
    inspection.ambiguousRoles.map { ambiguous in
      let names = ambiguous.columns.map { shown($0) }.joined(separator: ", ")
      let role = RoleWords.name(ambiguous.role)[language]
      return style.yellow(
        say(
          "Several columns fit the role “\(role)”: \(names). Say which: --map \(ambiguous.role.rawValue)=…",
          "На роль «\(role)» подходят: \(names). Укажите столбец: --map \(ambiguous.role.rawValue)=…"))
    }.joined(separator: "\n")
  }

  private var rejected: String {
    var lines: [String] = []
    if inspection.rejectedCount > 0 {
      lines.append(
        style.bold(
          say(
            "Rejected rows: \(format.integer(inspection.rejectedCount))",
            "Не прочитано строк: \(format.integer(inspection.rejectedCount))")))
      lines += inspection.rejected.prefix(5).map { "  " + RejectedRowWords.line($0, language) }
      let rest = inspection.rejectedCount - 5
      if rest > 0 { lines.append("  … +" + format.integer(rest)) }
    }
    if let first = inspection.totals.first {
      lines.append(
        say("Totals rows left out, the first: ", "Итоговые строки не учтены, первая: ")
          + say("line ", "строка ") + format.integer(first.line) + " (" + shown(first.text, 60) + ")")
    }
    return lines.joined(separator: "\n")
  }

  private var rows: String {
    guard !inspection.rows.isEmpty else { return "" }
    // As many columns as fit in a line.
    let cells = inspection.rows.map { row in row.prefix(Self.columnLimit).map { shown($0, 60) } }
    let titles = inspection.columns.prefix(Self.columnLimit).map { shown($0.name) }
    var used = 2
    var fitting = 0
    for (index, title) in titles.enumerated() {
      let size = ([title] + cells.map { $0[index] }).map(DisplayWidth.of).max() ?? 0
      used += min(24, size) + 2
      if used > width, fitting > 0 { break }
      fitting += 1
    }
    var table = TextTable(
      (0..<fitting).map { index in
        let isNumber = inspection.columns[index].range != nil
        return .init(titles[index], isNumber ? .right : .left, maximumWidth: 24)
      })
    for row in cells { table.add(Array(row.prefix(fitting))) }
    let title = say("First rows", "Первые строки")
    return style.bold(title) + "\n" + table.render(indent: 2, style: style)
      + more(inspection.columns.count - fitting, Plural.columns)
  }

  // MARK: Cells

  private func missing(_ column: Inspection.Column) -> String {
    guard column.missing > 0 else { return "" }
    guard inspection.rowCount > 0 else { return format.integer(column.missing) }
    let share = Double(column.missing) / Double(inspection.rowCount)
    return format.integer(column.missing) + " (" + format.percent(share) + ")"
  }

  private func range(_ column: Inspection.Column) -> String {
    if let range = column.range {
      if range.low == range.high { return number(range.low, column) }
      return number(range.low, column) + " … " + number(range.high, column)
    }
    switch column.kind {
    case .integer, .decimal, .real, .empty: return ""
    case .flag, .category, .text:
      guard let distinct = column.distinct else {
        return say(
          "more than \(format.integer(ColumnSurvey.levelLimit)) values",
          "больше \(format.integer(ColumnSurvey.levelLimit)) значений")
      }
      if column.levels.isEmpty { return "" }
      let texts = column.levels.prefix(4).map { shown($0.text, 16) }.joined(separator: ", ")
      return distinct <= 4 ? texts : Plural.values.counted(distinct, language) + ": " + texts + "…"
    }
  }

  private func number(_ value: Double, _ column: Inspection.Column) -> String {
    if value.magnitude >= 1e15 { return String(value) }
    switch column.kind {
    case .integer: return format.integer(Int(value))
    case .decimal: return format.fixed(value, decimals: min(column.scale, 6))
    default: return format.compact(value)
    }
  }

  private func why(_ column: Inspection.Column) -> String {
    var reasons: [String] = []
    for guess in column.why {
      let why = GuessWords.why(guess, language)
      switch guess.subject {
      case .kind:
        if !why.isEmpty { reasons.append(why) }
      case .flag: reasons.append(GuessWords.subject(.flag)[language] + " = " + shown(guess.value))
      default:
        reasons.append(
          GuessWords.subject(guess.subject)[language] + " " + shown(GuessWords.value(guess, language))
            + (why.isEmpty ? "" : " (" + why + ")"))
      }
    }
    if column.role == .ignored { reasons.insert(RoleWords.reason(column.roleReason)[language], at: 0) }
    return reasons.joined(separator: "; ")
  }

  private func more(_ count: Int, _ noun: Plural) -> String {
    guard count > 0 else { return "" }
    return "\n  … "
      + say(
        "and \(noun.counted(count, language)) more (--json shows all)",
        "и ещё \(noun.counted(count, language)) (все покажет --json)")
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// Text from the data, harmless and short: a letter may have any number of marks, so scalars are counted.
  private func shown(_ text: String, _ limit: Int = 40) -> String {
    let scalars = text.unicodeScalars.prefix(limit + 1)
    let short = String(String.UnicodeScalarView(scalars.prefix(limit)))
    return TextTable.visible(scalars.count > limit ? short + "…" : short)
  }
}
