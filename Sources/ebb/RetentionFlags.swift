import EbbRetention
import EbbTable
import EbbWords
import Foundation

/// What a user says about keeping clients: catalogue, money, limits, experiments.
struct RetentionFlags: Sendable {
  static let options: [CommandSpec.Option] = [
    .init(
      name: "catalogue", kind: .value("FILE"),
      help: Phrase(
        en: "recommendations of your own (YAML; see `ebb catalogue`)",
        ru: "свои рекомендации (YAML; образец даёт `ebb catalogue`)")),
    .init(
      name: "protected", kind: .value("caution|forbid"),
      help: Phrase(
        en: "audiences by gender or age: with a legal caution (default), or none",
        ru: "аудитории по полу и возрасту: с правовой оговоркой (по умолчанию) или никаких")),
    .init(
      name: "assume", kind: .repeated("NAME=NUMBER"),
      help: Phrase(
        en: "an assumption about money: balanceMargin=0.04, cost.call=200",
        ru: "допущение о деньгах: balanceMargin=0.04, cost.call=200")),
    .init(
      name: "budget", kind: .value("MONEY"),
      help: Phrase(en: "money to spend on contacts at most", ru: "сколько денег можно потратить на контакты")),
    .init(
      name: "contacts", kind: .value("N"),
      help: Phrase(
        en: "clients to contact at most (default: --contact-share of all)",
        ru: "со сколькими клиентами можно связаться (по умолчанию доля --contact-share)")),
    .init(
      name: "control-share", kind: .value("SHARE"),
      help: Phrase(
        en: "share of the list held out at random to compare with (default 0.1)",
        ru: "какую долю списка оставить наугад для сравнения (по умолчанию 0.1)")),
    .init(
      name: "smallest-effect", kind: .value("SHARE"),
      help: Phrase(
        en: "share of leavers kept that an experiment must see (default: each offer's own)",
        ru: "какую долю удержанных должен заметить опыт (по умолчанию своя у каждого предложения)")),
    .init(
      name: "experiment-days", kind: .value("N"),
      help: Phrase(
        en: "how long an experiment lasts (default 60)", ru: "сколько дней длится опыт (по умолчанию 60)")
    ),
  ]

  private let file: String?
  private let given: RetentionOptions
  private let assumed: [String: Double]

  init(_ arguments: ParsedArguments) throws(UsageError) {
    file = arguments.value("catalogue")
    assumed = try Self.assumptions(arguments.all("assume"))
    var options = RetentionOptions()
    if let policy = try arguments.choice("protected", of: ProtectedPolicy.allCases.map(\.rawValue)) {
      options.protected = ProtectedPolicy(rawValue: policy) ?? .caution
    }
    options.budget = try arguments.number("budget", in: 0...1e15)
    options.contacts = try arguments.integer("contacts", in: 0...Int(Int32.max))
    if let share = try arguments.number("contact-share", in: 0.001...1) { options.contactShare = share }
    if let share = try arguments.number("control-share", in: 0...0.9) { options.controlShare = share }
    options.smallestEffect = try arguments.number("smallest-effect", in: 0.001...1)
    if let days = try arguments.integer("experiment-days", in: 1...3650) { options.experimentDays = days }
    if let seed = try arguments.integer("seed", in: 0...Int.max) { options.seed = UInt64(seed) }
    given = options
  }

  /// The catalogue read, assumptions put in.
  func options() throws -> RetentionOptions {
    var options = given
    if let file {
      options.catalogue = try Self.catalogue(file)
      options.catalogueName = String(file.split(separator: "/").last ?? "")
    }
    options.catalogue = try options.catalogue.overridden(by: assumed)
    options.money = try MoneyAssumptions(overriding: assumed)
    return options
  }

  /// `NAME=NUMBER`, several with commas between.
  private static func assumptions(_ given: [String]) throws(UsageError) -> [String: Double] {
    var found: [String: Double] = [:]
    for text in given.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let value = Double(parts[1].trimmingCharacters(in: .whitespaces)),
        value.isFinite
      else {
        throw .badValue(
          option: "assume", text: String(text),
          expected: Phrase(
            en: "NAME=NUMBER, such as balanceMargin=0.04 or cost.call=200",
            ru: "ИМЯ=ЧИСЛО, например balanceMargin=0.04 или cost.call=200"))
      }
      found[parts[0].trimmingCharacters(in: .whitespaces)] = value
    }
    return found
  }

  /// - Throws: `TableError` where the file cannot be read, `CatalogueError` where it is no catalogue.
  static func catalogue(_ path: String) throws -> Catalogue {
    try CatalogueFile.read(try ByteSource(path: path).prefix(CatalogueFile.sizeLimit + 1), name: path)
  }
}
