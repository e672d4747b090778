import EbbClients
import EbbForecast
import EbbWarehouse
import EbbWords

/// `ebb score --as sql`: the model as a statement that forecasts a warehouse's clients where they are.
struct ScoreStatement: Sendable {
  static let options: [CommandSpec.Option] =
    [
      .init(
        name: "as", kind: .value("csv|sql"),
        help: Phrase(
          en: "csv: scored clients; sql: a statement that scores a warehouse's table, needs no FILE",
          ru: "csv: клиенты с прогнозом; sql: запрос, который считает прогноз в хранилище, FILE не нужен")),
      .init(
        name: "dialect", kind: .value(SQLDialect.allCases.map(\.rawValue).joined(separator: "|")),
        help: Phrase(
          en: "with --as sql: whose SQL (default: postgresql)",
          ru: "с --as sql: чей SQL (по умолчанию postgresql)")),
      .init(
        name: "table", kind: .value("TABLE"),
        help: Phrase(
          en:
            "with --as sql, a postgresql:// address or spark: the table, with its schema: bank.clients; of spark also a path",
          ru:
            "с --as sql, адресом postgresql:// или spark: таблица, можно со схемой: bank.clients; для spark и путь"
        )),
      .init(
        name: "id", kind: .value("COLUMN"),
        help: Phrase(
          en: "with --as sql: the column to show as id (default: the training table's)",
          ru: "с --as sql: столбец, который показать как id (по умолчанию как в обучающей таблице)")),
      .init(
        name: "into", kind: .value("TABLE"),
        help: Phrase(
          en: "of such a table: the new one the scores are written into, where it is; of spark also a path",
          ru: "для такой таблицы: новая, в которую прогноз записывается прямо на месте; для spark и путь")),
      WarehouseFlags.timeout,
    ] + WarehouseFlags.spark
  /// What of the command's other options says something about a statement too.
  private static let shared: Set<String> = ["model", "out", "method", "map"]

  private let dialect: SQLDialect
  private let table: String
  private let id: String?
  private let map: [String]
  /// Where the statement is to run, and what it is to fill; `nil` where it is only to be shown.
  let target: (request: WarehouseRequest, table: String)?

  /// `nil` where no statement is asked for.
  init?(_ arguments: ParsedArguments, spec: CommandSpec) throws(UsageError) {
    let own = Set(Self.options.map(\.name))
    func isGiven(_ name: String) -> Bool { arguments.flag(name) || !arguments.all(name).isEmpty }
    let isShown = try arguments.choice("as", of: ["csv", "sql"]) == "sql"
    let place = try WarehouseFlags.place(arguments)
    guard isShown || place != nil else {
      if let option = Self.options.first(where: { $0.name != "as" && isGiven($0.name) }) {
        throw .needsOption(option.name, needed: "as sql")
      }
      return nil
    }
    if isShown, let file = arguments.positionals.first { throw .unexpectedArgument(file) }
    let mode = isShown ? "as sql" : "into"
    if let option = (isShown ? ["into", "statement-timeout", "master", "conf"] : ["as", "dialect", "out"])
      .first(where: isGiven)
    {
      throw .optionsApart(option, mode)
    }
    let others = spec.options.map(\.name).filter { !own.contains($0) && !Self.shared.contains($0) }
    if let option = others.first(where: isGiven) { throw .optionsApart(option, mode) }
    guard let table = arguments.value("table") else { throw .missingArgument("--table") }
    self.table = table
    var isSpark = false
    if case .spark = place { isSpark = true }
    dialect =
      try arguments.choice("dialect", of: SQLDialect.allCases.map(\.rawValue)).flatMap(SQLDialect.init)
      ?? (isSpark ? .spark : .postgresql)
    id = arguments.value("id")
    map = arguments.all("map")
    guard let place else {
      target = nil
      return
    }
    guard let into = arguments.value("into"), !into.isEmpty else { throw .missingArgument("--into") }
    target = (
      WarehouseRequest(
        place, table: table,
        timeout: try arguments.integer("statement-timeout", in: 1...1_000_000)), into
    )
  }

  /// - Throws: `SQLExportError`; `ClientError` and `UsageError` for a wrong `--map`.
  /// - Parameter from: the table under another name.
  func text(_ saved: SavedModel, method: ForecastMethod?, from: String? = nil) throws -> String {
    guard let model = saved.model(method) else {
      throw ModelError.noMethod(
        method ?? saved.manifest.champion, known: ForecastMethod.allCases.filter { saved.models[$0] != nil })
    }
    let features = saved.manifest.features
    var mapping = RoleMapping()
    for argument in map { mapping = mapping.overridden(by: try RoleMapping(argument: argument)) }
    var columns: [String: String] = [:]
    var mappedID: String?
    for entry in mapping.entries {
      if entry.role == .id {
        mappedID = entry.column
      } else if entry.role.isUnique, let feature = features.first(where: { $0.role == entry.role }) {
        columns[feature.name] = entry.column
      } else {
        let roles = features.map(\.role).filter(\.isUnique).map(\.rawValue).joined(separator: ", ")
        throw UsageError.badValue(
          option: "map", text: "\(entry.role.rawValue)=\(entry.column)",
          expected: Phrase(
            en: "one of the roles the model asks: \(roles)", ru: "одна из ролей, нужных модели: \(roles)"))
      }
    }
    return try SQLExport(model, features: features, dialect: dialect)
      .statement(table: from ?? table, id: id ?? mappedID ?? saved.manifest.id, columns: columns)
  }
}
