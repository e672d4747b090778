/// What was done in a warehouse.
public enum WarehouseWords {
  public static func scored(rows: Int, table: String, _ language: Language) -> String {
    let (count, name) = (NumberFormat(language).integer(rows), TextTable.visible(table))
    return Phrase(
      en: "Scored in the database: \(count) clients, in table \(name).",
      ru: "Прогноз посчитан в базе: клиентов \(count), таблица \(name).")[language]
  }
}
