/// What a value of the gender column means. The text itself stays as the table has it.
public enum GenderMeaning: String, Sendable, Codable, Equatable {
  case woman, man

  /// The meaning of `Ж`, `жен.`, `Female`, `W`, ...; `nil` for anything else (1 and 0 are unknown without a heading).
  public static func of(_ text: String) -> GenderMeaning? {
    let key = Heading(text).joined
    if women.contains(key) { return .woman }
    if men.contains(key) { return .man }
    return nil
  }

  /// As `of(_:)`, with yes and no read under a heading that names a gender: `is_female`, `мужчина`.
  public static func of(_ text: String, heading: String) -> GenderMeaning? {
    if let meaning = of(text) { return meaning }
    let words = Heading(heading).words
    let asked: GenderMeaning
    if words.contains(where: women.contains) {
      asked = .woman
    } else if words.contains(where: men.contains) {
      asked = .man
    } else {
      return nil
    }
    switch FlagMeaning.of(text, role: .gender) {
    case .yes: return asked
    case .no: return asked == .woman ? .man : .woman
    default: return nil
    }
  }

  private static let women = keys([
    "ж", "жен", "женский", "женщина", "женщины", "жена", "жен пол", "f", "female", "w", "woman", "women",
    "девушка",
    "zh", "zhen", "fem",
  ])
  private static let men = keys([
    "м", "муж", "мужской", "мужчина", "мужчины", "муж пол", "m", "male", "man", "men", "muzh",
  ])

  private static func keys(_ words: [String]) -> Set<String> { Set(words.map { Heading($0).joined }) }
}
