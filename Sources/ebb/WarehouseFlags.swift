import EbbWarehouse
import EbbWords

/// Which table of a warehouse to study.
enum WarehouseFlags {
  static let options: [CommandSpec.Option] = [
    .init(
      name: "table", kind: .value("NAME"),
      help: Phrase(
        en: "of a postgresql:// address: the clients' table, schema.name",
        ru: "для адреса postgresql://: таблица клиентов, схема.имя")),
    .init(
      name: "where", kind: .value("SQL"),
      help: Phrase(en: "only the rows that meet this condition", ru: "только строки с этим условием")),
    timeout,
    .init(
      name: "plan", kind: .flag,
      help: Phrase(
        en: "of a postgresql:// address: show every statement and what it costs, study nothing",
        ru: "для адреса postgresql://: показать все запросы и их стоимость, ничего не исследуя")),
  ]

  static let timeout = CommandSpec.Option(
    name: "statement-timeout", kind: .value("SECONDS"),
    help: Phrase(
      en: "of a postgresql:// address: what one statement may take",
      ru: "для адреса postgresql://: сколько может длиться один запрос"))

  static func request(_ arguments: ParsedArguments) throws(UsageError) -> WarehouseRequest? {
    let address = arguments.positionals[0]
    guard WarehouseRequest.isAddress(address) else {
      for name in ["table", "where", "statement-timeout"] where arguments.value(name) != nil {
        throw .badValue(
          option: name, text: arguments.value(name) ?? "",
          expected: Phrase(en: "a postgresql:// address before it", ru: "адрес postgresql:// перед ним"))
      }
      if arguments.flag("plan") {
        throw .badValue(
          option: "plan", text: "",
          expected: Phrase(en: "a postgresql:// address before it", ru: "адрес postgresql:// перед ним"))
      }
      return nil
    }
    guard let table = arguments.value("table"), !table.isEmpty else {
      throw .badValue(
        option: "table", text: arguments.value("table") ?? "",
        expected: Phrase(en: "the name of the clients' table", ru: "имя таблицы клиентов"))
    }
    return WarehouseRequest(
      address: address, table: table, condition: arguments.value("where"),
      timeout: try arguments.integer("statement-timeout", in: 1...1_000_000))
  }
}
