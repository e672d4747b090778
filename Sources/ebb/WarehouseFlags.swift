import EbbWarehouse
import EbbWords
import Foundation

/// Which table of a warehouse to study.
enum WarehouseFlags {
  static let options: [CommandSpec.Option] =
    [
      .init(
        name: "table", kind: .value("NAME"),
        help: Phrase(
          en: "of a postgresql:// address or spark: the clients' table, schema.name; of spark also a path",
          ru: "для адреса postgresql:// или spark: таблица клиентов, схема.имя; для spark и путь")),
      .init(
        name: "where", kind: .value("SQL"),
        help: Phrase(en: "only the rows that meet this condition", ru: "только строки с этим условием")),
      timeout,
      .init(
        name: "plan", kind: .flag,
        help: Phrase(
          en: "of such a table: show every statement and what it costs, study nothing",
          ru: "для такой таблицы: показать все запросы и их стоимость, ничего не исследуя")),
    ] + spark

  static let timeout = CommandSpec.Option(
    name: "statement-timeout", kind: .value("SECONDS"),
    help: Phrase(
      en: "of such a table: what one statement may take",
      ru: "для такой таблицы: сколько может длиться один запрос"))

  static let spark: [CommandSpec.Option] = [
    .init(
      name: "master", kind: .value("URL"),
      help: Phrase(
        en: "of spark: the cluster (default: what Spark's own configuration says)",
        ru: "для spark: кластер (по умолчанию из настроек самого Spark)")),
    .init(
      name: "conf", kind: .repeated("KEY=VALUE"),
      help: Phrase(
        en: "of spark: a setting, passed on to spark-submit",
        ru: "для spark: настройка, передаётся spark-submit")),
  ]

  /// The warehouse that the first argument names; `nil`: it names a file.
  static func place(_ arguments: ParsedArguments) throws(UsageError) -> WarehouseRequest.Place? {
    guard let address = arguments.positionals.first else { return nil }
    let isSpark = address == "spark" && arguments.value("table") != nil
    for name in ["master", "conf"] where !isSpark && !arguments.all(name).isEmpty {
      throw .badValue(
        option: name, text: arguments.all(name)[0],
        expected: Phrase(en: "spark and --table before it", ru: "spark и --table перед ним"))
    }
    if isSpark {
      for setting in arguments.all("conf") where !setting.contains("=") {
        throw .badValue(option: "conf", text: setting, expected: Phrase(en: "KEY=VALUE", ru: "КЛЮЧ=ЗНАЧЕНИЕ"))
      }
      return .spark(
        SparkLaunch(
          master: arguments.value("master"), settings: arguments.all("conf"),
          environment: ProcessInfo.processInfo.environment))
    }
    return WarehouseRequest.isAddress(address) ? .postgres(address) : nil
  }

  static func request(_ arguments: ParsedArguments) throws(UsageError) -> WarehouseRequest? {
    guard let place = try place(arguments) else {
      for name in ["table", "where", "statement-timeout"] where arguments.value(name) != nil {
        throw .badValue(
          option: name, text: arguments.value(name) ?? "",
          expected: Phrase(
            en: "a postgresql:// address or spark before it", ru: "адрес postgresql:// или spark перед ним"))
      }
      if arguments.flag("plan") {
        throw .badValue(
          option: "plan", text: "",
          expected: Phrase(
            en: "a postgresql:// address or spark before it", ru: "адрес postgresql:// или spark перед ним"))
      }
      return nil
    }
    guard let table = arguments.value("table"), !table.isEmpty else {
      throw .badValue(
        option: "table", text: arguments.value("table") ?? "",
        expected: Phrase(en: "the name of the clients' table", ru: "имя таблицы клиентов"))
    }
    return WarehouseRequest(
      place, table: table, condition: arguments.value("where"),
      timeout: try arguments.integer("statement-timeout", in: 1...1_000_000),
      reading: try ReadingFlags.readOptions(arguments))
  }
}
