import EbbRetention
import EbbWords

/// `ebb experiment --design`: can so many clients answer the question? What `ebb study` does for its recommendations, with
/// figures of one's own.
enum ExperimentDesignFlags {
  static let options: [CommandSpec.Option] = [
    .init(
      name: "design", kind: .flag,
      help: Phrase(
        en: "read nothing: say whether an experiment of this size would answer the question (with --effect)",
        ru: "ничего не читать: сказать, ответит ли эксперимент такого размера на вопрос (вместе с --effect)")),
    .init(
      name: "contacted", kind: .value("N"),
      help: Phrase(en: "clients to contact", ru: "сколько клиентов получат контакт")),
    .init(
      name: "held-out", kind: .value("N"),
      help: Phrase(en: "clients to hold out", ru: "сколько останется в контроле")),
    .init(
      name: "base-rate", kind: .value("SHARE"),
      help: Phrase(
        en: "share expected to leave without the action", ru: "какая доля уйдёт без действия")),
    .init(
      name: "days", kind: .value("N"),
      help: Phrase(en: "days to wait (default 60)", ru: "сколько дней ждать (по умолчанию 60)")),
  ]

  /// `nil` without `--design`.
  static func design(_ arguments: ParsedArguments) throws(UsageError) -> ExperimentDesign? {
    let wanted = ["contacted", "held-out", "base-rate"]
    guard arguments.flag("design") else {
      for name in wanted + ["days"] where arguments.value(name) != nil {
        throw .needsOption(name, needed: "design")
      }
      return nil
    }
    if let path = arguments.positionals.first { throw .unexpectedArgument(path) }
    for name in wanted + ["effect"] where arguments.value(name) == nil { throw .missingArgument("--" + name) }
    return .make(
      recommendation: "", audience: .everybody,
      treated: try arguments.integer("contacted", in: 0...1_000_000_000) ?? 0,
      control: try arguments.integer("held-out", in: 0...1_000_000_000) ?? 0,
      baseRate: try arguments.share("base-rate") ?? 0, smallestEffect: try arguments.share("effect") ?? 0,
      alpha: try arguments.number("alpha", in: 0.000_001...0.5) ?? 0.05,
      power: try arguments.number("power", in: 0.5...0.999) ?? 0.8,
      durationDays: try arguments.integer("days", in: 1...3650) ?? 60)
  }
}
