/// The two words of a flag column, ready to compare with fields.
public struct FlagWords: Sendable, Equatable {
  public let no: [UInt8]
  public let yes: [UInt8]

  /// `nil` when the grammar names no words.
  public init?(_ grammar: ColumnGrammar) {
    guard let no = grammar.flagNo, let yes = grammar.flagYes else { return nil }
    self.no = FieldText.folded(no)
    self.yes = FieldText.folded(yes)
  }

  /// What a field says, blanks and case aside (ё as е); `nil`: neither word.
  public func value(_ field: Span<UInt8>) -> Bool? {
    let text = field.extracting(FieldText.trimmed(field))
    if FieldText.equals(text, folded: yes.span) { return true }
    if FieldText.equals(text, folded: no.span) { return false }
    return nil
  }

  /// Known words, folded: a flag's two values come from the two sides of one family. The first pair that matches
  /// one value alone gives the other word. Gender is not a flag: neither value is a *yes*.
  static let families: [(no: [String], yes: [String])] = [
    (["0"], ["1"]),
    (["нет", "ложь", "н", "не"], ["да", "истина", "есть", "д"]),
    (["no", "false", "n", "f", "off"], ["yes", "true", "y", "t", "on"]),
    (
      [
        "остался", "осталась", "остались", "действующий", "активный", "открыт", "stayed", "retained",
        "existing",
        "existing customer", "active", "current", "open",
      ],
      [
        "ушел", "ушла", "ушли", "отток", "ушедший", "неактивный", "закрыт", "churned", "churn", "left",
        "exited",
        "attrited", "attrited customer", "gone", "inactive", "closed",
      ]
    ),
    (["-0"], ["+1"]),
  ]

  /// The flag these folded values make, if they make one: two values from the two sides of a family, or one value
  /// of a family of words. (A column of nothing but `0` or nothing but `1` is a number.)
  static func recognise(_ values: Set<[UInt8]>) -> (no: String, yes: String)? {
    guard values.count == 1 || values.count == 2 else { return nil }
    let texts = values.map { String(decoding: $0, as: UTF8.self) }.sorted()
    for family in families {
      if texts.count == 2 {
        for (first, second) in [(texts[0], texts[1]), (texts[1], texts[0])]
        where family.no.contains(first) && family.yes.contains(second) {
          return (first, second)
        }
      } else if texts[0].utf8.count > 1 {
        for (no, yes) in zip(family.no, family.yes) {
          if texts[0] == no || texts[0] == yes { return (no, yes) }
        }
      }
    }
    return nil
  }
}
