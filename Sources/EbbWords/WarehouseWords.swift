public import EbbWarehouse

/// What was done in a warehouse, and what would be.
public enum WarehouseWords {
  /// As a script: every statement with the server's estimate before it.
  public static func plan(_ statements: [PlannedStatement], _ language: Language) -> String {
    let format = NumberFormat(language)
    func number(_ value: Double) -> String { format.integer(Int(min(value, 1e15).rounded())) }
    let isOfBytes = statements.first?.unit == .bytes
    func cost(_ value: Double) -> Phrase {
      isOfBytes
        ? Phrase(en: "reads \(number(value)) bytes", ru: "читает байт: \(number(value))")
        : Phrase(en: "cost \(number(value))", ru: "стоимость \(number(value))")
    }
    var out = statements.enumerated().map { index, statement in
      var head = "-- \(index + 1). \(cost(statement.cost)[language])"
      if let rows = statement.rows { head += Phrase(en: ", rows ", ru: ", строк ")[language] + number(rows) }
      return head + "\n" + statement.text + ";\n"
    }
    let (count, total) = (format.integer(statements.count), statements.reduce(0) { $0 + $1.cost })
    let sum =
      isOfBytes
      ? Phrase(
        en:
          "-- \(count) statements. Bytes as Spark knows them before it runs; after the first statements it reads its cache.",
        ru:
          "-- Запросов: \(count). Байты известны Spark до запуска; после первых запросов он читает свой кеш.")
      : Phrase(
        en: "-- \(count) statements, cost \(number(total)) in the server's units, without parallel workers.",
        ru:
          "-- Запросов: \(count), стоимость \(number(total)) в единицах сервера, без параллельных процессов.")
    out.append(
      sum[language] + "\n"
        + Phrase(
          en: "-- Constants are those of a few rows; nothing was run over the whole table.",
          ru: "-- Константы взяты по нескольким строкам; по всей таблице ничего не выполнялось.")[language])
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
