public import EbbWarehouse

/// What was done in a warehouse, and what would be.
public enum WarehouseWords {
  /// As a script: every statement with the server's estimate before it.
  public static func plan(_ statements: [PlannedStatement], _ language: Language) -> String {
    let format = NumberFormat(language)
    func number(_ value: Double) -> String { format.integer(Int(min(value, 1e15).rounded())) }
    var out = statements.enumerated().map { index, statement in
      let head = Phrase(
        en: "-- \(index + 1). cost \(number(statement.cost)), rows \(number(statement.rows))",
        ru: "-- \(index + 1). стоимость \(number(statement.cost)), строк \(number(statement.rows))")[language]
      return head + "\n" + statement.text + ";\n"
    }
    let total = number(statements.reduce(0) { $0 + $1.cost })
    out.append(
      Phrase(
        en: """
          -- \(format.integer(statements.count)) statements, cost \(total) in the server's units, without parallel workers.
          -- Constants are those of a few rows; nothing was run over the whole table.
          """,
        ru: """
          -- Запросов: \(format.integer(statements.count)), стоимость \(total) в единицах сервера, без параллельных процессов.
          -- Константы взяты по нескольким строкам; по всей таблице ничего не выполнялось.
          """)[language])
    return out.joined(separator: "\n")
  }

  /// That recommendations and a plan need every client.
  public static func leftOut(clients: Int, read: Int, _ language: Language) -> String {
    let format = NumberFormat(language)
    let (all, some) = (format.integer(clients), format.integer(read))
    return Phrase(
      en: """
        Left out: recommendations and the plan. They name clients, and \(some) of \(all) were read; --training-clients all \
        reads every one.
        """,
      ru: """
        Нет рекомендаций и плана: они называют клиентов, а прочитано \(some) из \(all). Прочесть всех: \
        --training-clients all.
        """)[language]
  }

  public static func scored(rows: Int, table: String, _ language: Language) -> String {
    let (count, name) = (NumberFormat(language).integer(rows), TextTable.visible(table))
    return Phrase(
      en: "Scored in the database: \(count) clients, in table \(name).",
      ru: "Прогноз посчитан в базе: клиентов \(count), таблица \(name).")[language]
  }
}
