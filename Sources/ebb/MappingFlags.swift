import EbbClients
import EbbTable
import EbbWords

/// What a user says about columns and clients: the flags of every command that takes a client table.
struct MappingFlags: Sendable {
  let clients: ClientOptions
  private let arguments: [String]
  private let file: String?

  static let options: [CommandSpec.Option] = [
    .init(
      name: "map", kind: .repeated("ROLE=COLUMN"),
      help: Phrase(
        en: "which column means what: churn=Exited,income=Salary; score= for none",
        ru: "какой столбец что значит: churn=Exited,income=Salary; score= — никакой")),
    .init(
      name: "map-file", kind: .value("FILE"),
      help: Phrase(en: "the same, one ROLE=COLUMN a line", ru: "то же, по одной паре на строку")),
    .init(
      name: "churned", kind: .value("TEXT"),
      help: Phrase(
        en: "the value of the churn column that means: left",
        ru: "значение столбца оттока, которое означает «ушёл»")),
    .init(
      name: "duplicates", kind: .value("keep|first|last|refuse"),
      help: Phrase(
        en: "rows with one id that differ (default: keep and report)",
        ru: "разные строки с одним кодом клиента (по умолчанию: оставить и сообщить)")),
    .init(
      name: "drop-identical", kind: .flag,
      help: Phrase(
        en: "drop identical rows even where no column is an id",
        ru: "убирать одинаковые строки и без столбца с кодом клиента")),
    .init(
      name: "zero-balance", kind: .value("auto|keep|missing"),
      help: Phrase(
        en: "what a balance of zero means (default: auto, told in the study)",
        ru: "что значит нулевой баланс (по умолчанию auto; решение видно в отчёте)")),
  ]

  init(_ parsed: ParsedArguments) throws(UsageError) {
    arguments = parsed.all("map")
    file = parsed.value("map-file")
    let duplicates = try parsed.choice("duplicates", of: DuplicateRule.allCases.map(\.rawValue))
    let zeroBalance = try parsed.choice("zero-balance", of: ZeroBalanceRule.allCases.map(\.rawValue))
    clients = ClientOptions(
      duplicates: duplicates.flatMap(DuplicateRule.init) ?? .keep,
      dropsIdenticalRowsWithoutID: parsed.flag("drop-identical"),
      zeroBalance: zeroBalance.flatMap(ZeroBalanceRule.init) ?? .auto,
      churnedText: parsed.value("churned"))
  }

  /// The file's lines first, then what the command line says.
  func mapping() throws -> RoleMapping {
    var mapping = RoleMapping()
    if let file {
      let bytes = try ByteSource(path: file).prefix(1 << 20)
      mapping = try RoleMapping(text: String(decoding: bytes, as: UTF8.self))
    }
    for argument in arguments { mapping = mapping.overridden(by: try RoleMapping(argument: argument)) }
    return mapping
  }
}
