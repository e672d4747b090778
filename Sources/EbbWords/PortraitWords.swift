import EbbClients
public import EbbSegments

/// A portrait said in words, every figure from the portrait itself.
public struct PortraitWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// "Those who left: 2,037 clients, 20.4% of all."
  public func title(_ portrait: Portrait) -> String {
    name(portrait) + ": " + Plural.clients.counted(portrait.share.having, language) + ", "
      + format.percent(portrait.share.share) + say(" of all.", " всех.")
  }

  /// "Clients with 2 products".
  public func name(_ portrait: Portrait) -> String {
    switch portrait.group {
    case .left: return say("Those who left", "Ушедшие")
    case .stayed: return say("Those who stayed", "Оставшиеся")
    case .products:
      guard let count = Int(portrait.value) else {
        let value = TableErrorWords.quoted(portrait.value, language)
        return say("Clients with \(value) as the number of products", "Клиенты с числом продуктов \(value)")
      }
      return say("Clients with ", "Клиенты с ") + Self.withProducts.counted(count, language)
    }
  }

  /// What sets the group apart, the strongest first: the title, then a line for each trait.
  public func text(_ portrait: Portrait, limit: Int = 7) -> String {
    let typical = portrait.traits.filter(\.typical)
    guard !typical.isEmpty else {
      return title(portrait) + " "
        + say("Nothing sets them apart from the rest.", "Ничто заметно не отличает их от остальных.")
    }
    let lines = typical.prefix(limit).map { "  – " + trait($0) }
    let heading =
      title(portrait) + " "
      + say("What sets them apart from the rest:", "Что отличает их от остальных:")
    return ([heading] + lines).joined(separator: "\n")
  }

  /// "age is higher: 44.8 on average against 37.4 (d = +0.74)".
  public func trait(_ trait: PortraitTrait) -> String {
    let column =
      trait.role == .attribute || trait.role == .ignored
      ? TableErrorWords.quoted(trait.column, language) : RoleWords.name(trait.role)[language]
    let higher = trait.direction == .higher
    switch trait.kind {
    case .number:
      let here = format.compact(trait.here)
      let elsewhere = format.compact(trait.elsewhere)
      return say(
        "\(column) is \(higher ? "higher" : "lower"): \(here) on average against \(elsewhere)",
        "\(column) \(higher ? "выше" : "ниже"): в среднем \(here) против \(elsewhere)") + effect("d", trait)
    case .level:
      return say(
        "\(column) \(value(trait)) is met \(higher ? "more" : "less") often: \(shares(trait))",
        "\(column) \(value(trait)) встречается \(higher ? "чаще" : "реже"): \(shares(trait))")
        + effect("h", trait)
    case .missing:
      return say(
        "\(column) is missing \(higher ? "more" : "less") often: \(shares(trait))",
        "\(column): данных нет \(higher ? "чаще" : "реже"): \(shares(trait))") + effect("h", trait)
    }
  }

  private func shares(_ trait: PortraitTrait) -> String {
    let (here, elsewhere) = (format.percent(trait.here), format.percent(trait.elsewhere))
    return say("\(here) against \(elsewhere)", "\(here) против \(elsewhere)")
  }

  private func effect(_ letter: String, _ trait: PortraitTrait) -> String {
    " (\(letter)\u{00A0}=\u{00A0}\(format.signed(trait.effect, decimals: 2)))"
  }

  private func value(_ trait: PortraitTrait) -> String {
    switch (trait.role, trait.value) {
    case (.card, "0"), (.activity, "0"): say("“no”", "«нет»")
    case (.card, "1"), (.activity, "1"): say("“yes”", "«да»")
    default: TableErrorWords.quoted(trait.value ?? "", language)
    }
  }

  /// The instrumental case after "с": 1 продуктом, 2 продуктами, 21 продуктом.
  private static let withProducts = Plural(
    en: ("product", "products"), ru: ("продуктом", "продуктами", "продуктами"))
}
