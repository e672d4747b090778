import EbbClients
public import EbbSegments

/// A product group in a line: who its clients are.
public struct SegmentWords: Sendable {
  private let language: Language
  private let format: NumberFormat

  public init(_ language: Language) {
    self.language = language
    format = NumberFormat(language)
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  /// "4 products: women 63%, mean age 45.7, not active 52%, mean balance 122,260".
  public func portrait(_ segment: Segment) -> String {
    let parts = [
      share(.gender, segment) { GenderMeaning.of($0, heading: $1) == .woman }.map {
        say("women \($0)", "женщин \($0)")
      },
      segment.number(.age)?.mean.map {
        say("mean age \(format.fixed($0, decimals: 1))", "средний возраст \(format.fixed($0, decimals: 1))")
      },
      share(.activity, segment) { value, _ in FlagWord.isYes(value) == false }.map {
        say("not active \($0)", "неактивных \($0)")
      },
      segment.number(.balance)?.mean.map {
        say(
          "mean balance \(format.fixed($0, decimals: 0))", "средний остаток \(format.fixed($0, decimals: 0))")
      },
    ].compactMap(\.self)
    guard !parts.isEmpty else { return "" }
    return name(segment) + ": " + parts.joined(separator: ", ")
  }

  private func name(_ segment: Segment) -> String {
    let value = segment.values.first ?? ""
    return Int(value).map { Plural.products.counted($0, language) }
      ?? say("products: ", "продуктов: ") + TextTable.visible(value)
  }

  /// Of the clients whose value is known or not alike: as the segment has it.
  private func share(_ role: Role, _ segment: Segment, _ matches: (String, String) -> Bool) -> String? {
    guard
      let category = segment.categories.first(where: {
        $0.attribute.role == role && $0.attribute.kind != .presence
      }),
      let level = category.levels.first(where: { matches($0.value, category.attribute.column) })
    else { return nil }
    return format.percent(level.share.share, decimals: 0)
  }
}
